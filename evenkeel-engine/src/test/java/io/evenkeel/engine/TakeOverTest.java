package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AccountTakenOver;
import io.evenkeel.model.event.Event.BadDebtRecorded;
import io.evenkeel.model.event.Event.InsuranceDrawn;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.LossShared;
import io.evenkeel.model.event.Event.MoneyMoved;
import io.evenkeel.model.event.Event.ProfitReduced;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Who bears what an account cannot: the backstop, the fund, the winners, and at last nobody.
class TakeOverTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  /// ACCOUNT long 10 at 1,000.00 with 1,000 dollars, against three winners with 5, 3 and 2.
  private static TestVenue crowd(Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.onlyTakeOver();
          change.accept(rules);
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    for (int winner = 0; winner < 3; winner++) {
      venue.open(200 + winner, 20 + winner);
      venue.fund(200 + winner, USD, 1_000 * ONE_USD);
    }
    venue.trade(PERP, ACCOUNT, 200, 5_000, 100_000);
    venue.trade(PERP, ACCOUNT, 201, 3_000, 100_000);
    venue.trade(PERP, ACCOUNT, 202, 2_000, 100_000);
    return venue;
  }

  @Test
  void shouldTakeEverythingAtTheBankruptcyPriceWithThePenalty() {
    TestVenue venue = crowd(rules -> rules.takeOverPenalty = "0.02");
    venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 0, 1_000, 0, 1_000 * 100_000L));
    // 940.00: value 400, notional 9,400, penalty 188 of which half to the fund, a quarter to the
    // backstop
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(only(events, Event.OrdersCancelled.class)).hasSize(1);
    assertThat(one(events, AccountTakenOver.class))
        .isEqualTo(
            new AccountTakenOver(
                ACCOUNT, BACKSTOP, 400 * ONE_USD, 9_400 * ONE_USD, USD, 188 * ONE_USD));
    assertThat(events)
        .containsSubsequence(
            moved(new Margin(ACCOUNT), house(HouseAccount.INSURANCE_FUND), 94, MoneyReason.PENALTY),
            moved(new Margin(ACCOUNT), new Margin(BACKSTOP), 47, MoneyReason.PENALTY),
            moved(new Margin(ACCOUNT), house(HouseAccount.FEES), 47, MoneyReason.PENALTY),
            moved(new Margin(ACCOUNT), new Margin(BACKSTOP), 812, MoneyReason.TAKE_OVER));
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
    assertThat(only(events, InsuranceDrawn.class)).isEmpty();
    // the backstop stands where the account stood: 10 long at 1,000.00
    EngineView.Position taken = venue.view().positions(BACKSTOP).getFirst();
    assertThat(taken.quantityUnits()).isEqualTo(10_000);
    assertThat(taken.costTicks()).isEqualTo(10_000 * ONE_USD);
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.margin(ACCOUNT, USD)).isZero();
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.EXCESS);
  }

  private static MoneyMoved moved(
      LedgerAccount from, LedgerAccount to, long dollars, MoneyReason reason) {
    return new MoneyMoved(USD, from, to, dollars * ONE_USD, reason);
  }

  private static LedgerAccount house(HouseAccount account) {
    return new LedgerAccount.House(account);
  }

  @Test
  void shouldNetWhatItTakesOverAgainstTheBackstopsOwnPosition() {
    TestVenue venue = TestVenue.with(RulebookSketch::onlyTakeOver);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 301 * ONE_USD);
    venue.trade(PERP, MAKER, BACKSTOP, 1_000, 100_000);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    venue.trade(PERP, ACCOUNT, MAKER, 2_000, 100_001);
    // 3 long that cost 3,000.02; the backstop is short 1 at 1,000.00: it buys that one back at a
    // third of 3,000.02, floor(1,000,006,666.7) ticks, and keeps 2 at the rest
    List<Event> events = venue.mark(PERP, 94_000);
    assertThat(only(events, AccountTakenOver.class)).hasSize(1);
    assertThat(events)
        .contains(
            new MoneyMoved(
                USD,
                new Margin(BACKSTOP),
                new LedgerAccount.Clearing(PERP),
                6_666,
                MoneyReason.REALISED_PROFIT));
    EngineView.Position left = venue.view().positions(BACKSTOP).getFirst();
    assertThat(left.quantityUnits()).isEqualTo(2_000);
    assertThat(left.costTicks()).isEqualTo(3_000_020_000L - 1_000_006_666L);
  }

  @Test
  void shouldTakeNoMoreThanTheValueLeft() {
    TestVenue venue = crowd(rules -> rules.takeOverPenalty = "0.02");
    // 910.00: value 100, the penalty of 182 is cut
    assertThat(one(venue.mark(PERP, 91_000), AccountTakenOver.class).penaltyMinor())
        .isEqualTo(100 * ONE_USD);
  }

  @Test
  void shouldTakeOverDebtsAndCoins() {
    TestVenue venue = crowd(rules -> {});
    venue.fund(ACCOUNT, BTC, 10_000);
    venue.accepted(new Command.ApplyFunding(PERP, RulebookSketch.decimal("0.06")));
    // 600 paid: 400 left, equity 404.5 below MM 500
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.margin(ACCOUNT, BTC)).isZero();
    assertThat(venue.margin(BACKSTOP, BTC)).isEqualTo(10_000);
    assertThat(venue.margin(BACKSTOP, USD)).isEqualTo(1_000_400 * ONE_USD);
  }

  @Test
  void shouldDrawOnTheFundBeforeTheWinners() {
    TestVenue venue = crowd(rules -> {});
    venue.accepted(new Command.ContributeInsurance(USD, 2_000 * ONE_USD));
    // 800.00: value 1,000 - 2,000
    List<Event> events = venue.mark(PERP, 80_000);
    assertThat(one(events, InsuranceDrawn.class))
        .isEqualTo(new InsuranceDrawn(ACCOUNT, USD, 1_000 * ONE_USD, 1_000 * ONE_USD));
    assertThat(only(events, LossShared.class)).isEmpty();
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD))
        .isEqualTo(1_000 * ONE_USD);
    // the backstop is as rich as before: what it took over is worth what it was paid
    assertThat(venue.view().fullValueE6(BACKSTOP)).isEqualTo(1_000_000 * ONE_USD);
  }

  @Test
  void shouldShareAmongWinnersByProfit() {
    TestVenue venue = crowd(rules -> {});
    venue.accepted(new Command.ContributeInsurance(USD, 400 * ONE_USD));
    // a deficit of 1,000, 400 from the fund; profits 1,000, 600, 400: 30 % of each
    List<Event> events = venue.mark(PERP, 80_000);
    assertThat(one(events, LossShared.class))
        .isEqualTo(new LossShared(PERP, 1, 600 * ONE_USD, 2_000 * ONE_USD, 600 * ONE_USD, 3));
    assertThat(only(events, ProfitReduced.class))
        .containsExactly(
            new ProfitReduced(200, PERP, 1_000 * ONE_USD, 300 * ONE_USD, PositionSide.NET),
            new ProfitReduced(201, PERP, 600 * ONE_USD, 180 * ONE_USD, PositionSide.NET),
            new ProfitReduced(202, PERP, 400 * ONE_USD, 120 * ONE_USD, PositionSide.NET));
    assertThat(venue.view().explain(200).positions().getFirst().profitMinor())
        .isEqualTo(700 * ONE_USD);
    assertThat(only(events, BadDebtRecorded.class)).isEmpty();
    assertThat(venue.view().fullValueE6(BACKSTOP)).isEqualTo(1_000_000 * ONE_USD);
  }

  @Test
  void shouldDealTheRemainderOutOneUnitEachInAccountOrder() {
    TestVenue venue = crowd(rules -> {});
    venue.accepted(new Command.ContributeInsurance(USD, 400 * ONE_USD + 3));
    // a loss of 599,999,997 units: x 0.5 / 0.3 / 0.2 = 299,999,998.5, 179,999,999.1, 119,999,999.4
    List<Event> events = venue.mark(PERP, 80_000);
    assertThat(only(events, ProfitReduced.class))
        .extracting(ProfitReduced::reductionMinor)
        .containsExactly(299_999_999L, 179_999_999L, 119_999_999L);
    assertThat(one(events, LossShared.class).sharedMinor()).isEqualTo(599_999_997);
  }

  @Test
  void shouldNotPushAWinnerBelowZeroEquity() {
    TestVenue venue = crowd(_ -> {});
    venue.trade(OTHER, 200, MAKER, 3_000, 100_000);
    // at 800.00 and OTHER at 500.00 winner 200 has 1,000 + 1,000 - 1,500: of its profit of 1,000
    // only 500 can be borne
    List<Event> events =
        venue.accepted(
            new Command.MarkPrices(
                MarkBatch.builder()
                    .add(Target.INSTRUMENT, PERP, 80_000, venue.nowNs)
                    .add(Target.INSTRUMENT, OTHER, 50_000, venue.nowNs)
                    .build()));
    assertThat(one(events, LossShared.class))
        .isEqualTo(new LossShared(PERP, 1, 1_000 * ONE_USD, 1_500 * ONE_USD, 1_000 * ONE_USD, 3));
    // 1,000 / 3 with the unit that is left over; shares are 500, 600 and 400 of 1,500
    assertThat(only(events, ProfitReduced.class))
        .containsExactly(
            new ProfitReduced(200, PERP, 1_000 * ONE_USD, 333_333_334, PositionSide.NET),
            new ProfitReduced(201, PERP, 600 * ONE_USD, 400 * ONE_USD, PositionSide.NET),
            new ProfitReduced(202, PERP, 400 * ONE_USD, 266_666_666, PositionSide.NET));
  }

  @Test
  void shouldRecordBadDebtWhenThereIsNothingLeftToShare() {
    TestVenue venue =
        crowd(rules ->
            rules.steps =
                List.of(new LiquidationStep.TakeOver(), new LiquidationStep.DrawInsurance()));
    venue.accepted(new Command.ContributeInsurance(USD, 300 * ONE_USD));
    List<Event> events = venue.mark(PERP, 80_000);
    assertThat(one(events, InsuranceDrawn.class).paidMinor()).isEqualTo(300 * ONE_USD);
    assertThat(one(events, BadDebtRecorded.class))
        .isEqualTo(new BadDebtRecorded(ACCOUNT, USD, 700 * ONE_USD));
    assertThat(venue.view().houseMinor(HouseAccount.BAD_DEBT, USD)).isEqualTo(-700 * ONE_USD);
    assertThat(venue.view().fullValueE6(BACKSTOP)).isEqualTo(1_000_000 * ONE_USD);
  }

  @Test
  void shouldShareAllProfitAndRecordTheRest() {
    TestVenue venue = TestVenue.with(RulebookSketch::onlyTakeOver);
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, BACKSTOP, 8_000, 100_000);
    venue.trade(PERP, ACCOUNT, MAKER, 2_000, 100_000);
    // 700.00: a deficit of 2,000; MAKER gained 600, the backstop's own profit is not shared
    List<Event> events = venue.mark(PERP, 70_000);
    assertThat(one(events, LossShared.class))
        .isEqualTo(new LossShared(PERP, 1, 2_000 * ONE_USD, 600 * ONE_USD, 600 * ONE_USD, 1));
    assertThat(venue.view().explain(MAKER).positions().getFirst().profitMinor()).isZero();
    assertThat(one(events, BadDebtRecorded.class))
        .isEqualTo(new BadDebtRecorded(ACCOUNT, USD, 1_400 * ONE_USD));
  }

  @Test
  void shouldPoolTheDeficitsOfABatchBeforeTheyAreShared() {
    TestVenue venue = crowd(_ -> {});
    venue.open(101, 2);
    venue.fund(101, USD, 500 * ONE_USD);
    venue.trade(PERP, 101, 200, 5_000, 100_000);
    // 800.00: deficits of 1,000 and 500; profits 2,000, 600 and 400: half of each is borne
    List<Event> events = venue.mark(PERP, 80_000);
    assertThat(one(events, LossShared.class))
        .isEqualTo(new LossShared(PERP, 2, 1_500 * ONE_USD, 3_000 * ONE_USD, 1_500 * ONE_USD, 3));
    assertThat(only(events, ProfitReduced.class))
        .extracting(ProfitReduced::reductionMinor)
        .containsExactly(1_000 * ONE_USD, 300 * ONE_USD, 200 * ONE_USD);
    assertThat(only(events, BadDebtRecorded.class)).isEmpty();
  }

  @Test
  void shouldCoverTheBackstopsOwnDeficit() {
    TestVenue venue = crowd(rules -> {});
    venue.accepted(
        new Command.Transfer(BACKSTOP, USD, 1_000_000 * ONE_USD, Command.Direction.TO_WALLET));
    venue.accepted(new Command.Withdraw(TestVenue.HOUSE_PARTY, USD, 1_000_000 * ONE_USD));
    // taken over at 940.00 with value 400: that is all the backstop has
    venue.mark(PERP, 94_000);
    assertThat(venue.view().fullValueE6(BACKSTOP)).isEqualTo(400 * ONE_USD);
    venue.accepted(new Command.ContributeInsurance(USD, 100 * ONE_USD));
    // 890.00: 500 lost: the fund pays 100; nobody is liquidated but its own deficit is borne
    List<Event> events = venue.mark(PERP, 89_000);
    assertThat(only(events, Event.LiquidationStarted.class)).isEmpty();
    assertThat(one(events, InsuranceDrawn.class))
        .isEqualTo(new InsuranceDrawn(BACKSTOP, USD, 100 * ONE_USD, 100 * ONE_USD));
    // 880.00: another 100, now shared by profit 600 : 360 : 240
    events = venue.mark(PERP, 88_000);
    assertThat(only(events, ProfitReduced.class))
        .extracting(ProfitReduced::reductionMinor)
        .containsExactly(50 * ONE_USD, 30 * ONE_USD, 20 * ONE_USD);
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(10_000);
    assertThat(venue.view().fullValueE6(BACKSTOP)).isZero();
  }

  @Test
  void shouldLiquidateABatchFromOneState() {
    TestVenue venue = crowd(rules -> {});
    venue.open(101, 2);
    venue.fund(101, USD, 1_000 * ONE_USD);
    venue.trade(PERP, 101, MAKER, 9_900, 100_000);
    List<Event> events = venue.mark(PERP, 80_000);
    // both are started before either is taken over, and both before any deficit is borne
    List<String> order =
        events.stream()
            .filter(event ->
                event instanceof Event.LiquidationStarted
                    || event instanceof AccountTakenOver
                    || event instanceof InsuranceDrawn)
            .map(event -> event.getClass().getSimpleName())
            .toList();
    assertThat(order)
        .containsExactly(
            "LiquidationStarted",
            "LiquidationStarted",
            "AccountTakenOver",
            "AccountTakenOver",
            "InsuranceDrawn",
            "InsuranceDrawn");
  }
}
