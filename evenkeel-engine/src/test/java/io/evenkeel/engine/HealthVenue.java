package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.MarketFees;
import io.evenkeel.model.rulebook.HealthClosing.TokenFees;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.MarketProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A venue under health weights: long contracts count 0.8 and 0.9 of their value, short ones cost
/// 1.2 and 1.1, profits count 0.5 and 0.9; bitcoin counts 0.8 and 0.9 and costs 1.2 and 1.1.
final class HealthVenue {
  static final long LOSER = 100;
  static final Map<String, MarketFees> MARKET_FEES =
      Map.of("main", new MarketFees(decimal("0.02"), decimal("0.01"), decimal("0.1"), true));
  static final Map<String, TokenFees> TOKEN_FEES =
      Map.of("BTC", new TokenFees(decimal("0.04"), decimal("0.01")));

  private HealthVenue() {}

  static HealthClosing closing() {
    return closing(
        new HealthClosing.Perpetuals(MARKET_FEES, HealthClosing.NO_LIMIT, null),
        new HealthClosing.Tokens(TOKEN_FEES, null),
        new HealthClosing.Bankruptcy(null, null));
  }

  static HealthClosing closing(
      HealthClosing.@Nullable Perpetuals perpetuals,
      HealthClosing.@Nullable Tokens tokens,
      HealthClosing.@Nullable Bankruptcy bankruptcy) {
    return new HealthClosing(1, perpetuals, tokens, bankruptcy);
  }

  static HealthWeights weights() {
    return new HealthWeights(
        Map.of(
            "main",
            new HealthWeights.Market(
                decimal("0.8"),
                decimal("0.9"),
                decimal("1.2"),
                decimal("1.1"),
                decimal("0.5"),
                decimal("0.9"),
                new MarketProfile(decimal("0.05"), 1_000_000_000_000L, decimal("0.1")))),
        Map.of(),
        "main",
        Map.of());
  }

  static TestVenue with(HealthClosing closing) {
    return TestVenue.with(rules -> {
      rules.requirement = weights();
      rules.crossLevels = new LevelPolicy.WithoutBands();
      rules.callsEnabled = false;
      rules.insuranceShare = "0";
      rules.backstopShare = "0";
      rules.collateral.set(
          1,
          new CollateralTerms(
              "BTC",
              decimal("0.8"),
              decimal("0.9"),
              decimal("1.1"),
              1_000_000_000_000L,
              decimal("0"),
              new CollateralScaling(List.of(new Rule.InitialDebtWeight(decimal("1.2"))))));
      rules.steps =
          List.of(
              new LiquidationStep.CancelOrders(),
              new LiquidationStep.CloseByHealth(closing),
              new LiquidationStep.ShareLoss());
    });
  }

  /// Opens LOSER with money, long 10 at 1,000.00 against the maker.
  static void longTen(TestVenue venue, long dollars) {
    venue.open(LOSER, LOSER);
    venue.accepted(new Command.ImportBalance(LOSER, USD, dollars * ONE_USD));
    bring(venue, PERP, 10_000, 10_000);
  }

  /// Brings a position of LOSER in, long if above 0, or a result only, at a cost in dollars.
  static void bring(TestVenue venue, int instrument, long units, long costDollars) {
    long cost = costDollars * ticksPerDollar(venue);
    venue.accepted(
        units >= 0
            ? new Command.ImportPosition(instrument, LOSER, MAKER, units, cost)
            : new Command.ImportPosition(instrument, MAKER, LOSER, -units, -cost));
  }

  static long ticksPerDollar(TestVenue venue) {
    int index = venue.engine.machine().book.instruments.find(PERP);
    return venue.engine.machine().book.instruments.ticksPerMinor(index) * ONE_USD;
  }

  static BigDecimal endHealth(TestVenue venue) {
    return venue.view().terms(LOSER).find("liquidation end health").value();
  }

  /// What losses and debts were left to others, in dollars.
  static long sharedDollars(List<Event> events) {
    long bad =
        only(events, Event.BadDebtRecorded.class).stream()
            .mapToLong(Event.BadDebtRecorded::amountMinor)
            .sum();
    long borne =
        only(events, Event.LossShared.class).stream()
            .mapToLong(Event.LossShared::sharedMinor)
            .sum();
    return (bad + borne) / ONE_USD;
  }
}
