package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.margin.SizeWeights;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// One contract row of one account, weighed. Overwritten by the next weighing. Values in millionths
/// of the numeraire; everything is rounded towards zero, but what a position cost is rounded up.
final class ContractLine {
  /// The position and the worse of it with all bids and with all asks filled, signed quantity
  /// units.
  long quantityUnits;

  long worstUnits;

  /// What the worse one is worth.
  long notionalE6;

  long ratioE4;
  long requirementE6;

  /// Unrealised result in minor units of the settlement asset, its weight, what that makes of it
  /// and what of that counts.
  long profitMinor;

  long profitWeightE4;
  long uncappedProfitE6;
  long profitE6;

  private long ticksPerUnit = 1;
  private long ticksPerMinor = 1;
  private long divisor = 1;
  private int settlementPlaces;
  private int quantityPlaces;

  /// Sets the scales of the contract.
  ///
  /// @param valueDivisor what minor units of the settlement asset times its price is divided by
  void scales(
      long perUnit, long perMinor, long valueDivisor, int settlementScale, int quantityScale) {
    ticksPerUnit = perUnit;
    ticksPerMinor = perMinor;
    divisor = valueDivisor;
    settlementPlaces = settlementScale;
    quantityPlaces = quantityScale;
  }

  /// Sets the position and the worse outcome of its orders; when both are as large, that of the
  /// asks.
  void quantities(long quantity, long buyUnits, long sellUnits) {
    quantityUnits = quantity;
    long bids = Math.addExact(quantity, buyUnits);
    long asks = Math.subtractExact(quantity, sellUnits);
    worstUnits = Math.abs(bids) > Math.abs(asks) ? bids : asks;
  }

  /// Weighs the notional.
  ///
  /// @param highPrice price of the settlement asset where it is owed
  /// @param floorE4 least ratio
  void weighNotional(
      ContractWeights weights, Level level, long markUnits, long highPrice, long floorE4) {
    long size = Math.abs(worstUnits);
    notionalE6 = Fixed.mulDiv(minor(size, markUnits), highPrice, divisor, Rounding.FLOOR);
    ratioE4 = Math.max(floorE4, ratioE4(weights, size, level));
    requirementE6 = SizeWeights.weighed(notionalE6, ratioE4);
  }

  private long ratioE4(ContractWeights weights, long size, Level level) {
    // thousands of contracts are counted in contracts
    return quantityPlaces >= 0
        ? weights.ratioE4(size, quantityPlaces, level)
        : weights.ratioE4(Math.multiplyExact(size, Fixed.pow10(-quantityPlaces)), 0, level);
  }

  /// Weighs the unrealised result.
  ///
  /// @param lowPrice price of the settlement asset where it is received
  /// @param highPrice where it is paid
  /// @param capE6 the most that a profit may count
  void weighProfit(
      ContractWeights weights,
      Level level,
      long costTicks,
      long markUnits,
      long lowPrice,
      long highPrice,
      long netUserProfitE6,
      long capE6) {
    profitMinor =
        Math.addExact(minor(quantityUnits, markUnits), Math.floorDiv(-costTicks, ticksPerMinor));
    profitWeightE4 = weights.profitWeightE4(profitMinor, settlementPlaces, level, netUserProfitE6);
    uncappedProfitE6 =
        value(
            SizeWeights.weighed(profitMinor, profitWeightE4),
            profitMinor > 0 ? lowPrice : highPrice);
    profitE6 = Math.min(capE6, uncappedProfitE6);
  }

  /// What minor units are worth at a price, towards zero.
  long value(long amountMinor, long priceUnits) {
    return Fixed.mulDiv(
        amountMinor, priceUnits, divisor, amountMinor >= 0 ? Rounding.FLOOR : Rounding.CEILING);
  }

  private long minor(long units, long markUnits) {
    return Math.multiplyExact(Math.multiplyExact(units, markUnits), ticksPerUnit) / ticksPerMinor;
  }
}
