package io.evenkeel.model.rulebook;

/// One step of a liquidation. A closed family that later designs join: auctions and
/// auto-deleveraging are further nested records, and the compiler names the switch that must learn
/// them.
public sealed interface LiquidationStep {
  /// Cancel all open orders, then test again.
  record CancelOrders() implements LiquidationStep {}

  /// Sell other collateral to the backstop to cover debts, then test again.
  record ConvertDebts() implements LiquidationStep {}

  /// Close the least, in the order of margin freed per unit of cost, that restores the exit level.
  ///
  /// @param exitLevel the level to restore
  record PartialClose(ExitLevel exitLevel) implements LiquidationStep {}

  /// The backstop takes the whole account at its bankruptcy price.
  record TakeOver() implements LiquidationStep {}

  /// The insurance fund bears what the account could not.
  record DrawInsurance() implements LiquidationStep {}

  /// Holders of positive unrealised profit in the instruments that lost bear the rest, pro rata.
  record ShareLoss() implements LiquidationStep {}

  /// What a partial close restores.
  enum ExitLevel {
    /// The search level.
    SEARCH,
    /// The initial level.
    INITIAL
  }
}
