package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.margin.SizeWeights;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SizedRatios;

/// Ratios and profit weights of one contract market, in ten-thousandths (reference: Drift v2 perp
/// market).
///
/// @param initialRatioE4 share of the notional required for initial
/// @param maintenanceRatioE4 share required for maintenance
/// @param sizeFactorE6 how fast ratios grow with the root of the size
/// @param profitInitialE4 share of a profit that counts for initial
/// @param profitMaintenanceE4 share that counts for maintenance
/// @param profitFactorE6 how fast the initial share falls with the root of the profit
/// @param imbalanceE6 net profit of all users above which the initial share shrinks; 0 for never
/// @param initialFloorE4 least ratio at the initial level
public record ContractWeights(
    long initialRatioE4,
    long maintenanceRatioE4,
    long sizeFactorE6,
    long profitInitialE4,
    long profitMaintenanceE4,
    long profitFactorE6,
    long imbalanceE6,
    long initialFloorE4) {

  static ContractWeights of(SizedRatios.Market market) {
    return new ContractWeights(
        e4(market.initialRatio()),
        e4(market.maintenanceRatio()),
        e6(market.sizeFactor()),
        e4(market.profitInitialWeight()),
        e4(market.profitMaintenanceWeight()),
        e6(market.profitSizeFactor()),
        market.profitImbalanceE6(),
        e4(market.initialRatioFloor()));
  }

  /// Share of the notional required for a size.
  ///
  /// @param sizeUnits 0 or more, whole contracts times `10^places`
  public long ratioE4(long sizeUnits, int places, Level level) {
    long ratio =
        switch (level) {
          case INITIAL -> initialRatioE4;
          case FILL -> (initialRatioE4 + maintenanceRatioE4) / 2;
          case MAINTENANCE -> maintenanceRatioE4;
        };
    if (sizeFactorE6 == 0) {
      return ratio;
    }
    return SizeWeights.premiumE4(SizeWeights.rootE5(sizeUnits, places), sizeFactorE6, ratio);
  }

  /// Share of an unrealised result that counts; a loss counts in full.
  ///
  /// @param profitMinor signed, minor units of the settlement asset
  /// @param places decimal places of that unit
  /// @param netUserProfitE6 net profit of all users of the market
  public long profitWeightE4(long profitMinor, int places, Level level, long netUserProfitE6) {
    if (profitMinor <= 0) {
      return SizeWeights.ONE_E4;
    }
    if (level == Level.MAINTENANCE) {
      return profitMaintenanceE4;
    }
    long weight = profitInitialE4;
    if (imbalanceE6 > 0 && netUserProfitE6 > imbalanceE6) {
      weight = Fixed.mulDiv(weight, imbalanceE6, netUserProfitE6, Rounding.FLOOR);
    }
    if (weight == 0 || profitFactorE6 == 0) {
      return weight;
    }
    return SizeWeights.discountE4(SizeWeights.rootE5(profitMinor, places), profitFactorE6, weight);
  }

  private static long e4(Decimal value) {
    return value.times(SizeWeights.ONE_E4, Rounding.FLOOR);
  }

  private static long e6(Decimal value) {
    return value.times(1_000_000, Rounding.FLOOR);
  }
}
