package io.evenkeel.conform.synthetix;

import static io.evenkeel.conform.synthetix.SynthetixMarket.number;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.engine.margin.rates.KeeperReward;
import io.evenkeel.engine.market.PremiumPrice;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Margin of Synthetix v3 perpetuals through a live engine. Figures are compared to 1e-9 relative
/// or one millionth of a dollar.
public final class SynthetixCases {
  static final int CASH = 1;

  private static final int DEBT = 2;
  private static final int FILL_PRICE_PLACES = 9;
  private static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  private static final BigDecimal UNIT = new BigDecimal("1e-6");
  private static final String MINIMUM = "min_reward_wei";
  private static final String MAXIMUM = "max_reward_wei";
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 62);

  private SynthetixCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("synthetix-v3/premium_fill_pnl", SynthetixCases::premiumFill);
    runners.put("synthetix-v3/available_margin", SynthetixCases::availableMargin);
    runners.put("synthetix-v3/required_margins", SynthetixCases::requiredMargins);
    runners.put("synthetix-v3/keeper_reward", SynthetixCases::keeperReward);
  }

  /// A live venue with one instrument for each position, all marked.
  private static CaseVenue venue(List<SynthetixMarket> markets, List<JsonNode> given) {
    Map<String, SizeScaledRates.Market> rates = new LinkedHashMap<>();
    CaseVenue venue =
        new CaseVenue(1)
            .asset(new Asset(CASH, "USD", 6, 1L << 56, 0, 1, 1))
            .asset(new Asset(DEBT, "sUSD", 6, 1L << 56, 0, 1, 1));
    for (int i = 0; i < markets.size(); i++) {
      SynthetixMarket market = markets.get(i);
      venue.instrument(market.contract);
      rates.put(market.contract.symbol(), market.rates(given.get(i)));
    }
    venue.rulebook(
        QuietRulebook.of(
            "synthetix-v3",
            List.of(QuietRulebook.fullValue("USD"), QuietRulebook.fullValue("sUSD")),
            new SizeScaledRates(
                rates,
                markets.getFirst().contract.symbol(),
                Map.of(),
                SizeScaledRates.Reward.NONE)));
    for (SynthetixMarket market : markets) {
      venue.mark(market.contract.instrumentId(), market.priceUnits);
    }
    return venue;
  }

  /// A position opened at the price the pool gives, valued at the index.
  private static void premiumFill(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    SynthetixMarket market =
        new SynthetixMarket(
            1, "PERP", number(given, "price"), number(given, "size"), FILL_PRICE_PLACES);
    long fill =
        PremiumPrice.fillUnits(
            market.priceUnits,
            market.quantityUnits(number(given, "skew")),
            market.sizeUnits,
            market.quantityUnits(number(given, "skew_scale")));
    CaseVenue venue = venue(List.of(market), List.of(given));
    BigDecimal entry = BigDecimal.valueOf(fill, market.contract.priceScale());
    venue.position(1, market.sizeUnits, market.costTicks(entry));
    JsonNode expected = each.path("expected");
    near(comparison, "pnl_at_open", expected, money(venue.assess().equityE6()));
    if (expected.has("fill_price")) {
      near(comparison, "fill_price", expected, entry);
    }
  }

  private static void availableMargin(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    List<JsonNode> lines = lines(given);
    List<SynthetixMarket> markets = markets(lines, "mark_price");
    CaseVenue venue = venue(markets, lines);
    venue.balance(CASH, minor(given, "collateral_usd"));
    venue.balance(DEBT, -minor(given, "debt"));
    for (int i = 0; i < markets.size(); i++) {
      SynthetixMarket market = markets.get(i);
      long cost = market.costTicks(number(lines.get(i), "entry_price"));
      venue.position(market.contract.instrumentId(), market.sizeUnits, cost);
    }
    JsonNode expected = each.path("expected");
    near(comparison, "available_margin", expected, money(venue.assess().equityE6()));
    Term account = venue.view().explain(CaseVenue.ACCOUNT).terms().getFirst();
    for (Map.Entry<String, JsonNode> profit : expected.path("pnl").properties()) {
      Term term = account.find("equity", "unrealised profit in USD", "profit", profit.getKey());
      near(comparison, profit.getKey(), expected.path("pnl"), term.value());
    }
  }

  private static void requiredMargins(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    List<JsonNode> lines = lines(given);
    String price = lines.getFirst().has("mark_price") ? "mark_price" : "price";
    List<SynthetixMarket> markets = markets(lines, price);
    CaseVenue venue = venue(markets, lines);
    for (SynthetixMarket market : markets) {
      venue.position(
          market.contract.instrumentId(),
          market.sizeUnits,
          market.costTicks(BigDecimal.valueOf(market.priceUnits, market.contract.priceScale())));
    }
    Assessment assessment = venue.assess();
    JsonNode expected = each.path("expected");
    for (Map.Entry<String, JsonNode> figure : expected.properties()) {
      String name = figure.getKey();
      if (name.contains("initial") || name.startsWith("im")) {
        near(comparison, name, expected, money(assessment.initialMarginE6()));
      } else if (name.contains("maintenance") || name.startsWith("mm")) {
        near(comparison, name, expected, money(assessment.maintenanceMarginE6()));
      } else {
        throw new UnsupportedCase("no figure " + name + " is known");
      }
    }
  }

  /// The positions of a case; a case with one may state it without a list.
  private static List<JsonNode> lines(JsonNode given) {
    List<JsonNode> lines = new ArrayList<>();
    given.path("positions").forEach(lines::add);
    return lines.isEmpty() ? List.of(given) : lines;
  }

  private static List<SynthetixMarket> markets(List<JsonNode> lines, String price) {
    List<SynthetixMarket> markets = new ArrayList<>();
    for (JsonNode line : lines) {
      int id = markets.size() + 1;
      String symbol = line.path("market").asString("PERP-" + id);
      markets.add(new SynthetixMarket(id, symbol, number(line, price), number(line, "size"), 0));
    }
    return markets;
  }

  /// Amounts in wei, cut to as many places as fit; one of the places left is the allowance, and
  /// must be far below the reward, or nothing would be compared. An upper limit that does not bind
  /// need not fit: it is first tried cut down to the largest that does.
  private static void keeperReward(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    BigDecimal expected = number(each.path("expected"), "reward_wei");
    int places = placesOver(given, List.of("flag_reward_wei", "execution_cost_wei", MINIMUM));
    BigDecimal most =
        LARGEST
            .multiply(number(given, "max_scaling_ratio"))
            .setScale(0, RoundingMode.DOWN)
            .min(LARGEST);
    long reward = reward(given, places);
    if (BigDecimal.valueOf(reward).compareTo(most) >= 0) {
      places = Math.max(places, placesOver(given, List.of("collateral_value_wei", MAXIMUM)));
      reward = reward(given, places);
    }
    BigDecimal place = BigDecimal.ONE.movePointRight(places);
    if (places > 0 && expected.compareTo(place.movePointRight(9)) < 0) {
      throw new UnsupportedCase("a reward of " + expected + " wei beside amounts beyond 2^62");
    }
    comparison.within(
        "reward_wei",
        expected,
        BigDecimal.valueOf(reward).movePointRight(places),
        BigDecimal.ZERO,
        places == 0 ? BigDecimal.ZERO : place);
  }

  /// How many places must go for all of some amounts to fit.
  private static int placesOver(JsonNode given, List<String> names) {
    int places = 0;
    for (String name : names) {
      while (number(given, name).movePointLeft(places).compareTo(LARGEST) > 0) {
        places++;
      }
    }
    return places;
  }

  private static long reward(JsonNode given, int places) {
    return KeeperReward.within(
        cut(given, "flag_reward_wei", places),
        cut(given, "execution_cost_wei", places),
        cut(given, "collateral_value_wei", places),
        cut(given, MINIMUM, places),
        SynthetixMarket.decimal(number(given, "min_profit_ratio")),
        cut(given, MAXIMUM, places),
        SynthetixMarket.decimal(number(given, "max_scaling_ratio")));
  }

  private static long cut(JsonNode given, String name, int places) {
    return number(given, name)
        .movePointLeft(places)
        .min(LARGEST)
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }

  private static long minor(JsonNode given, String name) {
    return given.has(name) ? number(given, name).movePointRight(6).longValueExact() : 0;
  }

  private static BigDecimal money(long valueE6) {
    return BigDecimal.valueOf(valueE6, 6);
  }

  private static void near(
      Comparison comparison, String name, JsonNode expected, BigDecimal actual) {
    comparison.within(name, number(expected, name), actual, RELATIVE, UNIT);
  }
}
