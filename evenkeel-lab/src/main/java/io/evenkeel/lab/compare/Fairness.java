package io.evenkeel.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// How evenly a burden is spread. Amounts are exact; only the result is a `double`.
public final class Fairness {
  private static final int TOP_DIVISOR = 100;

  private Fairness() {}

  /// Gini coefficient of a burden: `2 * sum(i * x[i]) / (n * sum(x)) - (n + 1) / n` with the
  /// amounts in ascending order and `i` from 1. 0 = everybody bears the same, near 1 = one bears
  /// all.
  ///
  /// @param amounts what each of those who bear something bears, none negative
  /// @param count how many could have borne something, at least as many as there are amounts; the
  ///   others bear 0
  /// @return NaN when nothing is borne
  /// @throws IllegalArgumentException when there are more amounts than that
  public static double gini(Collection<BigDecimal> amounts, int count) {
    if (amounts.size() > count) {
      throw new IllegalArgumentException(
          amounts.size() + " bear something out of " + count + " who could");
    }
    List<BigDecimal> sorted = amounts.stream().sorted().toList();
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal ranked = BigDecimal.ZERO;
    for (int i = 0; i < sorted.size(); i++) {
      long rank = (long) count - sorted.size() + i + 1;
      sum = sum.add(sorted.get(i));
      ranked = ranked.add(sorted.get(i).multiply(BigDecimal.valueOf(rank)));
    }
    if (sum.signum() == 0) {
      return Double.NaN;
    }
    BigDecimal size = BigDecimal.valueOf(count);
    return ranked
        .multiply(BigDecimal.TWO)
        .divide(sum, MathContext.DECIMAL128)
        .subtract(size.add(BigDecimal.ONE))
        .divide(size, MathContext.DECIMAL128)
        .doubleValue();
  }

  /// Share of a burden that the hundredth part of its bearers with most of it bears, rounded up to
  /// whole bearers.
  ///
  /// @return NaN when nothing is borne
  public static double topShare(Collection<BigDecimal> amounts) {
    BigDecimal sum = sum(amounts);
    if (sum.signum() == 0) {
      return Double.NaN;
    }
    long top = Math.ceilDiv(amounts.size(), TOP_DIVISOR);
    BigDecimal borne = sum(amounts.stream().sorted(Comparator.reverseOrder()).limit(top).toList());
    return ratio(borne, sum);
  }

  /// A quotient of money; NaN when there is nothing to divide by.
  public static double ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? Double.NaN
        : part.divide(whole, 12, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static BigDecimal sum(Collection<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
