package io.evenkeel.conform.vega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All cases of the venue's margin levels.
class VegaTest {
  private final Map<String, CaseRunner> runners = new LinkedHashMap<>();
  private Path folder = Path.of(".");

  @BeforeEach
  void findCases() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    folder = Path.of(reference, "golden", "vega");
    VegaLevels.register(runners);
  }

  @Test
  void shouldReproduceMarginLevels() throws IOException {
    assertThat(run("margin_levels")).isGreaterThanOrEqualTo(190);
  }

  @Test
  void shouldReproduceLevelsOfIsolatedAccounts() throws IOException {
    assertThat(run("margin_levels_isolated")).isGreaterThanOrEqualTo(54);
  }

  private int run(String file) throws IOException {
    JsonNode root = JsonMapper.shared().readTree(Files.readString(folder.resolve(file + ".json")));
    CaseRunner runner = java.util.Objects.requireNonNull(runners.get("vega/" + file), file);
    List<String> failures = new ArrayList<>();
    int count = 0;
    for (JsonNode each : root.path("cases")) {
      String id = each.path("id").asString();
      Comparison comparison = new Comparison();
      try {
        runner.run(each, comparison);
        if (!comparison.differences().isEmpty() || comparison.compared() == 0) {
          failures.add(id + " " + comparison.differences());
        }
      } catch (RuntimeException e) {
        failures.add(id + " " + e);
      }
      count++;
    }
    assertThat(failures).isEmpty();
    return count;
  }
}
