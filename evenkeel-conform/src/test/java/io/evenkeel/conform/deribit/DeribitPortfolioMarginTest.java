package io.evenkeel.conform.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.ConformanceReport;
import io.evenkeel.conform.ConformanceRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example in the venue's own documentation: all risk vectors and margin lines.
class DeribitPortfolioMarginTest {
  @Test
  void shouldReproduceTheDocumentedExample() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    Path file = Path.of(reference, "data", "oracles", "deribit_pme_simulate_example.json");

    ConformanceReport.Row row = new ConformanceRun().run(List.of(file)).rows().getFirst();

    assertThat(row.failures()).isEmpty();
    assertThat(row.passed()).isEqualTo(1);
  }
}
