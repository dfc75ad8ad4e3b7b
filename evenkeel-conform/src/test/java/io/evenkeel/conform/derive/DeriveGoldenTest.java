package io.evenkeel.conform.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.conform.ConformanceReport;
import io.evenkeel.conform.ConformanceRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The peer's own cases, run through a live engine. Every figure that a case asserts must agree.
class DeriveGoldenTest {
  @ParameterizedTest
  @CsvSource({"pmrm2,76", "pmrm1,14", "pmrm1-portfolio,29"})
  void shouldReproduceEveryFigure(String family, int cases) {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set");
    Path file = Path.of(reference, "golden", "derive", family + ".json");

    ConformanceReport report = new ConformanceRun().run(List.of(file));

    ConformanceReport.Row row = report.rows().getFirst();
    System.out.printf(
        "%s: %d passed, %d failed, relative %.2e, absolute %.2e%n",
        family, row.passed(), row.failed(), row.largestRelativeError(), row.largestAbsoluteError());
    assertThat(row.failures()).isEmpty();
    assertThat(row.passed()).isEqualTo(cases);
  }
}
