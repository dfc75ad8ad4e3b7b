package io.evenkeel.engine.rebalance;

/// When batches of marks ask the watch whom they concern. What the engine says does not depend on
/// it.
public enum WatchUse {
  /// Never: whoever is exposed is looked at.
  OFF,
  /// Wherever it knows the rulebooks in force.
  ALWAYS,
  /// The same, but where so many would be looked at that looking at all is quicker.
  WHERE_QUICKER
}
