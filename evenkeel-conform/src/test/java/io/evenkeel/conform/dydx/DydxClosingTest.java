package io.evenkeel.conform.dydx;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.GoldenCases;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Bankruptcy prices and deleveraging agree with the peer's own cases.
class DydxClosingTest {
  @Test
  void shouldAgreeOnBankruptcyPrices() throws IOException {
    assertThat(run("golden/perps/dydx-liquidation.json"))
        .containsOnly(Map.entry("dydx-v4/bankruptcy_price", 8));
  }

  @Test
  void shouldAgreeOnDeleveraging() throws IOException {
    assertThat(run("golden/perps/dydx-deleveraging.json"))
        .containsOnly(
            Map.entry("dydx-v4/deleverage_match", 11), Map.entry("dydx-v4/offset_remaining", 5));
  }

  private static Map<String, Integer> run(String file) throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    DydxClosingCases.register(runners);
    return GoldenCases.run(file, runners, Set.of());
  }
}
