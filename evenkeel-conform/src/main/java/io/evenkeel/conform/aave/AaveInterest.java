package io.evenkeel.conform.aave;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.lending.InterestFactor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Interest factors, indexes and balances by the functions with which the engine accrues interest.
public final class AaveInterest {
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");

  private AaveInterest() {}

  /// What a family computes from its inputs.
  private interface Figure {
    BigInteger of(JsonNode inputs);
  }

  /// Adds the families.
  public static void register(Map<String, CaseRunner> runners) {
    add(runners, "linear_interest", AaveInterest::linear);
    add(runners, "compounded_interest", AaveInterest::compounded);
    add(runners, "normalized_income", AaveInterest::normalisedIncome);
    add(runners, "normalized_debt", AaveInterest::normalisedDebt);
    add(
        runners,
        "linear_balance",
        inputs -> InterestFactor.balance(balance(inputs), normalisedIncome(inputs)));
    add(
        runners,
        "compounded_balance",
        inputs -> InterestFactor.balance(balance(inputs), normalisedDebt(inputs)));
  }

  private static void add(Map<String, CaseRunner> runners, String family, Figure figure) {
    runners.put(
        "aave/" + family,
        (conformanceCase, comparison) -> run(conformanceCase, comparison, figure));
  }

  private static void run(JsonNode conformanceCase, Comparison comparison, Figure figure) {
    JsonNode expected = conformanceCase.get("expected");
    if (expected.size() != 1) {
      throw new UnsupportedCase("states " + expected.size() + " figures in place of one");
    }
    BigDecimal actual = new BigDecimal(figure.of(conformanceCase.get("inputs")));
    for (Map.Entry<String, JsonNode> one : expected.properties()) {
      comparison.within(
          one.getKey(), CaseNumber.of(one.getValue()), actual, RELATIVE, BigDecimal.ONE);
    }
  }

  private static BigInteger linear(JsonNode inputs) {
    return InterestFactor.linear(whole(inputs, "rate"), seconds(inputs));
  }

  private static BigInteger compounded(JsonNode inputs) {
    return InterestFactor.compounded(whole(inputs, "rate"), seconds(inputs));
  }

  private static BigInteger normalisedIncome(JsonNode inputs) {
    return InterestFactor.grow(whole(inputs, "index"), linear(inputs));
  }

  private static BigInteger normalisedDebt(JsonNode inputs) {
    return InterestFactor.grow(whole(inputs, "index"), compounded(inputs));
  }

  private static BigInteger balance(JsonNode inputs) {
    return whole(inputs, inputs.has("balance") ? "balance" : "principal");
  }

  private static long seconds(JsonNode inputs) {
    return whole(inputs, "seconds").longValueExact();
  }

  private static BigInteger whole(JsonNode inputs, String name) {
    JsonNode number = inputs.get(name);
    if (number == null) {
      throw new UnsupportedCase("does not state " + name);
    }
    return CaseNumber.whole(number);
  }
}
