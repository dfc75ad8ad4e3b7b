package io.evenkeel.engine.margin.health;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// What one contract row adds to the balance of the asset it settles in. Overwritten by the next
/// weighing. Amounts in minor units of that asset, every product rounded down.
final class ContractHealth {
  /// What the position would be with all bids, and with all asks, filled, and what that makes.
  final Outcome bids = new Outcome();

  final Outcome asks = new Outcome();

  /// Money on the position: its cost with the sign turned.
  long quoteMinor;

  /// Before and after the weight of results above zero.
  long resultMinor;

  long weightE12;
  long weighedMinor;

  private long ticksPerUnit = 1;
  private long ticksPerMinor = 1;

  /// One of the two outcomes.
  static final class Outcome {
    /// Position after the fills, signed quantity units, with its price, weight and weighed value.
    long netUnits;

    long priceUnits;
    long weightE12;
    long weighedMinor;

    /// Quantity that fills, signed, with its price and what it brings (positive) or costs.
    long filledUnits;

    long orderPriceUnits;
    long moneyMinor;

    long sumMinor() {
      return Math.addExact(weighedMinor, moneyMinor);
    }
  }

  void scales(long perUnit, long perMinor) {
    ticksPerUnit = perUnit;
    ticksPerMinor = perMinor;
  }

  /// Weighs a row.
  ///
  /// @param lowMark mark of what is held
  /// @param highMark mark of what is owed
  void weigh(
      MarketWeights weights,
      HealthKind kind,
      long quantity,
      long buyUnits,
      long sellUnits,
      long costTicks,
      long lowMark,
      long highMark) {
    fill(bids, weights, kind, quantity, buyUnits, highMark, lowMark, highMark);
    fill(asks, weights, kind, quantity, -sellUnits, lowMark, lowMark, highMark);
    quoteMinor = Math.floorDiv(-costTicks, ticksPerMinor);
    resultMinor = Math.addExact(quoteMinor, Math.min(bids.sumMinor(), asks.sumMinor()));
    weightE12 = resultMinor > 0 ? weights.profitE12(kind) : MarketWeights.ONE_E12;
    weighedMinor = MarketWeights.weighed(resultMinor, weightE12);
  }

  private void fill(
      Outcome outcome,
      MarketWeights weights,
      HealthKind kind,
      long quantity,
      long filled,
      long orderPrice,
      long lowMark,
      long highMark) {
    outcome.netUnits = Math.addExact(quantity, filled);
    outcome.priceUnits = outcome.netUnits < 0 ? highMark : lowMark;
    outcome.weightE12 = outcome.netUnits < 0 ? weights.shortE12(kind) : weights.longE12(kind);
    outcome.weighedMinor =
        MarketWeights.weighed(minor(outcome.netUnits, outcome.priceUnits), outcome.weightE12);
    outcome.filledUnits = filled;
    outcome.orderPriceUnits = orderPrice;
    outcome.moneyMinor = minor(-filled, orderPrice);
  }

  /// What quantity times price comes to, rounded down.
  long minor(long units, long priceUnits) {
    return Math.floorDiv(
        Math.multiplyExact(Math.multiplyExact(units, priceUnits), ticksPerUnit), ticksPerMinor);
  }

  /// Value of an amount, millionths, rounded down.
  static long valueE6(long amountMinor, long priceUnits, long divisor) {
    return Fixed.mulDiv(amountMinor, priceUnits, divisor, Rounding.FLOOR);
  }
}
