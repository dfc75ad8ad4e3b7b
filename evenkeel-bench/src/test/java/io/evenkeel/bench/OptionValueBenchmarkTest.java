package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptionValueBenchmarkTest {
  /// Far below a cent on a price of 100,000.
  private static final double TOLERANCE = 2e-10;

  private final OptionValueBenchmark benchmark = new OptionValueBenchmark();

  @Test
  void shouldComputeTheSameInEveryLane() {
    double[] ours = benchmark.single().clone();
    assertThat(benchmark.batch().clone()).containsExactly(ours);
    double[] strict = benchmark.strictMath().clone();
    double[] strata = benchmark.strata().clone();
    for (int i = 0; i < ours.length; i++) {
      assertThat(strict[i]).as("StrictMath, %s", i).isCloseTo(ours[i], within(TOLERANCE));
      assertThat(strata[i]).as("Strata, %s", i).isCloseTo(ours[i], within(TOLERANCE));
    }
  }

  @Test
  void shouldFindTheVolatilities() {
    double[] found = benchmark.impliedVolatility();
    for (int i = 0; i < found.length; i++) {
      double expected = benchmark.volatilities[0][i];
      assertThat(found[i]).as("option %s", i).isCloseTo(expected, within(1e-7));
    }
  }
}
