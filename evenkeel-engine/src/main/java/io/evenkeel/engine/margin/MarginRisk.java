package io.evenkeel.engine.margin;

import io.evenkeel.model.number.Fixed;

/// The state of an account's risk: equity, initial and maintenance margin, with what venues decide
/// by the three together. Added up part by part; an instance is overwritten by the next sum, so
/// that a tick allocates nothing. Values in millionths of the numeraire.
public final class MarginRisk {
  private long equityE6;
  private long initialMarginE6;
  private long maintenanceMarginE6;

  /// What becomes of a change that leaves an account below its initial margin.
  public enum Change {
    /// It stands: the account is no riskier than it was.
    ACCEPTED,
    /// It is refused, and the account was backed before.
    NEWLY_UNBACKED,
    /// It is refused, and the account was not backed before either.
    STILL_UNBACKED
  }

  /// Starts again from nothing.
  public MarginRisk clear() {
    equityE6 = 0;
    initialMarginE6 = 0;
    maintenanceMarginE6 = 0;
    return this;
  }

  /// Adds a part.
  ///
  /// @throws ArithmeticException when a sum does not fit
  public MarginRisk add(long equity, long initialMargin, long maintenanceMargin) {
    equityE6 = Math.addExact(equityE6, equity);
    initialMarginE6 = Math.addExact(initialMarginE6, initialMargin);
    maintenanceMarginE6 = Math.addExact(maintenanceMarginE6, maintenanceMargin);
    return this;
  }

  /// Adds another account's or part's risk.
  public MarginRisk add(MarginRisk other) {
    return add(other.equityE6, other.initialMarginE6, other.maintenanceMarginE6);
  }

  /// The sum of equity.
  public long equityE6() {
    return equityE6;
  }

  /// The sum of initial margins.
  public long initialMarginE6() {
    return initialMarginE6;
  }

  /// The sum of maintenance margins.
  public long maintenanceMarginE6() {
    return maintenanceMarginE6;
  }

  /// Whether equity is at least the initial margin.
  public boolean isBackedAtInitial() {
    return equityE6 >= initialMarginE6;
  }

  /// Whether equity is at least the maintenance margin.
  public boolean isBackedAtMaintenance() {
    return equityE6 >= maintenanceMarginE6;
  }

  /// Whether there is a requirement and equity is below it: an account without positions is not
  /// liquidated, however much it owes, because nothing could be closed (reference: dYdX v4).
  public boolean isLiquidatable() {
    return maintenanceMarginE6 > 0 && equityE6 < maintenanceMarginE6;
  }

  /// Which of two accounts is riskier: the one with less equity per maintenance margin, multiplied
  /// out so that nothing rounds and no margin of zero is divided by; at equal ratios the one with
  /// more maintenance margin, at equal margins the one with less equity.
  ///
  /// @return 1 when this one is riskier, -1 when the other is, 0 when they are the same
  public int compareRisk(MarginRisk other) {
    int byRatio =
        Fixed.compareProducts(
            other.equityE6, maintenanceMarginE6, equityE6, other.maintenanceMarginE6);
    if (byRatio != 0) {
      return byRatio;
    }
    int byMargin = Long.compare(maintenanceMarginE6, other.maintenanceMarginE6);
    return byMargin != 0 ? byMargin : Long.compare(other.equityE6, equityE6);
  }

  /// Whether a change to `next`, which is below its initial margin, stands: maintenance margin must
  /// not rise, and equity per maintenance margin must not fall. Where either margin is zero there
  /// is no ratio: both must be zero and equity must rise (reference: dYdX v4 state transitions).
  public Change changeTo(MarginRisk next) {
    boolean accepted;
    if (next.maintenanceMarginE6 > maintenanceMarginE6) {
      accepted = false;
    } else if (next.maintenanceMarginE6 == 0) {
      accepted = maintenanceMarginE6 == 0 && next.equityE6 > equityE6;
    } else {
      accepted =
          Fixed.compareProducts(
                  next.equityE6, maintenanceMarginE6, equityE6, next.maintenanceMarginE6)
              >= 0;
    }
    if (accepted) {
      return Change.ACCEPTED;
    }
    return isBackedAtInitial() ? Change.NEWLY_UNBACKED : Change.STILL_UNBACKED;
  }
}
