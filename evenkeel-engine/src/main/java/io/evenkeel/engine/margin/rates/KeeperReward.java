package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SizeScaledRates;

/// What a keeper is paid for liquidating an account (reference: Synthetix v3 keeper reward). Shares
/// round down.
public final class KeeperReward {
  private KeeperReward() {}

  /// The reward for an account: the flag reward, which is at least a share of the collateral, plus
  /// the cost of execution, within the limits.
  ///
  /// @param flaggedE6 sum of what is paid for flagging its positions
  /// @param collateralE6 what it holds as collateral, 0 or more
  public static long ofAccountE6(SizeScaledRates.Reward reward, long flaggedE6, long collateralE6) {
    long byCollateral = reward.collateralShare().times(collateralE6, Rounding.FLOOR);
    return within(
        Math.max(flaggedE6, byCollateral),
        reward.executionCostE6(),
        collateralE6,
        reward.minimumE6(),
        reward.minimumProfit(),
        reward.maximumE6(),
        reward.maximumShare());
  }

  /// `min(max(flag + cost, cost + minimum, cost * (1 + minimumProfit)), maximum, collateral *
  /// maximumShare)`: the upper limits win. All amounts in one unit of money.
  ///
  /// @throws ArithmeticException when a sum does not fit
  public static long within(
      long flag,
      long cost,
      long collateral,
      long minimum,
      Decimal minimumProfit,
      long maximum,
      Decimal maximumShare) {
    long profitable = Math.addExact(cost, minimumProfit.times(cost, Rounding.FLOOR));
    long least = Math.max(Math.addExact(cost, minimum), profitable);
    long most = Math.min(maximum, maximumShare.times(collateral, Rounding.FLOOR));
    return Math.min(Math.max(least, Math.addExact(flag, cost)), most);
  }
}
