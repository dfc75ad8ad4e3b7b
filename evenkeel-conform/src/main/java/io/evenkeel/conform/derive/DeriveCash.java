package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.lending.RateCurve;
import io.evenkeel.engine.lending.Ray;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LendingTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Cash that is lent and borrowed: the rate curve by the functions with which the engine accrues,
/// and sequences of accruals by a live engine.
public final class DeriveCash {
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");

  private static final BigDecimal ABSOLUTE = new BigDecimal("1e-9");

  private DeriveCash() {}

  /// Adds the families.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("derive/cash-interest/rate", DeriveCash::rate);
    runners.put(
        "derive/cash-interest/sequence",
        (conformanceCase, comparison) -> new CashSequence(conformanceCase).run(comparison));
  }

  private static void rate(JsonNode conformanceCase, Comparison comparison) {
    LendingTerms terms = terms(conformanceCase.get("parameters"), "CASH");
    BigInteger utilisation =
        RateCurve.utilisation(
            ray(conformanceCase.get("borrow")), ray(conformanceCase.get("supply")));
    JsonNode expected = conformanceCase.get("expected");
    compare(comparison, expected, "utilization", utilisation);
    compare(comparison, expected, "borrow_rate", RateCurve.rate(terms, utilisation));
  }

  private static void compare(
      Comparison comparison, JsonNode expected, String field, BigInteger actualRay) {
    if (expected.has(field)) {
      comparison.within(
          field,
          new BigDecimal(expected.get(field).asString()),
          new BigDecimal(actualRay, Ray.SCALE),
          RELATIVE,
          ABSOLUTE);
    }
  }

  private static BigInteger ray(JsonNode text) {
    return new BigDecimal(text.asString()).movePointRight(Ray.SCALE).toBigIntegerExact();
  }

  static LendingTerms terms(JsonNode parameters, String asset) {
    return new LendingTerms(
        asset,
        decimal(parameters, "min_rate"),
        decimal(parameters, "rate_multiplier"),
        decimal(parameters, "optimal_util"),
        decimal(parameters, "high_rate_multiplier"),
        LendingTerms.Compounding.CONTINUOUS,
        LendingTerms.Deposits.SHARE,
        parameters.has("sm_fee") ? decimal(parameters, "sm_fee") : Decimal.ZERO,
        LendingTerms.Payee.BACKSTOP,
        false,
        1L << 62,
        1_000_000_000L);
  }

  private static Decimal decimal(JsonNode parameters, String name) {
    return Decimal.parse(parameters.get(name).asString());
  }
}
