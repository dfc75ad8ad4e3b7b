package io.evenkeel.conform.mango;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.MarketFees;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Liquidations. What a liquidator of the peer asks for are limits of the step here; the rest is
/// done by the engine's own cycle.
final class ClosingCases {
  private static final String PEER = "mango-v4/";
  private static final String SETTLE = "settle_token";
  private static final String OTHER = "other_token";
  private static final String PERP = "perp";
  private static final String FUND = "insurance";
  private static final String REJECTED = "rejected";

  /// One native unit, of which here a whole one stands for.
  private static final long ONE_UNIT_E6 = 1_000_000;

  private ClosingCases() {}

  static void register(Map<String, CaseRunner> runners) {
    runners.put(PEER + "perp_liquidation", ClosingCases::perpetuals);
    runners.put(PEER + "token_liquidation", ClosingCases::tokens);
    runners.put(PEER + "perp_bankruptcy_waterfall", ClosingCases::waterfall);
  }

  private static void perpetuals(JsonNode node, Comparison comparison) {
    JsonNode given = node.path("inputs");
    MarketFees fees =
        new MarketFees(
            Fractions.parameter(given, "base_liquidation_fee"),
            Fractions.parameter(given, "platform_liquidation_fee"),
            Fractions.parameter(given, "positive_pnl_fee"),
            true);
    HealthClosing closing =
        new HealthClosing(
            ONE_UNIT_E6,
            new HealthClosing.Perpetuals(
                Map.of(PERP, fees),
                Fractions.decimal(given, "max_base").abs().longValueExact(),
                Fractions.parameter(given, "max_pnl")),
            null,
            null);
    ClosingVenue venue =
        new ClosingVenue()
            .token(SETTLE, given.path(SETTLE))
            .token(OTHER, given.path(OTHER))
            .contract(PERP, given.path(PERP), SETTLE)
            .liquidate(closing, BigDecimal.ZERO);
    if (isRejection(node, venue, comparison)) {
      return;
    }
    compare(node, "settle_balance", venue.balance(SETTLE), comparison);
    compare(node, "base_lots", venue.lots(PERP), comparison);
    compare(node, "quote", venue.quote(PERP), comparison);
  }

  private static void tokens(JsonNode node, Comparison comparison) {
    JsonNode given = node.path("inputs");
    HealthClosing closing =
        new HealthClosing(
            ONE_UNIT_E6,
            null,
            new HealthClosing.Tokens(Map.of(), Fractions.parameter(given, "max_liab_transfer")),
            null);
    ClosingVenue venue =
        new ClosingVenue()
            .token("asset", given.path("asset"))
            .token("liab", given.path("liab"))
            .token("other", given.path("other"))
            .contract("A", given.path("perp_settled_in_asset"), "asset")
            .contract("L", given.path("perp_settled_in_liab"), "liab")
            .liquidate(closing, BigDecimal.ZERO);
    if (isRejection(node, venue, comparison)) {
      return;
    }
    compare(node, "asset_balance", venue.balance("asset"), comparison);
    compare(node, "liab_balance", venue.balance("liab"), comparison);
  }

  private static void waterfall(JsonNode node, Comparison comparison) {
    JsonNode given = node.path("inputs");
    MarketFees fees =
        new MarketFees(
            Fractions.parameter(given, "base_liquidation_fee"), Decimal.ZERO, Decimal.ZERO, true);
    HealthClosing closing =
        new HealthClosing(
            ONE_UNIT_E6,
            new HealthClosing.Perpetuals(Map.of(PERP, fees), HealthClosing.NO_LIMIT, null),
            new HealthClosing.Tokens(Map.of(), null),
            new HealthClosing.Bankruptcy(
                Fractions.parameter(given, "settle_limit"),
                Fractions.parameter(given, "max_liab_transfer")));
    ObjectNode fund = JsonNodeFactory.instance.objectNode();
    fund.put("oracle", given.path("insurance_price").asString());
    fund.put("stable", given.path("insurance_price").asString());
    for (String weight : List.of("init_asset", "init_liab", "maint_asset", "maint_liab")) {
      fund.put(weight, "1");
    }
    ClosingVenue venue =
        new ClosingVenue()
            .token(FUND, fund)
            .token(SETTLE, given.path(SETTLE))
            .token(OTHER, given.path(OTHER))
            .contract(PERP, given.path(PERP), SETTLE)
            .liquidate(closing, Fractions.decimal(given, "insurance_amount"));
    if (isRejection(node, venue, comparison)) {
      return;
    }
    compare(node, "liqee_settle_token", venue.balance(SETTLE), comparison);
    compare(node, "liqee_perp_quote", venue.quote(PERP), comparison);
    compare(node, "liqor_settle_token", venue.backstopGot(SETTLE), comparison);
    compare(node, "liqor_perp_quote", venue.backstopQuote(PERP), comparison);
    compare(node, "liqor_insurance", venue.backstopGot(FUND), comparison);
    compare(node, "socialized_loss", venue.shared(), comparison);
  }

  /// A peer refuses what there is nothing to do about; here nothing is done then.
  private static boolean isRejection(JsonNode node, ClosingVenue venue, Comparison comparison) {
    JsonNode expected = node.path("expected");
    if (!expected.has(REJECTED)) {
      return false;
    }
    boolean acted =
        venue.events().stream()
            .anyMatch(event ->
                event instanceof Event.PositionReduced
                    || event instanceof Event.PositionTransferred
                    || event instanceof Event.CollateralConverted
                    || event instanceof Event.MoneyMoved);
    comparison.same(REJECTED, expected.path(REJECTED).asString(), Boolean.toString(!acted));
    return true;
  }

  private static void compare(
      JsonNode node, String field, BigDecimal actual, Comparison comparison) {
    JsonNode expected = node.path("expected");
    if (expected.has(field)) {
      comparison.within(
          field,
          Fractions.decimal(expected, field),
          actual,
          BigDecimal.ZERO,
          Fractions.decimal(node, "tolerance"));
    }
  }
}
