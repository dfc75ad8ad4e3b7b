package io.evenkeel.conform.synthetix;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.GoldenCases;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SynthetixMarginTest {
  @Test
  void shouldReproduceTheVenuesMargin() throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    SynthetixCases.register(runners);

    assertThat(GoldenCases.run("golden/perps/synthetix-perps.json", runners, Set.of()))
        .containsEntry("synthetix-v3/premium_fill_pnl", 3)
        .containsEntry("synthetix-v3/available_margin", 4)
        .containsEntry("synthetix-v3/keeper_reward", 2);
  }

  @Test
  void shouldCloseNoMoreThanTheWindowLetsThrough() throws IOException {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    WindowCases.register(runners);

    assertThat(GoldenCases.run("golden/perps/synthetix-perps.json", runners, Set.of()))
        .containsOnly(
            Map.entry("synthetix-v3/max_liquidation_in_window", 1),
            Map.entry("synthetix-v3/window_rate_limit", 4));
  }

  /// By hand: 2 BTC of a skew scale of 100 at a fraction of 2 and a minimum of 1 % are a rate of 5
  /// %, of 60,000 that is 3,000, half of it for maintenance, and 1,000 flat for each.
  @Test
  void shouldRequireBySize() {
    Map<String, CaseRunner> runners = new LinkedHashMap<>();
    SynthetixCases.register(runners);
    String written =
        """
        {"inputs": {"positions": [{"market": "BTC", "size": "-2", "price": "30000",
          "skew_scale": "100", "initial_margin_fraction": "2",
          "minimum_initial_margin_ratio": "1/100", "maintenance_margin_scalar": "1/2",
          "minimum_position_margin": "1000"}]},
         "expected": {"initial_margin": "4000", "maintenance_margin": "2500"}}
        """;
    Comparison comparison = new Comparison();

    Objects.requireNonNull(runners.get("synthetix-v3/required_margins"))
        .run(JsonMapper.shared().readTree(written), comparison);

    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.compared()).isEqualTo(2);
  }
}
