package io.evenkeel.audit;

import static io.evenkeel.audit.SmallVenue.BACKSTOP;
import static io.evenkeel.audit.SmallVenue.CASH;
import static io.evenkeel.audit.SmallVenue.HOUSE;
import static io.evenkeel.audit.SmallVenue.PERP;
import static io.evenkeel.audit.SmallVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.AdvanceTime;
import io.evenkeel.model.command.Command.ApplyFunding;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketDataGuard;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Cash settlement, market data and sessions, worked out by hand.
class SettlementTest {
  private final RulesOfTest rules = new RulesOfTest();

  private SmallVenue venue() {
    rules.cycle = EnumSet.of(CycleStep.SETTLE);
    SmallVenue venue = new SmallVenue(rules);
    venue.post(BACKSTOP, HOUSE, USD, 1_000_000_000L);
    venue.mark(PERP, 100);
    venue.mark(CASH, 100);
    return venue;
  }

  @Test
  void shouldPayWinnersOnlyWhatLosersPaid() {
    rules.lossSources = List.of(LossSource.MARGIN);
    SmallVenue venue = venue();
    venue.openWith(1, 40);
    venue.openWith(2, 40);
    venue.openWith(3, 40);
    venue.trade(CASH, 1, 2, 2, 100);
    venue.trade(CASH, 1, 3, 1, 100);

    venue.mark(CASH, 86);
    // The long pays 42 with 40: winners of 28 and 14 get 26.666666 and 13.333333, one unit is left.
    assertThat(venue.only(Event.LossUnpaid.class).unpaidMinor()).isEqualTo(2_000_000);
    Event.CashSettled settled = venue.only(Event.CashSettled.class);
    assertThat(settled)
        .isEqualTo(
            new Event.CashSettled(
                CashKind.VARIATION, CASH, 86, 42_000_000, 40_000_000, 42_000_000, 39_999_999, 1));
    assertThat(venue.marginMinor(2, USD)).isEqualTo(40_000_000 + 26_666_666);
    assertThat(venue.account(2).positions().getFirst().costTicks()).isEqualTo(-172_000_000);
  }

  @Test
  void shouldExchangeFundingByItsSign() {
    SmallVenue venue = venue();
    venue.openWith(1, 100);
    venue.openWith(2, 100);
    venue.trade(PERP, 1, 2, 3, 100);

    venue.accept(new ApplyFunding(PERP, RulesOfTest.decimal("0.00012345678")));
    // 300 x 0.00012345678 = 0.037037034: the payer's is rounded up to 37,038 units, the receiver's
    // down.
    Event.CashSettled settled = venue.only(Event.CashSettled.class);
    assertThat(settled.lossesMinor()).isEqualTo(37_038);
    assertThat(settled.gainsMinor()).isEqualTo(37_037);
    assertThat(settled.remainderMinor()).isEqualTo(1);
    assertThat(venue.marginMinor(1, USD)).isEqualTo(100_000_000 - 37_038);
    venue.accept(new ApplyFunding(PERP, RulesOfTest.decimal("-0.25")));
    assertThat(venue.marginMinor(1, USD)).isEqualTo(175_000_000 - 37_038);
  }

  @Test
  void shouldSettleFinallyAndEmptyTheClearingAccount() {
    SmallVenue venue = venue();
    venue.openWith(1, 100);
    venue.openWith(2, 100);
    venue.trade(PERP, 1, 2, 3, 100);
    // Half-way the long sells one to the backstop at 110 and keeps two.
    venue.mark(PERP, 110);
    venue.trade(PERP, BACKSTOP, 1, 1, 110);
    assertThat(venue.twin.view().instruments().get(PERP).clearingMinor()).isEqualTo(-10_000_000);

    venue.accept(new SettleInstrument(PERP, 105));

    // Short -15, long +10, backstop -5; clearing gets back the 10 it advanced.
    assertThat(venue.marginMinor(1, USD)).isEqualTo(120_000_000);
    assertThat(venue.marginMinor(2, USD)).isEqualTo(85_000_000);
    assertThat(venue.marginMinor(BACKSTOP, USD)).isEqualTo(995_000_000);
    assertThat(venue.only(Event.CashSettled.class).collectedMinor()).isEqualTo(10_000_000);
    assertThat(venue.twin.view().instruments().get(PERP).clearingMinor()).isZero();
    assertThat(venue.account(1).positions()).isEmpty();
  }

  @Test
  void shouldEndTheContractsOfAnExpiryAtWhatTheyAreWorth() {
    SmallVenue venue = venue();
    long expiryNs = venue.nowNs + 10 * RulesOfTest.SECOND;
    venue.accept(expiring(20, expiryNs, false, null));
    venue.accept(expiring(21, expiryNs, true, null));
    venue.accept(expiring(22, expiryNs, false, option(Right.CALL, "100.5")));
    venue.accept(expiring(23, expiryNs, true, option(Right.PUT, "160")));
    venue.accept(expiring(24, expiryNs + 1, false, null));
    venue.openWith(1, 100);
    venue.openWith(2, 100);
    venue.mark(20, 100);
    venue.trade(20, 1, 2, 3, 100);
    SettleExpiry expiry = new SettleExpiry(SmallVenue.BTC, expiryNs, RulesOfTest.decimal("104.5"));

    assertThat(venue.answer(expiry)).isEqualTo(RefusalReason.NOT_EXPIRED);
    venue.waitSeconds(10);
    assertThat(venue.answer(new SettleExpiry(SmallVenue.BTC, expiryNs, Decimal.ZERO)))
        .isEqualTo(RefusalReason.INVALID_PRICE);
    assertThat(venue.answer(new SettleExpiry(USD, expiryNs, Decimal.ONE)))
        .isEqualTo(RefusalReason.UNKNOWN_INSTRUMENT);
    venue.accept(expiry);

    // 104.5 is 105 to the nearest whole; the call is worth 4, the put 55.5 / 104.5 of a coin: 1.
    assertThat(venue.last(Event.InstrumentSettled.class))
        .containsExactly(
            new Event.InstrumentSettled(20, 105),
            new Event.InstrumentSettled(21, 105),
            new Event.InstrumentSettled(22, 4),
            new Event.InstrumentSettled(23, 1));
    assertThat(venue.marginMinor(1, USD)).isEqualTo(115_000_000);
    assertThat(venue.marginMinor(2, USD)).isEqualTo(85_000_000);
    assertThat(venue.answer(expiry)).isEqualTo(RefusalReason.INSTRUMENT_SETTLED);
  }

  private static OptionTerms option(Right right, String strike) {
    return new OptionTerms(right, RulesOfTest.decimal(strike));
  }

  private static DefineInstrument expiring(
      int id, long expiryNs, boolean inverse, @Nullable OptionTerms option) {
    boolean inverseFuture = inverse && option == null;
    long most = inverseFuture ? 1_000 : 1_000_000;
    return new DefineInstrument(
        new LinearContract(
            id,
            "E" + id,
            option == null ? ContractKind.DATED_FUTURE : ContractKind.OPTION,
            inverseFuture ? SmallVenue.BTC : USD,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            0,
            0,
            1,
            10_000,
            most,
            most,
            new ContractTerms(SmallVenue.BTC, expiryNs, inverse, option)));
  }

  @Test
  void shouldOweALossOnlyAsFarAsOtherCollateralBacksIt() {
    rules.lossSources = List.of(LossSource.MARGIN, LossSource.DEBT, LossSource.INSURANCE);
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.post(1, 1, SmallVenue.BTC, 100_000);
    venue.openWith(2, 100);
    venue.trade(CASH, 1, 2, 2, 100);

    venue.mark(CASH, 80);
    // 0.001 BTC backs 40 for maintenance, and a debt in USD counts once: 40 may be owed, which is
    // all.
    assertThat(venue.marginMinor(1, USD)).isEqualTo(-40_000_000);
    venue.mark(CASH, 79);

    // With 40 owed nothing backs the next 2: it is left unpaid, and the winner gets nothing.
    assertThat(venue.only(Event.LossUnpaid.class).unpaidMinor()).isEqualTo(2_000_000);
    assertThat(venue.marginMinor(1, USD)).isEqualTo(-40_000_000);
  }

  @Test
  void shouldHoldBackAWickUntilTheNextPriceConfirmsIt() {
    rules.guard =
        new MarketDataGuard(
            0, RulesOfTest.decimal("0.1"), RulesOfTest.decimal("0"), 5 * RulesOfTest.SECOND);
    SmallVenue venue = venue();

    venue.mark(PERP, 111);
    assertThat(venue.only(Event.MarkRejected.class).fault()).isEqualTo(MarkFault.DEVIATION);
    assertThat(venue.only(Event.MarkRejected.class).referenceUnits()).isEqualTo(100);
    assertThat(venue.twin.view().instruments().get(PERP).degraded()).isTrue();
    venue.mark(PERP, 123);
    assertThat(venue.last(Event.MarkRejected.class)).as("12 off 111 is too much").hasSize(1);
    venue.mark(PERP, 135);
    assertThat(venue.last(Event.MarkRejected.class)).isEmpty();
    assertThat(venue.only(Event.MarketDataRestored.class).priceUnits()).isEqualTo(135);
    venue.mark(PERP, 1);
    venue.waitSeconds(5);

    assertThat(venue.last(Event.MarketDataLost.class)).hasSize(1);
  }

  @Test
  void shouldDegradeOnlyTheInstrumentOfTheBadMark() {
    rules.guard =
        new MarketDataGuard(
            0, RulesOfTest.decimal("0"), RulesOfTest.decimal("0.01"), RulesOfTest.SECOND);
    SmallVenue venue = venue();
    MarkBatch batch =
        MarkBatch.builder()
            .add(Target.ASSET, USD, 1, venue.nowNs, 10_001)
            .add(Target.INSTRUMENT, PERP, 101, venue.nowNs, 10_000)
            .build();

    venue.accept(new MarkPrices(batch));

    assertThat(venue.events)
        .containsExactly(
            new Event.MarkRejected(Target.ASSET, USD, 1, 1, MarkFault.UNCERTAIN),
            new Event.MarketDataDegraded(Target.ASSET, USD, MarkFault.UNCERTAIN));
    assertThat(venue.twin.view().instruments().get(PERP).markUnits()).isEqualTo(101);
  }

  @Test
  void shouldAnswerARepeatedNumberWithTheFirstOutcome() {
    SmallVenue venue = venue();
    venue.open(1, 1);
    AuditEngine twin = venue.twin;
    long now = venue.nowNs;

    Outcome first = twin.apply(now, 5, 10, new Deposit(1, USD, 7)).outcome();
    Outcome again = twin.apply(now, 5, 10, new Withdraw(1, USD, 7)).outcome();

    assertThat(first.isAccepted()).isTrue();
    assertThat(again).isEqualTo(first);
    assertThat(venue.walletMinor(1, USD)).isEqualTo(7);
    assertThat(twin.apply(now, 5, 9, new AdvanceTime()).outcome().reason())
        .isEqualTo(RefusalReason.NUMBER_TOO_OLD);
  }

  @Test
  void shouldAddUpWhatTheOutsideWorldGave() {
    SmallVenue venue = venue();
    venue.openWith(1, 100);
    venue.accept(new Deposit(1, USD, 5));
    venue.accept(new Withdraw(1, USD, 3));

    AuditView.AssetLine usd = venue.twin.view().assets().get(USD);
    assertThat(usd.netExternalMinor()).isEqualTo(1_100_000_002);
    assertThat(usd.houseMinor().get(HouseAccount.OUTSIDE_WORLD)).isEqualTo(-1_100_000_002);
    assertThat(venue.only(Event.MoneyMoved.class).reason()).isEqualTo(MoneyReason.WITHDRAWAL);
  }
}
