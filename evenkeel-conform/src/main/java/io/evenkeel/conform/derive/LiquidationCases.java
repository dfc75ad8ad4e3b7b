package io.evenkeel.conform.derive;

import static io.evenkeel.conform.derive.Figures.big;
import static io.evenkeel.conform.derive.Figures.decimal;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.engine.liquidation.AuctionPrice;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.LiquidationStep.AuctionAccount;
import io.evenkeel.model.rulebook.LiquidationStep.DrawInsurance;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `derive/liquidation`: an account falls into an auction and bidders take shares of it, in a live
/// engine.
final class LiquidationCases implements CaseRunner {
  private static final long FIRST_BIDDER = 3;
  private static final int SHARE_PLACES = 12;
  private static final BigDecimal CASH_OF_BIDDER = new BigDecimal("1000000");

  /// Money is rounded to a millionth twice on the way to a decided surplus, and a price is made of
  /// it.
  private static final BigDecimal DECIDED = new BigDecimal("3e-6");

  @Override
  public void run(JsonNode each, Comparison comparison) {
    new Run(each, comparison).run();
  }

  private static final class Run {
    private final JsonNode given;
    private final Comparison comparison;
    private final AuctionTerms terms;
    private final OptionVenue options;
    private final Map<String, Integer> ids = new HashMap<>();
    private final CaseVenue venue;

    Run(JsonNode given, Comparison comparison) {
      this.given = given;
      this.comparison = comparison;
      JsonNode portfolio = given.get("portfolio");
      JsonNode parameters = given.get("parameters");
      terms = AuctionCases.terms(parameters.get("auction"));
      options = new OptionVenue(big(portfolio, "cash"), SHARE_PLACES);
      hold(portfolio);
      options.stablePrice(big(given.get("market_at_start"), "stable_price"));
      publish(given.get("market_at_start"));
      venue =
          options.open(
              QuietRulebook.closing(
                  options.rulebook(Pmrm1Cases.unit(parameters.get("pmrm1"), Map.of())),
                  List.of(new AuctionAccount(terms), new DrawInsurance())));
    }

    private void hold(JsonNode portfolio) {
      if (big(portfolio, "perp_position").signum() != 0
          || big(portfolio, "base_position").signum() != 0) {
        throw new IllegalStateException("only options and cash are auctioned in cases so far");
      }
      for (JsonNode option : portfolio.get("options")) {
        ids.put(
            name(option),
            options.option(
                seconds(option),
                big(option, "strike"),
                option.get("is_call").asBoolean(),
                big(option, "amount"),
                null));
      }
    }

    /// Calls and puts of one strike share a volatility.
    private static String name(JsonNode option) {
      return option.get("expiry_ts").asLong() + " " + big(option, "strike").stripTrailingZeros();
    }

    private long seconds(JsonNode dated) {
      return dated.get("expiry_ts").asLong() - given.get("start_time").asLong();
    }

    private void publish(JsonNode market) {
      options.underlying(FactorKind.SPOT, big(market, "spot"));
      options.underlying(FactorKind.SPOT_CONFIDENCE, big(market, "spot_confidence"));
      for (JsonNode expiry : market.get("expiries")) {
        long seconds = seconds(expiry);
        options.expiry(FactorKind.FORWARD_FIXED, seconds, BigDecimal.ZERO);
        options.expiry(FactorKind.FORWARD_VARIABLE, seconds, big(expiry, "forward"));
        options.expiry(FactorKind.FORWARD_CONFIDENCE, seconds, big(expiry, "forward_confidence"));
        options.expiry(FactorKind.RATE, seconds, big(expiry, "rate"));
        options.expiry(FactorKind.RATE_CONFIDENCE, seconds, big(expiry, "rate_confidence"));
      }
      for (JsonNode point : market.get("vols")) {
        options.expiry(FactorKind.VOLATILITY_CONFIDENCE, seconds(point), big(point, "confidence"));
        Integer id = ids.get(name(point));
        if (id != null) {
          options.volatility(id, big(point, "vol"));
        }
      }
    }

    void run() {
      venue.apply(new Command.Reassess(List.of(CaseVenue.ACCOUNT), true));
      int at = 0;
      for (JsonNode action : given.get("actions")) {
        step(action, "actions[" + at++ + "].");
      }
    }

    private void step(JsonNode action, String path) {
      options.at(action.get("time").asLong() - given.get("start_time").asLong());
      publish(action.get("market"));
      options.publish();
      JsonNode expected = action.get("expected");
      AuctionPrice before = figures();
      check(expected, path, "pre_mtm", AuctionCases.value(before.worthE6()));
      check(expected, path, "pre_mm", AuctionCases.value(before.surplusE6()));
      check(expected, path, "pre_bm", AuctionCases.value(before.bufferedSurplusE6()));
      check(expected, path, "pre_f_max", AuctionCases.share(before.largestShareE18()));
      BigDecimal fund = fund();
      Event.AuctionBidTaken bid = bid(action);
      check(expected, path, "bid_price", options.cash(bid.paymentMinor()));
      check(expected, path, "liquidated_fraction", new BigDecimal(bid.share().toString()));
      check(expected, path, "sm_payout", fund.subtract(fund()));
      AuctionPrice after = figures();
      check(expected, path, "post_mtm", AuctionCases.value(after.worthE6()));
      check(expected, path, "post_mm", AuctionCases.value(after.surplusE6()));
      check(expected, path, "post_bm", AuctionCases.value(after.bufferedSurplusE6()));
      check(expected, path, "post_f_max", AuctionCases.share(after.largestShareE18()));
    }

    /// As the auction stands; of one that is over, as it would stand with nothing paid.
    private AuctionPrice figures() {
      AuctionPrice live = venue.view().auction(CaseVenue.ACCOUNT);
      if (live != null) {
        return live;
      }
      var now = venue.assess();
      return new AuctionPrice(
          terms, false, now.equityE6(), now.equityE6() - now.levels().maintenanceE6(), 0, 0);
    }

    private Event.AuctionBidTaken bid(JsonNode action) {
      int seen = venue.events().size();
      // who holds anything but cash may not bid: every share has a bidder of its own
      long bidder = FIRST_BIDDER + seen;
      venue.account(bidder);
      venue.balance(bidder, OptionVenue.CASH_ID, options.cashMinor(CASH_OF_BIDDER));
      venue.apply(
          new Command.BidInAuction(
              CaseVenue.ACCOUNT,
              bidder,
              decimal(action, "percent_wanted"),
              OptionVenue.CASH_ID,
              Long.MAX_VALUE));
      return venue.events().stream()
          .skip(seen)
          .filter(Event.AuctionBidTaken.class::isInstance)
          .map(Event.AuctionBidTaken.class::cast)
          .findFirst()
          .orElseThrow();
    }

    private BigDecimal fund() {
      return options.cash(
          venue.view().houseMinor(HouseAccount.INSURANCE_FUND, OptionVenue.CASH_ID));
    }

    private void check(JsonNode expected, String path, String name, BigDecimal actual) {
      if (expected.has(name)) {
        comparison.within(path + name, big(expected, name), actual, Figures.RELATIVE, DECIDED);
      }
    }
  }
}
