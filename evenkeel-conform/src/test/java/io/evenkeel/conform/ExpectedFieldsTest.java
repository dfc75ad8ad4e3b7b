package io.evenkeel.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpectedFieldsTest {
  private static final String CASE =
      """
      {"input": {"a": 1}, "steps": [{"expected": {"x": 1, "deep": {"y": 2, "z": 3}}}],
       "expected": {"mm": "5"}}\
      """;

  private static final String FLOW =
      """
      {"steps": [{"op": "deposit", "amount": 1},
        {"op": "expect", "source_line": 7, "balances": [{"party": "a", "general": 1}], "more": 2}]}
      """;

  @TempDir private Path folder;

  @Test
  void shouldNameWhatNobodyAskedFor() {
    JsonNode watched = ExpectedFields.within(JsonMapper.shared().readTree(CASE));

    assertThat(ExpectedFields.ignored(watched)).containsExactly("steps.0.x", "steps.0.deep", "mm");
    watched.get("expected").get("mm");
    watched.get("steps").get(0).path("expected").path("deep").get("z");
    assertThat(ExpectedFields.ignored(watched)).containsExactly("steps.0.x", "steps.0.deep.y");
    assertThat(watched.toString()).isEqualTo(JsonMapper.shared().readTree(CASE).toString());
  }

  @Test
  void shouldWatchStepsThatExpect() {
    JsonNode watched = ExpectedFields.within(JsonMapper.shared().readTree(FLOW));
    watched.get("steps").get(1).get("balances").get(0).get("party");

    assertThat(ExpectedFields.ignored(watched))
        .containsExactly("steps.1.balances.0.general", "steps.1.more");
  }

  /// Twice (10 % less half of it) is 10 %; whatever else the case claims must fail it.
  @Test
  void shouldFailACaseThatClaimsMoreThanIsCompared() throws IOException {
    assertThat(run("").failures()).isEmpty();
    assertThat(run("").passed()).isEqualTo(1);

    ConformanceReport.Row row = run(", \"bogus\": \"1\"");

    assertThat(row.passed()).isZero();
    assertThat(row.failures()).singleElement().extracting(it -> it.field()).isEqualTo("bogus");
  }

  private ConformanceReport.Row run(String more) throws IOException {
    String text =
        """
        {"cases": [{"id": "clamp", "peer": "dydx-v4", "family": "funding_clamp",
          "inputs": {"clamp_factor_ppm": "2000000", "initial_margin_ppm": "100000",
            "maintenance_fraction_ppm": "500000"},
          "expected": {"max_abs_ppm": "100000"%s}}]}\
        """
            .formatted(more);
    Path file = Files.writeString(folder.resolve("cases.json"), text);
    return new ConformanceRun().run(List.of(file)).rows().getFirst();
  }
}
