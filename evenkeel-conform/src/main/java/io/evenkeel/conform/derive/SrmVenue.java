package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.StandardOptions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One case of standard margin as a live venue: cash is asset 1, underlyings follow; every line of
/// the portfolio is a contract of its own.
final class SrmVenue {
  private static final long NOW_NS = 1_700_000_000L * 1_000_000_000L;
  private static final int CASH = 1;
  private static final String CASH_SYMBOL = "USDC";

  /// Decimal places of cash, and of a quantity times a price.
  private static final int CASH_SCALE = 9;

  private final JsonNode given;
  private final CaseVenue venue = new CaseVenue(NOW_NS);
  private final Map<String, Integer> assetOf = new LinkedHashMap<>();
  private final Map<String, Integer> perpetualOf = new LinkedHashMap<>();
  private final List<FactorValue> factors = new ArrayList<>();
  private int nextInstrument = 1;

  SrmVenue(JsonNode given) {
    this.given = given;
    defineAssets();
    defineContracts();
    venue.rulebook(QuietRulebook.of("derive-srm", collateral(), parameters()));
    factor(FactorKind.STABLE_PRICE, CASH, given.path("market").path("stable_price"));
    given
        .path("market")
        .path("markets")
        .properties()
        .forEach(entry -> publishMarket(entry.getKey(), entry.getValue()));
    venue.factors(factors);
    bringIn();
  }

  /// Symbols of the underlyings.
  List<String> markets() {
    return List.copyOf(assetOf.keySet());
  }

  Assessment assess() {
    return venue.assess();
  }

  Term explain() {
    return venue.view().explain(CaseVenue.ACCOUNT).terms().getFirst();
  }

  private void defineAssets() {
    venue.asset(new Asset(CASH, CASH_SYMBOL, CASH_SCALE, 1L << 60, 0, 1, 1));
    given
        .path("market")
        .path("markets")
        .properties()
        .forEach(entry -> {
          BigDecimal spot = decimal(entry.getValue().path("spot"));
          int id = assetOf.size() + CASH + 1;
          assetOf.put(entry.getKey(), id);
          long price = units(spot, 4);
          long supply = Fixed.mulDiv(Asset.MAXIMUM_VALUE_E6, 10_000_000, price, Rounding.FLOOR);
          venue.asset(new Asset(id, entry.getKey(), 9, supply, 4, price, price));
        });
  }

  private void defineContracts() {
    for (Map.Entry<String, Integer> market : assetOf.entrySet()) {
      int id = nextInstrument++;
      perpetualOf.put(market.getKey(), id);
      venue.instrument(
          contract(
              id,
              market.getKey() + "-PERP",
              ContractKind.PERPETUAL,
              ContractTerms.perpetual(market.getValue())));
    }
    for (JsonNode option : given.path("portfolio").path("options")) {
      int id = nextInstrument++;
      Right right = option.path("is_call").asBoolean() ? Right.CALL : Right.PUT;
      ContractTerms terms =
          new ContractTerms(
              asset(option),
              expiryNs(option),
              false,
              new OptionTerms(right, fitting(decimal(option.path("strike")))));
      venue.instrument(contract(id, "OPTION-" + id, ContractKind.OPTION, terms));
      factor(FactorKind.MARK_VOLATILITY, id, option.path("vol"));
    }
  }

  private static LinearContract contract(
      int id, String symbol, ContractKind kind, ContractTerms terms) {
    return new LinearContract(
        id,
        symbol,
        kind,
        CASH,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        4,
        5,
        1,
        10_000_000_000L,
        100_000_000L,
        100_000_000L,
        terms);
  }

  private List<CollateralTerms> collateral() {
    JsonNode base = given.path("parameters").path("base");
    BigDecimal maintenance = decimal(base.path("margin_factor"));
    BigDecimal initial = maintenance.multiply(decimal(base.path("im_scale")));
    List<CollateralTerms> collateral = new ArrayList<>();
    collateral.add(QuietRulebook.fullValue(CASH_SYMBOL));
    for (String market : assetOf.keySet()) {
      collateral.add(
          new CollateralTerms(
              market, fitting(initial), fitting(maintenance), Decimal.ONE, 1L << 62, Decimal.ZERO));
    }
    return collateral;
  }

  private StandardOptions parameters() {
    JsonNode all = given.path("parameters");
    if (!all.path("applies_to").asString().equals("every market")) {
      throw new UnsupportedCase("parameters by market are not part of the schema");
    }
    JsonNode option = all.path("option");
    JsonNode oracle = all.path("oracle_contingency");
    StandardOptions.Market market =
        new StandardOptions.Market(
            new StandardOptions.OptionRates(
                fitting(option, "max_spot_req"),
                fitting(option, "min_spot_req"),
                fitting(option, "mm_call_spot_req"),
                fitting(option, "mm_put_spot_req"),
                fitting(option, "mm_put_mtm_req"),
                fitting(option, "mm_offset_scale"),
                fitting(option, "unpaired_im_scale"),
                fitting(option, "unpaired_mm_scale")),
            new StandardOptions.FutureRates(
                fitting(all.path("perp"), "im_req"),
                Decimal.ZERO,
                fitting(all.path("perp"), "mm_req"),
                Decimal.ZERO),
            new StandardOptions.OracleContingency(
                fitting(oracle, "perp_threshold"),
                fitting(oracle, "option_threshold"),
                fitting(oracle, "base_threshold"),
                fitting(oracle, "oc_factor")));
    JsonNode depeg = all.path("depeg");
    return new StandardOptions(
        StandardOptions.ValueSource.MODEL,
        StandardOptions.ReferencePrice.SPOT,
        StandardOptions.SpreadRelief.MAXIMUM_LOSS,
        Map.of("every", market),
        "every",
        new StandardOptions.Depeg(fitting(depeg, "threshold"), fitting(depeg, "factor")),
        QuietRulebook.MARKET);
  }

  private void publishMarket(String name, JsonNode market) {
    int asset = asset(name);
    factor(FactorKind.SPOT, asset, market.path("spot"));
    factor(FactorKind.SPOT_CONFIDENCE, asset, market.path("spot_confidence"));
    int perpetual = perpetual(name);
    factor(FactorKind.MARK_CONFIDENCE, perpetual, market.path("perp_confidence"));
    venue.mark(perpetual, units(decimal(market.path("perp_price")), 4));
    for (JsonNode expiry : market.path("expiries")) {
      long at = expiryNs(expiry);
      publish(FactorKind.FORWARD_VARIABLE, asset, at, expiry.path("forward"));
      publish(FactorKind.FORWARD_CONFIDENCE, asset, at, expiry.path("forward_confidence"));
      publish(FactorKind.VOLATILITY_CONFIDENCE, asset, at, expiry.path("vol_confidence"));
    }
  }

  private void factor(FactorKind kind, int subject, JsonNode value) {
    publish(kind, subject, 0, value);
  }

  private void publish(FactorKind kind, int subject, long expiryNs, JsonNode value) {
    factors.add(new FactorValue(kind, subject, expiryNs, fitting(decimal(value))));
  }

  private void bringIn() {
    JsonNode portfolio = given.path("portfolio");
    venue.balance(CASH, units(decimal(portfolio.path("cash")), CASH_SCALE));
    for (JsonNode base : portfolio.path("bases")) {
      venue.balance(asset(base), units(decimal(base.path("amount")), 9));
    }
    int option = perpetualOf.size() + 1;
    for (JsonNode line : portfolio.path("options")) {
      venue.position(option++, units(decimal(line.path("amount")), 5), 0);
    }
    for (JsonNode line : portfolio.path("perps")) {
      String market = line.path("market").asString();
      BigDecimal amount = decimal(line.path("amount"));
      BigDecimal mark =
          decimal(given.path("market").path("markets").path(market).path("perp_price"));
      BigDecimal cost = amount.multiply(mark).subtract(decimal(line.path("unrealised_pnl")));
      venue.position(perpetual(market), units(amount, 5), units(cost, CASH_SCALE));
      BigDecimal due = decimal(line.path("unrealised_funding")).negate();
      venue.factors(
          List.of(
              new FactorValue(
                  FactorKind.FUNDING_INCREMENT,
                  perpetual(market),
                  0,
                  fitting(due.divide(amount, new MathContext(18))))));
    }
  }

  private int asset(JsonNode line) {
    return asset(line.path("market").asString());
  }

  private int asset(String market) {
    Integer asset = assetOf.get(market);
    if (asset == null) {
      throw new UnsupportedCase("no market " + market);
    }
    return asset;
  }

  private int perpetual(String market) {
    Integer perpetual = perpetualOf.get(market);
    if (perpetual == null) {
      throw new UnsupportedCase("no market " + market);
    }
    return perpetual;
  }

  private static long expiryNs(JsonNode line) {
    return NOW_NS + line.path("sec_to_expiry").asLong() * 1_000_000_000L;
  }

  private static BigDecimal decimal(JsonNode value) {
    return new BigDecimal(value.asString());
  }

  private static Decimal fitting(JsonNode parent, String name) {
    return fitting(decimal(parent.path(name)));
  }

  /// As an exact decimal; what has more than 18 digits is rounded to 18.
  private static Decimal fitting(BigDecimal value) {
    BigDecimal rounded = value.round(new MathContext(18));
    if (rounded.scale() > 18) {
      rounded = rounded.setScale(18, RoundingMode.HALF_EVEN);
    }
    return Decimal.parse(rounded.toPlainString());
  }

  /// A figure in its smallest units.
  private static long units(BigDecimal value, int scale) {
    try {
      return value.movePointRight(scale).longValueExact();
    } catch (ArithmeticException e) {
      throw new UnsupportedCase(value + " has more than " + scale + " decimal places");
    }
  }
}
