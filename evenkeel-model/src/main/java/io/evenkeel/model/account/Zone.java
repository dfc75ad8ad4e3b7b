package io.evenkeel.model.account;

/// Where an account's equity lies between its margin levels; a pure function of equity and levels.
public enum Zone {
  /// `equity < maintenance`: to be liquidated.
  LIQUIDATION,
  /// `maintenance <= equity < search`: collateral is pulled in, else called for.
  CALL,
  /// `search <= equity < initial`: nothing is moved; only risk-reducing trades pass.
  RESTRICTED,
  /// `initial <= equity < release`.
  HEALTHY,
  /// `equity >= release`: what lies above initial may be given back.
  EXCESS;

  private static final Zone[] ZONES = values();

  /// The zone of an equity between ordered levels, all in the same unit. A level policy without a
  /// release band passes [MarginLevels#NO_RELEASE] as `releaseE6`.
  public static Zone of(
      long equityE6, long maintenanceE6, long searchE6, long initialE6, long releaseE6) {
    if (equityE6 < maintenanceE6) {
      return LIQUIDATION;
    }
    if (equityE6 < searchE6) {
      return CALL;
    }
    if (equityE6 < initialE6) {
      return RESTRICTED;
    }
    return equityE6 < releaseE6 ? HEALTHY : EXCESS;
  }

  /// The zone with this ordinal; allocates nothing.
  public static Zone at(int ordinal) {
    return ZONES[ordinal];
  }
}
