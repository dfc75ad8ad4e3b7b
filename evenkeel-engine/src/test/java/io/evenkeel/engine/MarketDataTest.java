package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.SECOND_NS;
import static io.evenkeel.engine.RulebookSketch.guard;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.CASH;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.event.Event.MarkRejected;
import io.evenkeel.model.event.Event.MarketDataDegraded;
import io.evenkeel.model.event.Event.MarketDataLost;
import io.evenkeel.model.event.Event.MarketDataRestored;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MarketDataTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  /// Prices older than a minute, further than 10 % off, or vaguer than 1 % are doubted; for an hour
  /// they are relied on all the same.
  private static TestVenue guarded(Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.markGuard = guard(60 * SECOND_NS, "0.1", "0.01", HOUR_NS);
          rules.assetGuard = guard(0, "0.1", "0", HOUR_NS);
          change.accept(rules);
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  private static List<Event> mark(TestVenue venue, long price, long timeNs, int uncertaintyE6) {
    return venue.accepted(
        new Command.MarkPrices(
            MarkBatch.builder()
                .add(Target.INSTRUMENT, PERP, price, timeNs, uncertaintyE6)
                .build()));
  }

  private static void assertFault(List<Event> events, MarkFault fault) {
    assertThat(one(events, MarkRejected.class).fault()).isEqualTo(fault);
  }

  @Test
  void shouldJudgeInTheOrderOfThePage() {
    TestVenue venue = guarded(_ -> {});
    long now = venue.nowNs;
    // out of range before stale, stale before out of order, order before uncertain, then deviation
    assertFault(mark(venue, 0, 0, 0), MarkFault.OUT_OF_RANGE);
    assertFault(mark(venue, -1, now, 0), MarkFault.OUT_OF_RANGE);
    assertFault(mark(venue, 10_000_001, now, 0), MarkFault.OUT_OF_RANGE);
    assertFault(mark(venue, 500_000, now - 60 * SECOND_NS - 1, 20_000), MarkFault.STALE);
    assertFault(mark(venue, 500_000, now - 1, 20_000), MarkFault.OUT_OF_ORDER);
    assertFault(mark(venue, 500_000, now, 10_001), MarkFault.UNCERTAIN);
    assertFault(mark(venue, 110_001, now, 10_000), MarkFault.DEVIATION);
    assertThat(only(mark(venue, 110_000, now, 10_000), MarkRejected.class)).isEmpty();
    assertThat(venue.view().markUnits(PERP)).isEqualTo(110_000);
  }

  @Test
  void shouldKeepTheLastGoodPriceAndDegradeOnce() {
    TestVenue venue = guarded(_ -> {});
    List<Event> events = mark(venue, 500_000, venue.nowNs, 0);
    assertThat(events.subList(0, 2))
        .containsExactly(
            new MarkRejected(Target.INSTRUMENT, PERP, 500_000, 100_000, MarkFault.DEVIATION),
            new MarketDataDegraded(Target.INSTRUMENT, PERP, MarkFault.DEVIATION));
    assertThat(venue.view().markUnits(PERP)).isEqualTo(100_000);
    // the first fault stands
    assertThat(only(mark(venue, 0, venue.nowNs, 0), MarketDataDegraded.class)).isEmpty();
    // a price out of order is rejected but degrades nothing
    TestVenue other = guarded(_ -> {});
    events = mark(other, 100_000, other.nowNs - 1, 0);
    assertThat(events).hasSize(1);
    assertThat(other.view().isInstrumentDegraded(PERP)).isFalse();
  }

  @Test
  void shouldNotLetAPriceFromTheFutureShutOutTheOnesThatFollow() {
    TestVenue venue = guarded(_ -> {});
    assertThat(only(mark(venue, 101_000, venue.nowNs + HOUR_NS, 0), MarkRejected.class)).isEmpty();
    assertThat(only(mark(venue, 102_000, venue.nowNs, 0), MarkRejected.class)).isEmpty();
    assertThat(venue.view().markUnits(PERP)).isEqualTo(102_000);
    // nor live longer than others
    venue.advance(60 * SECOND_NS + 1);
    assertThat(venue.view().isInstrumentDegraded(PERP)).isTrue();
  }

  @Test
  void shouldAcceptADeviationThatTheNextPriceConfirms() {
    TestVenue venue = guarded(_ -> {});
    mark(venue, 50_000, venue.nowNs, 0);
    // far from the good price and further than 10 % from the candidate: the new candidate
    mark(venue, 56_000, venue.nowNs, 0);
    assertThat(venue.view().markUnits(PERP)).isEqualTo(100_000);
    // within 10 % of 560.00, though not of 500.00
    List<Event> events = mark(venue, 61_600, venue.nowNs, 0);
    assertThat(events.getFirst())
        .isEqualTo(new MarketDataRestored(Target.INSTRUMENT, PERP, 61_600));
    assertThat(venue.view().markUnits(PERP)).isEqualTo(61_600);
  }

  @Test
  void shouldNotLiquidateOnASingleWick() {
    TestVenue venue = guarded(_ -> {});
    assertThat(only(mark(venue, 50_000, venue.nowNs, 0), LiquidationStarted.class)).isEmpty();
    List<Event> events = mark(venue, 100_000, venue.nowNs, 0);
    assertThat(one(events, MarketDataRestored.class).priceUnits()).isEqualTo(100_000);
    assertThat(only(events, LiquidationStarted.class)).isEmpty();
  }

  @Test
  void shouldGoStaleAndThenBeLostByTimeAlone() {
    TestVenue venue = guarded(_ -> {});
    mark(venue, 100_000, venue.nowNs, 0);
    assertThat(venue.advance(60 * SECOND_NS)).isEmpty();
    List<Event> events = venue.advance(1);
    // all four contracts, by identifier
    assertThat(only(events, MarketDataDegraded.class))
        .extracting(MarketDataDegraded::id)
        .containsExactly(PERP, OTHER, CASH, TestVenue.FINE);
    assertThat(only(events, MarketDataDegraded.class))
        .extracting(MarketDataDegraded::fault)
        .containsOnly(MarkFault.STALE);
    assertThat(only(venue.advance(HOUR_NS - 1), MarketDataLost.class)).isEmpty();
    assertThat(only(venue.advance(1), MarketDataLost.class)).hasSize(4);
    assertThat(venue.view().isInstrumentLost(PERP)).isTrue();
    mark(venue, 99_000, venue.nowNs, 0);
    assertThat(venue.view().isInstrumentLost(PERP)).isFalse();
    assertThat(venue.view().isInstrumentDegraded(PERP)).isFalse();
  }

  @Test
  void shouldRefuseNewRiskWithdrawalsAndFundingOnADegradedPrice() {
    TestVenue venue = guarded(_ -> {});
    venue.deposit(PARTY, USD, 1_000 * ONE_USD);
    mark(venue, 500_000, venue.nowNs, 0);
    RefusalReason degraded = RefusalReason.MARKET_DATA_DEGRADED;
    venue.refused(degraded, TestVenue.fill(PERP, ACCOUNT, MAKER, 1_000, 100_000));
    // an account exposed to it takes no new risk elsewhere either
    venue.refused(degraded, TestVenue.fill(OTHER, ACCOUNT, MAKER, 1_000, 100_000));
    venue.refused(degraded, new Command.SetOrderExposure(ACCOUNT, OTHER, 1_000, 0, 100_000_000, 0));
    venue.refused(degraded, new Command.Withdraw(PARTY, USD, 1));
    venue.refused(degraded, new Command.ApplyFunding(PERP, new Decimal(1, 4)));
    // the side that reduces is not asked, the one that takes it is
    venue.open(101, 2);
    venue.fund(101, USD, 1_000 * ONE_USD);
    venue.refused(degraded, TestVenue.fill(PERP, 101, ACCOUNT, 1_000, 100_000));
    venue.accepted(TestVenue.fill(PERP, MAKER, ACCOUNT, 1_000, 100_000));
  }

  @Test
  void shouldLiquidateOnADegradedPriceButNotOnALostOne() {
    TestVenue venue = guarded(_ -> {});
    // 950.00: equity 500, MM 475; then degraded; a second contract's loss takes it under
    mark(venue, 95_000, venue.nowNs, 0);
    mark(venue, 500_000, venue.nowNs, 0);
    venue.advance(HOUR_NS - 1);
    TestVenue lost = guarded(_ -> {});
    mark(lost, 95_000, lost.nowNs, 0);
    mark(lost, 500_000, lost.nowNs, 0);
    lost.advance(HOUR_NS);
    for (TestVenue each : List.of(venue, lost)) {
      RulebookSketch stricter = new RulebookSketch();
      stricter.version = 2;
      stricter.brackets.set(
          0,
          new RequirementModel.Bracket(
              0, RulebookSketch.decimal("0.06"), RulebookSketch.decimal("0.1")));
      stricter.markGuard = guard(60 * SECOND_NS, "0.1", "0.01", HOUR_NS);
      List<Event> events =
          each.accepted(new Command.DefineRulebook(TestVenue.RULES, stricter.build(), 0));
      assertThat(only(events, LiquidationStarted.class)).hasSize(each == venue ? 1 : 0);
    }
  }

  @Test
  void shouldCountDegradedCollateralForLessAndLostCollateralForNothing() {
    TestVenue venue = guarded(_ -> {});
    venue.fund(ACCOUNT, BTC, 2_000_000);
    // 0.02 coins = 1,000: 900 and 800
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_900 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).initialEquityE6()).isEqualTo(1_800 * ONE_USD);
    venue.price(BTC, 50_000_000);
    assertThat(venue.view().isAssetDegraded(BTC)).isFalse();
    // the first price of a feed has no predecessor to be far from: it counts
    assertThat(venue.view().priceUnits(BTC)).isEqualTo(50_000_000);
    venue.price(BTC, 5_000_000);
    assertThat(venue.view().isAssetDegraded(BTC)).isTrue();
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(10_000 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).initialEquityE6()).isEqualTo(1_000 * ONE_USD);
    // an hour later it counts nothing, and the contracts have gone stale meanwhile
    venue.advance(HOUR_NS);
    assertThat(venue.view().isAssetLost(BTC)).isTrue();
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_000 * ONE_USD);
    assertThat(venue.view().explain(ACCOUNT).collateral().get(1).maintenanceWeight())
        .isEqualTo(Decimal.ZERO);
  }

  @Test
  void shouldApplyTheGoodMarksOfABatchWithABadOne() {
    TestVenue venue = guarded(_ -> {});
    List<Event> events =
        venue.accepted(
            new Command.MarkPrices(
                MarkBatch.builder()
                    .add(Target.ASSET, USD, 1_000_001, venue.nowNs)
                    .add(Target.INSTRUMENT, OTHER, 101_000, venue.nowNs)
                    .add(Target.INSTRUMENT, PERP, 0, venue.nowNs)
                    .build()));
    assertThat(only(events, MarkRejected.class)).hasSize(1);
    assertThat(venue.view().markUnits(OTHER)).isEqualTo(101_000);
    assertThat(venue.view().priceUnits(USD)).isEqualTo(1_000_001);
    assertThat(venue.view().markUnits(PERP)).isEqualTo(100_000);
  }

  @Test
  void shouldNotLetTheOrderInABatchShow() {
    TestVenue forwards = guarded(_ -> {});
    TestVenue backwards = guarded(_ -> {});
    forwards.accepted(
        new Command.MarkPrices(
            MarkBatch.builder()
                .add(Target.INSTRUMENT, PERP, 94_000, forwards.nowNs)
                .add(Target.INSTRUMENT, OTHER, 0, forwards.nowNs)
                .add(Target.ASSET, BTC, 4_000_000, forwards.nowNs)
                .build()));
    backwards.accepted(
        new Command.MarkPrices(
            MarkBatch.builder()
                .add(Target.ASSET, BTC, 4_000_000, forwards.nowNs)
                .add(Target.INSTRUMENT, OTHER, 0, forwards.nowNs)
                .add(Target.INSTRUMENT, PERP, 94_000, forwards.nowNs)
                .build()));
    assertThat(backwards.events).isEqualTo(forwards.events);
    assertThat(backwards.hash()).isEqualTo(forwards.hash());
  }

  @Test
  void shouldSuspendTheStepsOfAPhaseForThoseExposed() {
    TestVenue venue =
        TestVenue.with(rules ->
            rules.suspended =
                Map.of(
                    TradingPhase.HALTED,
                    Set.of(CycleStep.CLOSE),
                    TradingPhase.AUCTION,
                    Set.of(CycleStep.TOP_UP, CycleStep.CALL)));
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    venue.deposit(PARTY, USD, 100 * ONE_USD);
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.AUCTION));
    assertThat(venue.mark(PERP, 96_000))
        .doesNotHaveAnyElementsOfTypes(Event.ToppedUp.class, Event.MarginCallIssued.class);
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(100 * ONE_USD);
    assertThat(venue.view().call(ACCOUNT)).isEmpty();
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.HALTED));
    assertThat(venue.wallet(PARTY, USD)).isZero();
    assertThat(only(venue.mark(PERP, 90_000), LiquidationStarted.class)).isEmpty();
    List<Event> events = venue.accepted(new Command.SetPhase(PERP, TradingPhase.CONTINUOUS));
    assertThat(one(events, LiquidationStarted.class).accountId()).isEqualTo(ACCOUNT);
  }
}
