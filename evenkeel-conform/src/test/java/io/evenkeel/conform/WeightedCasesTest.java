package io.evenkeel.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.drift.DriftCases;
import io.evenkeel.conform.mango.MangoCases;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every case of weighed collateral in the reference folder agrees with its peer.
class WeightedCasesTest {
  @ParameterizedTest
  @ValueSource(strings = {"drift-margin.json", "mango-health.json", "mango-liquidation.json"})
  void shouldAgreeWithThePeer(String file) {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    Map<String, CaseRunner> families = new LinkedHashMap<>();
    DriftCases.register(families);
    MangoCases.register(families);

    ConformanceReport report =
        new ConformanceRun(families, NotRun.shipped())
            .run(List.of(Path.of(reference, "golden", "perps", file)));

    for (ConformanceReport.Row row : report.rows()) {
      assertThat(row.failures()).as(row.family()).isEmpty();
      assertThat(row.passed()).as(row.family()).isPositive();
    }
  }
}
