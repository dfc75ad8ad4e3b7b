package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.guard;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.MarketView.RunningAverage;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AverageResult;
import io.evenkeel.model.event.Event.InstrumentFrozen;
import io.evenkeel.model.event.Event.InstrumentSettled;
import io.evenkeel.model.event.Event.SettlementAveraged;
import io.evenkeel.model.event.Event.SettlementPriceStated;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.LossSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Contracts that end by themselves at the average of their index, reckoned by hand.
class SettlementAverageTest {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long WINDOW_NS = 30 * MINUTE_NS;
  private static final long EXPIRY_NS = 3 * HOUR_NS;
  private static final long START_NS = EXPIRY_NS - WINDOW_NS;
  private static final EngineLimits LIMITS = new EngineLimits(8, 16, 4, 64, 4_096, 8, 16, 8, 4);
  private static final long LONG = 100;
  private static final long SHORT = 101;
  private static final int FUTURE = 30;
  private static final int CALL = 31;
  private static final int PUT = 32;
  private static final int COIN_CALL = 33;
  private static final int COIN_FUTURE = 34;

  private static SettlementAverage average(String coverage) {
    return new SettlementAverage(WINDOW_NS, Decimal.parse(coverage));
  }

  private static ContractTerms future(@Nullable SettlementAverage average) {
    return new ContractTerms(BTC, EXPIRY_NS, false, null, average);
  }

  private static ContractTerms option(Right right, boolean inverse, SettlementAverage average) {
    OptionTerms terms = new OptionTerms(right, new Decimal(50_000, 0));
    return new ContractTerms(BTC, EXPIRY_NS, inverse, terms, average);
  }

  private static LinearContract contract(int id, int priceScale, ContractTerms terms) {
    ContractKind kind = terms.option() == null ? ContractKind.DATED_FUTURE : ContractKind.OPTION;
    return new LinearContract(
        id,
        "X" + id,
        kind,
        terms.inverse() ? BTC : USD,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        priceScale,
        terms.inverse() && terms.option() == null ? 0 : 3,
        1,
        20_000_000,
        100_000,
        200_000,
        terms);
  }

  private static void define(TestVenue venue, int id, ContractTerms terms) {
    venue.accepted(new Command.DefineInstrument(contract(id, 2, terms)));
  }

  /// One hour old, with a future that averages; the index was marked at 50,000.
  private static TestVenue venue(String coverage, Consumer<RulebookSketch> change) {
    TestVenue venue = TestVenue.with(LIMITS, change);
    define(venue, FUTURE, future(average(coverage)));
    venue.price(BTC, 5_000_000);
    return venue;
  }

  private static TestVenue venue() {
    return venue("1", _ -> {});
  }

  private static List<Event> price(TestVenue venue, long atNs, long dollars) {
    venue.nowNs = atNs;
    return venue.price(BTC, dollars * 100);
  }

  private static List<Event> timeIs(TestVenue venue, long atNs) {
    venue.nowNs = atNs;
    return venue.accepted(new Command.AdvanceTime());
  }

  private static SettlementAveraged averaged(
      long units, long coveredNs, long pieces, AverageResult result) {
    return new SettlementAveraged(BTC, EXPIRY_NS, WINDOW_NS, units, coveredNs, pieces, result);
  }

  /// 50,000 for ten minutes, 51,000 for fifteen, 49,000 for five: (500 + 765 + 245) / 30 thousands
  /// are 50,333.33.
  private static void walk(TestVenue venue) {
    price(venue, START_NS + 10 * MINUTE_NS, 51_000);
    price(venue, START_NS + 25 * MINUTE_NS, 49_000);
  }

  private static final SettlementAveraged WALKED =
      averaged(5_033_333, WINDOW_NS, 3, AverageResult.SETTLED);

  @Test
  void shouldEndEveryKindOfContractAtTheAverageByTimeAlone() {
    TestVenue venue = venue();
    define(venue, CALL, option(Right.CALL, false, average("1")));
    define(venue, PUT, option(Right.PUT, false, average("1")));
    ContractTerms coinCall = option(Right.CALL, true, average("1"));
    venue.accepted(new Command.DefineInstrument(contract(COIN_CALL, 6, coinCall)));
    define(venue, COIN_FUTURE, new ContractTerms(BTC, EXPIRY_NS, true, null, average("1")));
    define(venue, 35, future(null));
    walk(venue);

    assertThat(timeIs(venue, EXPIRY_NS - 1)).isEmpty();
    // 333.33 dollars are 333.33 / 50,333.33 = 0.0066224... coins
    assertThat(timeIs(venue, EXPIRY_NS + HOUR_NS))
        .containsExactly(
            WALKED,
            new InstrumentSettled(FUTURE, 5_033_333),
            new InstrumentSettled(CALL, 33_333),
            new InstrumentSettled(PUT, 0),
            new InstrumentSettled(COIN_CALL, 6_622),
            new InstrumentSettled(COIN_FUTURE, 5_033_333));
    assertThat(venue.view().market().isSettled(35)).as("it states no average").isFalse();
  }

  @Test
  void shouldPayLosersFirstAndShareWhatTheyHave() {
    TestVenue venue = venue("1", sketch -> sketch.lossSources = List.of(LossSource.MARGIN));
    venue.mark(FUTURE, 5_000_000);
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    venue.fund(LONG, USD, 20_000 * ONE_USD);
    venue.fund(SHORT, USD, 2_000 * ONE_USD);
    venue.trade(FUTURE, LONG, SHORT, 100, 5_000_000);
    venue.trade(TestVenue.PERP, SHORT, TestVenue.MAKER, 1_000, 100_000);
    price(venue, START_NS, 80_000);

    List<Event> events = timeIs(venue, EXPIRY_NS);

    // a tenth of a coin rose by 30,000 dollars; the short has 2,000 of the 3,000 that it owes
    assertThat(one(events, Event.LossUnpaid.class))
        .isEqualTo(new Event.LossUnpaid(SHORT, FUTURE, 1_000 * ONE_USD));
    assertThat(venue.margin(SHORT, USD)).isZero();
    assertThat(venue.margin(LONG, USD)).isEqualTo(22_000 * ONE_USD);
    assertThat(venue.view().positions(LONG)).isEmpty();
    assertThat(one(events, Event.LiquidationStarted.class).accountId())
        .as("the cycle sees what it has left")
        .isEqualTo(SHORT);
  }

  @Test
  void shouldCountFromTheListingOfTheFirstContract() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    venue.price(BTC, 5_000_000);
    venue.nowNs = START_NS + 10 * MINUTE_NS;
    define(venue, FUTURE, future(average("0.5")));
    price(venue, START_NS + 25 * MINUTE_NS, 54_000);
    define(venue, CALL, option(Right.CALL, false, average("0.5")));

    // 50,000 for fifteen minutes and 54,000 for five
    assertThat(timeIs(venue, EXPIRY_NS))
        .containsExactly(
            averaged(5_100_000, 20 * MINUTE_NS, 2, AverageResult.SETTLED),
            new InstrumentSettled(FUTURE, 5_100_000),
            new InstrumentSettled(CALL, 100_000));
  }

  @Test
  void shouldNotCountWhatIsNotKnownAndWaitIfThatIsTooMuch() {
    for (String coverage : List.of("0.9", "0.900000000000000001")) {
      TestVenue venue =
          venue(coverage, sketch -> sketch.assetGuard = guard(12 * MINUTE_NS, "0", "0", HOUR_NS));
      price(venue, START_NS - 5 * MINUTE_NS, 50_000);
      // stale from 7 minutes and a nanosecond on, known again at 10 minutes less a nanosecond...
      price(venue, START_NS + 10 * MINUTE_NS + 1, 40_000);
      price(venue, START_NS + 20 * MINUTE_NS, 60_000);

      List<Event> events = timeIs(venue, EXPIRY_NS);

      // 7 minutes and 1 ns of 50,000; 10 minutes less 1 ns of 40,000; 10 minutes of 60,000
      boolean enough = coverage.equals("0.9");
      AverageResult result = enough ? AverageResult.SETTLED : AverageResult.COVERAGE_TOO_SMALL;
      assertThat(one(events, SettlementAveraged.class))
          .isEqualTo(averaged(5_000_000, 27 * MINUTE_NS, 3, result));
      assertThat(venue.view().market().isSettled(FUTURE)).isEqualTo(enough);
      if (!enough) {
        assertThat(timeIs(venue, EXPIRY_NS + MINUTE_NS)).as("it is said once").isEmpty();
        assertThat(venue.accepted(new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("50000"))))
            .containsExactly(new InstrumentSettled(FUTURE, 5_000_000));
      }
    }
  }

  @Test
  void shouldWaitWhileTheIndexIsDegradedHoweverMuchIsCovered() {
    TestVenue venue =
        venue("0.5", sketch -> sketch.assetGuard = guard(20 * MINUTE_NS, "0", "0", HOUR_NS));
    // stale at the very instant of the expiry: that comes first
    price(venue, EXPIRY_NS - 20 * MINUTE_NS - 1, 50_000);

    assertThat(only(timeIs(venue, EXPIRY_NS), SettlementAveraged.class))
        .containsExactly(averaged(5_000_000, 20 * MINUTE_NS + 1, 1, AverageResult.INDEX_DEGRADED));
    assertThat(venue.view().market().isSettled(FUTURE)).isFalse();
  }

  @Test
  void shouldNotTakeAPriceThatNoFeedGave() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    define(venue, FUTURE, future(average("1")));

    assertThat(timeIs(venue, EXPIRY_NS))
        .containsExactly(averaged(0, 0, 0, AverageResult.INDEX_DEGRADED));
  }

  @Test
  void shouldWaitWhereAContractMayNotHaveThePrice() {
    TestVenue venue = venue();
    price(venue, START_NS, 200_001);

    assertThat(timeIs(venue, EXPIRY_NS))
        .containsExactly(averaged(20_000_100, WINDOW_NS, 1, AverageResult.PRICE_OUT_OF_RANGE));
  }

  @Test
  void shouldEndAtAPriceStatedAhead() {
    TestVenue venue = venue();
    define(venue, 35, future(null));
    venue.refused(
        RefusalReason.INVALID_PRICE, new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("0.004")));
    for (String price : List.of("47000", "48000.5")) {
      assertThat(venue.accepted(new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse(price))))
          .containsExactly(new SettlementPriceStated(BTC, EXPIRY_NS, Decimal.parse(price)));
    }
    define(venue, CALL, option(Right.CALL, false, average("0.25")));
    walk(venue);

    assertThat(timeIs(venue, EXPIRY_NS))
        .containsExactly(new InstrumentSettled(FUTURE, 4_800_050), new InstrumentSettled(CALL, 0));
    assertThat(venue.accepted(new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("51000"))))
        .containsExactly(new InstrumentSettled(35, 5_100_000));
  }

  @Test
  void shouldRefuseAPriceAheadWhereNothingEndsByItself() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    define(venue, 35, future(null));
    venue.refused(RefusalReason.NOT_EXPIRED, new SettleExpiry(BTC, EXPIRY_NS, Decimal.ONE));
    define(venue, FUTURE, future(average("1")));
    venue.accepted(new Command.SettleInstrument(FUTURE, 5_000_000));
    venue.refused(RefusalReason.NOT_EXPIRED, new SettleExpiry(BTC, EXPIRY_NS, Decimal.ONE));

    assertThat(timeIs(venue, EXPIRY_NS)).as("it ended before").isEmpty();
    define(venue, CALL, option(Right.CALL, false, average("1")));
    assertThat(timeIs(venue, EXPIRY_NS + 1)).as("listed too late").isEmpty();
  }

  @Test
  void shouldRefuseAnAverageOfNothing() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    ContractTerms unknown = new ContractTerms(99, EXPIRY_NS, false, null, average("1"));
    venue.refused(
        RefusalReason.UNKNOWN_ASSET, new Command.DefineInstrument(contract(FUTURE, 2, unknown)));
  }

  @Test
  void shouldCountInOneHundredAndTwentyEightBits() {
    TestVenue venue = TestVenue.with(LIMITS, _ -> {});
    long dayNs = 24 * HOUR_NS;
    SettlementAverage week = new SettlementAverage(7 * dayNs, Decimal.ONE);
    long expiryNs = 8 * dayNs;
    venue.accepted(
        new Command.DefineInstrument(
            contract(FUTURE, 2, new ContractTerms(BTC, expiryNs, false, null, week))));
    // 10^7 price units over 6 * 10^14 ns are 6 * 10^21, above 2^64 = 1.8 * 10^19
    venue.nowNs = dayNs;
    venue.price(BTC, 10_000_001);
    venue.nowNs = 4 * dayNs + dayNs / 2;
    venue.price(BTC, 10_000_000);

    // half of each: 10,000,000.5, halves up
    assertThat(timeIs(venue, expiryNs))
        .containsExactly(
            new SettlementAveraged(
                BTC, expiryNs, 7 * dayNs, 10_000_001, 7 * dayNs, 2, AverageResult.SETTLED),
            new InstrumentSettled(FUTURE, 10_000_001));
  }

  @Test
  void shouldShowWhatHasComeOfTheAverage() {
    TestVenue venue = venue();
    price(venue, START_NS + 10 * MINUTE_NS, 51_000);
    timeIs(venue, START_NS + 20 * MINUTE_NS);
    String before = venue.hash();

    RunningAverage running = venue.view().market().runningAverage(FUTURE);

    assertThat(running).isEqualTo(new RunningAverage(5_050_000, 20 * MINUTE_NS, 2, null, false));
    assertThat(venue.hash()).as("reading changes nothing").isEqualTo(before);
    assertThat(venue.view().market().runningAverage(TestVenue.PERP)).isNull();
    timeIs(venue, EXPIRY_NS);
    assertThat(venue.view().market().runningAverage(FUTURE))
        .isEqualTo(new RunningAverage(5_066_667, WINDOW_NS, 2, null, true));
  }

  @Test
  void shouldGoOnFromASnapshotAnywhereInTheWindow() throws Exception {
    for (boolean stated : new boolean[] {false, true}) {
      for (long minutes : new long[] {-1, 0, 4, 10, 17, 25, 29}) {
        TestVenue venue = venue();
        if (stated) {
          venue.accepted(new SettleExpiry(BTC, EXPIRY_NS, Decimal.parse("47000")));
        }
        boolean copied = false;
        for (long[] mark : new long[][] {{10, 51_000}, {25, 49_000}, {30, 0}}) {
          if (!copied && minutes < mark[0]) {
            timeIs(venue, START_NS + minutes * MINUTE_NS);
            String hash = venue.hash();
            venue.engine = copy(venue);
            assertThat(venue.hash()).isEqualTo(hash);
            copied = true;
          }
          if (mark[1] > 0) {
            price(venue, START_NS + mark[0] * MINUTE_NS, mark[1]);
          }
        }

        List<Event> events = timeIs(venue, EXPIRY_NS);

        assertThat(only(events, SettlementAveraged.class))
            .as("from %s minutes", minutes)
            .isEqualTo(stated ? List.of() : List.of(WALKED));
        assertThat(one(events, InstrumentSettled.class))
            .isEqualTo(new InstrumentSettled(FUTURE, stated ? 4_700_000 : 5_033_333));
      }
    }
  }

  private static Engine copy(TestVenue venue) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> out.write(buffer, 0, length));
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    return Snapshots.read(
        buffer -> in.read(buffer, 0, buffer.length),
        LIMITS,
        (_, _, event) -> venue.events.add(event));
  }

  @Test
  void shouldFreezeTheContractThatFailsAndEndTheOthers() {
    TestVenue venue = venue();
    define(venue, CALL, option(Right.CALL, false, average("1")));
    walk(venue);
    venue.engine.runBeforeNextPublish(() -> {
      throw new InvariantViolation("broken on purpose");
    });

    List<Event> events = timeIs(venue, EXPIRY_NS);

    assertThat(events)
        .containsExactly(
            WALKED,
            new InstrumentFrozen(FUTURE),
            new Event.AlarmRaised("broken on purpose"),
            new InstrumentSettled(CALL, 33_333));
    assertThat(timeIs(venue, EXPIRY_NS + 1)).isEmpty();
  }
}
