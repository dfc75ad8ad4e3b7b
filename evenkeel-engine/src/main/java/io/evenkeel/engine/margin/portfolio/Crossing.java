package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.model.number.Decimal;

/// The two borders between exact numbers and doubles.
final class Crossing {
  private static final double MILLION = 1e6;
  private static final double LIMIT = 0x1p62;

  private Crossing() {}

  /// The double next to a decimal, within one unit in the last place.
  static double of(Decimal value) {
    return value.units() / (double) value.divisor();
  }

  /// A signed count of units of `10^-scale`.
  static double of(long units, int scale) {
    return scale >= 0 ? units / POWERS[scale] : units * POWERS[-scale];
  }

  /// Millionths, rounded down: for what an account owns.
  ///
  /// @throws ArithmeticException when it is not a number or does not fit
  static long floorE6(double value) {
    return (long) Math.floor(checked(value));
  }

  /// Millionths, rounded up: for what an account must have.
  ///
  /// @throws ArithmeticException when it is not a number or does not fit
  static long ceilingE6(double value) {
    return (long) Math.ceil(checked(value));
  }

  private static double checked(double value) {
    double scaled = value * MILLION;
    if (!(Math.abs(scaled) < LIMIT)) {
      throw new ArithmeticException("a portfolio's value does not fit: " + value);
    }
    return scaled;
  }

  private static final double[] POWERS = new double[19];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }
}
