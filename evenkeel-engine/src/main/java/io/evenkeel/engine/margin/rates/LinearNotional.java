package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// What a quantity is worth at a price, in the smallest units of money, and back. Quantities and
/// prices are integers; the place of the decimal point is an exponent of ten.
public final class LinearNotional {
  private static final int LARGEST_POWER = 18;

  private LinearNotional() {}

  /// `quantity * price * 10^exponent`, rounded toward zero (reference: dYdX v4 net notional).
  ///
  /// @param quantityUnits signed
  /// @param priceUnits 0 or more
  /// @param exponent what makes minor units of quantity units times price units
  /// @throws ArithmeticException when the result, or for exponents outside -18 to 18 the way to it,
  ///   does not fit a long
  public static long valueMinor(long quantityUnits, long priceUnits, int exponent) {
    if (quantityUnits == 0 || priceUnits == 0) {
      return 0;
    }
    if (exponent >= 0) {
      long product = Math.multiplyExact(quantityUnits, priceUnits);
      return Math.multiplyExact(product, power(exponent));
    }
    long magnitude = Math.absExact(quantityUnits);
    int first = Math.min(LARGEST_POWER, -exponent);
    long value = Fixed.mulDiv(magnitude, priceUnits, Fixed.pow10(first), Rounding.FLOOR);
    value = shortened(value, -exponent - first);
    return quantityUnits < 0 ? -value : value;
  }

  /// The quantity that a value buys: `value / (price * 10^exponent)`, rounded toward zero
  /// (reference: dYdX v4 notional in base quantums).
  ///
  /// @param valueMinor signed
  /// @param priceUnits above 0
  /// @param exponent as in [#valueMinor]
  /// @throws ArithmeticException when the price is not above 0 or the result does not fit a long
  public static long quantityUnits(long valueMinor, long priceUnits, int exponent) {
    long magnitude = Math.absExact(valueMinor);
    long quantity;
    if (exponent <= 0) {
      quantity = Fixed.mulDiv(magnitude, power(-exponent), priceUnits, Rounding.FLOOR);
    } else {
      quantity = shortened(Fixed.mulDiv(magnitude, 1, priceUnits, Rounding.FLOOR), exponent);
    }
    return valueMinor < 0 ? -quantity : quantity;
  }

  /// `a * b / divisor` rounded down, or the largest long where it would not fit.
  ///
  /// @param a 0 or more
  /// @param b 0 or more
  /// @param divisor above 0
  static long saturated(long a, long b, long divisor) {
    return Fixed.compareProducts(a, b, divisor, Long.MAX_VALUE) >= 0
        ? Long.MAX_VALUE
        : Fixed.mulDiv(a, b, divisor, Rounding.FLOOR);
  }

  /// As [#valueMinor], or the largest long where that would not fit.
  ///
  /// @param quantityUnits 0 or more
  static long saturatedMinor(long quantityUnits, long priceUnits, int exponent) {
    if (quantityUnits == 0 || priceUnits == 0) {
      return 0;
    }
    if (exponent >= 0) {
      long product = saturated(quantityUnits, priceUnits, 1);
      return exponent > LARGEST_POWER
          ? Long.MAX_VALUE
          : saturated(product, Fixed.pow10(exponent), 1);
    }
    int first = Math.min(LARGEST_POWER, -exponent);
    long value = saturated(quantityUnits, priceUnits, Fixed.pow10(first));
    return value == Long.MAX_VALUE ? value : shortened(value, -exponent - first);
  }

  private static long power(int exponent) {
    if (exponent > LARGEST_POWER) {
      throw new ArithmeticException("10^" + exponent + " does not fit a long");
    }
    return Fixed.pow10(exponent);
  }

  private static long shortened(long value, int places) {
    return places > LARGEST_POWER ? 0 : value / Fixed.pow10(places);
  }
}
