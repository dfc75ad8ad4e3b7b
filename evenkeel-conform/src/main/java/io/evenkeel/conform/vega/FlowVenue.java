package io.evenkeel.conform.vega;

import static io.evenkeel.conform.vega.VegaLevels.whole;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A live engine with the assets, markets and parties of one flow, and their identifiers by name. A
/// party has an account in every market, opened in the order of party names, and one beside it that
/// holds its bond.
final class FlowVenue {
  /// How cases call the venue where it holds a position itself.
  static final String NETWORK = "network";

  private static final int FIRST_PARTY = 10;
  private static final long FIRST_ACCOUNT = 1_000;

  final CaseVenue venue = new CaseVenue(0);
  private final Map<String, Integer> assets = new LinkedHashMap<>();
  private final Map<String, Market> markets = new LinkedHashMap<>();
  private final List<String> parties;

  /// One market.
  ///
  /// @param id of the instrument; its rulebook is one above
  record Market(int id, String name, int asset, VegaScale scale, JsonNode params) {
    int rulebook() {
      return id + 1;
    }
  }

  FlowVenue(JsonNode flow) {
    parties = List.copyOf(partiesOf(flow));
    defineAssets(flow);
    for (Map.Entry<String, JsonNode> market : flow.path("markets").properties()) {
      define(market.getKey(), market.getValue(), flow.path("steps"));
    }
    venue.apply(
        new Command.OpenAccount(
            CaseVenue.OTHER_SIDE, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    for (String party : parties) {
      for (Market market : markets.values()) {
        open(account(party, market.name()), party, market);
        open(bond(party, market.name()), party, market);
      }
    }
    for (Market market : markets.values()) {
      venue.apply(new Command.SetPhase(market.id(), TradingPhase.AUCTION));
    }
  }

  private void open(long account, String party, Market market) {
    venue.apply(
        new Command.OpenAccount(
            account, party(party), market.rulebook(), AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  /// In the order of their names.
  private static Set<String> partiesOf(JsonNode flow) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode step : flow.path("steps")) {
      for (String role : List.of("party", "buyer", "seller", "payer", "to")) {
        if (step.path(role).isString()) {
          names.add(step.path(role).asString());
        }
      }
      step.path("parties").forEach(party -> names.add(party.asString()));
    }
    names.remove("fees");
    names.remove(NETWORK);
    return names;
  }

  private void defineAssets(JsonNode flow) {
    TreeSet<String> names = new TreeSet<>();
    flow.path("markets")
        .properties()
        .forEach(it -> names.add(it.getValue().path("asset").asString()));
    BigInteger supply = BigInteger.ZERO;
    for (JsonNode step : flow.path("steps")) {
      if (step.path("op").asString().equals("deposit")) {
        names.add(step.path("asset").asString());
      }
      if (step.path("op").asString().matches("deposit|insurance")) {
        supply = supply.add(whole(step, "amount"));
      }
    }
    if (supply.compareTo(BigInteger.valueOf(VegaScale.MOST_MINOR)) > 0) {
      throw new UnsupportedCase("deposits of " + supply + " are beyond the engine's limits");
    }
    for (String name : names) {
      int id = assets.size();
      assets.put(name, id);
      venue.asset(new Asset(id, name, VegaScale.ASSET_SCALE, VegaScale.MOST_MINOR, 0, 1, 1));
    }
  }

  private void define(String name, JsonNode params, JsonNode steps) {
    CaseFigures figures = new CaseFigures();
    figures.price(whole(params, "max_price"));
    BigInteger largestOrders = BigInteger.ZERO;
    boolean perpetual = false;
    for (JsonNode step : steps) {
      if (step.path("market").asString("").equals(name)) {
        largestOrders = largestOrders.max(addFigures(step, figures));
        perpetual |= step.path("op").asString().startsWith("funding");
      }
    }
    figures.size(largestOrders);
    VegaScale scale =
        VegaScale.fitting(
            figures.highestPrice(), figures.sizes(), figures.zeros(), params.path("pdp").asInt());
    int id = markets.size();
    String asset = params.path("asset").asString();
    venue.instrument(
        scale.contract(
            id,
            "MARKET-" + id,
            asset(asset),
            perpetual ? ContractKind.PERPETUAL : ContractKind.DATED_FUTURE,
            scale.units(figures.highestPrice()),
            figures.sizes().longValueExact()));
    Market market = new Market(id, name, asset(asset), scale, params);
    markets.put(name, market);
    enforce(market, params, 1);
  }

  /// Puts parameters in force.
  void enforce(Market market, JsonNode params, int version) {
    String asset = params.path("asset").asString();
    venue.apply(
        new Command.DefineRulebook(
            market.rulebook(),
            VegaRulebook.of(
                version, asset, params, market.scale().price(whole(params, "max_price"))),
            0));
  }

  /// Takes note of a step's prices and trades; returns the largest size of orders it leaves open.
  private static BigInteger addFigures(JsonNode step, CaseFigures figures) {
    figures.price(whole(step, "price"));
    figures.price(whole(step, "mark_price"));
    figures.price(whole(step, "auction_price"));
    BigInteger largest = BigInteger.ZERO;
    if (step.has("size")) {
      figures.size(whole(step, "size"));
    }
    List<BigInteger> totals = new ArrayList<>();
    if (step.path("op").asString().equals("orders")) {
      for (String figure : List.of("buy", "sell", "buy_notional", "sell_notional")) {
        totals.add(whole(step, figure));
      }
    }
    for (JsonNode potentials : step.path("potentials")) {
      potentials.forEach(figure -> totals.add(new BigInteger(figure.asString())));
    }
    for (int i = 0; i < totals.size(); i += 4) {
      figures.notional(totals.get(i + 2), totals.get(i));
      figures.notional(totals.get(i + 3), totals.get(i + 1));
      largest = largest.max(totals.get(i)).max(totals.get(i + 1));
    }
    return largest;
  }

  EngineView view() {
    return venue.view();
  }

  int asset(String name) {
    return Objects.requireNonNull(assets.get(name), name);
  }

  Market market(String name) {
    return Objects.requireNonNull(markets.get(name), name);
  }

  List<String> parties() {
    return parties;
  }

  long party(String name) {
    return FIRST_PARTY + (long) indexOf(name);
  }

  long account(String party, String market) {
    if (party.equals(NETWORK)) {
      return CaseVenue.OTHER_SIDE;
    }
    return FIRST_ACCOUNT + 2L * (indexOf(party) * markets.size() + market(market).id());
  }

  /// The account that holds the bond of a party in a market.
  long bond(String party, String market) {
    return account(party, market) + 1;
  }

  private int indexOf(String party) {
    int index = parties.indexOf(party);
    if (index < 0) {
      throw new IllegalArgumentException("no party " + party);
    }
    return index;
  }
}
