package io.evenkeel.conform.mango;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.ContractScale;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SpotPair;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An engine with the tokens, markets and the account of one case. One native unit of a token is
/// one whole unit here, with [#SCALE] places below it.
final class MangoVenue {
  private static final int SCALE = 9;
  private static final int PRICE_SCALE = 6;
  private static final int PAIRS = 1_000;
  private static final long SUPPLY = 1_000_000_000_000_000L;

  /// Where no order price is stated, orders are so favourable that the oracle price counts.
  private static final BigDecimal FAVOURABLE = BigDecimal.valueOf(1_000);

  private final JsonNode inputs;
  private final CaseVenue venue = new CaseVenue(1_000_000_000L);
  private final List<String> tokens = new ArrayList<>();
  private final List<Asset> assets = new ArrayList<>();
  private final List<CollateralTerms> collateral = new ArrayList<>();
  private final Map<String, HealthWeights.Market> markets = new LinkedHashMap<>();
  private final Map<String, String> marketOfInstrument = new LinkedHashMap<>();
  private final Map<String, SpotPair> pairs = new LinkedHashMap<>();
  private final List<Command> orders = new ArrayList<>();
  private final List<Command> positions = new ArrayList<>();
  private final Map<String, BigDecimal> reserved = new LinkedHashMap<>();

  private MangoVenue(JsonNode inputs) {
    this.inputs = inputs;
  }

  static CaseVenue open(JsonNode inputs) {
    return new MangoVenue(inputs).open();
  }

  private CaseVenue open() {
    for (Map.Entry<String, JsonNode> token : inputs.path("tokens").properties()) {
      defineToken(token.getKey(), token.getValue());
    }
    int index = 0;
    for (JsonNode perp : inputs.path("perps")) {
      definePerp(index++, perp);
    }
    index = PAIRS;
    for (JsonNode pair : inputs.path("spot_orders")) {
      definePair(index++, pair);
    }
    markets.putIfAbsent(
        "none",
        new HealthWeights.Market(
            Decimal.ONE,
            Decimal.ONE,
            Decimal.ONE,
            Decimal.ONE,
            Decimal.ONE,
            Decimal.ONE,
            QuietRulebook.MARKET));
    Rulebook lenient = QuietRulebook.of("case", collateral, QuietRulebook.lenient());
    venue.rulebook(lenient);
    venue.balance(0, SUPPLY / 2);
    orders.forEach(venue::apply);
    positions.forEach(venue::apply);
    venue.balance(0, -SUPPLY / 2);
    importBalances();
    HealthWeights parameters = new HealthWeights(markets, marketOfInstrument, "none", pairs);
    return venue.apply(new Command.DefineRulebook(1, QuietRulebook.next(lenient, parameters), 0));
  }

  private static String symbol(String token) {
    return "T" + token;
  }

  private void defineToken(String name, JsonNode token) {
    int id = tokens.size();
    tokens.add(name);
    long price = units(Fractions.decimal(token, "oracle"), PRICE_SCALE);
    Asset asset = new Asset(id, symbol(name), SCALE, SUPPLY, PRICE_SCALE, price, 2 * price);
    venue.asset(asset);
    assets.add(asset);
    List<Rule> rules =
        new ArrayList<>(
            List.of(
                new Rule.WorseOfSlowPrice(),
                new Rule.InitialDebtWeight(Fractions.parameter(token, "init_liab"))));
    if (token.has("deposit_scale_start")) {
      rules.add(new Rule.ByDeposits(e6(token, "deposit_scale_start")));
    }
    if (token.has("borrow_scale_start")) {
      rules.add(new Rule.ByBorrows(e6(token, "borrow_scale_start")));
    }
    collateral.add(
        new CollateralTerms(
            symbol(name),
            Fractions.parameter(token, "init_asset"),
            Fractions.parameter(token, "maint_asset"),
            Fractions.parameter(token, "maint_liab"),
            1L << 62,
            Decimal.ZERO,
            new CollateralScaling(rules)));
    BigDecimal deposits =
        Fractions.cut(token, "deposits").add(Fractions.cut(token, "potential_serum"));
    venue.factors(
        List.of(
            factor(FactorKind.SLOW_PRICE, id, Fractions.cut(token, "stable")),
            factor(FactorKind.TOTAL_DEPOSITS, id, deposits),
            factor(FactorKind.TOTAL_BORROWS, id, Fractions.cut(token, "borrows"))));
  }

  private void definePerp(int id, JsonNode perp) {
    BigDecimal price = Fractions.cut(perp, "oracle");
    BigDecimal lots = Fractions.cut(perp, "base_lots");
    BigDecimal bids = Fractions.cut(perp, "bids");
    BigDecimal asks = Fractions.cut(perp, "asks");
    BigDecimal money = Fractions.cut(perp, "quote");
    if (lots.signum() == 0 && money.signum() > 0) {
      throw new UnsupportedCase("a result without a position is a balance here");
    }
    // prices well above the oracle's, so that any cost of a position is in range
    ContractScale scale = new ContractScale().price(price).price(BigDecimal.valueOf(10_000));
    scale.price(Fractions.cut(perp, "stable"));
    scale.quantity(lots).quantity(bids).quantity(asks);
    int settle = tokens.indexOf(perp.path("settle").asString(""));
    long size = Fractions.cut(perp, "lot").longValueExact();
    String symbol = "P" + id;
    venue.instrument(scale.contract(id, symbol, assets.get(settle), size));
    venue.mark(id, scale.priceUnits(price));
    venue.factors(List.of(factor(FactorKind.SLOW_MARK, id, Fractions.cut(perp, "stable"))));
    markets.put(symbol, market(perp));
    marketOfInstrument.put(symbol, symbol);
    long units = scale.priceUnits(price);
    if (bids.signum() != 0 || asks.signum() != 0) {
      long buys = scale.quantityUnits(bids);
      long sells = scale.quantityUnits(asks);
      orders.add(
          new Command.SetOrderExposure(
              CaseVenue.ACCOUNT, id, buys, sells, buys * units, sells * units));
    }
    if (lots.signum() != 0) {
      long cost = scale.ticks(money.negate(), SCALE);
      long quantity = scale.quantityUnits(lots);
      positions.add(
          quantity > 0
              ? new Command.ImportPosition(
                  id, CaseVenue.ACCOUNT, CaseVenue.OTHER_SIDE, quantity, cost)
              : new Command.ImportPosition(
                  id, CaseVenue.OTHER_SIDE, CaseVenue.ACCOUNT, -quantity, -cost));
    } else if (money.signum() < 0) {
      reserved.merge(perp.path("settle").asString(""), money, BigDecimal::add);
    }
  }

  private static HealthWeights.Market market(JsonNode perp) {
    return new HealthWeights.Market(
        Fractions.parameter(perp, "init_asset"),
        Fractions.parameter(perp, "maint_asset"),
        Fractions.parameter(perp, "init_liab"),
        Fractions.parameter(perp, "maint_liab"),
        Fractions.parameter(perp, "init_overall"),
        Fractions.parameter(perp, "maint_overall"),
        QuietRulebook.MARKET);
  }

  /// A pair's orders: asks reserve base, bids reserve quote. What each side would bring by its own
  /// prices is its notional, or its quantity.
  private void definePair(int id, JsonNode pair) {
    String base = pair.path("base").asString("");
    String quote = pair.path("quote").asString("");
    BigDecimal reservedBase = Fractions.cut(pair, "reserved_base");
    BigDecimal reservedQuote = Fractions.cut(pair, "reserved_quote");
    BigDecimal oracle =
        Fractions.decimal(inputs.path("tokens").path(base), "oracle")
            .divide(
                Fractions.decimal(inputs.path("tokens").path(quote), "oracle"), 4, RoundingMode.UP);
    BigDecimal ask = pair.has("ask") ? Fractions.cut(pair, "ask") : oracle.multiply(FAVOURABLE);
    BigDecimal bought =
        (pair.has("bid_inv")
                ? reservedQuote.multiply(Fractions.decimal(pair, "bid_inv"))
                : reservedQuote.multiply(FAVOURABLE))
            .setScale(SCALE, RoundingMode.DOWN);
    ContractScale scale =
        new ContractScale().price(ask).price(oracle.multiply(FAVOURABLE)).quantity(bought);
    scale.quantity(reservedBase).quantity(BigDecimal.ONE.movePointLeft(SCALE));
    String symbol = symbol(base) + "/" + symbol(quote);
    venue.instrument(scale.contract(id, symbol, assets.get(tokens.indexOf(quote)), 1));
    venue.mark(id, scale.priceUnits(oracle));
    pairs.put(symbol, new SpotPair(symbol(base), symbol(quote)));
    long sells = scale.quantityUnits(reservedBase);
    long buys = scale.quantityUnits(bought);
    if (sells == 0 && buys == 0) {
      return;
    }
    orders.add(
        new Command.SetOrderExposure(
            CaseVenue.ACCOUNT,
            id,
            buys,
            sells,
            scale.unitProduct(reservedQuote),
            scale.unitProduct(reservedBase.multiply(ask))));
    reserved.merge(base, reservedBase, BigDecimal::add);
    reserved.merge(quote, reservedQuote, BigDecimal::add);
  }

  /// Balances as they are before open orders reserve a part of them.
  private void importBalances() {
    for (int id = 0; id < tokens.size(); id++) {
      String name = tokens.get(id);
      BigDecimal balance = Fractions.cut(inputs.path("tokens").path(name), "balance");
      venue.balance(id, units(balance.add(reserved.getOrDefault(name, BigDecimal.ZERO)), SCALE));
    }
  }

  private static FactorValue factor(FactorKind kind, int subject, BigDecimal value) {
    return new FactorValue(kind, subject, 0, Decimal.parse(value.toPlainString()));
  }

  private static long e6(JsonNode node, String name) {
    return units(Fractions.decimal(node, name), 6);
  }

  private static long units(BigDecimal value, int places) {
    return value.movePointRight(places).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }
}
