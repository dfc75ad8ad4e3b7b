package io.evenkeel.engine.pricing;

/// `e^x` by a polynomial of its own. `Math.exp` is an intrinsic whose last bit may differ between
/// the interpreter and compiled code, and `StrictMath.exp` takes twice the time.
public final class Exponential {
  /// Below it the result is 0: no option is worth less than the smallest normal number.
  private static final double LOWEST = -708.0;

  private static final double HIGHEST = 709.0;
  private static final double PER_LN2 = 1.4426950408889634;
  private static final double LN2_HIGH = 0x1.62e42fefa0000p-1;
  private static final double LN2_LOW = 0x1.cf79abc9e3b3ap-40;
  private static final double ROUNDER = 0x1.8p52;
  private static final long EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  private Exponential() {}

  /// `e^x`, to about one unit in the last place; 0 below -708, infinity above 709, NaN for NaN.
  public static double of(double x) {
    if (!(x >= LOWEST)) {
      return x < LOWEST ? 0 : Double.NaN;
    }
    if (x > HIGHEST) {
      return Double.POSITIVE_INFINITY;
    }
    return within(x);
  }

  /// `e^x` for -708 <= x <= 709, and whatever comes out elsewhere: without a branch, so that a loop
  /// over it can be compiled to vector instructions.
  static double within(double x) {
    // x = k ln 2 + r with |r| <= ln 2 / 2; adding 1.5 * 2^52 rounds to a whole, which is then found
    // in the lowest bits of the sum
    double shifted = x * PER_LN2 + ROUNDER;
    double k = shifted - ROUNDER;
    double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
    long exponent = Double.doubleToRawLongBits(shifted) + EXPONENT_BIAS;
    return Double.longBitsToDouble(exponent << MANTISSA_BITS) * polynomial(r);
  }

  /// Taylor's polynomial to the 13th power: its error on |r| <= 0.3466 is below 5e-18. Grouped in
  /// pairs, so that the processor need not wait for each term.
  private static double polynomial(double r) {
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = Math.fma(r2, Math.fma(r, 1.0 / 6, 0.5), r);
    double middle =
        Math.fma(r2, Math.fma(r, 1.0 / 5_040, 1.0 / 720), Math.fma(r, 1.0 / 120, 1.0 / 24));
    double high =
        Math.fma(
            r2,
            Math.fma(r, 1.0 / 39_916_800, 1.0 / 3_628_800),
            Math.fma(r, 1.0 / 362_880, 1.0 / 40_320));
    double highest = Math.fma(r, 1.0 / 6_227_020_800.0, 1.0 / 479_001_600);
    return 1 + Math.fma(r4, Math.fma(r4, Math.fma(r4, highest, high), middle), low);
  }
}
