package io.evenkeel.model.event;

/// Why a price was not applied.
public enum MarkFault {
  /// Zero, negative or above the maximum.
  OUT_OF_RANGE,
  /// Older than the guard allows; also when no newer price came in time.
  STALE,
  /// Older than the last good price.
  OUT_OF_ORDER,
  /// Further from the last good price than the guard allows and not confirmed yet.
  DEVIATION,
  /// Its source is too uncertain of it.
  UNCERTAIN,
  /// The contract is settled or frozen.
  NOT_TRADING
}
