package io.evenkeel.conform.vega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All cases of the venue's margin levels.
class VegaTest {
  /// Flows that move more than 2^63 units.
  private static final Set<String> BEYOND_LONG =
      Set.of("system-test-default.feature#0", "verified/risk-parameters-sigma-test.feature#1");

  private static final Set<String> CLOSING = Set.of("closeout", "distressed_orders_cancelled");

  private final Map<String, CaseRunner> runners = new LinkedHashMap<>();
  private Path folder = Path.of(".");

  @BeforeEach
  void findCases() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    folder = Path.of(reference, "golden", "vega");
    VegaLevels.register(runners);
    VegaFlows.register(runners);
  }

  @Test
  void shouldReproduceMarginLevels() throws IOException {
    assertThat(run("margin_levels")).isGreaterThanOrEqualTo(190);
  }

  @Test
  void shouldReproduceLevelsOfIsolatedAccounts() throws IOException {
    assertThat(run("margin_levels_isolated")).isGreaterThanOrEqualTo(54);
  }

  /// All flows but those in which a liquidity provider is closed out, also those beyond the core.
  @Test
  void shouldReproduceFlows() throws IOException {
    assertThat(run("flows")).isGreaterThanOrEqualTo(130);
  }

  private int run(String file) throws IOException {
    JsonNode root = JsonMapper.shared().readTree(Files.readString(folder.resolve(file + ".json")));
    CaseRunner runner = java.util.Objects.requireNonNull(runners.get("vega/" + file), file);
    List<String> failures = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    int count = 0;
    for (JsonNode each : root.path("cases")) {
      if (forfeitsABond(each)) {
        continue;
      }
      String id = each.path("id").asString();
      Comparison comparison = new Comparison();
      try {
        runner.run(each, comparison);
        if (!comparison.differences().isEmpty() || comparison.compared() == 0) {
          failures.add(id + " " + comparison.differences());
        }
      } catch (UnsupportedCase e) {
        unsupported.add(id);
      } catch (RuntimeException e) {
        failures.add(id + " " + e);
      }
      count++;
    }
    assertThat(failures).isEmpty();
    assertThat(unsupported).as("beyond 2^63, by id").isSubsetOf(BEYOND_LONG);
    return count;
  }

  private static boolean forfeitsABond(JsonNode flow) {
    List<String> tags = flow.path("tags").valueStream().map(JsonNode::asString).toList();
    return tags.contains("bond_drawn") && tags.stream().anyMatch(CLOSING::contains);
  }
}
