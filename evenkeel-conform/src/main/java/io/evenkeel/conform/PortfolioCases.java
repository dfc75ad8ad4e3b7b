package io.evenkeel.conform;

import io.evenkeel.portfolio.MarginReport;
import io.evenkeel.portfolio.PortfolioDocument;
import io.evenkeel.portfolio.PortfolioReader;
import io.evenkeel.portfolio.PortfolioVenue;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Cases in the project's own format: a portfolio document, a rulebook, and the figures that are
/// known of them (`docs/CONFORMANCE.md`).
final class PortfolioCases implements CaseRunner {
  /// The `format` of such a file.
  static final String FORMAT = "evenkeel-conformance/1";

  /// Its family.
  static final String FAMILY = "portfolio";

  @Override
  public void run(JsonNode conformanceCase, Comparison comparison) {
    String id = conformanceCase.path("id").asString("");
    PortfolioDocument document =
        PortfolioReader.parse(id, conformanceCase.path("portfolio").toString());
    MarginReport report =
        MarginReport.of(PortfolioVenue.of(document, conformanceCase.path("rulebook").asString("")));
    BigDecimal absolute = decimal(conformanceCase.path("tolerance"));
    for (Map.Entry<String, JsonNode> expected : conformanceCase.path("expected").properties()) {
      compare(expected.getKey(), expected.getValue().asString(""), report, absolute, comparison);
    }
  }

  private static void compare(
      String field,
      String expected,
      MarginReport report,
      BigDecimal absolute,
      Comparison comparison) {
    if (field.equals("zone")) {
      comparison.same(field, expected, report.assessment().zone().name());
      return;
    }
    BigDecimal actual = report.figure(field);
    if (actual == null) {
      comparison.same(field, expected, "none");
    } else {
      comparison.within(field, new BigDecimal(expected), actual, BigDecimal.ZERO, absolute);
    }
  }

  private static BigDecimal decimal(JsonNode node) {
    return node.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(node.asString("0"));
  }
}
