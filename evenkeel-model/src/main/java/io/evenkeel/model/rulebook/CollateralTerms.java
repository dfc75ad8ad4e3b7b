package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// How much one asset counts. A haircut of 10 % is a weight of 0.9.
///
/// @param asset symbol
/// @param initialWeight share of its value that counts for the initial level, 0 to
///   `maintenanceWeight`
/// @param maintenanceWeight share that counts for equity, at most 1
/// @param debtWeight what one unit of debt in it counts, 1 to 4, for equity and for the initial
///   level alike
/// @param capMinor the most of it that counts in one account, minor units; what lies above counts
///   nothing
/// @param conversionHaircut what is lost when it is sold to cover a debt, 0 to below 1
/// @param scaling how the weights depend on amounts, totals and prices
public record CollateralTerms(
    String asset,
    Decimal initialWeight,
    Decimal maintenanceWeight,
    Decimal debtWeight,
    long capMinor,
    Decimal conversionHaircut,
    CollateralScaling scaling) {
  /// Terms whose weights are as they are.
  public CollateralTerms(
      String asset,
      Decimal initialWeight,
      Decimal maintenanceWeight,
      Decimal debtWeight,
      long capMinor,
      Decimal conversionHaircut) {
    this(
        asset,
        initialWeight,
        maintenanceWeight,
        debtWeight,
        capMinor,
        conversionHaircut,
        CollateralScaling.NONE);
  }

  /// Refuses weights that are out of order.
  public CollateralTerms {
    Check.parameter(!asset.isBlank(), "collateral.asset", "must be a symbol");
    Check.parameter(
        !initialWeight.isNegative() && initialWeight.compareTo(maintenanceWeight) <= 0,
        "collateral.initialWeight",
        "must be 0 to maintenanceWeight");
    Check.parameter(
        maintenanceWeight.compareTo(Decimal.ONE) <= 0,
        "collateral.maintenanceWeight",
        "must be at most 1");
    Check.parameter(
        debtWeight.compareTo(Decimal.ONE) >= 0 && debtWeight.compareTo(new Decimal(4, 0)) <= 0,
        "collateral.debtWeight",
        "must be 1 to 4");
    Check.parameter(capMinor >= 0, "collateral.capMinor", "must not be negative");
    Check.parameter(
        !conversionHaircut.isNegative() && conversionHaircut.compareTo(Decimal.ONE) < 0,
        "collateral.conversionHaircut",
        "must be 0 to below 1");
    CollateralScaling.Rule.InitialDebtWeight initialDebt =
        scaling.find(CollateralScaling.Rule.InitialDebtWeight.class);
    Check.parameter(
        initialDebt == null || initialDebt.weight().compareTo(debtWeight) >= 0,
        "collateral.scaling.initialDebtWeight",
        "must not be below debtWeight");
  }
}
