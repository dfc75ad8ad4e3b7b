package io.evenkeel.engine.lending;

import io.evenkeel.model.number.Decimal;
import java.math.BigInteger;

/// Numbers with 27 decimal places. Used where interest accrues, once for an asset and instant,
/// never per account (reference: Aave ray mathematics).
public final class Ray {
  /// Decimal places.
  public static final int SCALE = 27;

  /// One.
  public static final BigInteger ONE = BigInteger.TEN.pow(SCALE);

  private static final BigInteger HALF = ONE.shiftRight(1);
  private static final BigInteger WAD_RATIO = BigInteger.TEN.pow(9);
  private static final BigInteger HALF_WAD_RATIO = WAD_RATIO.shiftRight(1);
  private static final int GUARD_DIGITS = 9;
  private static final BigInteger GUARD = BigInteger.TEN.pow(GUARD_DIGITS);
  private static final BigInteger FINE_ONE = ONE.multiply(GUARD);

  private Ray() {}

  /// A decimal with 27 places, exactly.
  public static BigInteger of(Decimal value) {
    return BigInteger.valueOf(value.units()).multiply(BigInteger.TEN.pow(SCALE - value.scale()));
  }

  /// A number with 18 places with 27, exactly.
  public static BigInteger ofWad(BigInteger value) {
    return value.multiply(WAD_RATIO);
  }

  /// A number of 0 or more with 18 places, half up.
  public static BigInteger toWad(BigInteger value) {
    return value.add(HALF_WAD_RATIO).divide(WAD_RATIO);
  }

  /// `a * b` of numbers of 0 or more, half up.
  public static BigInteger multiply(BigInteger a, BigInteger b) {
    return a.multiply(b).add(HALF).divide(ONE);
  }

  /// `a / b` of numbers of 0 or more, half up.
  ///
  /// @throws ArithmeticException when `b` is zero
  public static BigInteger divide(BigInteger a, BigInteger b) {
    return a.multiply(ONE).add(b.shiftRight(1)).divide(b);
  }

  /// `e^x` for `x` of 0 or more, by its series, cut; good to the last place for `x` of a few ones.
  public static BigInteger exp(BigInteger x) {
    BigInteger argument = x.multiply(GUARD);
    BigInteger sum = FINE_ONE;
    BigInteger term = FINE_ONE;
    for (int n = 1; term.signum() > 0; n++) {
      term = term.multiply(argument).divide(FINE_ONE.multiply(BigInteger.valueOf(n)));
      sum = sum.add(term);
    }
    return sum.divide(GUARD);
  }

  /// `ln(1 + x)` for `x` of 0 or more: `2 * artanh(x / (2 + x))` by its series, cut.
  public static BigInteger logOfOnePlus(BigInteger x) {
    BigInteger ratio = x.multiply(FINE_ONE).divide(ONE.shiftLeft(1).add(x));
    BigInteger square = ratio.multiply(ratio).divide(FINE_ONE);
    BigInteger power = ratio;
    BigInteger sum = ratio;
    for (int n = 3; power.signum() > 0; n += 2) {
      power = power.multiply(square).divide(FINE_ONE);
      sum = sum.add(power.divide(BigInteger.valueOf(n)));
    }
    return sum.shiftLeft(1).divide(GUARD);
  }
}
