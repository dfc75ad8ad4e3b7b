package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SizeScaledRates;

/// The rates of one market that grow with the position (reference: Synthetix v3 required margins).
/// Rates in `10^-12`, money in millionths of the numeraire.
public final class SizeRate {
  /// A rate of 1.
  public static final long WHOLE_E12 = 1_000_000_000_000L;

  /// No rate is above this: whoever needs more margin than a hundred times the notional has none.
  public static final long HIGHEST_E12 = 100 * WHOLE_E12;

  private final long minimumE12;
  private final long fractionE12;
  private final long scalarE12;
  private final long flagE12;
  private final long flatE6;
  private final long skewScaleUnits;

  /// @param quantityScale decimal places of quantities, in contracts
  /// @param contractSize whole units of the underlying in a contract
  public SizeRate(SizeScaledRates.Market market, int quantityScale, long contractSize) {
    minimumE12 = SizeDiscount.e12(market.minimumRate());
    fractionE12 = SizeDiscount.e12(market.fraction());
    scalarE12 = SizeDiscount.e12(market.maintenanceScalar());
    flagE12 = SizeDiscount.e12(market.flagRate());
    flatE6 = market.flatE6();
    skewScaleUnits = scaleUnits(market, quantityScale, contractSize);
  }

  /// The scale of a market's skew in quantity units, at least 1.
  public static long scaleUnits(
      SizeScaledRates.Market market, int quantityScale, long contractSize) {
    return Math.max(1, SizeDiscount.units(market.skewScale(), quantityScale) / contractSize);
  }

  /// The initial rate of a size: `minimum + size / skewScale * fraction`, rounded up.
  ///
  /// @param sizeUnits quantity units, 0 or more
  public long initialE12(long sizeUnits) {
    long slippage = LinearNotional.saturated(sizeUnits, fractionE12, skewScaleUnits);
    return slippage >= HIGHEST_E12 - minimumE12
        ? HIGHEST_E12
        : minimumE12 + Fixed.mulDiv(sizeUnits, fractionE12, skewScaleUnits, Rounding.CEILING);
  }

  /// Initial margin of a position of that size: `ceil(notional * rate) + flat`.
  public long initialE6(long notionalE6, long sizeUnits) {
    return Math.addExact(byRateE6(notionalE6, sizeUnits), flatE6);
  }

  /// Maintenance margin: `ceil(ceil(notional * rate) * scalar) + flat`.
  public long maintenanceE6(long notionalE6, long sizeUnits) {
    return Math.addExact(scaledE6(notionalE6, sizeUnits), flatE6);
  }

  /// Maintenance margin without the flat part.
  long scaledE6(long notionalE6, long sizeUnits) {
    return Fixed.mulDiv(byRateE6(notionalE6, sizeUnits), scalarE12, WHOLE_E12, Rounding.CEILING);
  }

  long scalarE12() {
    return scalarE12;
  }

  long flatE6() {
    return flatE6;
  }

  /// Initial margin without the flat part.
  long byRateE6(long notionalE6, long sizeUnits) {
    return Fixed.mulDiv(notionalE6, initialE12(sizeUnits), WHOLE_E12, Rounding.CEILING);
  }

  /// What is paid for flagging a position of that notional, rounded down.
  public long flagE6(long notionalE6) {
    return Fixed.mulDiv(notionalE6, flagE12, WHOLE_E12, Rounding.FLOOR);
  }
}
