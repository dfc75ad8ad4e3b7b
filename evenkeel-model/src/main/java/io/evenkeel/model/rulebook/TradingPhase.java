package io.evenkeel.model.rulebook;

/// The trading phase of an instrument.
public enum TradingPhase {
  /// Orders match as they come.
  CONTINUOUS,
  /// Orders are collected for an auction.
  AUCTION,
  /// No trading: new risk is refused.
  HALTED
}
