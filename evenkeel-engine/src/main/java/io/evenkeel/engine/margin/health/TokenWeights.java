package io.evenkeel.engine.margin.health;

import io.evenkeel.engine.margin.SpotTotals;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;

/// Weights of one asset from the collateral schedule, to twelve places: shares rounded down, debt
/// weights up.
final class TokenWeights {
  private final long initialAsset;
  private final long maintenanceAsset;
  private final long initialDebt;
  private final long maintenanceDebt;
  private final long depositsFromE6;
  private final long borrowsFromE6;
  private final boolean slow;

  TokenWeights(CollateralTerms terms) {
    Rule.InitialDebtWeight debt = terms.scaling().find(Rule.InitialDebtWeight.class);
    Rule.ByDeposits deposits = terms.scaling().find(Rule.ByDeposits.class);
    Rule.ByBorrows borrows = terms.scaling().find(Rule.ByBorrows.class);
    Decimal initialDebtWeight = debt == null ? terms.debtWeight() : debt.weight();
    initialAsset = terms.initialWeight().times(MarketWeights.ONE_E12, Rounding.FLOOR);
    maintenanceAsset = terms.maintenanceWeight().times(MarketWeights.ONE_E12, Rounding.FLOOR);
    initialDebt = initialDebtWeight.times(MarketWeights.ONE_E12, Rounding.CEILING);
    maintenanceDebt = terms.debtWeight().times(MarketWeights.ONE_E12, Rounding.CEILING);
    depositsFromE6 = deposits == null ? Long.MAX_VALUE : deposits.fromE6();
    borrowsFromE6 = borrows == null ? Long.MAX_VALUE : borrows.fromE6();
    slow = terms.scaling().find(Rule.WorseOfSlowPrice.class) != null;
  }

  /// Whether initial health looks at the slow price of the asset.
  boolean isSlow() {
    return slow;
  }

  /// Share of an asset that counts.
  ///
  /// @param highPrice the price at which initial health values a debt in it
  long assetE12(HealthKind kind, int asset, SpotTotals totals, Decimal highPrice) {
    return switch (kind) {
      case MAINTENANCE -> maintenanceAsset;
      case LIQUIDATION_END -> initialAsset;
      case INITIAL -> {
        if (depositsFromE6 == Long.MAX_VALUE) {
          yield initialAsset;
        }
        long deposits = totals.depositsE6(asset, highPrice);
        yield deposits <= depositsFromE6
            ? initialAsset
            : Fixed.mulDiv(initialAsset, depositsFromE6, deposits, Rounding.FLOOR);
      }
    };
  }

  /// What a debt counts.
  long debtE12(HealthKind kind, int asset, SpotTotals totals, Decimal highPrice) {
    return switch (kind) {
      case MAINTENANCE -> maintenanceDebt;
      case LIQUIDATION_END -> initialDebt;
      case INITIAL -> {
        if (borrowsFromE6 == Long.MAX_VALUE) {
          yield initialDebt;
        }
        long borrows = totals.borrowsE6(asset, highPrice);
        yield borrows <= borrowsFromE6
            ? initialDebt
            : Fixed.mulDiv(initialDebt, borrows, borrowsFromE6, Rounding.CEILING);
      }
    };
  }
}
