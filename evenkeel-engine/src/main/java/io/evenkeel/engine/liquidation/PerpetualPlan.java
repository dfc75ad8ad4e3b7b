package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// How much of one contract is closed, and how much of its profit taken over, to lift an account's
/// liquidation-end health to nothing (reference: Mango v4, `perp_liq_base_or_positive_pnl`). Five
/// steps: close while the counted result is below zero; take over profit; close no more than profit
/// that can then be taken over needs; take that over; close the rest where profits count by
/// themselves. Lots are rounded up. Pure arithmetic: it reads figures and changes nothing.
final class PerpetualPlan {
  private static final long ONE_E12 = 1_000_000_000_000L;

  /// What rounding may take of a profit that is passed on and of what is left of it, minor units.
  private static final long ROUNDING = 2;

  private final HealthFigures figures;
  private final Contract contract;
  private final Limits limits;
  private long healthE6;
  private long balanceMinor;
  private long countedMinor;
  private long closedLots;
  private long takenMinor;

  /// One position and what closing it brings.
  ///
  /// @param asset it settles in
  /// @param lots held, of either sign, rounded up
  /// @param lotTicks what a lot is worth at the mark
  /// @param gainE12 what closing adds to the counted result, as a share of that worth, > 0
  /// @param profitE12 weight of results above zero
  /// @param keptE12 what the account gets of a profit that is taken over
  record Contract(
      int asset,
      long lots,
      long lotTicks,
      long ticksPerMinor,
      long gainE12,
      long profitE12,
      long keptE12) {}

  /// @param lots most lots closed
  /// @param resultMinor most profit taken over
  /// @param toleranceE6 health above minus this is enough
  record Limits(long lots, long resultMinor, long toleranceE6) {}

  /// @param figures of the account where its liquidation ends
  /// @param countedMinor result of the position as it counts there, before its weight
  PerpetualPlan(HealthFigures figures, Contract contract, Limits limits, long countedMinor) {
    this.figures = figures;
    this.contract = contract;
    this.limits = limits;
    this.countedMinor = countedMinor;
    healthE6 = figures.healthE6();
    balanceMinor = figures.balanceMinor(contract.asset);
  }

  /// Works the plan out.
  PerpetualPlan make() {
    if (healthE6 > -limits.toleranceE6) {
      return this;
    }
    boolean takesProfit = contract.keptE12 > contract.profitE12;
    if (countedMinor < 0) {
      close(-countedMinor, contract.gainE12, contract.gainE12);
    }
    if (countedMinor >= 0 && takesProfit) {
      takeProfit();
    }
    if (countedMinor >= 0 && takenMinor < limits.resultMinor) {
      close(
          limits.resultMinor - takenMinor,
          product(contract.gainE12, contract.keptE12),
          product(contract.gainE12, contract.profitE12));
    }
    if (countedMinor >= 0 && takesProfit) {
      takeProfit();
    }
    // half way within the tolerance is near enough not to close another lot for
    if (Math.multiplyExact(2, healthE6) < -limits.toleranceE6 && contract.profitE12 > 0) {
      long perLotE12 = product(contract.gainE12, contract.profitE12);
      close(HealthFigures.NEVER, perLotE12, perLotE12);
    }
    return this;
  }

  /// Lots to close, >= 0.
  long closedLots() {
    return closedLots;
  }

  /// Profit to take over, minor units, >= 0.
  long takenMinor() {
    return takenMinor;
  }

  private static long product(long weightE12, long otherE12) {
    return Fixed.mulDiv(weightE12, otherE12, ONE_E12, Rounding.FLOOR);
  }

  /// @param mostMinor most that is to be gained
  /// @param expectedE12 gained per worth closed, with profit that will be taken over for it
  /// @param actualE12 gained by closing alone
  private void close(long mostMinor, long expectedE12, long actualE12) {
    long wanted = Math.min(figures.missingMinor(contract.asset, healthE6, balanceMinor), mostMinor);
    long left = Math.min(contract.lots, limits.lots) - closedLots;
    if (wanted <= 0 || expectedE12 <= 0 || left <= 0) {
      return;
    }
    long lots = lotsFor(wanted, expectedE12, left);
    closedLots += lots;
    countedMinor = Math.addExact(countedMinor, gainMinor(lots, contract.gainE12));
    add(gainMinor(lots, actualE12));
  }

  private long lotsFor(long wantedMinor, long weightE12, long left) {
    if (wantedMinor >= gainMinor(left, weightE12)) {
      return left;
    }
    long ticks = Math.multiplyExact(wantedMinor, contract.ticksPerMinor);
    long worth = Fixed.mulDiv(ticks, ONE_E12, weightE12, Rounding.CEILING);
    return Math.min(left, Math.ceilDiv(worth, contract.lotTicks));
  }

  private long gainMinor(long lots, long weightE12) {
    long worth = Math.multiplyExact(lots, contract.lotTicks);
    return Math.floorDiv(
        Fixed.mulDiv(worth, weightE12, ONE_E12, Rounding.FLOOR), contract.ticksPerMinor);
  }

  private void takeProfit() {
    long perTakenE12 = contract.keptE12 - contract.profitE12;
    long missing = figures.missingMinor(contract.asset, healthE6, balanceMinor);
    if (missing > 0 && missing != HealthFigures.NEVER) {
      missing += ROUNDING;
    }
    long most = Math.min(limits.resultMinor - takenMinor, countedMinor);
    long mostGained = Fixed.mulDiv(Math.max(0, most), perTakenE12, ONE_E12, Rounding.FLOOR);
    long taken =
        missing >= mostGained
            ? most
            : Math.min(most, Fixed.mulDiv(missing, ONE_E12, perTakenE12, Rounding.CEILING));
    if (taken <= 0 || missing <= 0) {
      return;
    }
    takenMinor += taken;
    countedMinor -= taken;
    add(Fixed.mulDiv(taken, perTakenE12, ONE_E12, Rounding.FLOOR));
  }

  private void add(long gainedMinor) {
    long before = figures.contributionE6(contract.asset, balanceMinor);
    balanceMinor = Math.addExact(balanceMinor, gainedMinor);
    long after = figures.contributionE6(contract.asset, balanceMinor);
    healthE6 = Math.addExact(healthE6, Math.subtractExact(after, before));
  }
}
