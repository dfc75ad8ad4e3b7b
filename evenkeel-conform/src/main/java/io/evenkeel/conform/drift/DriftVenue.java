package io.evenkeel.conform.drift;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.ContractScale;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.margin.sized.Level;
import io.evenkeel.engine.margin.sized.ScaledBalance;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SizedRatios;
import io.evenkeel.model.rulebook.SpotPair;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An engine with the markets and the account of one case. Assets have the identifiers of spot
/// markets; contracts those of perp markets, spot pairs those of spot markets and [#PAIRS].
final class DriftVenue {
  static final int QUOTE_SCALE = 6;

  private static final int PAIRS = 1_000;
  private static final int PRICE_SCALE = 6;
  private static final int BASE_SCALE = 9;
  private static final String QUOTE = "S0";

  private final JsonNode inputs;
  private final CaseVenue venue = new CaseVenue(1_000_000_000L);
  private final Map<String, SizedRatios.Market> markets = new LinkedHashMap<>();
  private final Map<String, SpotPair> pairs = new LinkedHashMap<>();
  private final Map<String, Decimal> openOrders = new LinkedHashMap<>();
  private final List<CollateralTerms> collateral = new ArrayList<>();
  private final List<Command> orders = new ArrayList<>();
  private final List<Command> positions = new ArrayList<>();
  private @Nullable Asset quote;
  private long quoteSupply;
  private boolean opened;

  DriftVenue(JsonNode inputs) {
    this.inputs = inputs;
  }

  CaseVenue open() {
    if (opened) {
      return venue;
    }
    opened = true;
    for (Map.Entry<String, JsonNode> market : inputs.path("spot_markets").properties()) {
      defineAsset(Integer.parseInt(market.getKey()), market.getValue());
    }
    for (JsonNode position : inputs.path("perp_positions")) {
      definePerp(position);
    }
    for (JsonNode position : inputs.path("spot_positions")) {
      definePair(position);
    }
    markets.putIfAbsent("none", market(inputs.path("none"), 0));
    Rulebook lenient = QuietRulebook.of("case", collateral, QuietRulebook.lenient());
    venue.rulebook(lenient);
    venue.balance(0, quoteSupply / 2);
    orders.forEach(venue::apply);
    positions.forEach(venue::apply);
    venue.balance(0, -(quoteSupply / 2));
    importBalances();
    venue.apply(new Command.DefineRulebook(1, QuietRulebook.next(lenient, parameters()), 0));
    return venue;
  }

  private void defineAsset(int id, JsonNode market) {
    int scale = (int) DriftCases.whole(market, "decimals");
    long price = DriftCases.whole(market, "price");
    BigDecimal most = BigDecimal.valueOf(Asset.MAXIMUM_VALUE_E6).movePointRight(scale);
    long supply =
        most.divideToIntegralValue(BigDecimal.valueOf(2 * price))
            .min(BigDecimal.valueOf(1L << 62))
            .longValueExact();
    Asset asset = new Asset(id, "S" + id, scale, supply, PRICE_SCALE, price, 2 * price);
    venue.asset(asset);
    if (id == 0) {
      quote = asset;
      quoteSupply = supply / 4;
      collateral.addFirst(QuietRulebook.fullValue(QUOTE));
    } else {
      collateral.add(terms("S" + id, market));
    }
    List<FactorValue> factors = new ArrayList<>();
    long slow = DriftCases.whole(market, "twap5");
    if (slow > 0) {
      factors.add(new FactorValue(FactorKind.SLOW_PRICE, id, 0, new Decimal(slow, PRICE_SCALE)));
    }
    long deposits = tokens(market, DriftCases.whole(market, "deposit_balance"), false);
    factors.add(new FactorValue(FactorKind.TOTAL_DEPOSITS, id, 0, new Decimal(deposits, scale)));
    venue.factors(factors);
  }

  private static CollateralTerms terms(String symbol, JsonNode market) {
    List<Rule> rules = new ArrayList<>();
    long imf = DriftCases.whole(market, "imf_factor");
    if (imf > 0) {
      rules.add(new Rule.BySize(new Decimal(imf, 6)));
    }
    long start = DriftCases.whole(market, "scale_initial_asset_weight_start");
    if (start > 0) {
      rules.add(new Rule.ByDeposits(start));
    }
    rules.add(new Rule.InitialDebtWeight(debtWeight(market, "initial_liability_weight")));
    return new CollateralTerms(
        symbol,
        e4(market, "initial_asset_weight"),
        e4(market, "maintenance_asset_weight"),
        debtWeight(market, "maintenance_liability_weight"),
        1L << 62,
        Decimal.ZERO,
        new CollateralScaling(rules));
  }

  private static Decimal debtWeight(JsonNode market, String name) {
    return market.has(name) ? e4(market, name) : Decimal.ONE;
  }

  private void definePerp(JsonNode position) {
    String index = position.path("market_index").asString("0");
    JsonNode market = inputs.path("perp_markets").path(index);
    BigDecimal price = DriftCases.decimal(market, "price").movePointLeft(PRICE_SCALE);
    BigDecimal base = base(position, "base_asset_amount");
    BigDecimal bids = base(position, "open_bids");
    BigDecimal asks = base(position, "open_asks").negate();
    BigDecimal money =
        DriftCases.decimal(position, "quote_asset_amount").movePointLeft(QUOTE_SCALE);
    if (base.signum() == 0 && money.signum() != 0) {
      throw new UnsupportedCase("a result without a position is a balance here");
    }
    ContractScale scale = new ContractScale().price(price);
    scale.quantity(base).quantity(bids).quantity(asks);
    int id = Integer.parseInt(index);
    String symbol = "P" + index;
    venue.instrument(scale.contract(id, symbol, Objects.requireNonNull(quote), 1));
    venue.mark(id, scale.priceUnits(price));
    markets.put(symbol, market(market, DriftCases.whole(position, "max_margin_ratio")));
    addOrders(position, id, symbol, scale, price, bids, asks);
    if (base.signum() != 0) {
      long cost = scale.ticks(money.negate(), QUOTE_SCALE);
      long quantity = scale.quantityUnits(base);
      positions.add(
          quantity > 0
              ? new Command.ImportPosition(
                  id, CaseVenue.ACCOUNT, CaseVenue.OTHER_SIDE, quantity, cost)
              : new Command.ImportPosition(
                  id, CaseVenue.OTHER_SIDE, CaseVenue.ACCOUNT, -quantity, -cost));
    }
  }

  private void definePair(JsonNode position) {
    int index = (int) DriftCases.whole(position, "market_index");
    BigDecimal bids = DriftCases.decimal(position, "open_bids");
    BigDecimal asks = DriftCases.decimal(position, "open_asks").negate();
    boolean hasOrders =
        bids.signum() != 0 || asks.signum() != 0 || DriftCases.whole(position, "open_orders") != 0;
    if (index == 0 || !hasOrders) {
      return;
    }
    JsonNode market = inputs.path("spot_markets").path(Integer.toString(index));
    int places = (int) DriftCases.whole(market, "decimals");
    BigDecimal price = DriftCases.decimal(market, "price").movePointLeft(PRICE_SCALE);
    ContractScale scale = new ContractScale().price(price);
    scale.quantity(bids.movePointLeft(places)).quantity(asks.movePointLeft(places));
    String symbol = "S" + index + "/" + QUOTE;
    venue.instrument(scale.contract(PAIRS + index, symbol, Objects.requireNonNull(quote), 1));
    venue.mark(PAIRS + index, scale.priceUnits(price));
    pairs.put(symbol, new SpotPair("S" + index, QUOTE));
    addOrders(
        position,
        PAIRS + index,
        symbol,
        scale,
        price,
        bids.movePointLeft(places),
        asks.movePointLeft(places));
  }

  private void addOrders(
      JsonNode position,
      int instrument,
      String symbol,
      ContractScale scale,
      BigDecimal price,
      BigDecimal bids,
      BigDecimal asks) {
    openOrders.put(symbol, new Decimal(DriftCases.whole(position, "open_orders"), 0));
    if (bids.signum() == 0 && asks.signum() == 0) {
      return;
    }
    long buys = scale.quantityUnits(bids);
    long sells = scale.quantityUnits(asks);
    long units = scale.priceUnits(price);
    orders.add(
        new Command.SetOrderExposure(
            CaseVenue.ACCOUNT, instrument, buys, sells, buys * units, sells * units));
  }

  private void importBalances() {
    for (JsonNode position : inputs.path("spot_positions")) {
      int index = (int) DriftCases.whole(position, "market_index");
      JsonNode market = inputs.path("spot_markets").path(Integer.toString(index));
      boolean debt = position.path("balance_type").asString("").equals("Borrow");
      venue.balance(index, tokens(market, DriftCases.whole(position, "scaled_balance"), debt));
    }
  }

  private static long tokens(JsonNode market, long scaled, boolean debt) {
    String index = debt ? "cumulative_borrow_interest" : "cumulative_deposit_interest";
    return ScaledBalance.tokensMinor(
        scaled, DriftCases.whole(market, index), (int) DriftCases.whole(market, "decimals"), debt);
  }

  private SizedRatios parameters() {
    JsonNode context = inputs.path("context");
    boolean strict = context.path("strict").asBoolean(false);
    return new SizedRatios(
        QUOTE,
        strict ? SizedRatios.SlowPrices.ALWAYS : SizedRatios.SlowPrices.NEVER,
        context.has("kind") && DriftCases.level(context) == Level.FILL,
        e4(context, "override"),
        e4(inputs, "max_margin_ratio"),
        10_000,
        100_000_000,
        e4(context, "buffer"),
        markets,
        names(),
        "none",
        pairs,
        openOrders);
  }

  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : markets.keySet()) {
      names.put(name, name);
    }
    return names;
  }

  private static SizedRatios.Market market(JsonNode market, long ratioFloorE4) {
    return new SizedRatios.Market(
        e4(market, "margin_ratio_initial"),
        e4(market, "margin_ratio_maintenance"),
        new Decimal(DriftCases.whole(market, "imf_factor"), 6),
        e4(market, "unrealized_pnl_initial_asset_weight"),
        e4(market, "unrealized_pnl_maintenance_asset_weight"),
        new Decimal(DriftCases.whole(market, "unrealized_pnl_imf_factor"), 6),
        DriftCases.whole(market, "unrealized_pnl_max_imbalance"),
        new Decimal(ratioFloorE4, 4),
        QuietRulebook.MARKET);
  }

  private static BigDecimal base(JsonNode position, String name) {
    return DriftCases.decimal(position, name).movePointLeft(BASE_SCALE);
  }

  private static Decimal e4(JsonNode node, String name) {
    return new Decimal(DriftCases.whole(node, name), 4);
  }
}
