package io.evenkeel.conform.aave;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Health factor, available borrows and account summary, each of a live account. Deposits and debts
/// of one reserve are two assets, as they are two tokens there.
public final class AaveAccounts {
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  private static final BigDecimal NO_HEALTH_FACTOR = new BigDecimal(-1);
  private static final BigDecimal BPS = new BigDecimal(10_000);
  private static final int BPS_DECIMALS = 4;
  private static final int WAD_DECIMALS = 18;
  private static final int SUMMARY_DECIMALS = 12;

  private AaveAccounts() {}

  /// Adds the families.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("aave/health_factor", AaveAccounts::healthFactor);
    runners.put("aave/available_borrows", AaveAccounts::availableBorrows);
    runners.put("aave/account_summary", AaveAccounts::accountSummary);
  }

  private static void healthFactor(JsonNode conformanceCase, Comparison comparison) {
    Term account = single(conformanceCase.get("inputs"), "lt_bps");
    compare(conformanceCase, comparison, Map.of("health_factor", healthFactor(account)));
  }

  private static void availableBorrows(JsonNode conformanceCase, Comparison comparison) {
    Term account = single(conformanceCase.get("inputs"), "ltv_bps");
    compare(
        conformanceCase,
        comparison,
        Map.of("available", inWad(account.find("available borrows").value())));
  }

  private static BigDecimal inWad(BigDecimal value) {
    return value.movePointRight(WAD_DECIMALS);
  }

  private static BigDecimal healthFactor(Term account) {
    for (Term term : account.children()) {
      if (term.name().equals("health factor")) {
        return term.value();
      }
    }
    return NO_HEALTH_FACTOR;
  }

  /// One collateral and one debt, amounts in units of 1e-18, one weight for both levels.
  private static Term single(JsonNode inputs, String weightKey) {
    Decimal weight = weight(CaseNumber.of(inputs.get(weightKey)));
    CaseVenue venue = new CaseVenue(0);
    venue.asset(asset(1, "COLLATERAL", WAD_DECIMALS)).asset(asset(2, "DEBT", WAD_DECIMALS));
    venue.rulebook(
        QuietRulebook.of(
            "aave-case",
            List.of(
                collateral("COLLATERAL", weight, weight),
                collateral("DEBT", Decimal.ZERO, Decimal.ZERO)),
            new CollateralisedDebt(
                CollateralisedDebt.PER_ASSET,
                CollateralisedDebt.NONE,
                Map.of(),
                QuietRulebook.MARKET)));
    venue.balance(1, CaseNumber.units(inputs.get("collateral"), 0));
    venue.balance(2, -CaseNumber.units(inputs.get("debt"), 0));
    return explained(venue);
  }

  private static Term explained(CaseVenue venue) {
    return venue.view().explain(CaseVenue.ACCOUNT).terms().getFirst();
  }

  private static void accountSummary(JsonNode conformanceCase, Comparison comparison) {
    JsonNode inputs = conformanceCase.get("inputs");
    CaseVenue venue = new CaseVenue(0);
    List<CollateralTerms> collateral = new ArrayList<>();
    Map<String, List<String>> members = new LinkedHashMap<>();
    Map<String, Category> categories = new LinkedHashMap<>();
    int assetId = 1;
    for (JsonNode reserve : inputs.get("reserves")) {
      String symbol = reserve.get("asset").asString();
      boolean counts = reserve.get("as_collateral").booleanValue();
      venue.asset(asset(assetId, symbol, SUMMARY_DECIMALS));
      venue.asset(asset(assetId + 1, debtOf(symbol), SUMMARY_DECIMALS));
      assetId += 2;
      collateral.add(
          counts
              ? collateral(
                  symbol,
                  weight(CaseNumber.of(reserve.get("ltv_bps"))),
                  weight(CaseNumber.of(reserve.get("lt_bps"))))
              : collateral(symbol, Decimal.ZERO, Decimal.ZERO));
      collateral.add(collateral(debtOf(symbol), Decimal.ZERO, Decimal.ZERO));
      addToCategory(reserve, symbol, counts, members, categories);
    }
    String emode = inputs.get("emode").asString();
    venue.rulebook(
        QuietRulebook.of(
            "aave-case",
            collateral,
            new CollateralisedDebt(
                BPS_DECIMALS,
                categories.containsKey(emode) ? emode : CollateralisedDebt.NONE,
                categories,
                QuietRulebook.MARKET)));
    assetId = 1;
    for (JsonNode reserve : inputs.get("reserves")) {
      venue.balance(assetId, CaseNumber.units(reserve.get("collateral"), SUMMARY_DECIMALS));
      venue.balance(assetId + 1, -CaseNumber.units(reserve.get("debt"), SUMMARY_DECIMALS));
      assetId += 2;
    }
    compare(conformanceCase, comparison, summary(explained(venue)));
  }

  private static Map<String, BigDecimal> summary(Term account) {
    return Map.of(
        "collateral",
        account.find("collateral").value(),
        "debt",
        account.find("debt").value(),
        "ltv_bps",
        account
            .find("initial equity", "weighted collateral", "average loan-to-value")
            .value()
            .multiply(BPS),
        "lt_bps",
        account.find("equity", "weighted collateral", "average threshold").value().multiply(BPS),
        "health_factor",
        healthFactor(account),
        "available_borrows",
        account.find("available borrows").value());
  }

  private static void addToCategory(
      JsonNode reserve,
      String symbol,
      boolean counts,
      Map<String, List<String>> members,
      Map<String, Category> categories) {
    String name = reserve.get("emode_category").asString();
    if (name.equals("0")) {
      return;
    }
    List<String> assets = members.computeIfAbsent(name, _ -> new ArrayList<>());
    assets.add(debtOf(symbol));
    if (counts) {
      assets.add(symbol);
    }
    Category category =
        new Category(
            assets,
            weight(CaseNumber.of(reserve.get("emode_ltv_bps"))),
            weight(CaseNumber.of(reserve.get("emode_lt_bps"))),
            "");
    Category before = categories.put(name, category);
    if (before != null
        && !(before.initialWeight().equals(category.initialWeight())
            && before.maintenanceWeight().equals(category.maintenanceWeight()))) {
      throw new UnsupportedCase("reserves of one category with different weights");
    }
  }

  private static String debtOf(String symbol) {
    return symbol + " owed";
  }

  private static Asset asset(int assetId, String symbol, int scale) {
    long supply = scale == WAD_DECIMALS ? 1L << 62 : 60_000_000_000L * 1_000_000L;
    return new Asset(assetId, symbol, scale, supply, 0, 1, 1);
  }

  private static CollateralTerms collateral(String symbol, Decimal initial, Decimal maintenance) {
    return new CollateralTerms(symbol, initial, maintenance, Decimal.ONE, 1L << 62, Decimal.ZERO);
  }

  private static Decimal weight(BigDecimal bps) {
    return CaseNumber.decimal(bps.divide(BPS));
  }

  private static void compare(
      JsonNode conformanceCase, Comparison comparison, Map<String, BigDecimal> actual) {
    for (Map.Entry<String, JsonNode> expected : conformanceCase.get("expected").properties()) {
      BigDecimal figure = actual.get(expected.getKey());
      if (figure == null) {
        throw new UnsupportedCase("unknown figure " + expected.getKey());
      }
      comparison.within(
          expected.getKey(), CaseNumber.of(expected.getValue()), figure, RELATIVE, BigDecimal.ZERO);
    }
  }
}
