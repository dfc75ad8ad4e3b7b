package io.evenkeel.engine.margin.health;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.HealthWeights;

/// Weights of one contract market, to twelve places.
final class MarketWeights {
  static final long ONE_E12 = 1_000_000_000_000L;

  private final long[] longs;
  private final long[] shorts;
  private final long[] profits;

  MarketWeights(HealthWeights.Market market) {
    longs = weights(market.initialLongWeight(), market.maintenanceLongWeight(), Rounding.FLOOR);
    shorts =
        weights(market.initialShortWeight(), market.maintenanceShortWeight(), Rounding.CEILING);
    profits =
        weights(market.initialProfitWeight(), market.maintenanceProfitWeight(), Rounding.FLOOR);
  }

  private static long[] weights(Decimal initial, Decimal maintenance, Rounding rounding) {
    long first = initial.times(ONE_E12, rounding);
    return new long[] {first, first, maintenance.times(ONE_E12, rounding)};
  }

  long longE12(HealthKind kind) {
    return longs[kind.ordinal()];
  }

  long shortE12(HealthKind kind) {
    return shorts[kind.ordinal()];
  }

  long profitE12(HealthKind kind) {
    return profits[kind.ordinal()];
  }

  /// `value * weight`, rounded down.
  static long weighed(long value, long weightE12) {
    return Fixed.mulDiv(value, weightE12, ONE_E12, Rounding.FLOOR);
  }
}
