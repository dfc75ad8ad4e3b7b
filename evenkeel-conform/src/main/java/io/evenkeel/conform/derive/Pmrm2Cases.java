package io.evenkeel.conform.derive;

import static io.evenkeel.conform.derive.Figures.big;
import static io.evenkeel.conform.derive.Figures.decimal;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.portfolio.BasisShock;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.ConfidenceCharge;
import io.evenkeel.model.rulebook.portfolio.PegLoss;
import io.evenkeel.model.rulebook.portfolio.Provisions;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.SkewShock;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import io.evenkeel.model.rulebook.portfolio.UnitCollateral;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import io.evenkeel.model.rulebook.portfolio.VolatilityShock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `derive/pmrm2`: portfolio margin by scenarios, the present generation.
final class Pmrm2Cases implements CaseRunner {
  /// Rounding to millionths happens twice on the way to a decided surplus.
  private static final BigDecimal DECIDED = new BigDecimal("3e-6");

  @Override
  public void run(JsonNode each, Comparison comparison) {
    JsonNode market = each.get("market");
    JsonNode portfolio = each.get("portfolio");
    OptionVenue venue = new OptionVenue(big(portfolio, "cash"));
    venue.underlying(FactorKind.SPOT, big(market, "spot"));
    venue.underlying(FactorKind.SPOT_CONFIDENCE, big(market, "spot_confidence"));
    venue.stablePrice(big(market, "stable_price"));
    for (JsonNode expiry : market.get("expiries")) {
      publish(venue, expiry);
    }
    Map<String, UnitCollateral> collateral = new LinkedHashMap<>();
    for (JsonNode held : portfolio.get("collaterals")) {
      String symbol =
          venue.hold(
              held.path("name").asString("C"),
              big(held, "amount"),
              big(held, "price"),
              big(held, "confidence"));
      collateral.put(
          symbol,
          new UnitCollateral(
              held.get("is_risk_cancelling").asBoolean(),
              false,
              decimal(held, "mm_haircut"),
              decimal(held, "im_haircut")));
    }
    if (big(portfolio, "perp_position").signum() != 0) {
      venue.perpetual(
          big(portfolio, "perp_position"),
          big(market, "perp_price"),
          big(market, "perp_confidence"),
          big(portfolio, "perp_unrealised_pnl"),
          big(portfolio, "perp_unrealised_funding"));
    }
    for (JsonNode option : portfolio.get("options")) {
      venue.option(
          option.get("sec_to_expiry").asLong(),
          big(option, "strike"),
          option.get("is_call").asBoolean(),
          big(option, "amount"),
          null);
    }
    JsonNode expected = each.get("expected");
    RiskUnit unit = unit(each.get("parameters"), expected.get("scenario_pnl"), collateral);
    compare(expected, new MarginTree(venue.open(unit)), comparison);
  }

  private static void publish(OptionVenue venue, JsonNode expiry) {
    long seconds = expiry.get("sec_to_expiry").asLong();
    venue.expiry(FactorKind.FORWARD_FIXED, seconds, big(expiry, "forward_fixed"));
    venue.expiry(FactorKind.FORWARD_VARIABLE, seconds, big(expiry, "forward_variable"));
    venue.expiry(FactorKind.FORWARD_CONFIDENCE, seconds, big(expiry, "forward_confidence"));
    venue.expiry(FactorKind.RATE, seconds, big(expiry, "rate"));
    venue.expiry(FactorKind.RATE_CONFIDENCE, seconds, big(expiry, "rate_confidence"));
    venue.expiry(FactorKind.VOLATILITY_CONFIDENCE, seconds, big(expiry, "vol_confidence"));
    JsonNode svi = expiry.get("svi");
    if (svi == null || svi.isNull()) {
      return;
    }
    venue.expiry(FactorKind.SVI_A, seconds, big(svi, "a"));
    venue.expiry(FactorKind.SVI_B, seconds, big(svi, "b"));
    venue.expiry(FactorKind.SVI_RHO, seconds, big(svi, "rho"));
    venue.expiry(FactorKind.SVI_M, seconds, big(svi, "m"));
    venue.expiry(FactorKind.SVI_SIGMA, seconds, big(svi, "sigma"));
    venue.expiry(FactorKind.SVI_FORWARD, seconds, big(svi, "forward_ref"));
    venue.expiry(FactorKind.SVI_YEARS, seconds, big(svi, "tau"));
  }

  private static RiskUnit unit(
      JsonNode parameters, JsonNode profits, Map<String, UnitCollateral> collateral) {
    JsonNode margin = parameters.get("margin");
    JsonNode other = parameters.get("other");
    JsonNode skew = parameters.get("skew");
    return new RiskUnit(
        RiskUnit.Valued.NUMERAIRE,
        true,
        decimal(margin, "mm_factor"),
        decimal(margin, "im_factor"),
        scenarios(parameters.get("scenarios"), profits),
        null,
        volatility(parameters.get("vol_shock"), "min_vol_up_shock"),
        new SkewShock(
            new SkewShock.Cap(decimal(skew, "linear_base_cap"), decimal(skew, "linear_c_base")),
            new SkewShock.Cap(decimal(skew, "abs_base_cap"), decimal(skew, "abs_c_base")),
            decimal(skew, "min_k_star"),
            decimal(skew, "width_scale"),
            decimal(skew, "vol_param_static"),
            decimal(skew, "vol_param_scale")),
        new StaticDiscount(
            new StaticDiscount.Side(
                decimal(margin, "long_base_static_discount"),
                decimal(margin, "long_rate_mult"),
                decimal(margin, "long_rate_add")),
            new StaticDiscount.Side(
                decimal(margin, "short_base_static_discount"),
                decimal(margin, "short_rate_mult"),
                decimal(margin, "short_rate_add"))),
        basis(parameters.get("basis")),
        new Charges(
            decimal(other, "mm_perp_percent"),
            decimal(other, "im_perp_percent"),
            decimal(other, "mm_option_percent"),
            decimal(other, "im_option_percent"),
            false),
        new ConfidenceCharge(decimal(other, "conf_threshold"), decimal(other, "conf_margin")),
        new PegLoss(decimal(other, "peg_loss_threshold"), decimal(other, "peg_loss_factor")),
        null,
        null,
        Provisions.NONE,
        collateral);
  }

  static VolatilityShock volatility(JsonNode shock, String minimum) {
    return new VolatilityShock(
        decimal(shock, "range_up"),
        decimal(shock, "range_down"),
        decimal(shock, "short_term_power"),
        decimal(shock, "long_term_power"),
        big(shock, "dte_floor_sec").longValueExact(),
        shock.has(minimum) ? decimal(shock, minimum) : io.evenkeel.model.number.Decimal.ZERO);
  }

  static BasisShock basis(JsonNode basis) {
    return new BasisShock(
        decimal(basis, "spot_up"),
        decimal(basis, "spot_down"),
        decimal(basis, "add_factor"),
        decimal(basis, "mult_factor"));
  }

  /// Scenarios for which the file has no result are those the peer refused; they are left out.
  static List<Scenario> scenarios(JsonNode scenarios, @Nullable JsonNode profits) {
    List<Scenario> list = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      JsonNode scenario = scenarios.get(i);
      if (profits == null || !profits.get(i).isNull()) {
        String move = scenario.get("vol_shock").asString().toUpperCase(Locale.ROOT);
        list.add(
            new Scenario(
                decimal(scenario, "spot_shock"),
                VolatilityMove.valueOf(move),
                decimal(scenario, "dampening")));
      }
    }
    return list;
  }

  private static void compare(JsonNode expected, MarginTree tree, Comparison comparison) {
    Check check = new Check(expected, comparison);
    check.that("im", tree.initialSurplus());
    check.that("mm", tree.maintenanceSurplus());
    check.that("mark_to_market", tree.markToMarket());
    check.that("option_mtm", tree.equity("options at model value"));
    check.that("collateral_mtm", tree.equity("collateral"));
    check.that("perp_mtm", tree.equity("profit of perpetuals and futures"));
    check.that(
        "mm_perp_contingency", tree.maintenance("charge on perpetuals and futures").negate());
    check.that("mm_option_contingency", tree.maintenance("charge on naked options").negate());
    check.that("mm_collateral_contingency", tree.maintenance("haircut of collateral").negate());
    check.that(
        "im_perp_contingency", tree.initial("initial charge on perpetuals and futures").negate());
    check.that("im_option_contingency", tree.initial("initial charge on naked options").negate());
    check.that("im_collateral_contingency", tree.initial("initial haircut of collateral").negate());
    check.that("oracle_contingency", tree.initial("confidence charge").negate());
    check.that("im_factor_after_peg", tree.initial("scaled loss", "initial factor with peg loss"));
    List<Term> scenarios = tree.scenarios();
    check.that("basis_contingency", scenarios.getLast().value());
    int at = 0;
    for (int i = 0; i < expected.get("scenario_pnl").size(); i++) {
      if (!expected.get("scenario_pnl").get(i).isNull()) {
        check.element("scenario_pnl", i, scenarios.get(at++).value());
      }
    }
    comparison.within(
        "im as decided",
        big(expected, "im"),
        tree.decidedInitialSurplus(),
        Figures.RELATIVE,
        DECIDED);
    comparison.within(
        "mm as decided",
        big(expected, "mm"),
        tree.decidedMaintenanceSurplus(),
        Figures.RELATIVE,
        DECIDED);
    compareShocks(tree, check);
  }

  /// Expiries stand in the file in an order of their own, so each must be found.
  private static void compareShocks(MarginTree tree, Check check) {
    List<Term> options = tree.equityParts("options at model value");
    check.oneOf("option_mtm_per_expiry", "", options.stream().map(Term::value).toList());
    List<BigDecimal> longs = new ArrayList<>();
    List<BigDecimal> shorts = new ArrayList<>();
    List<BigDecimal> ups = new ArrayList<>();
    List<BigDecimal> downs = new ArrayList<>();
    for (Term expiry : tree.shocks()) {
      longs.add(expiry.find("static factor of positive values").value());
      shorts.add(expiry.find("static factor of negative values").value());
      ups.add(expiry.find("volatility up").value());
      downs.add(expiry.find("volatility down").value());
    }
    check.oneOf("static_discounts_per_expiry", "long", longs);
    check.oneOf("static_discounts_per_expiry", "short", shorts);
    check.oneOf("vol_shock_up_per_option", "", ups);
    check.oneOf("vol_shock_down_per_option", "", downs);
  }

  /// Compares with the tolerance of the family.
  record Check(JsonNode expected, Comparison comparison) {
    void that(String field, BigDecimal actual) {
      comparison.within(field, big(expected, field), actual, Figures.RELATIVE, Figures.ABSOLUTE);
    }

    void element(String field, int i, BigDecimal actual) {
      comparison.within(
          field + "[" + i + "]",
          new BigDecimal(expected.get(field).get(i).asString()),
          actual,
          Figures.RELATIVE,
          Figures.ABSOLUTE);
    }

    void oneOf(String field, String below, List<BigDecimal> actual) {
      JsonNode list = expected.path(field);
      for (int i = 0; i < list.size(); i++) {
        JsonNode node = below.isEmpty() ? list.get(i) : list.get(i).get(below);
        BigDecimal wanted = new BigDecimal(node.asString());
        BigDecimal nearest = BigDecimal.ZERO;
        for (BigDecimal candidate : actual) {
          boolean nearer =
              candidate.subtract(wanted).abs().compareTo(nearest.subtract(wanted).abs()) < 0;
          nearest = nearer ? candidate : nearest;
        }
        comparison.within(
            field + "[" + i + "]" + below, wanted, nearest, Figures.RELATIVE, Figures.ABSOLUTE);
      }
    }
  }
}
