package io.evenkeel.conform.derive;

import static io.evenkeel.conform.derive.Figures.big;
import static io.evenkeel.conform.derive.Figures.decimal;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.ConfidenceCharge;
import io.evenkeel.model.rulebook.portfolio.PegLoss;
import io.evenkeel.model.rulebook.portfolio.Provisions;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import io.evenkeel.model.rulebook.portfolio.UnitCollateral;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `derive/pmrm1` and `derive/pmrm1-portfolio`: the older portfolio margin, with one base asset.
final class Pmrm1Cases implements CaseRunner {
  private static final BigDecimal ALLOWANCE = new BigDecimal("1e-9");

  @Override
  public void run(JsonNode each, Comparison comparison) {
    JsonNode market = each.get("market");
    JsonNode portfolio = each.get("portfolio");
    boolean structures = market.has("markets");
    OptionVenue venue = new OptionVenue(big(portfolio, "cash"));
    venue.stablePrice(big(market, "stable_price"));
    JsonNode own =
        structures ? market.get("markets").properties().iterator().next().getValue() : market;
    venue.underlying(FactorKind.SPOT, big(own, "spot"));
    venue.underlying(FactorKind.SPOT_CONFIDENCE, big(own, "spot_confidence"));
    for (JsonNode expiry : own.get("expiries")) {
      publish(venue, expiry);
    }
    Map<String, UnitCollateral> collateral = new LinkedHashMap<>();
    JsonNode parameters = each.get("parameters");
    if (structures) {
      for (JsonNode perp : portfolio.path("perps")) {
        addPerpetual(
            venue,
            own,
            big(perp, "amount"),
            big(perp, "unrealised_pnl"),
            big(perp, "unrealised_funding"));
      }
      for (JsonNode base : portfolio.path("bases")) {
        addBase(venue, own, big(base, "amount"), parameters, collateral);
      }
    } else {
      addPerpetual(
          venue,
          own,
          big(portfolio, "perp_position"),
          big(portfolio, "perp_unrealised_pnl"),
          big(portfolio, "perp_unrealised_funding"));
      addBase(venue, own, big(portfolio, "base_position"), parameters, collateral);
    }
    for (JsonNode option : portfolio.path("options")) {
      venue.option(
          option.get("sec_to_expiry").asLong(),
          big(option, "strike"),
          option.get("is_call").asBoolean(),
          big(option, "amount"),
          big(option, "vol"));
    }
    MarginTree tree = new MarginTree(venue.open(unit(parameters, collateral)));
    compare(each.get("expected"), tree, comparison);
  }

  private static void publish(OptionVenue venue, JsonNode expiry) {
    long seconds = expiry.get("sec_to_expiry").asLong();
    boolean split = expiry.has("forward_variable");
    venue.expiry(
        FactorKind.FORWARD_FIXED, seconds, split ? big(expiry, "forward_fixed") : BigDecimal.ZERO);
    venue.expiry(
        FactorKind.FORWARD_VARIABLE, seconds, big(expiry, split ? "forward_variable" : "forward"));
    venue.expiry(FactorKind.FORWARD_CONFIDENCE, seconds, big(expiry, "forward_confidence"));
    venue.expiry(FactorKind.RATE, seconds, big(expiry, "rate"));
    venue.expiry(FactorKind.RATE_CONFIDENCE, seconds, big(expiry, "rate_confidence"));
    venue.expiry(FactorKind.VOLATILITY_CONFIDENCE, seconds, big(expiry, "vol_confidence"));
  }

  private static void addPerpetual(
      OptionVenue venue,
      JsonNode market,
      BigDecimal amount,
      BigDecimal profit,
      BigDecimal funding) {
    if (amount.signum() != 0) {
      venue.perpetual(
          amount, big(market, "perp_price"), big(market, "perp_confidence"), profit, funding);
    }
  }

  private static void addBase(
      OptionVenue venue,
      JsonNode market,
      BigDecimal amount,
      JsonNode parameters,
      Map<String, UnitCollateral> collateral) {
    if (amount.signum() != 0) {
      String symbol =
          venue.hold("BASE", amount, big(market, "spot"), big(market, "spot_confidence"));
      collateral.put(
          symbol,
          new UnitCollateral(
              true, true, decimal(parameters.get("other"), "base_percent"), Decimal.ZERO));
    }
  }

  static RiskUnit unit(JsonNode parameters, Map<String, UnitCollateral> collateral) {
    JsonNode margin = parameters.get("margin");
    JsonNode other = parameters.get("other");
    return new RiskUnit(
        RiskUnit.Valued.NUMERAIRE,
        false,
        Decimal.ONE,
        decimal(margin, "im_factor"),
        Pmrm2Cases.scenarios(parameters.get("scenarios"), null),
        null,
        Pmrm2Cases.volatility(parameters.get("vol_shock"), "min_vol_up_shock"),
        null,
        new StaticDiscount(
            new StaticDiscount.Side(
                decimal(margin, "base_static_discount"),
                decimal(margin, "rate_mult"),
                decimal(margin, "rate_add")),
            StaticDiscount.Side.NONE),
        Pmrm2Cases.basis(parameters.get("basis")),
        new Charges(
            decimal(other, "perp_percent"),
            Decimal.ZERO,
            decimal(other, "option_percent"),
            Decimal.ZERO,
            true),
        new ConfidenceCharge(decimal(other, "conf_threshold"), decimal(other, "conf_margin")),
        new PegLoss(decimal(other, "peg_loss_threshold"), decimal(other, "peg_loss_factor")),
        null,
        null,
        Provisions.NONE,
        collateral);
  }

  private static void compare(JsonNode expected, MarginTree tree, Comparison comparison) {
    Pmrm2Cases.Check check = new Pmrm2Cases.Check(expected, comparison);
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      switch (name) {
        case "im" -> check.that(name, tree.initialSurplus());
        case "mm" -> check.that(name, tree.maintenanceSurplus());
        case "mark_to_market" -> check.that(name, tree.markToMarket());
        case "basis_contingency" -> check.that(name, tree.scenarios().getLast().value());
        case "static_contingency" -> check.that(name, tree.loss("scaled charges"));
        case "oracle_contingency" -> check.that(name, tree.initial("confidence charge").negate());
        case "min_span" -> check.that(name, tree.worstScenario());
        case "im_factor_after_peg" ->
            check.that(name, tree.initial("scaled loss", "initial factor with peg loss"));
        case "im_truncated" -> whole(comparison, name, field.getValue(), tree.initialSurplus());
        case "mm_truncated" -> whole(comparison, name, field.getValue(), tree.maintenanceSurplus());
        default -> throw new IllegalStateException("expected." + name + " is not known");
      }
    }
  }

  /// Only whole units are stated, cut off toward zero; a value within the allowance of a whole unit
  /// may stand for either side of it.
  private static void whole(
      Comparison comparison, String name, JsonNode stated, BigDecimal actual) {
    BigDecimal expected = new BigDecimal(stated.asString());
    BigDecimal low = actual.subtract(ALLOWANCE).setScale(0, RoundingMode.DOWN);
    BigDecimal high = actual.add(ALLOWANCE).setScale(0, RoundingMode.DOWN);
    comparison.exact(name, expected, low.compareTo(expected) == 0 ? low : high);
  }
}
