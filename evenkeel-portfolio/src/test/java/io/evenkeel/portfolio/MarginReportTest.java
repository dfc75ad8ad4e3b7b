package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarginReportTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void shouldReport() {
    PortfolioDocument document = PortfolioReader.read(EXAMPLES.resolve("basis-trade.yaml"));
    MarginReport report = MarginReport.of(PortfolioVenue.of(document, "perp-cross"));
    System.out.println(report);
    assertThat(report.figure("equity")).isNotNull();
  }
}
