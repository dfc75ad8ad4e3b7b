package io.evenkeel.engine.margin.factor;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the open orders of an isolated account must be backed by, beside its position
/// (`docs/RULES.md`, section 2.F; reference: Vega 0019-MCAL, isolated margin mode).
public final class IsolatedOrderMargin {
  private IsolatedOrderMargin() {}

  /// Open orders at one price.
  ///
  /// @param priceUnits above 0
  /// @param quantityUnits above 0
  public record PricedOrder(long priceUnits, long quantityUnits) {}

  /// The dearer side, `factor * sum of price * quantity` of its orders, rounded down. The orders of
  /// the side that reduces the position are free up to its size, best prices first.
  ///
  /// @param heldUnits signed position
  /// @param factor share of notional that the account chose to post
  /// @param leastPriceUnits in an auction the higher of mark and indicative price, below which no
  ///   order counts; otherwise 0
  /// @return minor units of the settlement asset
  /// @throws ArithmeticException when it does not fit
  public static long minor(
      long heldUnits,
      List<PricedOrder> buys,
      List<PricedOrder> sells,
      Decimal factor,
      long leastPriceUnits,
      TickScale scale) {
    Comparator<PricedOrder> cheapestFirst = Comparator.comparingLong(PricedOrder::priceUnits);
    BigInteger bought =
        notional(buys, cheapestFirst.reversed(), Math.max(0, -heldUnits), leastPriceUnits);
    BigInteger sold = notional(sells, cheapestFirst, Math.max(0, heldUnits), leastPriceUnits);
    BigInteger ticks = bought.max(sold).multiply(BigInteger.valueOf(scale.ticksPerUnit()));
    return new BigDecimal(ticks.multiply(BigInteger.valueOf(factor.units())), factor.scale())
        .divide(BigDecimal.valueOf(scale.ticksPerMinor()))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private static BigInteger notional(
      List<PricedOrder> orders,
      Comparator<PricedOrder> bestFirst,
      long freeUnits,
      long leastPriceUnits) {
    List<PricedOrder> sorted = new ArrayList<>(orders);
    sorted.sort(bestFirst);
    BigInteger sum = BigInteger.ZERO;
    long free = freeUnits;
    for (PricedOrder order : sorted) {
      long reducing = Math.min(free, order.quantityUnits());
      free -= reducing;
      sum =
          sum.add(
              BigInteger.valueOf(order.quantityUnits() - reducing)
                  .multiply(BigInteger.valueOf(Math.max(order.priceUnits(), leastPriceUnits))));
    }
    return sum;
  }
}
