package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Black76BatchTest {
  private static final int COUNT = 83; // no multiple of any vector
  private static final double[] ODD = {0, 1e-320, 1e-9, 0.3, 1, 23.9, 24, 80_000, 1e290, 1e308};

  private final Black76Batch batch = new Black76Batch(COUNT + 1);
  private final boolean[] areCalls = new boolean[COUNT];
  private final double[] prices = new double[COUNT];
  private final double[] volatilities = new double[COUNT];
  private final double[] values = new double[COUNT];

  /// Mostly ordinary, some at the edges.
  private double draw(SplittableRandom random, double low, double high) {
    return random.nextInt(6) == 0
        ? ODD[random.nextInt(ODD.length)]
        : Math.exp(random.nextDouble(low, high));
  }

  @Test
  void shouldGiveTheBitsOfSingleValues() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 3_000; round++) {
      double fixed = draw(random, 9, 12);
      double years = draw(random, -8, 1);
      for (int i = 0; i < COUNT; i++) {
        areCalls[i] = random.nextBoolean();
        prices[i] = draw(random, 8, 13);
        volatilities[i] = draw(random, -3, 1);
      }
      batch.values(COUNT, areCalls, fixed, prices, volatilities, years, 0.98, values);
      for (int i = 0; i < COUNT; i++) {
        assertThat(Double.doubleToRawLongBits(values[i]))
            .as("%s: %s %s %s %s", areCalls[i], fixed, prices[i], volatilities[i], years)
            .isEqualTo(
                Double.doubleToRawLongBits(
                    Black76.value(areCalls[i], fixed, prices[i], volatilities[i], years, 0.98)));
      }
      boolean isCall = round % 2 == 0;
      batch.scenarios(COUNT, isCall, prices, fixed, volatilities, years, 1, values);
      for (int i = 0; i < COUNT; i++) {
        assertThat(values[i])
            .isEqualTo(Black76.value(isCall, prices[i], fixed, volatilities[i], years, 1));
      }
    }
  }

  @Test
  void shouldRefuseBeforeItWrites() {
    java.util.Arrays.fill(prices, 100);
    java.util.Arrays.fill(volatilities, 0.5);
    java.util.Arrays.fill(values, -7);
    volatilities[COUNT - 1] = Double.NaN;
    assertThatThrownBy(() -> batch.values(COUNT, areCalls, 100, prices, volatilities, 1, 1, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("volatility");
    assertThat(values).containsOnly(-7);
  }
}
