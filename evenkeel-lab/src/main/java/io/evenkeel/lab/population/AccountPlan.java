package io.evenkeel.lab.population;

/// What one synthetic account will be. Filled anew for each account by [AccountPlanner#plan], so
/// that a million accounts need one object.
final class AccountPlan {
  static final int MOST_POSITIONS = 8;

  boolean isIsolated;
  boolean isHedged;
  boolean hasOtherCollateral;

  /// Chosen leverage, hundredths; 0 = none.
  int leverageE2;

  int positionCount;
  final int[] instrumentIds = new int[MOST_POSITIONS];

  /// Signed quantities, long positive.
  final long[] units = new long[MOST_POSITIONS];

  /// Value of all positions at first prices, millionths.
  long notionalE6;

  /// What is put behind them, at initial weights, millionths.
  long marginE6;

  /// What the party has in its wallet beyond that, millionths.
  long walletE6;

  /// What is deposited, minor units by asset id.
  final long[] depositMinor;

  /// Settlement asset moved to the margin account once all positions are taken, minor units.
  long transferMinor;

  /// Instrument of the open order; -1 without one.
  int orderInstrumentId;

  boolean isBuyOrder;
  long orderUnits;
  long orderPriceUnits;

  AccountPlan(int assetCount) {
    depositMinor = new long[assetCount];
  }
}
