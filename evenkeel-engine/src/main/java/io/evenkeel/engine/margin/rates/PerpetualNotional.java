package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Between quantities and money, rounded towards zero (reference: dYdX v4 net notional).
public final class PerpetualNotional {
  private PerpetualNotional() {}

  /// Signed value in minor units of the settlement asset.
  ///
  /// @param quantityUnits signed
  /// @param priceUnits 0 or more
  /// @param ticksPerUnit ticks in a quantity unit times a price unit
  /// @param ticksPerMinor ticks in a minor unit
  /// @throws ArithmeticException when it does not fit a long
  public static long minor(
      long quantityUnits, long priceUnits, long ticksPerUnit, long ticksPerMinor) {
    if (ticksPerMinor == 1) {
      return Math.multiplyExact(Math.multiplyExact(quantityUnits, priceUnits), ticksPerUnit);
    }
    long perUnit = Math.multiplyExact(priceUnits, ticksPerUnit);
    return Fixed.mulDiv(
        quantityUnits,
        perUnit,
        ticksPerMinor,
        quantityUnits < 0 ? Rounding.CEILING : Rounding.FLOOR);
  }

  /// The quantity that an amount of money buys, rounded towards zero: the inverse of [#minor].
  ///
  /// @param priceUnits above 0
  public static long quantityUnits(
      long amountMinor, long priceUnits, long ticksPerUnit, long ticksPerMinor) {
    return Fixed.mulDiv(
        amountMinor,
        ticksPerMinor,
        Math.multiplyExact(priceUnits, ticksPerUnit),
        amountMinor < 0 ? Rounding.CEILING : Rounding.FLOOR);
  }
}
