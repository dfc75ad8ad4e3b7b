package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SviSliceTest {
  @Test
  void shouldFollowTheFormulaByHand() {
    // w(ln 1.1) = 0.04 + 0.1 (-0.3 (0.0953102 - 0.02) + sqrt((0.0953102 - 0.02)^2 + 0.2^2))
    SviSlice slice = new SviSlice(0.04, 0.1, -0.3, 0.02, 0.2, 100, 0.5);
    double k = 0.09531017980432487 - 0.02;
    double variance = 0.04 + 0.1 * (-0.3 * k + Math.sqrt(k * k + 0.04));
    assertThat(slice.volatility(110)).isCloseTo(Math.sqrt(variance / 0.5), within(1e-15));
    assertThat(slice.volatility(110)).isCloseTo(0.343836, within(1e-6));
  }

  @Test
  void shouldHoldTheStrikeWithinFourDeviations() {
    SviSlice slice = new SviSlice(0.01, 0.1, -0.3, 0, 0.1, 100, 0.5);
    double edge = 4 * Math.sqrt(0.02);
    double atEdge = slice.volatility(100 * Math.exp(edge));
    assertThat(slice.volatility(1e9)).isCloseTo(atEdge, within(1e-14));
    assertThat(slice.volatility(100 * Math.exp(0.99 * edge))).isNotCloseTo(atEdge, within(1e-5));
    assertThat(slice.volatility(1e-9))
        .isCloseTo(slice.volatility(100 * Math.exp(-edge)), within(1e-14));
  }

  @Test
  void shouldCapTotalVariance() {
    assertThat(new SviSlice(1_000, 0, 0, 0, 0.1, 100, 0.25).volatility(100)).isEqualTo(24);
  }

  @Test
  void shouldRefuseNegativeVariance() {
    SviSlice slice = new SviSlice(-0.04, 0.5, 0.9, 0, 0.1, 100, 1);
    assertThat(slice.volatility(100)).isCloseTo(0.1, within(1e-15));
    assertThatThrownBy(() -> slice.volatility(81)).hasMessageContaining("at strike 81");
    assertThat(SviSlice.volatility(-0.1, 0, 0, 0, 0, 100, 1, 100)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 0.1, 0, 0, 0.1, 100, 1, a",
    "0.1, -0.1, 0, 0, 0.1, 100, 1, b",
    "0.1, 0.1, 1.1, 0, 0.1, 100, 1, rho",
    "0.1, 0.1, 0, NaN, 0.1, 100, 1, m",
    "0.1, 0.1, 0, 0, -0.1, 100, 1, sigma",
    "0.1, 0.1, 0, 0, 0.1, 0, 1, forward",
    "0.1, 0.1, 0, 0, 0.1, 100, 0, years",
    "-1, 0.1, 0, 0, 0.1, 100, 1, a",
  })
  void shouldRefuseByName(
      double a,
      double b,
      double rho,
      double m,
      double sigma,
      double forward,
      double years,
      String name) {
    assertThatThrownBy(() -> new SviSlice(a, b, rho, m, sigma, forward, years))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter " + name + " ");
  }
}
