package io.evenkeel.model.number;

/// Integer arithmetic on scaled longs with a 128-bit middle. Exact or throws; never wraps. The fast
/// path (product fits a long) costs one multiply-high, one multiply and one hardware division; it
/// is what almost every valuation takes.
public final class Fixed {
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private Fixed() {}

  /// `10^exponent`.
  ///
  /// @param exponent 0 to 18
  /// @throws ArrayIndexOutOfBoundsException outside that range
  public static long pow10(int exponent) {
    return POWERS_OF_TEN[exponent];
  }

  /// `a * b / divisor` with the exact product in the middle.
  ///
  /// @param divisor greater than zero
  /// @throws ArithmeticException when the divisor is not positive or the magnitude of the result is
  ///   above 2^63 - 1 (a product that fits a long may also give exactly -2^63)
  public static long mulDiv(long a, long b, long divisor, Rounding rounding) {
    if (divisor <= 0) {
      throw new ArithmeticException("divisor must be positive, not " + divisor);
    }
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high == low >> 63) {
      if (divisor == 1) {
        return low;
      }
      return rounding == Rounding.FLOOR ? Math.floorDiv(low, divisor) : Math.ceilDiv(low, divisor);
    }
    return divideWide(high, low, divisor, rounding);
  }

  /// The sign of `a * b - c * d`, exactly: -1, 0 or 1.
  public static int compareProducts(long a, long b, long c, long d) {
    int byHigh = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return byHigh != 0 ? byHigh : Long.compareUnsigned(a * b, c * d);
  }

  private static long divideWide(long high, long low, long divisor, Rounding rounding) {
    boolean negative = high < 0;
    long magnitudeLow = negative ? -low : low;
    long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
    if (Long.compareUnsigned(magnitudeHigh, divisor) >= 0) {
      throw new ArithmeticException("quotient does not fit 64 bits");
    }
    long quotient = 0;
    long remainder = magnitudeHigh;
    for (int bit = 63; bit >= 0; bit--) {
      // remainder < divisor <= 2^63 - 1, so doubling stays below 2^64 and unsigned comparison is
      // exact
      remainder = (remainder << 1) | ((magnitudeLow >>> bit) & 1);
      if (Long.compareUnsigned(remainder, divisor) >= 0) {
        remainder -= divisor;
        quotient |= 1L << bit;
      }
    }
    boolean awayFromZero = remainder != 0 && negative == (rounding == Rounding.FLOOR);
    if (awayFromZero) {
      quotient++;
    }
    if (quotient < 0) {
      throw new ArithmeticException("quotient does not fit a long");
    }
    return negative ? -quotient : quotient;
  }
}
