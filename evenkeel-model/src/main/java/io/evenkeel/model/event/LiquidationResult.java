package io.evenkeel.model.event;

/// How a liquidation ended.
public enum LiquidationResult {
  /// Cancelling orders or converting collateral sufficed.
  RESCUED,
  /// A partial close restored the exit level.
  REDUCED,
  /// The backstop took over the account.
  TAKEN_OVER,
  /// Its call had expired, nothing was worth closing, and it is not below maintenance: it stays as
  /// it is.
  LEFT_OPEN,
  /// All its positions were closed against holders of the other side.
  DELEVERAGED,
  /// It is still below maintenance and waits for the next cycle and its next slice.
  WAITING,
  /// Shares of it are offered in an auction.
  AUCTIONED
}
