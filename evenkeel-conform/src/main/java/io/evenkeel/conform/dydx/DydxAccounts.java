package io.evenkeel.conform.dydx;

import static io.evenkeel.conform.dydx.DydxFunctions.whole;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.engine.margin.rates.CumulativeFunding;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.Tier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Accounts in a live engine: subaccounts with perpetual positions, and single requirements.
public final class DydxAccounts {
  private static final int PPM_PLACES = 6;
  private static final int USDC = 0;
  private static final long MOST_USDC = 72_000_000_000_000_000L;
  private static final BigInteger MOST_TICKS = BigInteger.TWO.pow(60).subtract(BigInteger.ONE);

  private DydxAccounts() {}

  /// Adds the families.
  public static void register(Map<String, CaseRunner> families) {
    families.put("dydx-v4/account_risk", DydxAccounts::accountRisk);
    families.put("dydx-v4/margin_requirement", DydxAccounts::marginRequirement);
  }

  /// One market as the case gives it.
  private record Market(
      int id,
      long price,
      int priceExponent,
      int resolution,
      Decimal fraction,
      Decimal share,
      long lowerCap,
      long upperCap,
      long openInterest) {
    String symbol() {
      return "PERP-" + id;
    }

    static Market of(int id, JsonNode it) {
      return new Market(
          id,
          whole(it, "price"),
          (int) whole(it, "exponent"),
          (int) whole(it, "res"),
          ppm(it, "imf"),
          ppm(it, "mf"),
          optional(it, "lower"),
          optional(it, "upper"),
          optional(it, "oi"));
    }

    /// The contract in which base quanta are quantity units. Prices with a positive exponent are
    /// written out.
    LinearContract contract() {
      int priceScale = Math.max(0, -priceExponent);
      int quantityScale = -resolution;
      long most = Math.max(1, priceUnits());
      LinearContract sketch = contract(priceScale, quantityScale, most, 1);
      TickScale ticks = sketch.tickScale(PPM_PLACES);
      BigInteger byTicks =
          MOST_TICKS.divide(
              BigInteger.valueOf(most).multiply(BigInteger.valueOf(ticks.ticksPerUnit())));
      BigInteger byValue =
          BigInteger.valueOf(MOST_USDC)
              .multiply(BigInteger.valueOf(ticks.ticksPerMinor()))
              .divide(BigInteger.valueOf(most).multiply(BigInteger.valueOf(ticks.ticksPerUnit())));
      return contract(priceScale, quantityScale, most, byTicks.min(byValue).longValueExact());
    }

    private LinearContract contract(
        int priceScale, int quantityScale, long mostPrice, long mostUnits) {
      return new LinearContract(
          id,
          symbol(),
          ContractKind.PERPETUAL,
          USDC,
          Variation.UNREALISED_UNTIL_CLOSED,
          1,
          priceScale,
          quantityScale,
          1,
          mostPrice,
          mostUnits,
          mostUnits);
    }

    long priceUnits() {
      return BigDecimal.valueOf(price)
          .scaleByPowerOfTen(Math.max(0, priceExponent))
          .longValueExact();
    }

    Tier tier() {
      return new Tier(List.of(symbol()), fraction, share, lowerCap, upperCap);
    }
  }

  private static CaseVenue venue(List<Market> markets) {
    Map<String, Tier> tiers = new LinkedHashMap<>();
    tiers.put("none", new Tier(List.of(), Decimal.ONE, Decimal.ONE, 0, 0));
    for (Market market : markets) {
      tiers.put(market.symbol(), market.tier());
    }
    CaseVenue venue =
        new CaseVenue(0).asset(new Asset(USDC, "USDC", PPM_PLACES, MOST_USDC, 0, 1, 1));
    markets.forEach(market -> venue.instrument(market.contract()));
    venue.rulebook(
        QuietRulebook.of(
            "dydx-v4",
            List.of(QuietRulebook.fullValue("USDC")),
            new OpenInterestRates(tiers, "none", QuietRulebook.MARKET)));
    for (Market market : markets) {
      if (market.price() > 0) {
        venue.mark(market.id(), market.priceUnits());
      }
      BigDecimal contracts =
          BigDecimal.valueOf(market.openInterest()).scaleByPowerOfTen(market.resolution());
      venue.factors(
          List.of(
              new FactorValue(
                  FactorKind.OPEN_INTEREST,
                  market.id(),
                  0,
                  Decimal.parse(contracts.toPlainString()))));
    }
    return venue;
  }

  private static void accountRisk(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    Map<Integer, Market> markets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> perp : inputs.path("perps").properties()) {
      int id = Integer.parseInt(perp.getKey());
      markets.put(id, Market.of(id, perp.getValue()));
    }
    CaseVenue venue = venue(List.copyOf(markets.values()));
    long fundingE6 = 0;
    for (JsonNode position : inputs.path("positions")) {
      int id = (int) whole(position, "perp");
      long quantity = whole(position, "q");
      take(venue, markets.get(id), quantity, optional(position, "quote"));
      fundingE6 +=
          CumulativeFunding.settlementE6(
              optional(inputs.path("perps").path(Integer.toString(id)), "index"),
              optional(position, "index"),
              quantity);
    }
    for (JsonNode delta : inputs.path("perp_deltas")) {
      take(
          venue,
          markets.get((int) whole(delta, "perp")),
          whole(delta, "dq"),
          optional(delta, "dquote"));
    }
    venue.balance(USDC, whole(inputs, "usdc"));
    venue.balance(USDC, optional(inputs, "usdc_delta"));
    venue.balance(USDC, CumulativeFunding.settledMinor(fundingE6));
    compare(it.path("expected"), venue.assess(), comparison);
  }

  /// A position with what its quote balance is: cost is the negative of it.
  private static void take(CaseVenue venue, Market market, long quantity, long quoteMinor) {
    long ticksPerMinor = market.contract().tickScale(PPM_PLACES).ticksPerMinor();
    venue.position(market.id(), quantity, Math.multiplyExact(-quoteMinor, ticksPerMinor));
  }

  private static void marginRequirement(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    Market market =
        new Market(
            0,
            whole(inputs, "price"),
            (int) whole(inputs, "exponent"),
            (int) whole(inputs, "atomic_resolution"),
            ppm(inputs, "initial_margin_ppm"),
            ppm(inputs, "maintenance_fraction_ppm"),
            whole(inputs, "oi_lower_cap"),
            whole(inputs, "oi_upper_cap"),
            whole(inputs, "open_interest_q"));
    CaseVenue venue = venue(List.of(market));
    take(venue, market, whole(inputs, "q"), 0);
    compare(it.path("expected"), venue.assess(), comparison);
  }

  private static void compare(JsonNode expected, Assessment actual, Comparison comparison) {
    for (Map.Entry<String, JsonNode> figure : expected.properties()) {
      comparison.exact(
          figure.getKey(),
          Long.parseLong(figure.getValue().asString()),
          switch (figure.getKey()) {
            case "nc" -> actual.equityE6();
            case "imr" -> actual.initialMarginE6();
            case "mmr" -> actual.maintenanceMarginE6();
            default -> throw new IllegalArgumentException("no figure " + figure.getKey());
          });
    }
  }

  private static long optional(JsonNode node, String name) {
    return node.has(name) ? whole(node, name) : 0;
  }

  private static Decimal ppm(JsonNode node, String name) {
    return new Decimal(whole(node, name), PPM_PLACES);
  }
}
