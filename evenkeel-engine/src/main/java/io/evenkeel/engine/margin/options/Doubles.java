package io.evenkeel.engine.margin.options;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;

/// Between exact numbers and doubles.
final class Doubles {
  private static final double MILLION = 1e6;

  /// A double this close to a whole millionth, in millionths, stands for it: a billionth of the
  /// numeraire is far above what rounding leaves behind and far below what matters.
  private static final double NOISE = 1e-3;

  /// What rounding may leave behind of a large value, relative to it.
  private static final double RELATIVE_NOISE = 0x1p-48;

  private Doubles() {}

  /// The nearest double, within one unit in the last place.
  static double of(Decimal value) {
    return (double) value.units() / Fixed.pow10(value.scale());
  }

  /// `units / 10^scale`.
  static double of(long units, int scale) {
    return (double) units / Fixed.pow10(scale);
  }

  /// A value in millionths, rounded down; a value within a billionth above which a whole millionth
  /// lies counts as that one.
  ///
  /// @throws ArithmeticException when it is not finite or does not fit
  static long floorE6(double value) {
    double scaled = value * MILLION;
    if (!(Math.abs(scaled) < 0x1p62)) {
      throw new ArithmeticException("a value of " + value + " does not fit");
    }
    double nearest = Math.rint(scaled);
    double noise = Math.max(NOISE, Math.abs(scaled) * RELATIVE_NOISE);
    return (long) (Math.abs(scaled - nearest) <= noise ? nearest : Math.floor(scaled));
  }
}
