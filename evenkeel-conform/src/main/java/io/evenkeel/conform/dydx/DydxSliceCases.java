package io.evenkeel.conform.dydx;

import static io.evenkeel.conform.dydx.DydxMarket.number;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.Hypothesis;
import io.evenkeel.engine.liquidation.SliceFee;
import io.evenkeel.engine.liquidation.SliceOrder;
import io.evenkeel.engine.liquidation.SlicePrice;
import io.evenkeel.engine.liquidation.SliceSize;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Price, size, fee and order of closing trades of dYdX v4: what is about an account is asked of
/// one in a live engine, what is about a figure of the functions that its step is made of. All
/// exact.
public final class DydxSliceCases {
  private static final String PREFIX = "dydx-v4/";
  private static final int PPM_PLACES = 6;
  private static final int QUOTE_PLACES = 6;

  /// The highest price that the peer can write.
  private static final BigInteger MOST_SUBTICKS = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private DydxSliceCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    put(runners, "fillable_price", DydxSliceCases::price);
    put(runners, "price_to_subticks", DydxSliceCases::tick);
    put(runners, "insurance_fund_delta", DydxSliceCases::fee);
    put(runners, "insurance_fund_cover", DydxSliceCases::cover);
    put(runners, "liquidation_limits", DydxSliceCases::limits);
    put(runners, "liquidation_size", DydxSliceCases::size);
    put(runners, "liquidation_priority", DydxSliceCases::order);
  }

  private interface Runner {
    void run(JsonNode given, JsonNode expected, Comparison comparison);
  }

  private static void put(Map<String, CaseRunner> runners, String family, Runner runner) {
    runners.put(
        PREFIX + family,
        (each, comparison) -> {
          try {
            runner.run(each.path("inputs"), each.path("expected"), comparison);
          } catch (ArithmeticException e) {
            throw new UnsupportedCase("a value is beyond 63 bits: " + e.getMessage());
          }
        });
  }

  /// Quote quantums for one base quantum, an exact fraction.
  private static void price(JsonNode given, JsonNode expected, Comparison comparison) {
    DydxVenue venue = new DydxVenue(given);
    DydxMarket market = venue.subject();
    try (Hypothesis hypothesis = venue.view().suppose()) {
      SlicePrice price =
          hypothesis.slicePrice(
              CaseVenue.ACCOUNT,
              market.instrumentId,
              market.units(number(given, "delta_q")),
              ppm(given, "bankruptcy_adjustment_ppm"),
              ppm(given, "spread_to_mmr_ppm"));
      comparison.same(
          "price_quote_per_base_quantum",
          expected.path("price_quote_per_base_quantum").asString(),
          price == null
              ? "ERROR"
              : fraction(
                  price.numerator().multiply(market.quoteQuantums()),
                  price.denominator().multiply(market.priceParts())));
    }
  }

  private static String fraction(BigInteger numerator, BigInteger denominator) {
    BigInteger common = numerator.gcd(denominator);
    BigInteger below = denominator.divide(common);
    return numerator.divide(common) + (below.equals(BigInteger.ONE) ? "" : "/" + below);
  }

  private static void tick(JsonNode given, JsonNode expected, Comparison comparison) {
    String[] parts = given.path("price").asString().split("/", -1);
    BigInteger numerator = new BigInteger(parts[0]);
    BigInteger denominator = parts.length > 1 ? new BigInteger(parts[1]) : BigInteger.ONE;
    int exponent = (int) number(given, "quantum_conversion_exponent");
    BigInteger subticks =
        SlicePrice.bounded(
            numerator.multiply(BigInteger.TEN.pow(Math.max(0, -exponent))),
            denominator.multiply(BigInteger.TEN.pow(Math.max(0, exponent))),
            whole(given, "subticks_per_tick"),
            MOST_SUBTICKS,
            given.path("liquidating_long").asBoolean());
    comparison.same("subticks", expected.path("subticks").asString(), subticks.toString());
  }

  private static void fee(JsonNode given, JsonNode expected, Comparison comparison) {
    long filled = number(given, "fill_q");
    ObjectNode closing = (ObjectNode) given.deepCopy();
    closing.put("delta_q", Long.toString(given.path("is_buy").asBoolean() ? filled : -filled));
    DydxVenue venue = new DydxVenue(closing);
    DydxMarket market = venue.subject();
    try (Hypothesis hypothesis = venue.view().suppose()) {
      OptionalLong fee =
          hypothesis.sliceFeeMinor(
              CaseVenue.ACCOUNT,
              market.instrumentId,
              market.units(number(closing, "delta_q")),
              market.fillUnits(given),
              ppm(given, "max_liquidation_fee_ppm"));
      comparison.same(
          "quote_quantums",
          expected.path("quote_quantums").asString(),
          fee.isPresent() ? Long.toString(fee.getAsLong()) : "ERROR");
    }
  }

  private static void cover(JsonNode given, JsonNode expected, Comparison comparison) {
    comparison.same(
        "valid",
        expected.path("valid").asString(),
        Boolean.toString(SliceFee.isCovered(number(given, "balance"), number(given, "delta"))));
  }

  private static void limits(JsonNode given, JsonNode expected, Comparison comparison) {
    SliceSize size = size(given);
    BigInteger minimum = whole(given, "min_position_notional");
    comparison.exact(
        "min",
        new BigDecimal(expected.path("min").asString()),
        new BigDecimal(size.leastMinor(minimum)));
    comparison.exact(
        "max",
        new BigDecimal(expected.path("max").asString()),
        new BigDecimal(size.mostMinor(minimum, ppm(given, "max_position_portion_ppm"))));
  }

  private static void size(JsonNode given, JsonNode expected, Comparison comparison) {
    SliceSize size = size(given);
    BigInteger most =
        size.mostMinor(
                whole(given, "min_position_notional"), ppm(given, "max_position_portion_ppm"))
            .min(whole(given, "max_subaccount_notional"));
    BigInteger units = size.units(whole(given, "step_q"), most);
    comparison.exact(
        "delta_q",
        new BigDecimal(expected.path("delta_q").asString()),
        new BigDecimal(whole(given, "q").signum() > 0 ? units.negate() : units));
  }

  private static SliceSize size(JsonNode given) {
    JsonNode perpetual = given.path("perp");
    int exponent = (int) (number(perpetual, "exponent") + number(perpetual, "res")) + QUOTE_PLACES;
    return new SliceSize(
        whole(given, "q").abs(),
        whole(perpetual, "price").multiply(BigInteger.TEN.pow(Math.max(0, exponent))),
        BigInteger.TEN.pow(Math.max(0, -exponent)));
  }

  /// Orders of one market: their quantities stand in for what they are worth.
  private static void order(JsonNode given, JsonNode expected, Comparison comparison) {
    long mark = number(given, "oracle_subticks");
    List<JsonNode> orders = new ArrayList<>(given.path("orders").valueStream().toList());
    orders.sort(
        Comparator.comparing(
            order -> new SliceOrder(number(order, "subticks"), mark, number(order, "q"))));
    List<JsonNode> wanted = expected.path("order").valueStream().toList();
    comparison.exact("orders", wanted.size(), orders.size());
    for (int i = 0; i < Math.min(wanted.size(), orders.size()); i++) {
      for (String field : List.of("side", "q", "subticks")) {
        comparison.same(
            "order[" + i + "]." + field,
            wanted.get(i).path(field).asString(),
            orders.get(i).path(field).asString());
      }
    }
  }

  private static Decimal ppm(JsonNode given, String name) {
    return new Decimal(number(given, name), PPM_PLACES);
  }

  private static BigInteger whole(JsonNode given, String name) {
    return new BigInteger(given.path(name).asString("0"));
  }
}
