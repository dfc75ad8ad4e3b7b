package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Black76Test {
  private static final long SEED = 20_260_206L;

  /// The value as an integral over the terminal price: positive everywhere, so it keeps relative
  /// accuracy however far out of the money; shares no algebra with the formula.
  static double integrated(boolean isCall, double forward, double strike, double deviation) {
    double edge = (Math.log(strike / forward) + 0.5 * deviation * deviation) / deviation;
    double sign = isCall ? 1 : -1;
    // beyond this many deviations past the edge, or past the peak, nothing is left of the integrand
    double end = Math.max(isCall ? edge : -edge, deviation) + 14;
    double start = isCall ? edge : -edge;
    int panels = 600;
    double sum = 0;
    double width = (end - start) / panels;
    double[] nodes = {
      0.1488743389816312,
      0.4333953941292472,
      0.6794095682990244,
      0.8650633666889845,
      0.9739065285171717
    };
    double[] weights = {
      0.2955242247147529,
      0.2692667193099963,
      0.2190863625159820,
      0.1494513491505806,
      0.0666713443086881
    };
    for (int panel = 0; panel < panels; panel++) {
      double middle = start + (panel + 0.5) * width;
      for (int i = 0; i < nodes.length; i++) {
        for (int side = -1; side <= 1; side += 2) {
          double z = middle + side * nodes[i] * width / 2;
          double gain = sign * Math.expm1(sign * deviation * (z - start));
          double decay = Math.exp(-0.5 * (z - start) * (z + start));
          sum += weights[i] * gain * decay;
        }
      }
    }
    double scale = Math.exp(-0.5 * start * start) / Math.sqrt(2 * Math.PI);
    return strike * scale * sum * width / 2;
  }

  @Test
  void shouldAgreeWithAnIntegralOverTheTerminalPrice() {
    SplittableRandom random = new SplittableRandom(SEED);
    double worst = 0;
    for (int i = 0; i < 3_000; i++) {
      double forward = Math.exp(random.nextDouble(-2, 12));
      double deviation = Math.exp(random.nextDouble(-5, 1.2));
      double strike = forward * Math.exp(deviation * random.nextDouble(-30, 30));
      boolean isCall = strike > forward == random.nextInt(8) > 0; // mostly out of the money
      double expected = integrated(isCall, forward, strike, deviation);
      double actual = Black76.undiscounted(isCall, forward, strike, deviation);
      if (expected > 1e-290) {
        worst = Math.max(worst, Math.abs(actual - expected) / expected);
        assertThat(actual)
            .as("seed %s, case %s: %s %s %s", SEED, i, forward, strike, deviation)
            .isCloseTo(expected, within(2e-11 * expected));
      }
    }
    assertThat(worst).isLessThan(2e-11);
  }

  @ParameterizedTest
  @CsvSource({
    // isCall, forward, strike, volatility, years, discount, expected
    "true, 100, 0, 0.5, 1, 0.9, 90",
    "false, 100, 0, 0.5, 1, 0.9, 0",
    "true, 0, 100, 0.5, 1, 0.9, 0",
    "false, 0, 100, 0.5, 1, 0.9, 90",
    "true, 0, 0, 0.5, 1, 0.9, 0",
    "true, 100, 80, 24, 1, 0.9, 90",
    "false, 100, 80, 24, 1, 0.9, 72",
    "true, 100, 80, Infinity, 1, 1, 100",
    "true, 100, 80, Infinity, 0, 1, 20",
    "true, 100, 80, 0, 1, 0.9, 18",
    "false, 100, 80, 0.5, 0, 0.9, 0",
    "false, 80, 100, 0.5, 0, 0.9, 18",
  })
  void shouldBeDefinedAtTheEdges(
      boolean isCall,
      double forward,
      double strike,
      double volatility,
      double years,
      double discount,
      double expected) {
    assertThat(Black76.value(isCall, forward, strike, volatility, years, discount))
        .isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 100, 0.5, 1, 1, forward",
    "100, -1, 0.5, 1, 1, strike",
    "100, 100, -0.1, 1, 1, volatility",
    "100, 100, 0.5, -1, 1, years",
    "100, 100, 0.5, 1, NaN, discount",
    "NaN, 100, 0.5, 1, 1, forward",
    "Infinity, 100, 0.5, 1, 1, forward",
    "100, Infinity, 0.5, 1, 1, strike",
    "100, 100, 0.5, 1, Infinity, discount",
  })
  void shouldRefuseByName(
      double forward,
      double strike,
      double volatility,
      double years,
      double discount,
      String name) {
    assertThatThrownBy(() -> Black76.call(forward, strike, volatility, years, discount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void shouldRiseWithVolatilityStayInBoundsAndKeepParity() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int i = 0; i < 20_000; i++) {
      double forward = Math.exp(random.nextDouble(-20, 20));
      double strike = forward * Math.exp(random.nextDouble(-3, 3));
      double low = random.nextDouble(0, 3);
      double high = low + random.nextDouble(0.001, 2);
      double call = Black76.undiscounted(true, forward, strike, low);
      double put = Black76.undiscounted(false, forward, strike, low);
      double scale = forward + strike;
      assertThat(call).as("seed %s, case %s", SEED + 1, i).isBetween(0.0, forward);
      assertThat(put).isBetween(0.0, strike);
      assertThat(call - put).isCloseTo(forward - strike, within(4e-16 * scale));
      assertThat(call).isGreaterThanOrEqualTo(forward - strike);
      assertThat(put).isGreaterThanOrEqualTo(strike - forward);
      assertThat(Black76.undiscounted(true, forward, strike, high))
          .isGreaterThanOrEqualTo(call - 1e-15 * scale);
    }
  }

  @Test
  void shouldRiseWithTheForwardByAtMostAsMuchAndBeConvexInTheStrike() {
    SplittableRandom random = new SplittableRandom(SEED + 3);
    for (int i = 0; i < 20_000; i++) {
      double forward = Math.exp(random.nextDouble(-20, 20));
      double strike = forward * Math.exp(random.nextDouble(-3, 3));
      double deviation = Math.exp(random.nextDouble(-7, 3));
      double rise = strike * random.nextDouble(0, 0.2);
      double noise = 1e-15 * (forward + strike);
      double call = Black76.undiscounted(true, forward, strike, deviation);
      double moved = Black76.undiscounted(true, forward + rise, strike, deviation);
      assertThat(moved - call)
          .as("seed %s, case %s: %s %s %s", SEED + 3, i, forward, strike, deviation)
          .isBetween(-noise, rise + noise);
      double fallen =
          Black76.undiscounted(false, forward, strike, deviation)
              - Black76.undiscounted(false, forward + rise, strike, deviation);
      assertThat(fallen).isBetween(-noise, rise + noise);
      double lower = Black76.undiscounted(i % 2 == 0, forward, strike - rise, deviation);
      double middle = Black76.undiscounted(i % 2 == 0, forward, strike, deviation);
      double upper = Black76.undiscounted(i % 2 == 0, forward, strike + rise, deviation);
      assertThat(lower + upper - 2 * middle).isGreaterThanOrEqualTo(-4 * noise);
    }
  }

  @Test
  void shouldNeverGiveNotANumberForAnyBits() {
    SplittableRandom random = new SplittableRandom(SEED + 4);
    for (int i = 0; i < 200_000; i++) {
      double[] it = new double[5];
      for (int j = 0; j < it.length; j++) {
        do {
          it[j] = Math.abs(Double.longBitsToDouble(random.nextLong()));
        } while (!(it[j] <= Double.MAX_VALUE));
      }
      if (i % 2 == 0) { // otherwise nearly every case is a limit
        it[1] = it[0] * random.nextDouble(0.1, 10);
        it[2] = random.nextDouble(5);
        it[3] = random.nextDouble(5);
      }
      if (it[1] <= Double.MAX_VALUE) {
        assertThat(Black76.call(it[0], it[1], it[2], it[3], it[4]))
            .as("seed %s, case %s", SEED + 4, i)
            .isBetween(0.0, it[0] * it[4]);
        assertThat(Black76.put(it[0], it[1], it[2], it[3], it[4])).isBetween(0.0, it[1] * it[4]);
        Black76.Sensitivities slopes = Black76.sensitivities(true, it[0], it[1], it[2], it[3], 1);
        assertThat(slopes.delta()).isBetween(0.0, 1.0);
        assertThat(slopes.gamma()).isNotNaN();
        assertThat(slopes.vega()).isNotNaN();
        assertThat(slopes.thetaPerDay()).isNotNaN();
      }
    }
  }

  @Test
  void shouldNeverGiveNotANumber() {
    double[] values = {0, Double.MIN_VALUE, 1e-300, 1e-5, 1, 24, 1e5, 1e300, Double.MAX_VALUE};
    for (double forward : values) {
      for (double strike : values) {
        for (double volatility : values) {
          for (double years : values) {
            double call = Black76.call(forward, strike, volatility, years, 1);
            double put = Black76.put(forward, strike, volatility, years, 1);
            assertThat(call).isBetween(0.0, forward);
            assertThat(put).isBetween(0.0, strike);
          }
        }
      }
    }
  }

  @Test
  void shouldHaveSensitivitiesThatAreItsSlopes() {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int i = 0; i < 500; i++) {
      double forward = random.nextDouble(50, 150);
      double strike = random.nextDouble(50, 150);
      double volatility = random.nextDouble(0.2, 1.5);
      double years = random.nextDouble(0.1, 2);
      boolean isCall = random.nextBoolean();
      Black76.Sensitivities it =
          Black76.sensitivities(isCall, forward, strike, volatility, years, 0.95);
      double step = 1e-4;
      double up = Black76.value(isCall, forward + step, strike, volatility, years, 0.95);
      double down = Black76.value(isCall, forward - step, strike, volatility, years, 0.95);
      double here = Black76.value(isCall, forward, strike, volatility, years, 0.95);
      assertThat(it.delta()).isCloseTo((up - down) / (2 * step), within(1e-7));
      assertThat(it.gamma()).isCloseTo((up - 2 * here + down) / (step * step), within(1e-4));
      double more = Black76.value(isCall, forward, strike, volatility + step, years, 0.95);
      double less = Black76.value(isCall, forward, strike, volatility - step, years, 0.95);
      assertThat(it.vega()).isCloseTo((more - less) / (2 * step), within(1e-5));
      double later = Black76.value(isCall, forward, strike, volatility, years - step, 0.95);
      double sooner = Black76.value(isCall, forward, strike, volatility, years + step, 0.95);
      assertThat(it.thetaPerDay()).isCloseTo((later - sooner) / (2 * step) / 365, within(1e-6));
    }
  }
}
