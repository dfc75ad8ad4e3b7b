package io.evenkeel.conform.dydx;

import static io.evenkeel.conform.dydx.DydxMarket.number;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.margin.MarginRisk;
import io.evenkeel.engine.margin.rates.FundingDue;
import io.evenkeel.engine.margin.rates.LinearNotional;
import io.evenkeel.engine.margin.rates.OpenInterestScaling;
import io.evenkeel.engine.market.FundingLimit;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Margin of dYdX v4: whole accounts through a live engine, single rules through the functions that
/// its margin model and its gate are made of. All exact.
public final class DydxMarginCases {
  private static final int QUOTE_PLACES = 6;

  private DydxMarginCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    put(runners, "account_risk", (given, expected) -> expected.risk(new DydxVenue(given).assess()));
    put(runners, "margin_requirement", DydxMarginCases::marginRequirement);
    put(
        runners,
        "account_liquidatable",
        (given, expected) ->
            expected.truth("result", new DydxVenue(given).assess().zone() == Zone.LIQUIDATION));
    put(runners, "net_notional", DydxMarginCases::netNotional);
    put(runners, "notional_to_base", DydxMarginCases::notionalToBase);
    put(
        runners,
        "oi_scaled_imf",
        (given, expected) -> expected.number("imf_ppm", scaledPpm(given)));
    put(
        runners,
        "oi_scaled_im",
        (given, expected) ->
            expected.number(
                "imr", OpenInterestScaling.initialE6(number(given, "notional"), scaledPpm(given))));
    put(runners, "funding_settlement", DydxMarginCases::fundingSettlement);
    put(
        runners,
        "funding_clamp",
        (given, expected) ->
            expected.number(
                "max_abs_ppm",
                FundingLimit.largestPpm(
                    number(given, "clamp_factor_ppm"),
                    number(given, "initial_margin_ppm"),
                    number(given, "maintenance_fraction_ppm"))));
    registerRisk(runners);
  }

  private static void registerRisk(Map<String, CaseRunner> runners) {
    put(
        runners,
        "is_initial_collateralized",
        (given, expected) -> expected.truth("result", risk(given, "", "").isBackedAtInitial()));
    put(
        runners,
        "is_maintenance_collateralized",
        (given, expected) -> expected.truth("result", risk(given, "", "").isBackedAtMaintenance()));
    put(
        runners,
        "is_liquidatable",
        (given, expected) -> expected.truth("result", risk(given, "", "").isLiquidatable()));
    put(
        runners,
        "risk_order",
        (given, expected) ->
            expected.number("cmp", risk(given, "", "1").compareRisk(risk(given, "", "2"))));
    put(
        runners,
        "risk_add",
        (given, expected) -> {
          MarginRisk sum = first(given).add(second(given));
          expected.number("nc", sum.equityE6());
          expected.number("imr", sum.initialMarginE6());
          expected.number("mmr", sum.maintenanceMarginE6());
        });
    put(
        runners,
        "undercollateralized_transition",
        (given, expected) ->
            expected.word(
                "result",
                switch (risk(given, "old_", "").changeTo(risk(given, "new_", ""))) {
                  case ACCEPTED -> "types.Success";
                  case NEWLY_UNBACKED -> "types.NewlyUndercollateralized";
                  case STILL_UNBACKED -> "types.StillUndercollateralized";
                }));
  }

  /// What a case expects, compared with what the engine gave; fields it does not state are not.
  private record Expected(JsonNode stated, Comparison comparison) {
    void number(String field, long actual) {
      if (stated.has(field)) {
        comparison.exact(
            field, new BigDecimal(stated.path(field).asString()), BigDecimal.valueOf(actual));
      }
    }

    void truth(String field, boolean actual) {
      word(field, Boolean.toString(actual));
    }

    void word(String field, String actual) {
      comparison.same(field, stated.path(field).asString(), actual);
    }

    void risk(Assessment assessment) {
      number("nc", assessment.equityE6());
      number("imr", assessment.initialMarginE6());
      number("mmr", assessment.maintenanceMarginE6());
    }
  }

  private interface Runner {
    void run(JsonNode given, Expected expected);
  }

  private static void put(Map<String, CaseRunner> runners, String family, Runner runner) {
    runners.put(
        "dydx-v4/" + family,
        (each, comparison) -> {
          try {
            runner.run(each.path("inputs"), new Expected(each.path("expected"), comparison));
          } catch (ArithmeticException e) {
            throw new UnsupportedCase("a value is beyond 63 bits: " + e.getMessage());
          }
        });
  }

  /// Through a live account where the notional fits an instrument, else through what its model is
  /// made of.
  private static void marginRequirement(JsonNode given, Expected expected) {
    try {
      expected.risk(new DydxVenue(accountOf(given)).assess());
    } catch (UnsupportedCase e) {
      int exponent = exponent(given);
      long price = number(given, "price");
      long notional = LinearNotional.valueMinor(Math.absExact(number(given, "q")), price, exponent);
      long openInterest =
          LinearNotional.valueMinor(number(given, "open_interest_q"), price, exponent);
      long base = number(given, "initial_margin_ppm");
      long rate =
          OpenInterestScaling.initialPpm(
              base, number(given, "oi_lower_cap"), number(given, "oi_upper_cap"), openInterest);
      expected.number("imr", OpenInterestScaling.initialE6(notional, rate));
      expected.number(
          "mmr",
          OpenInterestScaling.maintenanceE6(
              notional, base, number(given, "maintenance_fraction_ppm")));
    }
  }

  private static JsonNode accountOf(JsonNode given) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    ObjectNode perpetual = nodes.objectNode();
    perpetual.set("price", given.path("price"));
    perpetual.set("exponent", given.path("exponent"));
    perpetual.set("res", given.path("atomic_resolution"));
    perpetual.set("imf", given.path("initial_margin_ppm"));
    perpetual.set("mf", given.path("maintenance_fraction_ppm"));
    perpetual.set("lower", given.path("oi_lower_cap"));
    perpetual.set("upper", given.path("oi_upper_cap"));
    perpetual.set("oi", given.path("open_interest_q"));
    ObjectNode position = nodes.objectNode();
    position.put("perp", "0");
    position.set("q", given.path("q"));
    ObjectNode account = nodes.objectNode();
    account.putObject("perps").set("0", perpetual);
    account.putArray("positions").add(position);
    return account;
  }

  private static void netNotional(JsonNode given, Expected expected) {
    String quantity = given.has("q") ? "q" : "amount";
    long notional =
        LinearNotional.valueMinor(number(given, quantity), number(given, "price"), exponent(given));
    expected.number("notional", notional);
    expected.number("result", notional);
  }

  private static void notionalToBase(JsonNode given, Expected expected) {
    expected.number(
        "result",
        LinearNotional.quantityUnits(
            number(given, "amount"), number(given, "price"), exponent(given)));
  }

  private static int exponent(JsonNode given) {
    return (int) (number(given, "exponent") + number(given, "atomic_resolution")) + QUOTE_PLACES;
  }

  private static long scaledPpm(JsonNode given) {
    return OpenInterestScaling.initialPpm(
        number(given, "initial_margin_ppm"),
        number(given, "oi_lower_cap"),
        number(given, "oi_upper_cap"),
        number(given, "open_interest_notional"));
  }

  private static void fundingSettlement(JsonNode given, Expected expected) {
    long change =
        Math.subtractExact(
            number(given, "market_funding_index"), number(given, "position_funding_index"));
    FundingDue due = new FundingDue();
    due.add(change, 12, number(given, "q"));
    expected.number("settlement_ppm", due.sumE12());
  }

  private static MarginRisk risk(JsonNode given, String before, String after) {
    return new MarginRisk()
        .add(
            number(given, before + "nc" + after),
            number(given, before + "imr" + after),
            number(given, before + "mmr" + after));
  }

  private static MarginRisk first(JsonNode given) {
    return given.has("a") ? risk(given.path("a"), "", "") : risk(given, "", "1");
  }

  private static MarginRisk second(JsonNode given) {
    return given.has("b") ? risk(given.path("b"), "", "") : risk(given, "", "2");
  }
}
