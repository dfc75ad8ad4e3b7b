package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.CASH;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.CancelOrders;
import io.evenkeel.model.rulebook.LiquidationStep.Confiscated;
import io.evenkeel.model.rulebook.LiquidationStep.TakeOverAtMark;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketConduct.BackstopCapital;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Positions taken at the mark, money forfeited, and a backstop with no money but the funds.
class TakeOverAtMarkTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  /// ACCOUNT long 10 at 1,000.00 with 1,000 dollars posted; a mark tops nothing up.
  private static TestVenue venue(int instrument, Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.runs(Trigger.MARKS, false, CycleStep.SETTLE, CycleStep.CLOSE);
          rules.steps =
              List.of(new TakeOverAtMark(List.of(Confiscated.WALLET, Confiscated.MARGIN)));
          change.accept(rules);
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(instrument, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  private static void steps(RulebookSketch rules, LiquidationStep... steps) {
    rules.steps = List.of(steps);
  }

  @Test
  void shouldTakeThePositionAtTheMarkAndForfeitWhatIsLeft() {
    TestVenue venue = venue(PERP, _ -> {});
    venue.deposit(PARTY, BTC, 5);
    // 940.00: the loss of 600 is the account's, the 400 that remain are forfeited
    List<Event> events = venue.mark(PERP, 94_000);

    assertThat(one(events, Event.AccountTakenOver.class))
        .isEqualTo(
            new Event.AccountTakenOver(ACCOUNT, BACKSTOP, 400 * ONE_USD, 9_400 * ONE_USD, USD, 0));
    assertThat(one(events, LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.TAKEN_OVER);
    assertThat(forfeited(events))
        .containsExactly(
            // no instrument it held settles in BTC
            new Event.MoneyMoved(
                BTC,
                new LedgerAccount.Wallet(PARTY),
                new LedgerAccount.House(HouseAccount.INSURANCE_FUND),
                5,
                MoneyReason.CONFISCATION),
            new Event.MoneyMoved(
                USD,
                new LedgerAccount.Margin(ACCOUNT),
                new LedgerAccount.InstrumentFund(PERP),
                400 * ONE_USD,
                MoneyReason.CONFISCATION));
    EngineView.Position taken = venue.view().positions(BACKSTOP).getFirst();
    assertThat(taken.quantityUnits()).isEqualTo(10_000);
    assertThat(taken.costTicks()).isEqualTo(10_000 * 940L * ONE_USD / 1_000);
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
    assertThat(venue.view().instrumentFundMinor(PERP)).isEqualTo(400 * ONE_USD);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldLeaveTheWalletOfAnIsolatedAccountAlone() {
    TestVenue venue = venue(PERP, _ -> {});
    venue.openIsolated(101, 2, PERP);
    venue.fund(101, USD, 1_000 * ONE_USD);
    venue.trade(PERP, 101, MAKER, 10_000, 100_000);
    venue.deposit(2, USD, 7);
    List<Event> events = venue.mark(PERP, 94_000);

    assertThat(forfeited(events))
        .extracting(Event.MoneyMoved::from)
        .containsExactly(new LedgerAccount.Margin(ACCOUNT), new LedgerAccount.Margin(101));
    assertThat(venue.wallet(2, USD)).isEqualTo(7);
  }

  @Test
  void shouldLeaveTheDeficitToTheFundWhenTheLossExceedsAllThereIs() {
    TestVenue venue =
        venue(
            PERP,
            rules ->
                steps(
                    rules,
                    new TakeOverAtMark(List.of(Confiscated.MARGIN)),
                    new LiquidationStep.DrawInsurance()));
    venue.accepted(new Command.ContributeInsurance(USD, 1_000 * ONE_USD));
    // 880.00: a loss of 1,200 against 1,000
    List<Event> events = venue.mark(PERP, 88_000);

    assertThat(one(events, Event.InsuranceDrawn.class))
        .isEqualTo(new Event.InsuranceDrawn(ACCOUNT, USD, 200 * ONE_USD, 200 * ONE_USD));
    assertThat(venue.margin(ACCOUNT, USD)).isZero();
    assertThat(forfeited(events)).isEmpty();
  }

  @Test
  void shouldSaveWhoIsAboveTheLevelAfterOrdersAreCancelledAndNotWhoIsAtIt() {
    for (boolean mustExceed : new boolean[] {false, true}) {
      TestVenue venue =
          venue(
              PERP,
              rules -> {
                rules.ordersInMaintenance = true;
                steps(
                    rules,
                    new CancelOrders(mustExceed),
                    new TakeOverAtMark(List.of(Confiscated.MARGIN)));
              });
      venue.fund(ACCOUNT, USD, 100 * ONE_USD);
      long excess = venue.view().assess(ACCOUNT).equityE6();
      long maintenance = venue.view().assess(ACCOUNT).levels().maintenanceE6();
      venue.accepted(new Command.SetOrderExposure(ACCOUNT, PERP, 1, 0, 100_000, 0));
      // the fee leaves exactly the maintenance of the position: the order is what is too much
      venue.accepted(new Command.ChargeFee(ACCOUNT, USD, excess - maintenance, -1));
      List<Event> events = venue.accepted(new Command.Reassess(List.of(ACCOUNT), true));

      assertThat(one(events, LiquidationEnded.class).result())
          .isEqualTo(mustExceed ? LiquidationResult.TAKEN_OVER : LiquidationResult.RESCUED);
    }
  }

  @Test
  void shouldWinForAndLoseFromTheFundAloneWhereFundsStandBehindTheBackstop() {
    TestVenue venue = venue(CASH, rules -> rules.conduct = fundsBehindTheBackstop());
    long own = venue.margin(BACKSTOP, USD);
    venue.mark(CASH, 94_000);
    long forfeited = venue.view().instrumentFundMinor(CASH);
    assertThat(forfeited).isEqualTo(400 * ONE_USD);

    venue.mark(CASH, 95_000);
    assertThat(venue.view().instrumentFundMinor(CASH)).isEqualTo(500 * ONE_USD);
    assertThat(venue.margin(BACKSTOP, USD)).as("its own money").isEqualTo(own);

    venue.accepted(new Command.ChargeFee(BACKSTOP, USD, 60 * ONE_USD, -1, CASH));
    assertThat(venue.view().instrumentFundMinor(CASH)).isEqualTo(440 * ONE_USD);
    venue.refused(
        RefusalReason.INSUFFICIENT_BALANCE,
        new Command.ChargeFee(BACKSTOP, USD, 441 * ONE_USD, -1, CASH));
    venue.refused(RefusalReason.INSUFFICIENT_BALANCE, new Command.ChargeFee(BACKSTOP, USD, 1, -1));

    // 900.00: a loss of 500, of which the fund has 440; the winner goes without the rest
    List<Event> events = venue.mark(CASH, 90_000);
    assertThat(one(events, Event.LossUnpaid.class))
        .isEqualTo(new Event.LossUnpaid(BACKSTOP, CASH, 60 * ONE_USD));
    assertThat(venue.view().instrumentFundMinor(CASH)).isZero();
    assertThat(venue.margin(BACKSTOP, USD)).isEqualTo(own);
  }

  private static MarketConduct fundsBehindTheBackstop() {
    MarketConduct usual = MarketConduct.USUAL;
    return new MarketConduct(
        usual.orderGate(),
        usual.takesUnmarked(),
        usual.unpricedOrders(),
        usual.cashRounding(),
        usual.fundingBasis(),
        usual.factorsRunCycle(),
        usual.settlesAtZero(),
        usual.feeSources(),
        BackstopCapital.INSTRUMENT_FUNDS,
        false);
  }

  private static List<Event.MoneyMoved> forfeited(List<Event> events) {
    return only(events, Event.MoneyMoved.class).stream()
        .filter(moved -> moved.reason() == MoneyReason.CONFISCATION)
        .toList();
  }
}
