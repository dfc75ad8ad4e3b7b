package io.evenkeel.cli;

import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.explain.Term;
import io.evenkeel.portfolio.Greeks;
import io.evenkeel.portfolio.LiquidationPrices.Edge;
import io.evenkeel.portfolio.LiquidationPrices.Row;
import io.evenkeel.portfolio.MarginReport;
import io.evenkeel.portfolio.ZoneMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Margin reports as JSON. Figures are decimal strings, as in the API, so that no digit is lost.
final class MarginJson {
  private static final List<String> FIGURES =
      List.of(
          "equity",
          "initialEquity",
          "maintenanceMargin",
          "initialMargin",
          "maintenance",
          "search",
          "initial",
          "release",
          "marginRatio",
          "freeCollateral",
          "missing",
          "leverage",
          "notional");

  private MarginJson() {}

  static ObjectNode of(MarginReport report, boolean explain) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("rulebook", report.rulebook());
    node.put("zone", report.assessment().zone().name());
    for (String figure : FIGURES) {
      node.put(figure, text(report.figure(figure)));
    }
    ObjectNode releasable = node.putObject("releasable");
    report.releasable().forEach((asset, amount) -> releasable.put(asset, text(amount)));
    ArrayNode prices = node.putArray("liquidationPrices");
    for (Row row : report.liquidationPrices()) {
      ObjectNode each = prices.addObject();
      each.put("factor", row.factor());
      each.put("presentPrice", text(row.presentPrice()));
      each.put("dailyMove", text(row.dailyMove()));
      put(each, "down", row.down());
      put(each, "up", row.up());
      put(each, "downWithWallet", row.downWithWallet());
      put(each, "upWithWallet", row.upWithWallet());
    }
    ArrayNode greeks = node.putArray("greeks");
    for (Greeks it : report.greeks()) {
      greeks
          .addObject()
          .put("underlying", it.underlying())
          .put("delta", it.delta())
          .put("gamma", it.gamma())
          .put("vegaPerPoint", it.vegaPerPoint())
          .put("thetaPerDay", it.thetaPerDay());
    }
    if (explain) {
      node.set("terms", term(report.terms()));
    }
    return node;
  }

  static ObjectNode zones(ZoneMap map) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    ArrayNode prices = node.putArray("priceRatios");
    map.priceRatiosE9().forEach(ratio -> prices.add(ratio(ratio)));
    ArrayNode volatilities = node.putArray("volatilityRatios");
    map.volatilityRatiosE9().forEach(ratio -> volatilities.add(ratio(ratio)));
    ArrayNode rows = node.putArray("zones");
    map.zones()
        .forEach(row -> {
          ArrayNode cells = rows.addArray();
          row.forEach(zone -> cells.add(zone.name()));
        });
    return node;
  }

  private static double ratio(long ratioE9) {
    return ratioE9 / (double) MarketMove.UNMOVED_E9;
  }

  private static ObjectNode term(Term term) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("name", term.name());
    node.put("operation", term.operation().name().toLowerCase(Locale.ROOT));
    node.put("value", text(term.value()));
    node.put("unit", term.unit());
    if (!term.children().isEmpty()) {
      ArrayNode children = node.putArray("children");
      term.children().forEach(child -> children.add(term(child)));
    }
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Edge edge) {
    if (edge == null) {
      node.putNull(name);
      return;
    }
    node.putObject(name)
        .put("price", text(edge.price()))
        .put("distance", text(edge.distance()))
        .put("sigmas", text(edge.sigmas()))
        .put("hours", text(edge.hours()));
  }

  private static @Nullable String text(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
