package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.engine.margin.RateFactors;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.event.Event.SlowInputStated;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.SlowInputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Rates that rise with an account's share of the open interest, with the open interest and with
/// the uncertainty of the mark; and how open interest is stated. A contract at 1,000.00 needs 50
/// for maintenance and 100 for initial by the table.
class RateScalingTest {
  private static final long ALICE = 501;
  private static final long BOB = 502;
  private static final int CONTRACT = 1_000;
  private static final long MARK = 100_000;
  private static final long PERCENT_E9 = 10_000_000;

  private static TestVenue venue(RateScaling scaling) {
    TestVenue venue =
        TestVenue.with(sketch -> {
          sketch.scaling = scaling;
          sketch.slowInputs = new SlowInputs(HOUR_NS, decimal("0.1"));
        });
    for (long account : new long[] {ALICE, BOB}) {
      venue.open(account, account * 1_000);
      venue.fund(account, USD, 100_000 * ONE_USD);
    }
    return venue;
  }

  /// Nothing up to a tenth of the open interest, twice the requirement more from six tenths on.
  private static RateScaling byShare(boolean maintenance) {
    Ramp ramp = new Ramp(10 * PERCENT_E9, 60 * PERCENT_E9, decimal("2"), maintenance);
    return new RateScaling(new Concentration(ramp, ONE_USD), null, null);
  }

  private static long maintenance(TestVenue venue, long account) {
    return venue.assess(account).maintenanceMarginE6() / ONE_USD;
  }

  private static long initial(TestVenue venue, long account) {
    return venue.assess(account).initialMarginE6() / ONE_USD;
  }

  @Test
  void shouldRaiseTheRateOfWhoHoldsMuchOfTheOpenInterest() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, ALICE, MAKER, 35 * CONTRACT, MARK);
    venue.trade(PERP, BOB, MAKER, 65 * CONTRACT, MARK);
    venue.mark(PERP, MARK);

    assertThat(maintenance(venue, ALICE)).as("35 % is half-way").isEqualTo(35 * 50 * 2);
    assertThat(initial(venue, ALICE)).isEqualTo(35 * 100 * 2);
    assertThat(maintenance(venue, BOB)).as("65 % is beyond").isEqualTo(65 * 50 * 3);
    assertThat(maintenance(venue, MAKER)).isEqualTo(100 * 50 * 3);
  }

  @Test
  void shouldCountOrdersForTheShareOfInitialAlone() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, BOB, MAKER, 100 * CONTRACT, MARK);
    venue.mark(PERP, MARK);
    long units = 35 * CONTRACT;
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, units, 0, units * MARK, 0));

    assertThat(maintenance(venue, ALICE)).isZero();
    assertThat(initial(venue, ALICE)).isEqualTo(35 * 100 * 2);
  }

  @Test
  void shouldLeaveMaintenanceWhereTheRampDoesNotCountForIt() {
    TestVenue venue = venue(byShare(false));
    venue.trade(PERP, ALICE, MAKER, 35 * CONTRACT, MARK);
    venue.trade(PERP, BOB, MAKER, 65 * CONTRACT, MARK);
    venue.mark(PERP, MARK);

    assertThat(maintenance(venue, ALICE)).isEqualTo(35 * 50);
    assertThat(initial(venue, ALICE)).isEqualTo(35 * 100 * 2);
  }

  @Test
  void shouldNotMoveAnyRequirementWithATradeOfOthersButWithAStatement() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, ALICE, MAKER, 10 * CONTRACT, MARK);
    assertThat(only(venue.mark(PERP, MARK), SlowInputStated.class))
        .containsExactly(stated(10_000, 0));
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 50 * 3);

    venue.trade(PERP, BOB, MAKER, 25 * CONTRACT, MARK);
    assertThat(maintenance(venue, ALICE)).as("others traded").isEqualTo(10 * 50 * 3);
    venue.nowNs += HOUR_NS - 1;
    assertThat(only(venue.mark(PERP, MARK), SlowInputStated.class)).as("too early").isEmpty();
    venue.nowNs += 1;
    assertThat(only(venue.mark(PERP, MARK), SlowInputStated.class))
        .containsExactly(stated(35_000, 10_000));
    // 10 / 35 is 28.5714286 %, rounded up at the ninth place
    assertThat(venue.assess(ALICE).maintenanceMarginE6()).isEqualTo(871_428_572L);
  }

  @Test
  void shouldNotStateASmallChange() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, ALICE, MAKER, 10_000, MARK);
    venue.mark(PERP, MARK);
    venue.trade(PERP, ALICE, MAKER, 999, MARK);
    venue.nowNs += HOUR_NS;
    assertThat(only(venue.mark(PERP, MARK), SlowInputStated.class)).isEmpty();
    venue.trade(PERP, ALICE, MAKER, 1, MARK);
    assertThat(only(venue.mark(PERP, MARK), SlowInputStated.class))
        .as("a tenth is enough")
        .containsExactly(stated(11_000, 10_000));
  }

  @Test
  void shouldActOnWhoAStatementPutsBelowALevel() {
    TestVenue venue = venue(byShare(true));
    long carol = 503;
    venue.open(carol, 5_030);
    venue.fund(carol, USD, 1_200 * ONE_USD);
    venue.trade(PERP, BOB, MAKER, 90 * CONTRACT, MARK);
    venue.mark(PERP, MARK);
    venue.trade(PERP, carol, MAKER, 10 * CONTRACT, MARK);
    venue.nowNs += HOUR_NS;
    venue.mark(PERP, MARK);
    assertThat(venue.assess(carol).zone()).isEqualTo(Zone.HEALTHY);

    venue.trade(PERP, MAKER, BOB, 85 * CONTRACT, MARK);
    assertThat(venue.assess(carol).zone()).isEqualTo(Zone.HEALTHY);
    venue.nowNs += HOUR_NS;
    List<Event> events = venue.mark(PERP, MARK);

    // two thirds of what is open: 1,500 are needed and 1,200 are there
    assertThat(only(events, SlowInputStated.class)).containsExactly(stated(15_000, 100_000));
    assertThat(only(events, Event.LiquidationStarted.class))
        .extracting(Event.LiquidationStarted::accountId)
        .contains(carol);
  }

  @Test
  void shouldRaiseTheRateWithTheOpenInterestOfTheMarket() {
    Ramp ramp = new Ramp(50_000 * ONE_USD, 150_000 * ONE_USD, decimal("1"), false);
    TestVenue venue = venue(new RateScaling(null, ramp, null));
    venue.trade(PERP, ALICE, MAKER, 10 * CONTRACT, MARK);
    venue.trade(PERP, BOB, MAKER, 90 * CONTRACT, MARK);
    assertThat(initial(venue, ALICE)).as("not stated yet").isEqualTo(10 * 100);
    venue.mark(PERP, MARK);

    assertThat(initial(venue, ALICE)).as("half-way").isEqualTo(10 * 150);
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 50);
  }

  @Test
  void shouldRaiseTheRateWithTheUncertaintyOfTheMark() {
    TestVenue venue =
        venue(new RateScaling(null, null, new Ramp(1_000, 5_000, decimal("2"), true)));
    long carol = 503;
    venue.open(carol, 5_030);
    venue.fund(carol, USD, 1_200 * ONE_USD);
    venue.trade(PERP, ALICE, MAKER, 10 * CONTRACT, MARK);
    venue.trade(PERP, carol, MAKER, 10 * CONTRACT, MARK);
    venue.mark(PERP, MARK);

    marked(venue, 2_000);
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 75);
    assertThat(only(marked(venue, 500_000), Event.LiquidationStarted.class))
        .as("the price stood still, what it is worth did not")
        .extracting(Event.LiquidationStarted::accountId)
        .containsExactly(carol);
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 150);
    marked(venue, 0);
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 50);
  }

  private static List<Event> marked(TestVenue venue, int uncertaintyE6) {
    MarkBatch batch =
        MarkBatch.builder().add(Target.INSTRUMENT, PERP, MARK, venue.nowNs, uncertaintyE6).build();
    return venue.accepted(new Command.MarkPrices(batch));
  }

  @Test
  void shouldExplainTheFactorDownToWhatWasStated() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, ALICE, MAKER, 35 * CONTRACT, MARK);
    venue.trade(PERP, BOB, MAKER, 65 * CONTRACT, MARK);
    venue.mark(PERP, MARK);

    Term margin = venue.view().explain(ALICE).terms().getFirst();
    Term row = margin.find("maintenance margin", "PERP");
    Term concentration = row.find("factor", "concentration");

    assertThat(row.value()).isEqualByComparingTo("3500");
    assertThat(row.find("factor").value()).isEqualByComparingTo("2");
    assertThat(concentration.value()).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(concentration.find("share of the open interest").value())
        .isEqualByComparingTo("0.35");
    assertThat(concentration.find("share of the open interest", "open interest stated").value())
        .isEqualByComparingTo("100000");
    assertThat(margin.find("initial margin", "PERP", "by scaled brackets").value())
        .isEqualByComparingTo("7000");
  }

  @Test
  void shouldKeepWhatWasStatedInASnapshot() {
    TestVenue venue = venue(byShare(true));
    venue.trade(PERP, ALICE, MAKER, 10 * CONTRACT, MARK);
    marked(venue, 77);
    String before = venue.hash();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());

    venue.engine =
        Snapshots.read(
            buffer -> in.read(buffer, 0, buffer.length),
            TestVenue.LIMITS,
            (_, _, event) -> venue.events.add(event));

    assertThat(venue.hash()).isEqualTo(before);
    assertThat(maintenance(venue, ALICE)).isEqualTo(10 * 50 * 3);
    venue.nowNs += HOUR_NS - 1;
    venue.events.clear();
    venue.apply(new Command.MarkPrices(venue.markBatch(Target.INSTRUMENT, PERP, MARK)));
    assertThat(only(venue.events, SlowInputStated.class)).isEmpty();
  }

  @Test
  void shouldNeverAskLessForMore() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    TestVenue venue =
        venue(
            new RateScaling(
                new Concentration(
                    new Ramp(1_234_567, 456_789_012, decimal("2.345678901"), true), ONE_USD),
                new Ramp(0, 700_000 * ONE_USD, decimal("0.333333333"), true),
                new Ramp(0, 1_000, decimal("0.1"), false)));
    venue.trade(PERP, BOB, MAKER, 50 * CONTRACT, MARK);
    marked(venue, 333);
    venue.fund(ALICE, USD, 500_000 * ONE_USD);
    long maintenance = 0;
    long initial = 0;
    long units = 0;
    for (int i = 0; i < 60; i++) {
      long more = random.nextLong(1, 2_000);
      venue.trade(PERP, ALICE, MAKER, more, MARK);
      units += more;
      var now = venue.assess(ALICE);
      assertThat(now.maintenanceMarginE6())
          .as("seed %d, %d units", seed, units)
          .isGreaterThanOrEqualTo(maintenance)
          .isGreaterThanOrEqualTo(units * MARK * 10 / 20)
          .isLessThanOrEqualTo(units * MARK * 10 / 10 * 4)
          .isLessThanOrEqualTo(now.initialMarginE6());
      assertThat(now.initialMarginE6()).as("seed %d", seed).isGreaterThanOrEqualTo(initial);
      maintenance = now.maintenanceMarginE6();
      initial = now.initialMarginE6();
    }
  }

  @Test
  void shouldRiseOnAStraightLineRoundedUp() {
    long seed = 4_711;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      long from = random.nextLong(1L << random.nextInt(1, 60));
      long width = random.nextLong(1, 1L << random.nextInt(2, 61));
      long mostE9 = random.nextLong(1, 100_000_000_001L);
      Ramp ramp = new Ramp(from, from + width, new Decimal(mostE9, 9), true);
      long at = random.nextLong(0, from + width + (width >> 1) + 2);
      long added = RateFactors.addedE9(ramp, at, true);
      BigInteger beyond =
          BigInteger.valueOf(Math.clamp(at - from, 0, width)).multiply(BigInteger.valueOf(mostE9));
      BigInteger whole = BigInteger.valueOf(width);
      assertThat(BigInteger.valueOf(added).multiply(whole).subtract(beyond))
          .as("seed %d, %s at %d", seed, ramp, at)
          .isGreaterThanOrEqualTo(BigInteger.ZERO)
          .isLessThan(whole);
      assertThat(RateFactors.addedE9(ramp, at + 1, true)).isGreaterThanOrEqualTo(added);
    }
  }

  @Test
  void shouldRefuseRatesThatGoByAnOpenInterestNobodyStates() {
    RulebookSketch sketch = new RulebookSketch();
    sketch.scaling = byShare(true);

    assertThatThrownBy(sketch::build)
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("venue.slowInputs");
  }

  private static SlowInputStated stated(long units, long before) {
    return new SlowInputStated(SlowInput.OPEN_INTEREST, PERP, units, before, units);
  }
}
