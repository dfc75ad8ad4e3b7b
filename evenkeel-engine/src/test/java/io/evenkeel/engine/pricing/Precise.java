package io.evenkeel.engine.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// Elementary functions, the normal distribution and Black's formula in decimals of sixty digits,
/// written as they stand in the books: for comparison only.
final class Precise {
  static final MathContext DIGITS = new MathContext(60);

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal NOTHING = BigDecimal.ONE.movePointLeft(65);
  private static final BigDecimal SQRT_TWO_PI =
      new BigDecimal("6.2831853071795864769252867665590057683943387987502116419498891846")
          .sqrt(DIGITS);

  /// From here on the continued fraction serves, below it the series.
  private static final double FAR = 4;

  private static final int DEPTH = 500;

  private Precise() {}

  static BigDecimal of(double x) {
    return new BigDecimal(x);
  }

  /// Taylor's series after halving the argument until it is small.
  static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
    BigDecimal small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), DIGITS);
    MathContext more = new MathContext(DIGITS.getPrecision() + 20);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; term.abs().compareTo(NOTHING.movePointLeft(20)) > 0; i++) {
      term = term.multiply(small, more).divide(BigDecimal.valueOf(i), more);
      sum = sum.add(term, more);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, more);
    }
    return sum.round(DIGITS);
  }

  /// Two steps of a method of third order from a double that is already good.
  static BigDecimal ln(BigDecimal x) {
    BigDecimal y = of(StrictMath.log(x.doubleValue()));
    for (int i = 0; i < 2; i++) {
      BigDecimal power = exp(y);
      y = y.add(TWO.multiply(x.subtract(power)).divide(x.add(power), DIGITS), DIGITS);
    }
    return y;
  }

  static BigDecimal density(BigDecimal x) {
    return exp(x.multiply(x).divide(TWO).negate().round(DIGITS)).divide(SQRT_TWO_PI, DIGITS);
  }

  /// Probability below x. Near the middle: `1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...)`; in the
  /// tail: `phi(x) / (|x| + 1/(|x| + 2/(|x| + 3/...)))`.
  static BigDecimal below(BigDecimal x) {
    if (x.abs().doubleValue() < FAR) {
      BigDecimal square = x.multiply(x, DIGITS);
      BigDecimal term = x;
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 3; term.abs().compareTo(NOTHING) > 0; i += 2) {
        sum = sum.add(term, DIGITS);
        term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      }
      return new BigDecimal("0.5").add(density(x).multiply(sum), DIGITS);
    }
    BigDecimal distance = x.abs();
    BigDecimal fraction = distance;
    for (int i = DEPTH; i > 0; i--) {
      fraction = distance.add(BigDecimal.valueOf(i).divide(fraction, DIGITS), DIGITS);
    }
    BigDecimal tail = density(x).divide(fraction, DIGITS);
    return x.signum() > 0 ? BigDecimal.ONE.subtract(tail) : tail;
  }

  /// Undiscounted value, forward, strike and deviation above 0.
  static BigDecimal value(boolean isCall, double forward, double strike, double deviation) {
    BigDecimal f = of(forward);
    BigDecimal k = of(strike);
    BigDecimal v = of(deviation);
    BigDecimal d1 = ln(f.divide(k, DIGITS)).divide(v, DIGITS).add(v.divide(TWO, DIGITS), DIGITS);
    BigDecimal d2 = d1.subtract(v, DIGITS);
    return isCall
        ? f.multiply(below(d1)).subtract(k.multiply(below(d2)), DIGITS)
        : k.multiply(below(d2.negate())).subtract(f.multiply(below(d1.negate())), DIGITS);
  }

  /// How far a double is from the truth, as a share of the truth.
  static double relativeError(double actual, BigDecimal expected) {
    return of(actual).subtract(expected).divide(expected, DIGITS).abs().doubleValue();
  }
}
