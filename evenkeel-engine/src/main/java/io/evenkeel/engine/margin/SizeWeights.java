package io.evenkeel.engine.margin;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Weights that move with the square root of a size, in whole numbers: weights and ratios in
/// ten-thousandths, factors in millionths, sizes rounded down to nine places, roots rounded down to
/// five (reference: Drift v2 margin math). Every quotient is rounded down.
public final class SizeWeights {
  /// One, as a weight.
  public static final long ONE_E4 = 10_000;

  private static final long ONE_E6 = 1_000_000;
  private static final long ROOT_SCALE = 100_000;

  private SizeWeights() {}

  /// Root of a size in hundred-thousandths, rounded down: `floor(sqrt(10^10 * size + 1))`, the size
  /// cut to nine places before.
  ///
  /// @param sizeUnits 0 or more, whole units times `10^places`
  /// @param places 0 to 18
  public static long rootE5(long sizeUnits, int places) {
    return places > 9
        ? root(sizeUnits / Fixed.pow10(places - 9), 10)
        : root(sizeUnits, Fixed.pow10(10 - places));
  }

  /// The largest `r` with `r * r <= a * b + 1`, for `a, b >= 0`.
  static long root(long a, long b) {
    long low = 1;
    long high = 3_037_000_499L << 1;
    // (r - 1)(r + 1) <= a * b says the same without an addition that could overflow
    while (Fixed.compareProducts(high - 1, high + 1, a, b) <= 0) {
      high = Math.multiplyExact(high, 2);
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (Fixed.compareProducts(middle - 1, middle + 1, a, b) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// `min(w, 1.1 / (1 + factor * root))`.
  public static long discountE4(long rootE5, long factorE6, long weightE4) {
    if (factorE6 == 0) {
      return weightE4;
    }
    long divisor = Math.addExact(ONE_E6, scaledRoot(rootE5, factorE6, ROOT_SCALE));
    return Math.min(weightE4, (ONE_E6 + ONE_E6 / 10) * ONE_E4 / divisor);
  }

  /// `max(w, w - floor(w / 5) + factor * root)`.
  public static long premiumE4(long rootE5, long factorE6, long weightE4) {
    if (factorE6 == 0) {
      return weightE4;
    }
    long grown =
        Math.addExact(
            weightE4 - weightE4 / 5, scaledRoot(rootE5, factorE6, ROOT_SCALE * ONE_E6 / ONE_E4));
    return Math.max(weightE4, grown);
  }

  private static long scaledRoot(long rootE5, long factorE6, long divisor) {
    return Fixed.mulDiv(rootE5, factorE6, divisor, Rounding.FLOOR);
  }

  /// What a weight becomes once a total is worth more than `fromE6`: `w * from / total`.
  public static long beyondE4(long weightE4, long fromE6, long totalE6) {
    return fromE6 == 0 || totalE6 < fromE6
        ? weightE4
        : Fixed.mulDiv(weightE4, fromE6, totalE6, Rounding.FLOOR);
  }

  /// `value * weight`, towards zero.
  public static long weighed(long value, long weightE4) {
    return Fixed.mulDiv(value, weightE4, ONE_E4, value >= 0 ? Rounding.FLOOR : Rounding.CEILING);
  }
}
