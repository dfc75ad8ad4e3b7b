package io.evenkeel.audit;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LendingTerms.Compounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Rates and growth of section 8 of the rules: decimals of 27 places.
final class Growth {
  static final int PLACES = 27;
  static final BigDecimal YEAR_SECONDS = BigDecimal.valueOf(31_536_000);

  private static final MathContext FINE = new MathContext(60, RoundingMode.HALF_EVEN);
  private static final BigDecimal ENOUGH = BigDecimal.ONE.movePointLeft(58);

  private Growth() {}

  static BigDecimal of(Decimal decimal) {
    return BigDecimal.valueOf(decimal.units(), decimal.scale());
  }

  /// Share of what there is that is owed, at most 1.
  static BigDecimal utilisation(BigInteger owed, BigInteger available) {
    if (owed.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return available.compareTo(owed) <= 0
        ? BigDecimal.ONE
        : new BigDecimal(owed).divide(new BigDecimal(available), PLACES, RoundingMode.HALF_UP);
  }

  /// The annual rate of debts.
  static BigDecimal rate(LendingTerms terms, BigDecimal utilisation) {
    BigDecimal optimal = of(terms.optimalUtilisation());
    BigDecimal low = times(utilisation.min(optimal), of(terms.slope()));
    BigDecimal beyond = utilisation.subtract(optimal).max(BigDecimal.ZERO);
    return of(terms.minimumRate()).add(low).add(times(beyond, of(terms.highSlope())));
  }

  /// The most seconds that are taken at once.
  static BigInteger longestSeconds(BigDecimal rate) {
    return YEAR_SECONDS
        .divide(rate.add(rate), 0, RoundingMode.FLOOR)
        .toBigIntegerExact()
        .max(BigInteger.ONE);
  }

  /// By what a debt of one has grown after so many seconds.
  static BigDecimal of(Compounding compounding, BigDecimal rate, long seconds) {
    return switch (compounding) {
      case LINEAR -> linear(rate, seconds);
      case BINOMIAL -> binomial(rate, BigDecimal.valueOf(seconds));
      case CONTINUOUS -> exp(overTime(rate, seconds));
      case EFFECTIVE ->
          exp(overTime(ln(rate.add(BigDecimal.ONE)).setScale(PLACES, RoundingMode.DOWN), seconds));
    };
  }

  static BigDecimal linear(BigDecimal rate, long seconds) {
    BigDecimal years =
        BigDecimal.valueOf(seconds).divide(YEAR_SECONDS, PLACES, RoundingMode.HALF_UP);
    return BigDecimal.ONE.add(times(rate, years));
  }

  private static BigDecimal binomial(BigDecimal rate, BigDecimal n) {
    BigDecimal x = rate.divide(YEAR_SECONDS, PLACES, RoundingMode.FLOOR);
    BigDecimal x2 = times(x, x);
    BigDecimal x3 = times(x2, x);
    BigDecimal pairs = n.multiply(n.subtract(BigDecimal.ONE));
    BigDecimal triples = pairs.multiply(n.subtract(BigDecimal.TWO).max(BigDecimal.ZERO));
    return BigDecimal.ONE
        .add(n.multiply(x))
        .add(pairs.multiply(x2).divide(BigDecimal.TWO, PLACES, RoundingMode.FLOOR))
        .add(triples.multiply(x3).divide(BigDecimal.valueOf(6), PLACES, RoundingMode.FLOOR));
  }

  private static BigDecimal overTime(BigDecimal rate, long seconds) {
    return rate.multiply(BigDecimal.valueOf(seconds))
        .divide(YEAR_SECONDS, PLACES, RoundingMode.FLOOR);
  }

  /// A product, its last place rounded half up.
  static BigDecimal times(BigDecimal one, BigDecimal other) {
    return one.multiply(other).setScale(PLACES, RoundingMode.HALF_UP);
  }

  /// The exponential of a small number that is not negative, by its series.
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; term.compareTo(ENOUGH) > 0; n++) {
      term = term.multiply(x, FINE).divide(BigDecimal.valueOf(n), FINE);
      sum = sum.add(term);
    }
    return sum.setScale(PLACES, RoundingMode.HALF_EVEN);
  }

  /// The natural logarithm of a number of at least 1: halved until the series is quick.
  private static BigDecimal ln(BigDecimal x) {
    BigDecimal rest = x;
    int halvings = 0;
    while (rest.compareTo(new BigDecimal("1.5")) > 0) {
      rest = rest.divide(BigDecimal.TWO, FINE);
      halvings++;
    }
    return lnBySeries(rest).add(lnBySeries(BigDecimal.TWO).multiply(BigDecimal.valueOf(halvings)));
  }

  /// `2 artanh((x - 1) / (x + 1))`.
  private static BigDecimal lnBySeries(BigDecimal x) {
    BigDecimal ratio = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), FINE);
    BigDecimal square = ratio.multiply(ratio, FINE);
    BigDecimal power = ratio;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 1; power.abs().compareTo(ENOUGH) > 0; n += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(n), FINE));
      power = power.multiply(square, FINE);
    }
    return sum.multiply(BigDecimal.TWO);
  }
}
