package io.evenkeel.engine.margin.options;

/// A position in a future or perpetual as it is valued; overwritten by the next one. Amounts in
/// whole units of the settlement asset.
final class FutureLine {
  int instrument;

  /// Signed, whole units of the contract.
  double quantity;

  /// Mark in the settlement asset, above 0: of an inverse future one over its quote, coins per unit
  /// of its face value.
  double mark;

  /// Size in whole units of the underlying, 0 or above.
  double coins;

  /// Size the position has when its open orders are filled the worse way; at least `coins`.
  double coinsWithOrders;

  /// Quantity that goes with it, 0 or above.
  double quantityWithOrders;

  /// What the open orders lose against the mark when they are filled.
  double orderLoss;

  /// What was paid for the position, signed.
  double cost;

  /// Unrealised profit and funding due.
  double profit;

  /// The funding due inside `profit`; positive is received.
  double funding;

  double maintenanceRate;
  double initialRate;

  /// Price of the settlement asset in the numeraire.
  double settlementPrice;

  double maintenance() {
    return Math.abs(quantity) * mark * maintenanceRate;
  }

  double initial() {
    return quantityWithOrders * mark * initialRate + orderLoss;
  }
}
