package io.evenkeel.conform.dydx;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.margin.rates.AccountRisk;
import io.evenkeel.engine.margin.rates.CumulativeFunding;
import io.evenkeel.engine.margin.rates.OpenInterestScaling;
import io.evenkeel.engine.margin.rates.PerpetualNotional;
import io.evenkeel.model.number.Fixed;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Families that are bare functions: each calls the function of the engine itself.
public final class DydxFunctions {
  private static final int QUOTE_PLACES = 6;

  private DydxFunctions() {}

  /// Adds the families.
  public static void register(Map<String, CaseRunner> families) {
    String peer = "dydx-v4/";
    families.put(peer + "net_notional", DydxFunctions::netNotional);
    families.put(peer + "notional_to_base", DydxFunctions::notionalToBase);
    families.put(peer + "oi_scaled_imf", DydxFunctions::scaledFraction);
    families.put(peer + "oi_scaled_im", DydxFunctions::scaledRequirement);
    families.put(peer + "funding_settlement", DydxFunctions::fundingSettlement);
    families.put(peer + "funding_clamp", DydxFunctions::fundingClamp);
    families.put(peer + "risk_order", DydxFunctions::riskOrder);
    families.put(peer + "risk_add", DydxFunctions::riskAdd);
    families.put(
        peer + "is_initial_collateralized", test("imr", AccountRisk::isInitialCollateralised));
    families.put(
        peer + "is_maintenance_collateralized",
        test("mmr", AccountRisk::isMaintenanceCollateralised));
    families.put(peer + "is_liquidatable", test("mmr", AccountRisk::isLiquidatable));
    families.put(peer + "undercollateralized_transition", DydxFunctions::transition);
  }

  private static void netNotional(JsonNode it, Comparison comparison) {
    Scale scale = Scale.of(it.path("inputs"));
    // two tests of the peer, two spellings
    String quantity = it.path("inputs").has("q") ? "q" : "amount";
    String result = it.path("expected").has("notional") ? "notional" : "result";
    comparison.exact(
        result,
        whole(it.path("expected"), result),
        PerpetualNotional.minor(
            whole(it.path("inputs"), quantity),
            whole(it.path("inputs"), "price"),
            scale.ticksPerUnit(),
            scale.ticksPerMinor()));
  }

  private static void notionalToBase(JsonNode it, Comparison comparison) {
    Scale scale = Scale.of(it.path("inputs"));
    comparison.exact(
        "result",
        whole(it.path("expected"), "result"),
        PerpetualNotional.quantityUnits(
            whole(it.path("inputs"), "amount"),
            whole(it.path("inputs"), "price"),
            scale.ticksPerUnit(),
            scale.ticksPerMinor()));
  }

  /// What ten to the power of all exponents is, as the engine keeps it for an instrument.
  private record Scale(long ticksPerUnit, long ticksPerMinor) {
    static Scale of(JsonNode inputs) {
      int exponent =
          (int) (QUOTE_PLACES + whole(inputs, "exponent") + whole(inputs, "atomic_resolution"));
      return exponent >= 0
          ? new Scale(Fixed.pow10(exponent), 1)
          : new Scale(1, Fixed.pow10(-exponent));
    }
  }

  private static void scaledFraction(JsonNode it, Comparison comparison) {
    comparison.exact(
        "imf_ppm", whole(it.path("expected"), "imf_ppm"), fractionPpm(it.path("inputs")));
  }

  private static void scaledRequirement(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    comparison.exact(
        "imr",
        whole(it.path("expected"), "imr"),
        OpenInterestScaling.required(whole(inputs, "notional"), fractionPpm(inputs)));
  }

  private static long fractionPpm(JsonNode inputs) {
    return OpenInterestScaling.initialFractionPpm(
        whole(inputs, "initial_margin_ppm"),
        whole(inputs, "oi_lower_cap"),
        whole(inputs, "oi_upper_cap"),
        whole(inputs, "open_interest_notional"));
  }

  private static void fundingSettlement(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    comparison.exact(
        "settlement_ppm",
        whole(it.path("expected"), "settlement_ppm"),
        CumulativeFunding.settlementE6(
            whole(inputs, "market_funding_index"),
            whole(inputs, "position_funding_index"),
            whole(inputs, "q")));
  }

  private static void fundingClamp(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    comparison.exact(
        "max_abs_ppm",
        whole(it.path("expected"), "max_abs_ppm"),
        OpenInterestScaling.fundingClampPpm(
            whole(inputs, "clamp_factor_ppm"),
            whole(inputs, "initial_margin_ppm"),
            whole(inputs, "maintenance_fraction_ppm")));
  }

  private static void riskOrder(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    AccountRisk one = new AccountRisk(whole(inputs, "nc1"), 0, whole(inputs, "mmr1"));
    AccountRisk other = new AccountRisk(whole(inputs, "nc2"), 0, whole(inputs, "mmr2"));
    comparison.exact("cmp", whole(it.path("expected"), "cmp"), one.compareRisk(other));
  }

  private static void riskAdd(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    AccountRisk sum = risk(inputs, "1").plus(risk(inputs, "2"));
    JsonNode expected = it.path("expected");
    comparison.exact("nc", whole(expected, "nc"), sum.netCollateral());
    comparison.exact("imr", whole(expected, "imr"), sum.initial());
    comparison.exact("mmr", whole(expected, "mmr"), sum.maintenance());
  }

  private static AccountRisk risk(JsonNode inputs, String place) {
    return new AccountRisk(
        whole(inputs, "nc" + place), whole(inputs, "imr" + place), whole(inputs, "mmr" + place));
  }

  private static CaseRunner test(String requirement, Predicate<AccountRisk> predicate) {
    return (it, comparison) -> {
      long required = whole(it.path("inputs"), requirement);
      AccountRisk risk = new AccountRisk(whole(it.path("inputs"), "nc"), required, required);
      comparison.same(
          "result",
          it.path("expected").path("result").asString(""),
          Boolean.toString(predicate.test(risk)));
    };
  }

  private static void transition(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    AccountRisk before =
        new AccountRisk(
            whole(inputs, "old_nc"), whole(inputs, "old_imr"), whole(inputs, "old_mmr"));
    AccountRisk after = new AccountRisk(whole(inputs, "new_nc"), 0, whole(inputs, "new_mmr"));
    String name =
        switch (before.transitionTo(after)) {
          case SUCCESS -> "types.Success";
          case NEWLY_UNDERCOLLATERALISED -> "types.NewlyUndercollateralized";
          case STILL_UNDERCOLLATERALISED -> "types.StillUndercollateralized";
        };
    comparison.same("result", it.path("expected").path("result").asString(""), name);
  }

  static long whole(JsonNode node, String name) {
    return Long.parseLong(node.path(name).asString());
  }
}
