package io.evenkeel.engine.lending;

import io.evenkeel.model.rulebook.LendingTerms;
import java.math.BigInteger;

/// Utilisation of a lending pool and the rates that follow from it, with 27 decimal places ([Ray]).
public final class RateCurve {
  private RateCurve() {}

  /// `borrowed / supplied`, at most 1, half up; 0 when nothing is borrowed.
  ///
  /// @param supplied in the same units as `borrowed`, both 0 or more
  public static BigInteger utilisation(BigInteger borrowed, BigInteger supplied) {
    if (borrowed.signum() == 0) {
      return BigInteger.ZERO;
    }
    return borrowed.compareTo(supplied) >= 0 ? Ray.ONE : Ray.divide(borrowed, supplied);
  }

  /// The annual borrowing rate at a utilisation.
  public static BigInteger rate(LendingTerms terms, BigInteger utilisation) {
    BigInteger optimal = Ray.of(terms.optimalUtilisation());
    BigInteger low = utilisation.min(optimal);
    BigInteger high = utilisation.subtract(low);
    return Ray.of(terms.minimumRate())
        .add(Ray.multiply(low, Ray.of(terms.slope())))
        .add(Ray.multiply(high, Ray.of(terms.highSlope())));
  }

  /// What a debt of one grows to in some seconds at a rate.
  public static BigInteger growth(LendingTerms terms, BigInteger rate, long seconds) {
    return switch (terms.compounding()) {
      case LINEAR -> InterestFactor.linear(rate, seconds);
      case BINOMIAL -> InterestFactor.compounded(rate, seconds);
      case CONTINUOUS -> InterestFactor.continuous(rate, seconds);
      case EFFECTIVE -> InterestFactor.effective(rate, seconds);
    };
  }
}
