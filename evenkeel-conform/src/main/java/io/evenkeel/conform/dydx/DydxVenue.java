package io.evenkeel.conform.dydx;

import static io.evenkeel.conform.dydx.DydxMarket.number;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.OpenInterestRates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// A sub-account of a case in a live venue that runs on rates by open interest.
final class DydxVenue {
  static final int USDC = 1;

  private final JsonNode given;
  private final List<JsonNode> others;
  private final CaseVenue venue = new CaseVenue(1);
  private final Map<String, DydxMarket> markets = new LinkedHashMap<>();

  /// @param given `usdc`, `positions`, `perps` and, where the case has them, `usdc_delta`,
  ///   `perp_deltas` and `perp` with `delta_q`
  DydxVenue(JsonNode given) {
    this(given, List.of());
  }

  /// @param others accounts beside it, each with `usdc` and `positions`
  DydxVenue(JsonNode given, List<JsonNode> others) {
    this.given = given;
    this.others = others;
    defineMarkets();
    venue.asset(new Asset(USDC, "USDC", 6, 1L << 56, 0, 1, 1));
    markets.values().forEach(this::define);
    venue.rulebook(QuietRulebook.of("dydx-v4", List.of(QuietRulebook.fullValue("USDC")), rates()));
    markets.values().forEach(this::publish);
    bringIn();
    for (int i = 0; i < others.size(); i++) {
      bringIn(other(i), others.get(i));
    }
    change();
  }

  /// Identifier of an account beside the first.
  static long other(int place) {
    return CaseVenue.ACCOUNT + 1 + place;
  }

  private void bringIn(long accountId, JsonNode account) {
    venue.account(accountId);
    if (number(account, "usdc") != 0) {
      venue.balance(accountId, USDC, number(account, "usdc"));
    }
    for (JsonNode position : account.path("positions")) {
      DydxMarket market = market(position);
      long units = market.units(number(position, "q"));
      venue.apply(
          new Command.ImportPosition(
              market.instrumentId,
              units > 0 ? accountId : CaseVenue.OTHER_SIDE,
              units > 0 ? CaseVenue.OTHER_SIDE : accountId,
              Math.abs(units),
              0));
    }
  }

  private void defineMarkets() {
    for (Map.Entry<String, JsonNode> perpetual : given.path("perps").properties()) {
      List<Long> quantums = new ArrayList<>();
      quantums.addAll(quantums(given.path("positions"), perpetual.getKey(), "q"));
      quantums.addAll(quantums(given.path("perp_deltas"), perpetual.getKey(), "dq"));
      for (JsonNode other : others) {
        quantums.addAll(quantums(other.path("positions"), perpetual.getKey(), "q"));
      }
      if (given.path("perp").asString("").equals(perpetual.getKey())) {
        quantums.add(number(given, "delta_q"));
      }
      int id = markets.size() + 1;
      markets.put(
          perpetual.getKey(),
          new DydxMarket(
              id,
              perpetual.getKey(),
              perpetual.getValue(),
              quantums,
              DydxMarket.fill(given, (int) number(perpetual.getValue(), "res")),
              priceTimes()));
    }
  }

  /// Closing may cost more than the mark.
  private int priceTimes() {
    return given.has("delta_q") ? 4 : 1;
  }

  private static List<Long> quantums(JsonNode lines, String perpetual, String field) {
    List<Long> quantums = new ArrayList<>();
    for (JsonNode line : lines) {
      if (line.path("perp").asString().equals(perpetual)) {
        quantums.add(number(line, field));
      }
    }
    return quantums;
  }

  private void define(DydxMarket market) {
    RefusalReason reason = venue.tryToApply(new Command.DefineInstrument(market.contract));
    if (reason != RefusalReason.NONE) {
      throw new UnsupportedCase("the market is too large for an instrument: " + reason);
    }
  }

  private OpenInterestRates rates() {
    Map<String, OpenInterestRates.Tier> tiers = new LinkedHashMap<>();
    markets.forEach((symbol, market) -> tiers.put(symbol, market.tier));
    if (tiers.isEmpty()) {
      // an account without perpetuals needs no tier, but a rulebook names some
      tiers.put("none", new DydxMarket(1, "none", given, List.of(), BigDecimal.ZERO, 1).tier);
    }
    return new OpenInterestRates(
        OpenInterestRates.FillRule.NO_RISKIER, tiers, tiers.keySet().iterator().next());
  }

  private void publish(DydxMarket market) {
    if (market.priceUnits > 0) {
      venue.mark(market.instrumentId, market.priceUnits);
    }
    venue.factors(
        List.of(
            new FactorValue(
                FactorKind.OPEN_INTEREST, market.instrumentId, 0, market.openInterest)));
  }

  private void bringIn() {
    venue.balance(USDC, number(given, "usdc"));
    for (JsonNode position : given.path("positions")) {
      DydxMarket market = market(position);
      venue.position(
          market.instrumentId,
          market.units(number(position, "q")),
          -market.ticks(number(position, "quote")));
      funding(market, market.index - number(position, "index"));
    }
  }

  /// An update settles the funding of the account before it changes positions.
  private void change() {
    JsonNode deltas = given.path("perp_deltas");
    if (!deltas.isEmpty()) {
      Term equity = venue.view().explain(CaseVenue.ACCOUNT).terms().getFirst().find("equity");
      for (Term part : equity.children()) {
        if (part.name().equals("funding due")) {
          venue.balance(USDC, part.value().movePointRight(6).longValueExact());
        }
      }
      markets.values().forEach(market -> funding(market, 0));
    }
    for (JsonNode delta : deltas) {
      DydxMarket market = market(delta);
      venue.position(market.instrumentId, market.units(number(delta, "dq")), 0);
    }
    venue.balance(USDC, number(given, "usdc_delta"));
  }

  private void funding(DydxMarket market, long indexChange) {
    venue.factors(
        List.of(
            new FactorValue(
                FactorKind.FUNDING_INCREMENT,
                market.instrumentId,
                0,
                market.increment(indexChange))));
  }

  private DydxMarket market(JsonNode line) {
    String name = line.path("perp").asString();
    return Objects.requireNonNull(markets.get(name), name);
  }

  /// The market that `perp` of the case names.
  DydxMarket subject() {
    return market(given);
  }

  /// The market with an identifier.
  DydxMarket market(int instrumentId) {
    for (DydxMarket market : markets.values()) {
      if (market.instrumentId == instrumentId) {
        return market;
      }
    }
    throw new IllegalArgumentException("no instrument " + instrumentId);
  }

  EngineView view() {
    return venue.view();
  }

  Assessment assess() {
    return venue.assess();
  }
}
