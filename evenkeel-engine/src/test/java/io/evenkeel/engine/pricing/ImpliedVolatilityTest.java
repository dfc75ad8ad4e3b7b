package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImpliedVolatilityTest {
  private static final long SEED = 20_260_205L;

  @Test
  void shouldGiveThePriceBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 50_000; i++) {
      double forward = Math.exp(random.nextDouble(-2, 12));
      double years = Math.exp(random.nextDouble(-8, 1));
      double volatility = Math.exp(random.nextDouble(-3, 2));
      double deviation = volatility * Math.sqrt(years);
      double far = random.nextDouble(-12, 12);
      double strike = forward * Math.exp(deviation * far);
      boolean isCall = random.nextBoolean();
      double price = Black76.value(isCall, forward, strike, volatility, years, 0.97);
      double found = ImpliedVolatility.of(isCall, price, forward, strike, years, 0.97);
      if (found != found) {
        // saturated: the price is the most it can be
        assertThat(price).isGreaterThan(0.9999 * 0.97 * (isCall ? forward : strike));
        continue;
      }
      double again = Black76.value(isCall, forward, strike, found, years, 0.97);
      assertThat(again)
          .as("seed %s, case %s: %s %s %s %s", SEED, i, isCall, forward, strike, deviation)
          .isCloseTo(price, within(2e-15 * Math.min(forward, strike) + 4e-16 * price));
      boolean isOutOfTheMoney = isCall == strike > forward;
      if (isOutOfTheMoney && deviation < 2) {
        double lost =
            1e-15
                * Math.min(forward, strike)
                * NormalDistribution.below(-Math.abs(far) + deviation / 2);
        double slope = Black76.sensitivities(isCall, forward, strike, volatility, years, 1).vega();
        assertThat(found).isCloseTo(volatility, within(1e-12 * volatility + 4 * lost / slope));
      }
    }
  }

  @Test
  void shouldSayWhereThereIsNone() {
    assertThat(ImpliedVolatility.of(true, 9.9, 110, 100, 1, 1)).isNaN();
    assertThat(ImpliedVolatility.of(true, 10, 110, 100, 1, 1)).isZero();
    assertThat(ImpliedVolatility.of(true, 110, 110, 100, 1, 1)).isNaN();
    assertThat(ImpliedVolatility.of(false, 100, 110, 100, 1, 1)).isNaN();
    assertThat(ImpliedVolatility.of(false, 0, 110, 100, 1, 1)).isZero();
    assertThat(ImpliedVolatility.of(false, 1, 110, 100, 0, 1)).isNaN();
    assertThat(ImpliedVolatility.of(false, 1, 0, 100, 1, 1)).isNaN();
    assertThat(ImpliedVolatility.of(false, 1, 110, 100, 1, 0)).isNaN();
  }

  @Test
  void shouldRefuseByName() {
    assertThatThrownBy(() -> ImpliedVolatility.of(true, -1, 110, 100, 1, 1))
        .hasMessageStartingWith("price");
    assertThatThrownBy(() -> ImpliedVolatility.of(true, 1, Double.NaN, 100, 1, 1))
        .hasMessageStartingWith("forward");
  }

  @Test
  void shouldEndWhateverThePrice() {
    double[] some = {Double.MIN_VALUE, 1e-300, 1e-9, 1, 100, 1e9, 1e300, Double.MAX_VALUE};
    for (double price : some) {
      for (double forward : some) {
        for (double strike : some) {
          for (double years : some) {
            double found = ImpliedVolatility.of(true, price, forward, strike, years, 1);
            assertThat(found != found || found >= 0).isTrue();
          }
        }
      }
    }
  }
}
