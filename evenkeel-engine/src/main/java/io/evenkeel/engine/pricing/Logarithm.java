package io.evenkeel.engine.pricing;

/// Natural logarithm by a polynomial of its own, for the reasons of [Exponential].
public final class Logarithm {
  /// From here to [#GREATEST] the fast way serves; outside, where no ratio of prices lies,
  /// `StrictMath.log` does.
  static final double LEAST = 0x1p-1000;

  static final double GREATEST = 0x1p1000;

  private static final double LN2_HIGH = 0x1.62e42fefa0000p-1;
  private static final double LN2_LOW = 0x1.cf79abc9e3b3ap-40;
  private static final int MANTISSA_BITS = 52;

  /// The bits of the square root of a half: a number is taken apart into a power of two and a rest
  /// from there to its double.
  private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  /// Keeps exponents positive while they are shifted.
  private static final long LIFT = 1024;

  /// 2^52: a whole number in its lowest bits is that number plus 2^52.
  private static final double WHOLE = 0x1p52;

  private Logarithm() {}

  /// `ln(x)`, to about one unit in the last place; minus infinity for 0, NaN below 0.
  public static double of(double x) {
    return x >= LEAST && x <= GREATEST ? within(x) : StrictMath.log(x);
  }

  /// `ln(x)` from [#LEAST] to [#GREATEST], and whatever comes out elsewhere: without a branch, so
  /// that a loop over it can be compiled to vector instructions. With `x = 2^k (1 + f)` and `s = f
  /// / (2 + f)`, `ln(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2))`.
  static double within(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long lifted = (bits - SQRT_HALF_BITS + (LIFT << MANTISSA_BITS)) >>> MANTISSA_BITS;
    double f = Double.longBitsToDouble(bits - ((lifted - LIFT) << MANTISSA_BITS)) - 1;
    double k = Double.longBitsToDouble(lifted | Double.doubleToRawLongBits(WHOLE)) - (WHOLE + LIFT);
    double s = f / (2 + f);
    double z = s * s;
    double halfSquare = 0.5 * f * f;
    double correction = Math.fma(s, halfSquare + z * series(z), k * LN2_LOW);
    return Math.fma(k, LN2_HIGH, f - (halfSquare - correction));
  }

  /// `(ln((1 + s) / (1 - s)) / s - 2) / s^2` at `z = s^2` up to 0.0295: a Chebyshev fit, relative
  /// error 3e-16, which the factor `z s` makes a hundredth of a unit in the last place.
  private static double series(double z) {
    double z2 = z * z;
    double low = Math.fma(z, 0.399999999998987, 0.666666666666667);
    double middle = Math.fma(z, 0.22222211083363486, 0.28571428626312695);
    double high = Math.fma(z, 0.1533160978663319, 0.18182892661690803);
    return Math.fma(z2, Math.fma(z2, Math.fma(z2, 0.14617772635511647, high), middle), low);
  }
}
