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

  @Test
  void shouldAgreeOnPriceSizeAndFeeOfSlices() throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    DydxSliceCases.register(runners);

    assertThat(GoldenCases.run("golden/perps/dydx-liquidation.json", runners, Set.of()))
        .containsOnly(
            Map.entry("dydx-v4/fillable_price", 17),
            Map.entry("dydx-v4/insurance_fund_delta", 11),
            Map.entry("dydx-v4/liquidation_size", 16),
            Map.entry("dydx-v4/liquidation_limits", 3),
            Map.entry("dydx-v4/liquidation_priority", 1),
            Map.entry("dydx-v4/price_to_subticks", 4));
    assertThat(GoldenCases.run("golden/perps/dydx-deleveraging.json", runners, Set.of()))
        .containsOnly(Map.entry("dydx-v4/insurance_fund_cover", 5));
  }

  private static Map<String, Integer> run(String file) throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    DydxClosingCases.register(runners);
    return GoldenCases.run(file, runners, Set.of());
  }
}
