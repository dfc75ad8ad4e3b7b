package io.evenkeel.conform.derive;

import static io.evenkeel.conform.derive.Figures.big;
import static io.evenkeel.conform.derive.Figures.decimal;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.liquidation.AuctionPrice;
import io.evenkeel.model.rulebook.AuctionTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Points of auctions: what a share costs at one instant and how much may be bought. The production
/// figures themselves; that live auctions sell by them is what `derive/liquidation` shows.
public final class AuctionCases implements CaseRunner {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PLACES_OF_VALUE = 6;
  private static final int PLACES_OF_SHARE = 18;

  private AuctionCases() {}

  /// Adds the families that auctions run.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("derive/auction-perp/auction", new AuctionCases());
    runners.put("derive/liquidation", new LiquidationCases());
  }

  /// The terms of an auction as a case states them.
  static AuctionTerms terms(JsonNode auction) {
    return new AuctionTerms(
        decimal(auction, "starting_mtm_percentage"),
        decimal(auction, "fast_auction_cutoff"),
        big(auction, "fast_auction_sec").longValueExact(),
        big(auction, "slow_auction_sec").longValueExact(),
        big(auction, "insolvent_auction_sec").longValueExact(),
        decimal(auction, "buffer_margin_percentage"),
        decimal(auction, "liquidator_fee_rate"),
        Figures.units(big(auction, "mtm_cutoff"), PLACES_OF_VALUE));
  }

  /// A share as it is counted.
  static long shareE18(BigDecimal share) {
    return Figures.units(share, PLACES_OF_SHARE);
  }

  /// A share as a number.
  static BigDecimal share(long shareE18) {
    return BigDecimal.valueOf(shareE18, PLACES_OF_SHARE);
  }

  static BigDecimal value(long valueE6) {
    return BigDecimal.valueOf(valueE6, PLACES_OF_VALUE);
  }

  @Override
  public void run(JsonNode given, Comparison comparison) {
    AuctionPrice price =
        new AuctionPrice(
            terms(given.path("parameters")),
            given.path("insolvent").asBoolean(),
            Figures.units(big(given, "mark_to_market"), PLACES_OF_VALUE),
            Figures.units(big(given, "maintenance_margin"), PLACES_OF_VALUE),
            Figures.units(big(given, "reserved_cash"), PLACES_OF_VALUE),
            given.path("elapsed_sec").asLong() * SECOND_NS);
    long wanted = shareE18(big(given, "percent_wanted"));
    long fraction = Math.min(wanted, price.largestShareE18());
    BigDecimal payment = value(price.paymentMinor(fraction, 1, 1));
    JsonNode truncated = given.path("expected_truncated_decimals");
    for (Map.Entry<String, JsonNode> field : given.path("expected").properties()) {
      String name = field.getKey();
      BigDecimal actual =
          switch (name) {
            case "bid_price" -> value(price.priceE6());
            case "f_max" -> share(price.largestShareE18());
            case "fraction" -> share(fraction);
            case "cash_from_bidder" -> payment.max(BigDecimal.ZERO);
            case "cash_to_bidder" -> payment.negate().max(BigDecimal.ZERO);
            default -> throw new IllegalStateException("expected." + name + " is not known");
          };
      compare(comparison, name, big(given.path("expected"), name), actual, truncated);
    }
  }

  /// Only so many decimals of some figures are stated, cut off toward zero.
  private static void compare(
      Comparison comparison,
      String name,
      BigDecimal expected,
      BigDecimal actual,
      JsonNode truncated) {
    if (truncated.has(name)) {
      int places = truncated.get(name).asInt();
      comparison.exact(name, expected, actual.setScale(places, RoundingMode.DOWN));
    } else {
      comparison.within(name, expected, actual, Figures.RELATIVE, Figures.ABSOLUTE);
    }
  }
}
