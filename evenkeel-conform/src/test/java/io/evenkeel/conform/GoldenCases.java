package io.evenkeel.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the cases of a corpus file that lies outside the project; skipped aloud where it is not.
public final class GoldenCases {
  private GoldenCases() {}

  /// Runs every case of a file whose family is known, and requires that it agrees.
  ///
  /// @param file below the folder that `EVENKEEL_REFERENCE` names
  /// @param beyond ids of cases with figures no account can have, which must be refused as such
  /// @return how many cases of each family agreed
  public static Map<String, Integer> run(
      String file, Map<String, CaseRunner> runners, Set<String> beyond) throws IOException {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    Path path = Path.of(Objects.requireNonNull(reference), file);
    JsonNode root = JsonMapper.shared().readTree(Files.readString(path));
    Map<String, Integer> agreed = new LinkedHashMap<>();
    for (JsonNode each : root.path("cases")) {
      String family = each.path("peer").asString() + "/" + each.path("family").asString();
      String id = each.path("id").asString();
      CaseRunner runner = runners.get(family);
      if (runner != null && !beyond.contains(id)) {
        Comparison comparison = new Comparison();
        runner.run(each, comparison);
        assertThat(comparison.differences()).as(id).isEmpty();
        assertThat(comparison.compared()).as(id).isPositive();
        agreed.merge(family, 1, Integer::sum);
      }
    }
    return agreed;
  }
}
