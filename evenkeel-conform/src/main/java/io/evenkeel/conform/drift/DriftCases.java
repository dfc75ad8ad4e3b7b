package io.evenkeel.conform.drift;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.margin.sized.ContractWeights;
import io.evenkeel.engine.margin.sized.Level;
import io.evenkeel.engine.margin.sized.ScaledBalance;
import io.evenkeel.engine.margin.sized.SpotWeights;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Margin of accounts, and the weights it is made of.
public final class DriftCases {
  private static final String PEER = "drift-v2/";
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private DriftCases() {}

  /// Adds the families of this peer.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put(PEER + "account_margin", DriftCases::accountMargin);
    runners.put(PEER + "max_withdrawable", DriftCases::maxWithdrawable);
    runners.put(PEER + "equity", DriftCases::equity);
    runners.put(PEER + "asset_weight", DriftCases::assetWeight);
    runners.put(PEER + "scaled_initial_asset_weight", DriftCases::scaledInitialAssetWeight);
    runners.put(PEER + "liability_weight", DriftCases::liabilityWeight);
    runners.put(PEER + "unrealized_asset_weight", DriftCases::unrealizedAssetWeight);
  }

  private static void accountMargin(JsonNode node, Comparison comparison) {
    JsonNode context = node.path("inputs").path("context");
    DriftVenue venue = new DriftVenue(node.path("inputs"));
    Assessment assessment = venue.open().assess();
    Term terms = venue.open().view().terms(CaseVenue.ACCOUNT);
    boolean maintenance = level(context) == Level.MAINTENANCE;
    for (Map.Entry<String, JsonNode> expected : node.path("expected").properties()) {
      String name = expected.getKey();
      BigDecimal actual =
          switch (name) {
            case "margin_requirement" ->
                BigDecimal.valueOf(
                    maintenance ? assessment.maintenanceMarginE6() : assessment.initialMarginE6());
            case "total_collateral" ->
                BigDecimal.valueOf(
                    maintenance ? assessment.equityE6() : assessment.initialEquityE6());
            case "margin_requirement_plus_buffer" -> e6(terms, "maintenance margin with buffer");
            default -> throw new IllegalArgumentException("expects an unknown figure: " + name);
          };
      comparison.exact(name, new BigDecimal(expected.getValue().asString("")), actual);
    }
  }

  private static void maxWithdrawable(JsonNode node, Comparison comparison) {
    JsonNode inputs = node.path("inputs");
    int market = inputs.path("market_index").asInt(0);
    long amount = new DriftVenue(inputs).open().view().withdrawableMinor(CaseVenue.ACCOUNT, market);
    BigInteger actual = amount == Long.MAX_VALUE ? MOST : BigInteger.valueOf(amount);
    comparison.exact("amount", decimal(node.path("expected"), "amount"), new BigDecimal(actual));
  }

  private static void equity(JsonNode node, Comparison comparison) {
    Term terms = new DriftVenue(node.path("inputs")).open().view().terms(CaseVenue.ACCOUNT);
    comparison.exact("equity", decimal(node.path("expected"), "equity"), e6(terms, "net value"));
  }

  private static void assetWeight(JsonNode node, Comparison comparison) {
    JsonNode inputs = node.path("inputs");
    long weight =
        spotWeights(inputs.path("market"))
            .assetWeightE4(whole(inputs, "size"), level(inputs), depositsE6(inputs));
    compareWeight(node, weight, comparison);
  }

  private static void scaledInitialAssetWeight(JsonNode node, Comparison comparison) {
    JsonNode inputs = node.path("inputs");
    compareWeight(
        node,
        spotWeights(inputs.path("market")).scaledInitialAssetE4(depositsE6(inputs)),
        comparison);
  }

  private static void liabilityWeight(JsonNode node, Comparison comparison) {
    JsonNode inputs = node.path("inputs");
    long weight =
        spotWeights(inputs.path("market")).debtWeightE4(whole(inputs, "size"), level(inputs));
    compareWeight(node, weight, comparison);
  }

  private static void unrealizedAssetWeight(JsonNode node, Comparison comparison) {
    JsonNode inputs = node.path("inputs");
    JsonNode market = inputs.path("market");
    ContractWeights weights =
        new ContractWeights(
            whole(market, "margin_ratio_initial"),
            whole(market, "margin_ratio_maintenance"),
            whole(market, "imf_factor"),
            whole(market, "unrealized_pnl_initial_asset_weight"),
            whole(market, "unrealized_pnl_maintenance_asset_weight"),
            whole(market, "unrealized_pnl_imf_factor"),
            whole(market, "unrealized_pnl_max_imbalance"),
            0);
    long weight =
        weights.profitWeightE4(
            whole(inputs, "unrealized_pnl"),
            DriftVenue.QUOTE_SCALE,
            level(inputs),
            whole(market, "net_user_pnl"));
    compareWeight(node, weight, comparison);
  }

  private static void compareWeight(JsonNode node, long weight, Comparison comparison) {
    comparison.exact("weight", whole(node.path("expected"), "weight"), weight);
  }

  private static SpotWeights spotWeights(JsonNode market) {
    return new SpotWeights(
        whole(market, "initial_asset_weight"),
        whole(market, "maintenance_asset_weight"),
        whole(market, "initial_liability_weight"),
        whole(market, "maintenance_liability_weight"),
        whole(market, "imf_factor"),
        whole(market, "scale_initial_asset_weight_start"),
        (int) whole(market, "decimals"));
  }

  /// What the deposits of the market of a case are worth, as the engine values tokens.
  private static long depositsE6(JsonNode inputs) {
    JsonNode market = inputs.path("market");
    int scale = (int) whole(market, "decimals");
    long tokens =
        ScaledBalance.tokensMinor(
            whole(market, "deposit_balance"),
            whole(market, "cumulative_deposit_interest"),
            scale,
            false);
    return Fixed.mulDiv(tokens, whole(inputs, "price"), Fixed.pow10(scale), Rounding.FLOOR);
  }

  static Level level(JsonNode inputs) {
    return switch (inputs.path("kind").asString("")) {
      case "Initial" -> Level.INITIAL;
      case "Fill" -> Level.FILL;
      case "Maintenance" -> Level.MAINTENANCE;
      default -> throw new IllegalArgumentException("names no kind of margin");
    };
  }

  static long whole(JsonNode node, String name) {
    return node.has(name) ? decimal(node, name).longValueExact() : 0;
  }

  static BigDecimal decimal(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asString("0"));
  }

  private static BigDecimal e6(Term terms, String name) {
    return terms.find(name).value().movePointRight(6);
  }
}
