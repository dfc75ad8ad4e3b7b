package io.evenkeel.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import tools.jackson.databind.ObjectMapper;

/// The peers' own figures for debts and interest.
class GoldenDebtsTest {
  private final Map<String, CaseRunner> runners = new LinkedHashMap<>();
  private Path golden;

  @BeforeEach
  void findCases() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    golden = Path.of(reference, "golden");
    runners.putAll(Families.all());
  }

  @Test
  void shouldReproduceAave() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode conformanceCase : cases("perps/aave-health.json")) {
      String family = "aave/" + conformanceCase.get("family").asString();
      run(family, conformanceCase.get("id").asString(), conformanceCase, failures);
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldReproduceDeriveCash() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode conformanceCase : cases("derive/cash-interest.json")) {
      String family = "derive/cash-interest/" + conformanceCase.get("kind").asString();
      run(family, conformanceCase.get("name").asString(), conformanceCase, failures);
    }
    assertThat(failures).isEmpty();
  }

  private JsonNode cases(String file) throws IOException {
    JsonNode cases =
        new ObjectMapper().readTree(Files.readString(golden.resolve(file))).get("cases");
    assertThat(cases).isNotEmpty();
    return cases;
  }

  private void run(String family, String id, JsonNode conformanceCase, List<String> failures) {
    CaseRunner runner = runners.get(family);
    assertThat(runner).as(family).isNotNull();
    Comparison comparison = new Comparison();
    runner.run(conformanceCase, comparison);
    if (comparison.compared() == 0) {
      failures.add(id + " compares nothing");
    }
    comparison.differences().forEach(difference -> failures.add(id + " " + difference));
  }
}
