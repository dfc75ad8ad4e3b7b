package io.evenkeel.engine.market;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// The price at which a pool trades: the index, moved by how far its skew stands from zero, as the
/// mean of before and after the trade (reference: Synthetix v3 fill price). Whoever quotes for the
/// pool computes it here and sends it as [io.evenkeel.model.command.Command.Fill].
public final class PremiumPrice {
  private PremiumPrice() {}

  /// `price * (1 + (skew + size / 2) / skewScale)`, rounded against the trader: up for a buyer,
  /// down for a seller; never below 0.
  ///
  /// @param indexUnits price units
  /// @param skewUnits longs less shorts before the trade, quantity units
  /// @param sizeUnits signed size of the trade, quantity units
  /// @param skewScaleUnits skew that doubles the price, quantity units, above 0 and below 2^62
  /// @throws ArithmeticException when it does not fit
  public static long fillUnits(
      long indexUnits, long skewUnits, long sizeUnits, long skewScaleUnits) {
    long twiceSkew = Math.addExact(Math.multiplyExact(2, skewUnits), sizeUnits);
    long premium =
        Fixed.mulDiv(
            indexUnits,
            twiceSkew,
            Math.multiplyExact(2, skewScaleUnits),
            sizeUnits > 0 ? Rounding.CEILING : Rounding.FLOOR);
    return Math.max(0, Math.addExact(indexUnits, premium));
  }
}
