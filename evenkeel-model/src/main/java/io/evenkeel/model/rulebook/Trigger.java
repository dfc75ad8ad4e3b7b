package io.evenkeel.model.rulebook;

/// What can set the rebalancing cycle going.
public enum Trigger {
  /// A batch of marks.
  MARKS,
  /// A fill.
  FILL,
  /// Open-order exposure or leverage changed.
  ORDER_CHANGE,
  /// Money came to a wallet, or moved from a wallet to a margin account.
  DEPOSIT,
  /// Money left a wallet or a margin account.
  WITHDRAWAL,
  /// Funding was paid.
  FUNDING,
  /// A contract was settled.
  SETTLEMENT,
  /// Parameters, phase or policy changed.
  PARAMETER_CHANGE,
  /// A deadline, a cool-down or a staleness limit passed.
  TIME,
  /// Asked for.
  REASSESS
}
