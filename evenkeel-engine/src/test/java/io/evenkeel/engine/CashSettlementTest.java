package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
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
import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.BadDebtRecorded;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.event.Event.CashSettled;
import io.evenkeel.model.event.Event.LossUnpaid;
import io.evenkeel.model.event.Event.MoneyMoved;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CashSettlementTest {
  private static final long LONG = 100;
  private static final long SHORT = 101;
  private static final LedgerAccount SETTLEMENT = new LedgerAccount.House(HouseAccount.SETTLEMENT);
  private static final LedgerAccount FUND = new LedgerAccount.House(HouseAccount.INSURANCE_FUND);

  /// A venue that settles cash and does nothing else of its own accord.
  private static TestVenue settlingOnly(Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          for (Trigger trigger : Trigger.values()) {
            rules.runs(trigger, false, CycleStep.SETTLE);
          }
          change.accept(rules);
        });
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    return venue;
  }

  @Test
  void shouldCollectFromLosersBeforeItPaysWinners() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(CASH, LONG, SHORT, 5_000, 100_000);
    List<Event> events = venue.mark(CASH, 101_000);
    assertThat(events)
        .containsExactly(
            new MoneyMoved(USD, new Margin(SHORT), SETTLEMENT, 50 * ONE_USD, MoneyReason.VARIATION),
            new MoneyMoved(USD, SETTLEMENT, new Margin(LONG), 50 * ONE_USD, MoneyReason.VARIATION),
            new CashSettled(
                CashKind.VARIATION,
                CASH,
                101_000,
                50 * ONE_USD,
                50 * ONE_USD,
                50 * ONE_USD,
                50 * ONE_USD,
                0));
    // the mark is every holder's cost now: nothing is unrealised, the same mark moves nothing
    assertThat(venue.view().positions(LONG).getFirst().costTicks()).isEqualTo(5_050 * ONE_USD);
    assertThat(venue.mark(CASH, 101_000)).isEmpty();
    assertThat(venue.margin(LONG, USD)).isEqualTo(1_050 * ONE_USD);
  }

  @Test
  void shouldPassOnWhatATradeOffTheMarkLeftInClearing() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(CASH, LONG, SHORT, 5_000, 100_000);
    // LONG sells 2 to MAKER at 1,100.00: +200 for it at once, out of clearing
    venue.trade(CASH, MAKER, LONG, 2_000, 110_000);
    assertThat(venue.view().clearingMinor(CASH)).isEqualTo(-200 * ONE_USD);
    // at 1,000.00 MAKER owes 200 for its 2; clearing takes them
    CashSettled settled = one(venue.mark(CASH, 100_000), CashSettled.class);
    assertThat(settled.lossesMinor()).isEqualTo(200 * ONE_USD);
    assertThat(settled.collectedMinor()).isZero();
    assertThat(settled.gainsMinor()).isZero();
    assertThat(venue.view().clearingMinor(CASH)).isZero();
  }

  @Test
  void shouldDrawOnLossSourcesInTheirOrder() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.fund(LONG, USD, 100 * ONE_USD);
    venue.deposit(1, USD, 20 * ONE_USD);
    // 0.001 coins count 45 for maintenance; and 10 lie in the fund
    venue.fund(LONG, BTC, 100_000);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.ContributeInsurance(USD, 10 * ONE_USD));
    venue.trade(CASH, LONG, SHORT, 1_000, 100_000);
    // a loss of 200: 100 margin, 20 wallet, 45 debt, 10 fund; 25 are left unpaid
    List<Event> events = venue.mark(CASH, 80_000);
    assertThat(only(events, MoneyMoved.class).subList(0, 4))
        .containsExactly(
            new MoneyMoved(USD, new Margin(LONG), SETTLEMENT, 100 * ONE_USD, MoneyReason.VARIATION),
            new MoneyMoved(
                USD, new LedgerAccount.Wallet(1), SETTLEMENT, 20 * ONE_USD, MoneyReason.VARIATION),
            new MoneyMoved(USD, new Margin(LONG), SETTLEMENT, 45 * ONE_USD, MoneyReason.VARIATION),
            new MoneyMoved(USD, FUND, SETTLEMENT, 10 * ONE_USD, MoneyReason.VARIATION));
    assertThat(one(events, LossUnpaid.class)).isEqualTo(new LossUnpaid(LONG, CASH, 25 * ONE_USD));
    assertThat(venue.margin(LONG, USD)).isEqualTo(-45 * ONE_USD);
    // the winner bears what nobody paid
    assertThat(venue.margin(SHORT, USD)).isEqualTo(1_175 * ONE_USD);
  }

  @Test
  void shouldTakeALossOfAnIsolatedAccountFromItsMarginAndTheFundOnly() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.openIsolated(102, 3, CASH);
    venue.fund(102, USD, 100 * ONE_USD);
    venue.fund(102, BTC, 1_000_000);
    venue.deposit(3, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.ContributeInsurance(USD, 10 * ONE_USD));
    venue.trade(CASH, 102, SHORT, 1_000, 100_000);
    // a loss of 200: 100 from margin, 10 from the fund; neither the wallet nor the coins are asked
    assertThat(one(venue.mark(CASH, 80_000), LossUnpaid.class).unpaidMinor())
        .isEqualTo(90 * ONE_USD);
    assertThat(venue.margin(102, USD)).isZero();
    assertThat(venue.wallet(3, USD)).isEqualTo(1_000 * ONE_USD);
  }

  @Test
  void shouldWeighADebtWhenItBacksALoss() {
    TestVenue venue =
        settlingOnly(rules -> {
          rules.collateral.set(0, RulebookSketch.terms("USD", "1", "1", "2", Long.MAX_VALUE, "0"));
          rules.lossSources = List.of(LossSource.DEBT, LossSource.MARGIN);
        });
    venue.fund(LONG, BTC, 1_000_000);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(CASH, LONG, SHORT, 1_000, 100_000);
    // 0.01 coins = 500, 450 for maintenance: they back a debt of 225 at twice its value
    assertThat(one(venue.mark(CASH, 70_000), LossUnpaid.class).unpaidMinor())
        .isEqualTo(75 * ONE_USD);
    assertThat(venue.margin(LONG, USD)).isEqualTo(-225 * ONE_USD);
    // the debt counts against the backing: nothing more is lent
    assertThat(one(venue.mark(CASH, 69_000), LossUnpaid.class).unpaidMinor())
        .isEqualTo(10 * ONE_USD);
  }

  @Test
  void shouldScaleWinnersDownAndGiveTheRestToTheFund() {
    TestVenue venue = settlingOnly(rules -> rules.lossSources = List.of(LossSource.MARGIN));
    venue.open(102, 3);
    venue.fund(LONG, USD, 100 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.fund(102, USD, 1_000 * ONE_USD);
    // SHORT takes 333 units, 102 takes 667 of the thousand
    venue.trade(CASH, LONG, SHORT, 333, 100_000);
    venue.trade(CASH, LONG, 102, 667, 100_000);
    // a loss of 300.01; 100 are there: SHORT floor(99.90333 x 100 / 300.01), 102 likewise
    CashSettled settled = one(venue.mark(CASH, 69_999), CashSettled.class);
    assertThat(settled.lossesMinor()).isEqualTo(300_010_000);
    assertThat(settled.collectedMinor()).isEqualTo(100 * ONE_USD);
    assertThat(settled.gainsMinor()).isEqualTo(300_010_000);
    assertThat(venue.margin(SHORT, USD) - 1_000 * ONE_USD).isEqualTo(33_300_000);
    assertThat(venue.margin(102, USD) - 1_000 * ONE_USD).isEqualTo(66_700_000);
    assertThat(settled.paidMinor() + settled.remainderMinor()).isEqualTo(100 * ONE_USD);
    // an uneven price leaves a remainder: 33.3 / 66.7 of 0 is nothing; of one more dollar uneven
    venue.fund(LONG, USD, 1);
    settled = one(venue.mark(CASH, 60_000), CashSettled.class);
    assertThat(settled.paidMinor()).isZero();
    assertThat(settled.remainderMinor()).isEqualTo(1);
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isEqualTo(1);
  }

  @Test
  void shouldRecordBadDebtWhenClearingOwesMoreThanWasCollected() {
    TestVenue venue = settlingOnly(rules -> rules.lossSources = List.of(LossSource.MARGIN));
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 200 * ONE_USD);
    venue.trade(CASH, LONG, SHORT, 2_000, 100_000);
    venue.open(102, 3);
    venue.fund(102, USD, 1_100 * ONE_USD);
    // LONG sells at 1,400.00 to 102 and takes 800 out of clearing at once
    venue.trade(CASH, 102, LONG, 2_000, 140_000);
    // funding of another contract leaves 102 with 400
    venue.trade(PERP, 102, MAKER, 1_000, 100_000);
    venue.accepted(new Command.ApplyFunding(PERP, decimal("0.7")));
    assertThat(venue.margin(102, USD)).isEqualTo(400 * ONE_USD);
    // at 1,000.00 102 owes 800 and has 400: clearing is short of 400
    List<Event> events = venue.mark(CASH, 100_000);
    assertThat(one(events, LossUnpaid.class)).isEqualTo(new LossUnpaid(102, CASH, 400 * ONE_USD));
    assertThat(one(events, BadDebtRecorded.class))
        .isEqualTo(new BadDebtRecorded(-1, USD, 400 * ONE_USD));
    CashSettled settled = one(events, CashSettled.class);
    assertThat(settled.collectedMinor()).isEqualTo(-400 * ONE_USD);
    assertThat(settled.paidMinor()).isZero();
    assertThat(venue.view().houseMinor(HouseAccount.BAD_DEBT, USD)).isEqualTo(-400 * ONE_USD);
  }

  @Test
  void shouldPayFundingByTheSignOfTheRate() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, LONG, SHORT, 5_000, 90_000);
    // 5,000 at the mark: 0.01 % = 0.5
    CashSettled settled =
        one(venue.accepted(new Command.ApplyFunding(PERP, decimal("0.0001"))), CashSettled.class);
    assertThat(settled)
        .isEqualTo(
            new CashSettled(
                CashKind.FUNDING, PERP, 100_000, 500_000, 500_000, 500_000, 500_000, 0));
    assertThat(venue.margin(LONG, USD)).isEqualTo(1_000 * ONE_USD - 500_000);
    venue.accepted(new Command.ApplyFunding(PERP, decimal("-0.0003")));
    assertThat(venue.margin(LONG, USD)).isEqualTo(1_001 * ONE_USD);
    assertThat(venue.margin(SHORT, USD)).isEqualTo(999 * ONE_USD);
    assertThat(venue.accepted(new Command.ApplyFunding(PERP, Decimal.ZERO))).isEmpty();
    // unrealised profit stays where it is
    assertThat(venue.view().positions(LONG).getFirst().costTicks()).isEqualTo(4_500 * ONE_USD);
  }

  @Test
  void shouldRoundFundingAgainstThePayer() {
    TestVenue venue = settlingOnly(_ -> {});
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, LONG, SHORT, 5_000, 100_000);
    // 5 x 10^9 x 3 x 10^-10 = 1.5: the long pays 2, the short gets 1, the fund the rest
    CashSettled settled =
        one(venue.accepted(new Command.ApplyFunding(PERP, new Decimal(3, 10))), CashSettled.class);
    assertThat(settled.lossesMinor()).isEqualTo(2);
    assertThat(settled.gainsMinor()).isEqualTo(1);
    assertThat(settled.remainderMinor()).isEqualTo(1);
  }

  @Test
  void shouldSettleFinallyAndForGood() {
    TestVenue venue = TestVenue.standard();
    venue.open(LONG, 1);
    venue.open(SHORT, 2);
    venue.fund(LONG, USD, 1_000 * ONE_USD);
    venue.fund(SHORT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, LONG, SHORT, 5_000, 100_000);
    venue.accepted(new Command.SetOrderExposure(LONG, PERP, 0, 1_000, 0, 100_000_000));
    List<Event> events = venue.accepted(new Command.SettleInstrument(PERP, 102_000));
    assertThat(one(events, CashSettled.class))
        .isEqualTo(
            new CashSettled(
                CashKind.FINAL,
                PERP,
                102_000,
                100 * ONE_USD,
                100 * ONE_USD,
                100 * ONE_USD,
                100 * ONE_USD,
                0));
    assertThat(events).contains(new Event.InstrumentSettled(PERP, 102_000));
    assertThat(only(events, Event.OrdersCancelled.class)).isEmpty();
    assertThat(venue.view().positions(LONG)).isEmpty();
    assertThat(venue.view().positions(SHORT)).isEmpty();
    assertThat(venue.margin(LONG, USD)).isEqualTo(1_100 * ONE_USD);
    venue.refused(
        RefusalReason.INSTRUMENT_SETTLED, TestVenue.fill(PERP, LONG, SHORT, 1_000, 100_000));
    assertThat(one(venue.mark(PERP, 99_000), Event.MarkRejected.class).fault())
        .isEqualTo(MarkFault.NOT_TRADING);
  }
}
