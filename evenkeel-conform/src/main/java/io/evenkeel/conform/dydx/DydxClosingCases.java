package io.evenkeel.conform.dydx;

import static io.evenkeel.conform.dydx.DydxMarket.number;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.Hypothesis;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What closing an account of dYdX v4 must bring, and closing it against others: accounts of a live
/// engine, by what its step of deleveraging is made of. All exact.
public final class DydxClosingCases {
  private static final String PREFIX = "dydx-v4/";

  private DydxClosingCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    put(runners, "bankruptcy_price", DydxClosingCases::bankruptcyPrice);
    put(runners, "deleverage_match", DydxClosingCases::match);
    put(runners, "offset_remaining", DydxClosingCases::offset);
  }

  private static void put(Map<String, CaseRunner> runners, String family, CaseRunner runner) {
    runners.put(
        PREFIX + family,
        (each, comparison) -> {
          try {
            runner.run(each, comparison);
          } catch (ArithmeticException e) {
            throw new UnsupportedCase("a value is beyond 63 bits: " + e.getMessage());
          }
        });
  }

  private static void bankruptcyPrice(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    DydxVenue venue = new DydxVenue(given);
    DydxMarket market = venue.subject();
    try (Hypothesis hypothesis = venue.view().suppose()) {
      OptionalLong value =
          hypothesis.bankruptcyValueMinor(
              CaseVenue.ACCOUNT, market.instrumentId, market.units(number(given, "delta_q")));
      comparison.same(
          "quote_quantums",
          each.path("expected").path("quote_quantums").asString(),
          value.isPresent() ? Long.toString(value.getAsLong()) : "ERROR");
    }
  }

  private static void match(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    JsonNode expected = each.path("expected");
    DydxVenue venue =
        new DydxVenue(account(given, given.path("liquidated")), List.of(given.path("offsetting")));
    DydxMarket market = venue.subject();
    try (Hypothesis hypothesis = venue.view().suppose()) {
      boolean matched =
          hypothesis.deleverage(
              CaseVenue.ACCOUNT,
              DydxVenue.other(0),
              market.instrumentId,
              market.units(number(given, "delta_q")));
      comparison.same(
          "rejected", Boolean.toString(expected.has("rejected")), Boolean.toString(!matched));
      if (matched) {
        compare("liquidated", expected, venue, CaseVenue.ACCOUNT, comparison);
        compare("offsetting", expected, venue, DydxVenue.other(0), comparison);
      }
    }
  }

  /// A list of positions that leaves one out is compared too.
  private static void compare(
      String name, JsonNode expected, DydxVenue venue, long accountId, Comparison comparison) {
    JsonNode stated = expected.path(name);
    EngineView view = venue.view();
    comparison.exact(
        name + ".usdc",
        new BigDecimal(stated.path("usdc").asString()),
        BigDecimal.valueOf(view.marginMinor(accountId, DydxVenue.USDC)));
    List<String> held = new ArrayList<>();
    for (EngineView.Position position : view.positions(accountId)) {
      if (position.quantityUnits() != 0) {
        DydxMarket market = venue.market(position.instrumentId());
        held.add(market.contract.symbol() + " " + market.quantums(position.quantityUnits()));
      }
    }
    List<String> wanted = new ArrayList<>();
    for (JsonNode position : stated.path("positions")) {
      wanted.add(position.path("perp").asString() + " " + position.path("q").asString());
    }
    comparison.same(name + ".positions", wanted.toString(), held.toString());
  }

  private static void offset(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    JsonNode expected = each.path("expected");
    List<JsonNode> candidates = given.path("candidates").valueStream().toList();
    DydxVenue venue = new DydxVenue(account(given, given.path("liquidated")), candidates);
    DydxMarket market = venue.subject();
    long wanted = market.units(number(given, "delta_q"));
    EngineView view = venue.view();
    try (Hypothesis hypothesis = view.suppose()) {
      List<Long> quantities = new ArrayList<>();
      for (int i = 0; i < candidates.size(); i++) {
        quantities.add(view.quantityUnits(DydxVenue.other(i), market.instrumentId));
      }
      long before = view.quantityUnits(CaseVenue.ACCOUNT, market.instrumentId);
      long after =
          hypothesis.offset(
              CaseVenue.ACCOUNT, market.instrumentId, Math.abs(wanted), Ranking.ROTATION);
      long fills = 0;
      for (int i = 0; i < candidates.size(); i++) {
        long now = view.quantityUnits(DydxVenue.other(i), market.instrumentId);
        fills += now == quantities.get(i) ? 0 : 1;
      }
      comparison.exact(
          "remaining_q",
          new BigDecimal(expected.path("remaining_q").asString()),
          BigDecimal.valueOf(market.quantums(wanted - (after - before))));
      comparison.same("fills", expected.path("fills").asString(), Long.toString(fills));
    }
  }

  private static JsonNode account(JsonNode given, JsonNode account) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("usdc", account.path("usdc"));
    whole.set("positions", account.path("positions"));
    whole.set("perps", given.path("perps"));
    whole.set("perp", given.path("perp"));
    whole.set("delta_q", given.path("delta_q"));
    return whole;
  }
}
