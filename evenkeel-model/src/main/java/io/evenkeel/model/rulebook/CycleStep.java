package io.evenkeel.model.rulebook;

/// The steps of the rebalancing cycle, in the order in which they run.
public enum CycleStep {
  /// Cash settlement of variation, where the instrument settles it in cash.
  SETTLE,
  /// Give back what lies above initial.
  RELEASE,
  /// Pull collateral in.
  TOP_UP,
  /// Issue and update margin calls.
  CALL,
  /// Liquidate.
  CLOSE
}
