package io.evenkeel.lab.compare;

import java.math.BigDecimal;
import java.util.NavigableSet;

/// Who was closed, how much of it, and what that cost. An *episode* begins when an account enters
/// liquidation and ends with it; an account that waits for its next slices is still in the same
/// one. Episodes in which nothing had to be closed are counted apart. Money is in the numeraire.
///
/// @param episodes in which something was closed
/// @param spared in which nothing was: cancelling orders or converting collateral sufficed, or
///   nothing was worth closing
/// @param accounts whose positions were closed at least once
/// @param notional closed by closing trades or taken over, at mark; deleveraging is not in it
/// @param maintenanceFreed how much lower the maintenance margin of these accounts was at the end
///   of their liquidations than at the beginning, by the engine's valuations of those moments
/// @param penalties paid by the accounts
/// @param slippage what closing trades got less than at mark
/// @param equityTaken what accounts that were taken over had left beyond their penalty; it goes to
///   the backstop
/// @param deleveragedNotional of these accounts closed against holders of the other side, at mark
public record LiquidationFigures(
    long episodes,
    long spared,
    NavigableSet<Long> accounts,
    BigDecimal notional,
    BigDecimal maintenanceFreed,
    BigDecimal penalties,
    BigDecimal slippage,
    BigDecimal equityTaken,
    BigDecimal deleveragedNotional) {
  /// Penalty for each unit of maintenance margin freed; NaN when none was.
  public double penaltyPerMaintenanceFreed() {
    return Fairness.ratio(penalties, maintenanceFreed);
  }

  /// Penalty for each unit of notional closed, deleveraging included; NaN when none was.
  public double penaltyPerNotional() {
    return Fairness.ratio(penalties, notional.add(deleveragedNotional));
  }

  /// Everything that being closed cost the accounts: penalties, slippage, equity taken.
  public BigDecimal cost() {
    return penalties.add(slippage).add(equityTaken);
  }

  /// That for each unit of maintenance margin freed; NaN when none was.
  public double costPerMaintenanceFreed() {
    return Fairness.ratio(cost(), maintenanceFreed);
  }
}
