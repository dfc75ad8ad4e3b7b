package io.evenkeel.model.reference;

/// When profit and loss on a position becomes cash.
public enum Variation {
  /// At every mark: losers pay before winners receive, through the settlement account.
  CASH_AT_EACH_MARK,
  /// When the position is reduced, or at final settlement.
  UNREALISED_UNTIL_CLOSED,
  /// At every mark, trades since the last one included, each at its own price: a trade by itself
  /// moves no cash.
  CASH_AND_TRADES_AT_EACH_MARK
}
