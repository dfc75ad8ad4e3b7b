package io.evenkeel.conform.dydx;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.GoldenCases;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DydxMarginTest {
  @Test
  void shouldReproduceTheVenuesMargin() throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    DydxMarginCases.register(runners);

    Map<String, Integer> agreed =
        GoldenCases.run(
            "golden/perps/dydx-margin.json",
            runners,
            // 2^64 base quantums at a price of 2^64
            Set.of("dydx-v4-margin_requirement-012"));

    assertThat(agreed)
        .containsEntry("dydx-v4/account_risk", 12)
        .containsEntry("dydx-v4/margin_requirement", 10)
        .containsEntry("dydx-v4/risk_order", 12)
        .containsEntry("dydx-v4/undercollateralized_transition", 4);
    assertThat(agreed.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(75);
  }

  @Test
  void shouldReproduceWhoIsLiquidatable() throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    DydxMarginCases.register(runners);

    assertThat(GoldenCases.run("golden/perps/dydx-liquidation.json", runners, Set.of()))
        .containsEntry("dydx-v4/account_liquidatable", 3);
  }
}
