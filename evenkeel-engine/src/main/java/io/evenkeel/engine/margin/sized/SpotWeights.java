package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.margin.SizeWeights;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;

/// The weights of one spot asset, in ten-thousandths (reference: Drift v2 spot market weights).
///
/// @param initialAssetE4 share of a deposit that counts for initial
/// @param maintenanceAssetE4 share that counts for maintenance
/// @param initialDebtE4 what a debt counts for initial
/// @param maintenanceDebtE4 what it counts for maintenance
/// @param factorE6 how fast weights move with the root of the amount
/// @param fromE6 deposits of the venue above which the initial share shrinks; 0 for never
/// @param scale decimal places of the asset's minor unit
public record SpotWeights(
    long initialAssetE4,
    long maintenanceAssetE4,
    long initialDebtE4,
    long maintenanceDebtE4,
    long factorE6,
    long fromE6,
    int scale) {

  /// The weights a collateral schedule states; places beyond the fourth (the sixth of a factor) are
  /// cut for shares and rounded up for debts and factors.
  static SpotWeights of(CollateralTerms terms, int scale) {
    CollateralScaling scaling = terms.scaling();
    Rule.BySize bySize = scaling.find(Rule.BySize.class);
    Rule.ByDeposits byDeposits = scaling.find(Rule.ByDeposits.class);
    Rule.InitialDebtWeight initialDebt = scaling.find(Rule.InitialDebtWeight.class);
    Decimal initialDebtWeight = initialDebt == null ? terms.debtWeight() : initialDebt.weight();
    return new SpotWeights(
        terms.initialWeight().times(SizeWeights.ONE_E4, Rounding.FLOOR),
        terms.maintenanceWeight().times(SizeWeights.ONE_E4, Rounding.FLOOR),
        initialDebtWeight.times(SizeWeights.ONE_E4, Rounding.CEILING),
        terms.debtWeight().times(SizeWeights.ONE_E4, Rounding.CEILING),
        bySize == null ? 0 : bySize.factor().times(1_000_000, Rounding.CEILING),
        byDeposits == null ? 0 : byDeposits.fromE6(),
        scale);
  }

  /// The initial share, given what the venue's deposits are worth.
  public long scaledInitialAssetE4(long depositsE6) {
    return SizeWeights.beyondE4(initialAssetE4, fromE6, depositsE6);
  }

  /// The share of an amount that counts.
  ///
  /// @param amountMinor 0 or more
  public long assetWeightE4(long amountMinor, Level level, long depositsE6) {
    long weight =
        switch (level) {
          case INITIAL -> scaledInitialAssetE4(depositsE6);
          case FILL -> (scaledInitialAssetE4(depositsE6) + maintenanceAssetE4) / 2;
          case MAINTENANCE -> maintenanceAssetE4;
        };
    return SizeWeights.discountE4(rootE5(amountMinor), factorE6, weight);
  }

  /// What a debt counts.
  ///
  /// @param amountMinor 0 or more
  public long debtWeightE4(long amountMinor, Level level) {
    long weight =
        switch (level) {
          case INITIAL -> initialDebtE4;
          case FILL -> (initialDebtE4 + maintenanceDebtE4) / 2;
          case MAINTENANCE -> maintenanceDebtE4;
        };
    return SizeWeights.premiumE4(rootE5(amountMinor), factorE6, weight);
  }

  private long rootE5(long amountMinor) {
    return factorE6 == 0 ? 0 : SizeWeights.rootE5(amountMinor, scale);
  }
}
