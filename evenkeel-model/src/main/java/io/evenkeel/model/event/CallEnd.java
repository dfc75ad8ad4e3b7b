package io.evenkeel.model.event;

/// How a margin call ends.
public enum CallEnd {
  /// Equity is back at initial.
  MET,
  /// The deadline passed.
  EXPIRED,
  /// Calls were switched off, or the account was closed.
  CANCELLED,
  /// The account is being liquidated.
  SUPERSEDED
}
