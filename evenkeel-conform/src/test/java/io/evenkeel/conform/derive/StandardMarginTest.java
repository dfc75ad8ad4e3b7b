package io.evenkeel.conform.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All cases of the venue's standard margin and of its funding rate.
class StandardMarginTest {
  private final Map<String, CaseRunner> runners = new LinkedHashMap<>();
  private Path folder = Path.of(".");

  @BeforeEach
  void findCases() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    folder = Path.of(reference, "golden", "derive");
    SrmCases.register(runners);
    FundingCases.register(runners);
  }

  @Test
  void shouldReproduceStandardMargin() throws IOException {
    assertThat(run("srm", "")).isGreaterThanOrEqualTo(19);
  }

  @Test
  void shouldReproducePortfoliosUnderStandardMargin() throws IOException {
    assertThat(run("srm-portfolio", "")).isGreaterThanOrEqualTo(25);
  }

  @Test
  void shouldReproduceFundingRates() throws IOException {
    assertThat(run("auction-perp", "funding")).isGreaterThanOrEqualTo(3);
  }

  private int run(String file, String kind) throws IOException {
    JsonNode root = JsonMapper.shared().readTree(Files.readString(folder.resolve(file + ".json")));
    String family = "derive/" + file + (kind.isEmpty() ? "" : "/" + kind);
    CaseRunner runner = java.util.Objects.requireNonNull(runners.get(family), family);
    int count = 0;
    for (JsonNode each : root.path("cases")) {
      if (kind.isEmpty() || each.path("kind").asString().equals(kind)) {
        Comparison comparison = new Comparison();
        runner.run(each, comparison);
        assertThat(comparison.differences()).as(each.path("name").asString()).isEmpty();
        assertThat(comparison.compared()).isPositive();
        count++;
      }
    }
    return count;
  }
}
