package io.evenkeel.engine.margin.health;

/// Which weights and prices count. For one account and one market, `INITIAL <= LIQUIDATION_END <=
/// MAINTENANCE` (reference: Mango v4 health types).
public enum HealthKind {
  /// New risk and release: initial weights with their scaling, the worse of price and slow price.
  INITIAL,
  /// Where a liquidation ends: initial weights as they are, prices of now.
  LIQUIDATION_END,
  /// Where a liquidation begins: maintenance weights, prices of now.
  MAINTENANCE
}
