package io.evenkeel.conform.mango;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.model.explain.Term;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Health of accounts, and their liquidation.
public final class MangoCases {
  private static final String PEER = "mango-v4/";

  private MangoCases() {}

  /// Adds the families of this peer.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put(PEER + "health", MangoCases::health);
    runners.put(PEER + "health_stable_price", MangoCases::health);
    runners.put(PEER + "leverage", MangoCases::leverage);
    ClosingCases.register(runners);
  }

  private static void health(JsonNode node, Comparison comparison) {
    String kind = node.path("inputs").path("kind").asString("");
    String term =
        switch (kind) {
          case "init" -> "initial health";
          case "liq_end" -> "liquidation end health";
          case "maint" -> "maintenance health";
          default -> throw new IllegalArgumentException("asks for health of kind " + kind);
        };
    compare(node, "health", term, comparison);
  }

  private static void leverage(JsonNode node, Comparison comparison) {
    compare(node, "leverage", "leverage", comparison);
  }

  private static void compare(JsonNode node, String field, String term, Comparison comparison) {
    Term terms = MangoVenue.open(node.path("inputs")).view().terms(CaseVenue.ACCOUNT);
    comparison.within(
        field,
        Fractions.decimal(node.path("expected"), field),
        terms.find(term).value(),
        BigDecimal.ZERO,
        Fractions.decimal(node, "tolerance"));
  }
}
