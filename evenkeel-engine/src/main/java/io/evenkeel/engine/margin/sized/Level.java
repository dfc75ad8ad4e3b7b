package io.evenkeel.engine.margin.sized;

/// Which weights and ratios count.
public enum Level {
  /// New risk and release.
  INITIAL,
  /// Half-way between the other two: a fill that was already accepted.
  FILL,
  /// Liquidation.
  MAINTENANCE
}
