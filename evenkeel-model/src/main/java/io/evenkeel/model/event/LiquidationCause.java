package io.evenkeel.model.event;

/// Why an account is liquidated.
public enum LiquidationCause {
  /// Equity below maintenance.
  BELOW_MAINTENANCE,
  /// A margin call expired unmet.
  CALL_EXPIRED
}
