package io.evenkeel.audit;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import java.math.BigInteger;

/// How one asset counts under one rulebook.
///
/// @param cap most of it that counts in one account, minor units
/// @param conversionKeeps share that is left when it is sold to cover a debt
/// @param listed whether the collateral schedule names it
record Terms(
    Decimal initialWeight,
    Decimal maintenanceWeight,
    Decimal debtWeight,
    BigInteger cap,
    Ratio conversionKeeps,
    boolean listed) {
  static final Terms UNLISTED =
      new Terms(Decimal.ZERO, Decimal.ZERO, Decimal.ONE, BigInteger.ZERO, Ratio.ZERO, false);

  static Terms of(CollateralTerms terms) {
    return new Terms(
        terms.initialWeight(),
        terms.maintenanceWeight(),
        terms.debtWeight(),
        Exact.of(terms.capMinor()),
        Ratio.of(terms.conversionHaircut()).complement(),
        true);
  }

  /// The initial weight in force: nothing while the price is degraded.
  Decimal initialInForce(AuditAsset asset) {
    return asset.price.degraded ? Decimal.ZERO : initialWeight;
  }

  /// The maintenance weight in force: nothing once the price is lost.
  Decimal maintenanceInForce(AuditAsset asset) {
    return asset.price.lost ? Decimal.ZERO : maintenanceWeight;
  }

  Ratio initial(AuditAsset asset) {
    return Ratio.of(initialInForce(asset));
  }

  Ratio maintenance(AuditAsset asset) {
    return Ratio.of(maintenanceInForce(asset));
  }

  Ratio debt() {
    return Ratio.of(debtWeight);
  }

  /// The part of a balance that may count, before weights.
  BigInteger counted(BigInteger balance) {
    return balance.min(cap);
  }
}
