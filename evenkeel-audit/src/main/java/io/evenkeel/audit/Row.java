package io.evenkeel.audit;

import java.math.BigInteger;

/// An account's line in one instrument.
///
/// @param quantity signed, quantity units
/// @param cost signed, ticks
/// @param buy open buy quantity
/// @param sell open sell quantity
/// @param buyNotional price units times quantity units of the buy orders
/// @param sellNotional the same of the sell orders
record Row(
    BigInteger quantity,
    BigInteger cost,
    BigInteger buy,
    BigInteger sell,
    BigInteger buyNotional,
    BigInteger sellNotional) {
  static final Row NOTHING =
      new Row(
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO);

  /// Whether there is anything to keep.
  boolean exists() {
    return hasPosition() || hasOrders();
  }

  boolean hasPosition() {
    return quantity.signum() != 0;
  }

  boolean hasOrders() {
    return buy.signum() != 0 || sell.signum() != 0;
  }

  Row withPosition(BigInteger newQuantity, BigInteger newCost) {
    return new Row(newQuantity, newCost, buy, sell, buyNotional, sellNotional);
  }

  Row withOrders(
      BigInteger newBuy,
      BigInteger newSell,
      BigInteger newBuyNotional,
      BigInteger newSellNotional) {
    return new Row(quantity, cost, newBuy, newSell, newBuyNotional, newSellNotional);
  }

  Row withoutOrders() {
    return withOrders(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /// The row after so many units of its buy orders filled.
  Row buyOrderFilled(BigInteger units) {
    BigInteger gone = Exact.ceilDiv(buyNotional.multiply(units), buy);
    return withOrders(buy.subtract(units), sell, buyNotional.subtract(gone), sellNotional);
  }

  /// The row after so many units of its sell orders filled.
  Row sellOrderFilled(BigInteger units) {
    BigInteger gone = Exact.ceilDiv(sellNotional.multiply(units), sell);
    return withOrders(buy, sell.subtract(units), buyNotional, sellNotional.subtract(gone));
  }
}
