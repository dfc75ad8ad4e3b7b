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

  private static final long LOW_HALF = 0xFFFF_FFFFL;

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
    // Two digits to base 2^32 by the schoolbook method; the divisor is shifted so that its highest
    // bit is set, which makes each first guess too large by at most two.
    int shift = Long.numberOfLeadingZeros(divisor);
    long shifted = divisor << shift;
    long top = (magnitudeHigh << shift) | (magnitudeLow >>> (64 - shift));
    long bottom = magnitudeLow << shift;
    long first = digit(top, bottom >>> 32, shifted);
    long rest = ((top << 32) | (bottom >>> 32)) - first * shifted;
    long second = digit(rest, bottom & LOW_HALF, shifted);
    long remainder = ((rest << 32) | (bottom & LOW_HALF)) - second * shifted;
    long quotient = (first << 32) + second;
    boolean awayFromZero = remainder != 0 && negative == (rounding == Rounding.FLOOR);
    // both tests are needed: the largest unsigned quotient would count on to zero
    if (quotient < 0 || (awayFromZero && ++quotient < 0)) {
      throw new ArithmeticException("quotient does not fit a long");
    }
    return negative ? -quotient : quotient;
  }

  /// One digit of a quotient to base 2^32: of `top * 2^32 + next` by a divisor whose highest bit is
  /// set and which is above `top`, all unsigned.
  private static long digit(long top, long next, long divisor) {
    long high = divisor >>> 32;
    long low = divisor & LOW_HALF;
    long guess = Long.divideUnsigned(top, high);
    long rest = top - guess * high;
    while (guess > LOW_HALF || Long.compareUnsigned(guess * low, (rest << 32) | next) > 0) {
      guess--;
      rest += high;
      if (rest > LOW_HALF) {
        break;
      }
    }
    return guess;
  }
}
