package io.evenkeel.engine.margin;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.Zone;

/// The result of one valuation, overwritten by the next one made into it, so that a tick allocates
/// nothing. Values in millionths of the numeraire. Only [Valuation] writes it.
public final class Weighing {
  long equityE6;
  long initialEquityE6;
  long maintenanceMarginE6;
  long initialMarginE6;
  long maintenanceE6;
  long searchE6;
  long initialE6;
  long releaseE6;
  long profitE6;
  boolean flat;
  boolean closedOnlyForPositions;
  Zone zone = Zone.EXCESS;

  /// Writes a valuation; levels and zone are the level policy's part and follow.
  ///
  /// @param equityE6 collateral at maintenance weights, debts weighted up, plus unrealised profit
  /// @param initialEquityE6 the same at initial weights
  /// @param maintenanceMarginE6 MM, 0 or more
  /// @param initialMarginE6 IM, 0 or more
  /// @param profitE6 net unrealised profit at full value
  /// @param flat whether the account has neither rows nor debts
  public void set(
      long equityE6,
      long initialEquityE6,
      long maintenanceMarginE6,
      long initialMarginE6,
      long profitE6,
      boolean flat) {
    this.equityE6 = equityE6;
    this.initialEquityE6 = initialEquityE6;
    this.maintenanceMarginE6 = maintenanceMarginE6;
    this.initialMarginE6 = initialMarginE6;
    this.profitE6 = profitE6;
    this.flat = flat;
    closedOnlyForPositions = false;
  }

  /// Says of the valuation just written that an account which needs no maintenance margin is not
  /// closed, whatever it owes.
  public void closeOnlyForPositions() {
    closedOnlyForPositions = true;
  }

  /// Collateral at maintenance weights plus unrealised profit.
  public long equityE6() {
    return equityE6;
  }

  /// Below it the account is liquidated.
  public long maintenanceE6() {
    return maintenanceE6;
  }

  /// Below it collateral is pulled in.
  public long searchE6() {
    return searchE6;
  }

  /// What top-up and release land on.
  public long initialE6() {
    return initialE6;
  }

  /// Collateral at initial weights plus unrealised profit as it counts there.
  public long initialEquityE6() {
    return initialEquityE6;
  }

  /// MM as the model gave it.
  public long maintenanceMarginE6() {
    return maintenanceMarginE6;
  }

  /// IM as the model gave it.
  public long initialMarginE6() {
    return initialMarginE6;
  }

  /// Net unrealised profit of all positions, at full value.
  public long profitE6() {
    return profitE6;
  }

  /// Whether the account has neither rows nor debts.
  public boolean isFlat() {
    return flat;
  }

  /// The zone.
  public Zone zone() {
    return zone;
  }

  /// The same as an immutable record.
  public Assessment toAssessment() {
    return new Assessment(
        zone,
        equityE6,
        initialEquityE6,
        maintenanceMarginE6,
        initialMarginE6,
        new MarginLevels(maintenanceE6, searchE6, initialE6, releaseE6));
  }
}
