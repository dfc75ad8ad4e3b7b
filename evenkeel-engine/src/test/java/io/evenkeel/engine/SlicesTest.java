package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.InsuranceDrawn;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.ClosingWindow;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.CloseSlices;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// How much of whom is closed at what price, who pays whom for it, and who waits.
class SlicesTest {
  private static final long LOSER = 100;
  private static final long DEEPER = 101;
  private static final CloseSlices TENTHS = slices(100_000, 1_000_000);

  private static CloseSlices slices(long accountDollars, long insuranceDollars) {
    return new CloseSlices(
        decimal("0.1"),
        1_000 * ONE_USD,
        accountDollars * ONE_USD,
        insuranceDollars * ONE_USD,
        decimal("1"),
        decimal("1.5"),
        decimal("0.015"));
  }

  /// LOSER is long 10 at 1,000.00 with 1,000 dollars.
  private static TestVenue venue(CloseSlices step, Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.steps =
              List.of(step, new LiquidationStep.TakeOver(), new LiquidationStep.DrawInsurance());
          rules.insuranceShare = "1";
          rules.backstopShare = "0";
          change.accept(rules);
        });
    open(venue, LOSER, 1_000);
    venue.trade(PERP, LOSER, TestVenue.MAKER, 10_000, 100_000);
    return venue;
  }

  private static void open(TestVenue venue, long account, long dollars) {
    venue.open(account, account);
    venue.fund(account, USD, dollars * ONE_USD);
  }

  private static LiquidationResult result(List<Event> events) {
    return one(events, LiquidationEnded.class).result();
  }

  @Test
  void shouldCloseASliceAndLetTheAccountWaitForTheNext() {
    TestVenue venue = venue(TENTHS, _ -> {});
    // at 940.00 the value is 400 of a maintenance of 470; a slice is 1,000 dollars of 9,400
    List<Event> events = venue.mark(PERP, 94_000);

    assertThat(one(events, PositionReduced.class))
        .isEqualTo(
            new PositionReduced(
                LOSER,
                PERP,
                1_063,
                94_000,
                94_000,
                -63_780_000,
                14_988_300,
                999_220_000,
                PositionSide.NET));
    assertThat(result(events)).isEqualTo(LiquidationResult.WAITING);
    assertThat(venue.margin(LOSER, USD)).isEqualTo(1_000 * ONE_USD - 63_780_000 - 14_988_300);
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isEqualTo(14_988_300);

    // 385.01 of 420.04, then 370.02 of 370.07, then 355.03 of 320.12
    assertThat(result(venue.reassess())).isEqualTo(LiquidationResult.WAITING);
    assertThat(result(venue.reassess())).isEqualTo(LiquidationResult.REDUCED);
    assertThat(only(venue.reassess(), PositionReduced.class)).isEmpty();
    assertThat(venue.view().quantityUnits(LOSER, PERP)).isEqualTo(10_000 - 3 * 1_063);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldChargeWhatTheSameFunctionsSayBeforehand() {
    TestVenue venue = venue(TENTHS, rules -> rules.runsNothing());
    venue.mark(PERP, 94_000);
    try (Hypothesis hypothesis = venue.view().suppose()) {
      var price = hypothesis.slicePrice(LOSER, PERP, -1_063, decimal("1"), decimal("1.5"));
      assertThat(price).isNotNull();
      // (9,400 - 70/470 * 1.5 * 470) / 10
      assertThat(price.numerator().divide(price.denominator())).isEqualTo(92_950);
      assertThat(hypothesis.sliceFeeMinor(LOSER, PERP, -1_063, 94_000, decimal("0.015")))
          .hasValue(14_988_300);
      // no more than the slice takes along of the value: 400 * 1.063 / 10
      assertThat(hypothesis.sliceFeeMinor(LOSER, PERP, -1_063, 94_000, decimal("1")))
          .hasValue(42_520_000);
    }
  }

  @Test
  void shouldNotCallWhomItLeavesWaiting() {
    TestVenue venue = venue(TENTHS, rules -> rules.runs(Trigger.MARKS, true, CycleStep.values()));
    List<Event> events = venue.mark(PERP, 94_000);

    assertThat(result(events)).isEqualTo(LiquidationResult.WAITING);
    // the call of the first pass is superseded, and the second pass issues none
    assertThat(only(events, Event.MarginCallIssued.class))
        .hasSameSizeAs(only(events, Event.MarginCallEnded.class));
  }

  @Test
  void shouldFillOnlyWithinTheLimit() {
    TestVenue dear = venue(TENTHS, rules -> rules.baseSlippage = "0.02");
    List<Event> unfilled = dear.mark(PERP, 94_000);

    assertThat(only(unfilled, PositionReduced.class)).isEmpty();
    assertThat(result(unfilled)).as("still worth something").isEqualTo(LiquidationResult.WAITING);

    // 1,000 dollars cost 2 %; 929.50 is 1.117 % below the mark, so some 558 dollars are sold
    TestVenue deep =
        venue(
            TENTHS,
            rules -> {
              rules.impact = "0.02";
              rules.depthE6 = 1_000 * ONE_USD;
            });
    PositionReduced part = one(deep.mark(PERP, 94_000), PositionReduced.class);

    assertThat(part.closedUnits()).isEqualTo(594);
    assertThat(part.priceUnits()).isEqualTo(92_950);
  }

  @Test
  void shouldLetTheFundPayWhatASliceLacks() {
    TestVenue venue = venue(TENTHS, _ -> {});
    venue.accepted(new Command.ContributeInsurance(USD, 30 * ONE_USD));
    // at 880.00 the value is -200; a slice takes along -200 * 1.136 / 10
    List<Event> events = venue.mark(PERP, 88_000);

    assertThat(one(events, PositionReduced.class).penaltyMinor()).isZero();
    assertThat(one(events, InsuranceDrawn.class))
        .isEqualTo(new InsuranceDrawn(LOSER, USD, 22_720_000, 22_720_000));
    assertThat(result(events)).isEqualTo(LiquidationResult.WAITING);
    assertThat(venue.view().quantityUnits(LOSER, PERP)).isEqualTo(10_000 - 1_136);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldGoOnWhereTheFundCannotOrMayNotPay() {
    TestVenue poor = venue(TENTHS, _ -> {});
    poor.accepted(new Command.ContributeInsurance(USD, 22_719_999));
    List<Event> refused = poor.mark(PERP, 88_000);

    assertThat(only(refused, PositionReduced.class)).isEmpty();
    assertThat(result(refused)).isEqualTo(LiquidationResult.TAKEN_OVER);

    TestVenue bounded = venue(slices(100_000, 22), _ -> {});
    bounded.accepted(new Command.ContributeInsurance(USD, 1_000 * ONE_USD));
    assertThat(result(bounded.mark(PERP, 88_000))).isEqualTo(LiquidationResult.TAKEN_OVER);
  }

  @Test
  void shouldCloseNoMoreOfAnInstrumentThanTheWindowLetsThrough() {
    // 0.1 % of what a depth of 1,000,000 buys at 940.00, 1,063,829 units, in a second: 10,638 in
    // ten
    CloseSlices whole =
        new CloseSlices(
            decimal("1"),
            0,
            1_000_000 * ONE_USD,
            0,
            decimal("1"),
            decimal("1.5"),
            decimal("0"),
            new ClosingWindow(10, decimal("0.0007"), decimal("0.0003"), decimal("1")));
    TestVenue venue = venue(whole, rules -> rules.depthE6 = 1_000_000 * ONE_USD);
    open(venue, DEEPER, 1_000);
    venue.trade(PERP, DEEPER, TestVenue.MAKER, 10_000, 100_000);
    venue.fund(LOSER, USD, 20 * ONE_USD);
    long start = venue.nowNs;
    List<Event> first = venue.mark(PERP, 94_000);

    assertThat(only(first, PositionReduced.class).stream().map(PositionReduced::closedUnits))
        .as("the deeper one whole, of the other what is left")
        .containsExactly(10_000L, 638L);
    assertThat(only(first, LiquidationEnded.class).stream().map(LiquidationEnded::result))
        .containsExactly(LiquidationResult.REDUCED, LiquidationResult.WAITING);

    venue.nowNs = start + 10 * RulebookSketch.SECOND_NS - 1;
    assertThat(only(venue.reassess(), PositionReduced.class)).isEmpty();
    venue.nowNs = start + 10 * RulebookSketch.SECOND_NS;
    assertThat(one(venue.reassess(), PositionReduced.class).closedUnits()).isEqualTo(9_362);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldCloseWhoSankDeepestFirstAndNoMoreOfAnAccountThanACycleAllows() {
    TestVenue venue = venue(slices(1_500, 1_000), rules -> rules.baseSlippage = "0.001");
    venue.accepted(new Command.ContributeInsurance(USD, 1_000 * ONE_USD));
    venue.fund(LOSER, USD, 20 * ONE_USD);
    open(venue, DEEPER, 1_000);
    venue.trade(PERP, DEEPER, TestVenue.MAKER, 10_000, 100_000);
    // a second position, as large, that has lost nothing
    open(venue, 102, 2_000);
    venue.trade(PERP, 102, TestVenue.MAKER, 10_000, 100_000);
    venue.trade(OTHER, 102, TestVenue.MAKER, 10_000, 100_000);
    List<Event> events = venue.mark(PERP, 90_000);

    assertThat(only(events, PositionReduced.class).stream().map(PositionReduced::accountId))
        .containsExactly(DEEPER, LOSER);
    // 102 has 1,000 of 950
    List<Event> later = venue.mark(PERP, 88_800);
    List<PositionReduced> ofTwo =
        only(later, PositionReduced.class).stream().filter(it -> it.accountId() == 102).toList();

    assertThat(ofTwo).hasSize(2);
    // 1,000 dollars of the one, and of the other what is left of 1,500
    assertThat(ofTwo.getFirst().notionalE6()).isGreaterThan(999 * ONE_USD);
    assertThat(ofTwo.getFirst().notionalE6() + ofTwo.getLast().notionalE6())
        .isBetween(1_499 * ONE_USD, 1_500 * ONE_USD);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }
}
