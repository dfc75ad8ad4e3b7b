package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;

/// An account's net collateral against its requirements, with what follows from their comparison
/// (reference: dYdX v4 margin risk). Ratios are compared crosswise, so that a requirement of zero
/// needs no division.
///
/// @param netCollateral equity; negative is a deficit
/// @param initial initial requirement, 0 or more
/// @param maintenance maintenance requirement, 0 or more
public record AccountRisk(long netCollateral, long initial, long maintenance) {
  /// Both accounts as if they were one.
  public AccountRisk plus(AccountRisk other) {
    return new AccountRisk(
        Math.addExact(netCollateral, other.netCollateral),
        Math.addExact(initial, other.initial),
        Math.addExact(maintenance, other.maintenance));
  }

  /// Whether new risk may be taken: `netCollateral >= initial`.
  public boolean isInitialCollateralised() {
    return netCollateral >= initial;
  }

  /// Whether maintenance is met: `netCollateral >= maintenance`.
  public boolean isMaintenanceCollateralised() {
    return netCollateral >= maintenance;
  }

  /// Whether positions may be closed: there is a requirement, and it is not met. An account without
  /// positions is not liquidatable, however negative.
  public boolean isLiquidatable() {
    return maintenance > 0 && !isMaintenanceCollateralised();
  }

  /// Negative when this account is the safer one: by `netCollateral / maintenance`, higher being
  /// safer; at equal ratios the one with less to maintain is, then the one with more collateral.
  public int compareRisk(AccountRisk other) {
    int ratio =
        Fixed.compareProducts(other.netCollateral, maintenance, netCollateral, other.maintenance);
    if (ratio != 0) {
      return ratio;
    }
    int requirement = Long.compare(maintenance, other.maintenance);
    return requirement != 0 ? requirement : Long.compare(other.netCollateral, netCollateral);
  }

  /// What a change does to an account that is below initial after it.
  public enum Transition {
    /// Not riskier than before: accepted.
    SUCCESS,
    /// It was above initial before: refused.
    NEWLY_UNDERCOLLATERALISED,
    /// It was below initial before, and the change makes it riskier or its maintenance requirement
    /// larger: refused.
    STILL_UNDERCOLLATERALISED
  }

  /// Whether an account that is below initial after a change may make it.
  public Transition transitionTo(AccountRisk after) {
    if (isInitialCollateralised()) {
      return Transition.NEWLY_UNDERCOLLATERALISED;
    }
    boolean riskier = after.maintenance > maintenance || after.compareRisk(this) > 0;
    return riskier ? Transition.STILL_UNDERCOLLATERALISED : Transition.SUCCESS;
  }
}
