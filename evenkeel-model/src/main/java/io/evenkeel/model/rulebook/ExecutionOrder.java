package io.evenkeel.model.rulebook;

/// The total order in which the decisions of one phase are executed. Ties are broken by account
/// index (order of opening).
public enum ExecutionOrder {
  /// Lowest `equity / maintenance` first, compared exactly; zero maintenance comes first with
  /// negative equity, else last.
  HEALTH_RATIO,
  /// Order of opening.
  INDEX,
  /// The order in which accounts last went from no exposure to some; accounts without exposure
  /// last.
  ARRIVAL
}
