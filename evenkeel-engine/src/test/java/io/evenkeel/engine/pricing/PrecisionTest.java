package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against sixty digits.
class PrecisionTest {
  private static final long SEED = 20_260_515L;

  /// A unit in the last place is at most this share of a double.
  private static final double UNIT = 0x1p-52;

  @Test
  void shouldKnowTheExponential() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 1_000; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-708, 709) : random.nextDouble(-1, 1);
      assertThat(Precise.relativeError(Exponential.of(x), Precise.exp(Precise.of(x))))
          .as("seed %s, case %s: exp(%s)", SEED, i, x)
          .isLessThan(UNIT);
    }
  }

  @Test
  void shouldKnowTheLogarithm() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int i = 0; i < 600; i++) {
      double x =
          i % 2 == 0 ? Math.exp(random.nextDouble(-690, 690)) : 1 + random.nextDouble(-0.5, 1);
      assertThat(Precise.relativeError(Logarithm.of(x), Precise.ln(Precise.of(x))))
          .as("seed %s, case %s: ln(%s)", SEED + 1, i, x)
          .isLessThan(UNIT);
    }
    assertThat(Logarithm.of(1)).isZero();
    assertThat(Logarithm.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Logarithm.of(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
    assertThat(Logarithm.of(-1)).isNaN();
  }

  @Test
  void shouldKnowTheNormalDistributionFarIntoItsTail() {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    double worst = 0;
    for (int i = 0; i < 1_500; i++) {
      double x = i % 3 == 0 ? random.nextDouble(-37.5, -5) : random.nextDouble(-6, 9);
      BigDecimal expected = Precise.below(Precise.of(x));
      double error = Precise.relativeError(NormalDistribution.below(x), expected);
      assertThat(error).as("seed %s, case %s: N(%s)", SEED + 2, i, x).isLessThan(1.2e-15);
      worst = Math.max(worst, error);
      assertThat(
              Precise.relativeError(NormalDistribution.density(x), Precise.density(Precise.of(x))))
          .as("density at %s", x)
          .isLessThan(5e-16);
    }
    assertThat(worst).isGreaterThan(UNIT / 4); // or nothing was compared
  }

  @ParameterizedTest
  @CsvSource({
    // published: Abramowitz and Stegun, tables 26.1 and 26.2, and their asymptotic series
    "0, 0.5",
    "-1, 0.158655253931457051",
    "1, 0.841344746068542949",
    "-2, 0.0227501319481792072",
    "-5, 2.86651571879193912e-7",
    "-10, 7.61985302416052606e-24",
  })
  void shouldGiveThePublishedProbabilities(double x, String expected) {
    assertThat(Precise.relativeError(NormalDistribution.below(x), new BigDecimal(expected)))
        .isLessThan(1.2e-15);
    assertThat(
            Precise.relativeError(
                Precise.below(Precise.of(x)).doubleValue(), new BigDecimal(expected)))
        .as("the comparison itself")
        .isLessThan(2.3e-16);
  }

  /// Few units of what the first term of the formula is worth, and what the rounding of the
  /// distance in deviations moves, which no formula in doubles escapes.
  @Test
  void shouldValueOptionsNearAndFar() {
    SplittableRandom random = new SplittableRandom(SEED + 3);
    for (int i = 0; i < 2_500; i++) {
      double forward = Math.exp(random.nextDouble(-3, 12));
      double deviation = Math.exp(random.nextDouble(-5, 3));
      double far = random.nextDouble(-36, 36);
      double strike = forward * Math.exp(deviation * far);
      boolean isCall = strike > forward ^ i % 5 == 0;
      BigDecimal expected = Precise.value(isCall, forward, strike, deviation);
      double actual = Black76.undiscounted(isCall, forward, strike, deviation);
      double d1 = -Math.abs(far) + 0.5 * deviation;
      double firstTerm = Math.min(forward, strike) * NormalDistribution.below(d1);
      double value = expected.doubleValue();
      double allowed =
          UNIT * (4 * firstTerm + value + 2 * Math.abs(far) * (Math.abs(d1) + 1) * value);
      assertThat(Precise.of(actual).subtract(expected).abs().doubleValue())
          .as("seed %s, case %s: %s %s %s %s", SEED + 3, i, isCall, forward, strike, deviation)
          .isLessThanOrEqualTo(allowed + 1e-306 * Math.min(forward, strike));
    }
  }
}
