package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.Deleveraged;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is closed against a bankrupt account, how much, at what price, and that nobody else pays.
class DeleverageTest {
  private static final long LOSER = 100;
  private static final long SMALL = 200;
  private static final long LARGE = 201;
  private static final long RICH = 202;

  /// LOSER long 10 at 1,000.00 with 1,000 dollars, against three shorts: one that is highly
  /// leveraged, one that is less, one that is rich.
  private static TestVenue crowd(Ranking ranking, boolean beyondFundOnly) {
    TestVenue venue =
        TestVenue.with(rules ->
            rules.steps =
                List.of(
                    new Deleverage(ranking, beyondFundOnly),
                    new LiquidationStep.TakeOver(),
                    new LiquidationStep.DrawInsurance()));
    open(venue, LOSER, 1_000);
    open(venue, SMALL, 450);
    open(venue, LARGE, 1_000);
    open(venue, RICH, 100_000);
    venue.trade(PERP, LOSER, SMALL, 4_000, 100_000);
    venue.trade(PERP, LOSER, LARGE, 5_000, 100_000);
    venue.trade(PERP, LOSER, RICH, 1_000, 100_000);
    return venue;
  }

  private static void open(TestVenue venue, long account, long dollars) {
    venue.open(account, account - 90);
    venue.fund(account, USD, dollars * ONE_USD);
  }

  private static List<Long> order(List<Event> events) {
    return only(events, Deleveraged.class).stream()
        .map(Deleveraged::counterpartyAccountId)
        .toList();
  }

  @Test
  void shouldCloseAtTheBankruptcyPriceByRankAndLeaveNothing() {
    TestVenue venue = crowd(Ranking.PROFIT_AND_LEVERAGE, false);
    // 880.00: a loss of 1,200 against 1,000, so the bankruptcy price is 900.00
    List<Event> events = venue.mark(PERP, 88_000);

    assertThat(order(events)).containsExactly(SMALL, LARGE, RICH);
    assertThat(only(events, Deleveraged.class).getFirst())
        .isEqualTo(
            new Deleveraged(
                LOSER,
                SMALL,
                PERP,
                4_000,
                88_000,
                -4 * 900 * ONE_USD,
                -400 * ONE_USD,
                400 * ONE_USD,
                80 * ONE_USD,
                PositionSide.NET,
                PositionSide.NET));
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.DELEVERAGED);
    assertThat(venue.margin(LOSER, USD)).isZero();
    assertThat(venue.margin(SMALL, USD)).isEqualTo(850 * ONE_USD);
    assertThat(venue.view().positions(RICH)).isEmpty();
    assertThat(only(events, Event.InsuranceDrawn.class)).isEmpty();
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldTakeAllInProfitInProportionToIt() {
    TestVenue venue = crowd(Ranking.PROFIT_SHARE, false);
    open(venue, 203, 1_000);
    venue.mark(PERP, 95_000);
    // sold at 950.00, so less in profit than the others at 880.00
    venue.trade(PERP, TestVenue.MAKER, 203, 2_000, 95_000);
    List<Event> events = venue.mark(PERP, 88_000);

    // profits 480, 600, 120 and 140 of 1,340; what lots leave goes to the first
    assertThat(only(events, Deleveraged.class).stream().map(Deleveraged::closedUnits).toList())
        .containsExactly(3_584L, 4_477L, 895L, 1_044L);
    assertThat(venue.view().positions(LOSER)).isEmpty();
  }

  @Test
  void shouldLeaveToTheFundWhatItCanPay() {
    TestVenue venue = crowd(Ranking.ROTATION, true);
    venue.accepted(new Command.ContributeInsurance(USD, 200 * ONE_USD));
    List<Event> events = venue.mark(PERP, 88_000);

    assertThat(only(events, Deleveraged.class)).isEmpty();
    assertThat(one(events, Event.InsuranceDrawn.class).paidMinor()).isEqualTo(200 * ONE_USD);

    TestVenue poorer = crowd(Ranking.ROTATION, true);
    poorer.accepted(new Command.ContributeInsurance(USD, 200 * ONE_USD - 1));
    List<Event> closed = poorer.mark(PERP, 88_000);

    assertThat(order(closed)).containsExactlyInAnyOrder(SMALL, LARGE, RICH);
    assertThat(only(closed, Event.InsuranceDrawn.class)).isEmpty();
  }

  @Test
  void shouldPassOverWhoWouldFallBelowMaintenance() {
    TestVenue venue = crowd(Ranking.PROFIT_AND_LEVERAGE, false);
    // SMALL is long 8 elsewhere; at 925.00 it loses 600 there and wins 800 here: 650 left, of a
    // maintenance of 530. Closing here at 900.00 costs it 400 and frees only 160.
    venue.accepted(new Command.ImportPosition(OTHER, SMALL, RICH, 8_000, 8 * 1_000 * ONE_USD));
    List<Event> events =
        venue.accepted(
            new Command.MarkPrices(
                MarkBatch.builder()
                    .add(Target.INSTRUMENT, PERP, 80_000, venue.nowNs)
                    .add(Target.INSTRUMENT, OTHER, 92_500, venue.nowNs)
                    .build()));

    assertThat(order(events)).containsExactly(LARGE, RICH);
    assertThat(venue.view().positions(SMALL)).hasSize(2);
    // what nobody could bear is the fund's, by way of the backstop
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
    assertThat(one(events, Event.InsuranceDrawn.class).deficitMinor()).isEqualTo(400 * ONE_USD);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldRotateAsTheLogSays() {
    List<List<Long>> orders = new ArrayList<>();
    for (int second = 0; second < 8; second++) {
      TestVenue venue = crowd(Ranking.ROTATION, false);
      venue.advance(second * RulebookSketch.SECOND_NS);
      TestVenue again = crowd(Ranking.ROTATION, false);
      again.advance(second * RulebookSketch.SECOND_NS);
      List<Long> order = order(venue.mark(PERP, 88_000));

      assertThat(order(again.mark(PERP, 88_000))).isEqualTo(order);
      orders.add(order);
    }
    assertThat(orders.stream().distinct().count()).as("starts elsewhere each time").isEqualTo(3);
  }
}
