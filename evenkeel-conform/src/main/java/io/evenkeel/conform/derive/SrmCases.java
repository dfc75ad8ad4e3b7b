package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.explain.Term;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Standard margin: a whole account through a live engine. Figures are compared to 1e-9 relative or
/// 1e-6 absolute; where the case states whole units only, to the whole unit.
public final class SrmCases implements CaseRunner {
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  private static final BigDecimal ABSOLUTE = new BigDecimal("1e-6");
  private static final BigDecimal ALLOWANCE = new BigDecimal("1e-9");
  private static final List<String> FIGURES = List.of("im", "mm", "mark_to_market");

  private SrmCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("derive/srm", new SrmCases());
    runners.put("derive/srm-portfolio", new SrmCases());
  }

  @Override
  public void run(JsonNode conformanceCase, Comparison comparison) {
    SrmVenue venue = new SrmVenue(conformanceCase);
    Assessment assessment = venue.assess();
    JsonNode expected = conformanceCase.path("expected");
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      BigDecimal value = new BigDecimal(field.getValue().asString());
      if (FIGURES.contains(name)) {
        near(comparison, name, value, figure(name, assessment));
      } else if (name.endsWith("_truncated")) {
        BigDecimal actual = figure(name.substring(0, name.indexOf('_')), assessment);
        comparison.exact(name, value, truncated(actual, value));
      } else {
        throw new UnsupportedCase("no figure " + name + " is known");
      }
    }
    JsonNode reference = conformanceCase.path("reference");
    for (String name : FIGURES) {
      if (reference.has(name)) {
        BigDecimal value = new BigDecimal(reference.path(name).asString());
        near(comparison, "reference." + name, value, figure(name, assessment));
      }
    }
    parts(conformanceCase.path("source_intermediates"), venue, comparison);
  }

  private static BigDecimal figure(String name, Assessment assessment) {
    long figureE6 =
        switch (name) {
          case "im" -> assessment.initialEquityE6() - assessment.initialMarginE6();
          case "mm" -> assessment.equityE6() - assessment.maintenanceMarginE6();
          case "mark_to_market" -> assessment.equityE6();
          default -> throw new UnsupportedCase("no figure " + name + " is known");
        };
    return BigDecimal.valueOf(figureE6, 6);
  }

  private static void near(
      Comparison comparison, String name, BigDecimal expected, BigDecimal actual) {
    comparison.within(name, expected, actual, RELATIVE, ABSOLUTE);
  }

  /// Whole units toward zero; a figure short of the next whole unit by the allowance counts as it.
  private static BigDecimal truncated(BigDecimal actual, BigDecimal expected) {
    BigDecimal allowed = actual.signum() < 0 ? actual.subtract(ALLOWANCE) : actual.add(ALLOWANCE);
    BigDecimal whole = allowed.setScale(0, RoundingMode.DOWN);
    return whole.compareTo(expected) == 0 ? whole : actual.setScale(0, RoundingMode.DOWN);
  }

  /// What the source states of the parts of an account, found in the explanation.
  private static void parts(JsonNode stated, SrmVenue venue, Comparison comparison) {
    if (stated.isMissingNode()) {
      return;
    }
    Term account = venue.explain();
    List<Term> maintenance = account.find("maintenance margin", "maintenance surplus").children();
    List<Term> initial = account.find("initial margin", "initial surplus").children();
    for (String market : venue.markets()) {
      String options = market + " options in ";
      part(stated, market + "OptionMM", margins(maintenance, options, false), comparison);
      part(stated, market + "OptionIM", margins(initial, options, false), comparison);
      part(stated, market + "OptionIsolatedMM", margins(maintenance, options, true), comparison);
      part(stated, market + "OptionIsolatedIM", margins(initial, options, true), comparison);
    }
    part(stated, "OracleConts", sum(initial, "weak price of "), comparison);
    part(stated, "DepegIMs", sum(initial, "lost peg, "), comparison);
  }

  private static void part(JsonNode stated, String name, BigDecimal actual, Comparison comparison) {
    if (stated.has(name)) {
      BigDecimal value = new BigDecimal(stated.path(name).asString());
      near(comparison, "source_intermediates." + name, value, actual);
    }
  }

  private static BigDecimal margins(List<Term> terms, String prefix, boolean alone) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Term term : terms) {
      if (term.name().startsWith(prefix)) {
        Term margin = term.find("surplus", "margin");
        sum = sum.add(alone ? margin.find("each by itself").value() : margin.value());
      }
    }
    return sum;
  }

  private static BigDecimal sum(List<Term> terms, String prefix) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Term term : terms) {
      if (term.name().startsWith(prefix)) {
        sum = sum.add(term.value());
      }
    }
    return sum;
  }
}
