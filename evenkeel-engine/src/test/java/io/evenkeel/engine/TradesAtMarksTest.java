package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketConduct.CashRounding;
import io.evenkeel.model.rulebook.MarketConduct.FeeSource;
import io.evenkeel.model.rulebook.MarketConduct.FundingBasis;
import io.evenkeel.model.rulebook.MarketConduct.OrderGate;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Trades that settle at the next mark, rounding towards zero, and what else such a venue does.
class TradesAtMarksTest {
  private static final int MARKET = 20;
  private static final long[] ACCOUNTS = {11, 12, 13, 14};

  private TestVenue venue;

  /// Ten units are one minor unit at a price of 1, so that amounts round.
  @BeforeEach
  void openVenue() {
    venue =
        TestVenue.with(sketch -> {
          sketch.runsNothing();
          sketch.runs(Trigger.MARKS, true, CycleStep.SETTLE, CycleStep.RELEASE, CycleStep.TOP_UP);
          sketch.runs(Trigger.SETTLEMENT, false, CycleStep.RELEASE);
          sketch.runs(Trigger.REASSESS, false, CycleStep.RELEASE, CycleStep.TOP_UP);
          sketch.releaseAutomatic = true;
          sketch.executionOrder = ExecutionOrder.ARRIVAL;
          sketch.lossSources =
              List.of(LossSource.MARGIN, LossSource.WALLET, LossSource.INSTRUMENT_FUND);
          sketch.crossLevels =
              new LevelPolicy.ScaledMaintenance(decimal("1.1"), decimal("1.2"), decimal("1.4"));
          sketch.requirement =
              new FactorRates(
                  Map.of(),
                  new RiskFactors(decimal("0.1"), decimal("0.1"), Decimal.ZERO, Decimal.ZERO),
                  false,
                  decimal("1.2"),
                  new MarketProfile(decimal("0.05"), 1_000_000, decimal("0.1")));
          sketch.conduct =
              new MarketConduct(
                  OrderGate.ON_REQUEST,
                  true,
                  true,
                  CashRounding.TOWARD_ZERO,
                  FundingBasis.PER_CONTRACT,
                  false,
                  true,
                  List.of(FeeSource.WALLET, FeeSource.MARGIN));
        });
    venue.accepted(
        new Command.DefineInstrument(
            new LinearContract(
                MARKET,
                "MARKET",
                ContractKind.PERPETUAL,
                USD,
                Variation.CASH_AND_TRADES_AT_EACH_MARK,
                1,
                6,
                1,
                1,
                1_000_000,
                1_000_000,
                2_000_000)));
    for (long account : ACCOUNTS) {
      venue.open(account, party(account));
      venue.deposit(party(account), USD, 1_000);
    }
  }

  private static long party(long account) {
    return 1_100 + account;
  }

  private long margin(long account) {
    return venue.margin(account, USD);
  }

  private long wallet(long account) {
    return venue.wallet(party(account), USD);
  }

  private long cash(long account) {
    return margin(account) + wallet(account);
  }

  private void orders(long account, long buy, long sell) {
    venue.accepted(new Command.SetOrderExposure(account, MARKET, buy, sell, 100 * buy, 100 * sell));
  }

  @Test
  void shouldMoveMoneyOnlyAtTheNextMark() {
    List<Event> fill = venue.trade(MARKET, 11, 12, 100, 50);
    venue.mark(MARKET, 50);
    venue.trade(MARKET, 13, 11, 60, 70);
    venue.trade(MARKET, 13, 11, 40, 80);

    assertThat(TestVenue.only(fill, Event.MoneyMoved.class)).isEmpty();
    assertThat(venue.view().quantityUnits(11, MARKET)).isZero();
    assertThat(cash(11)).isEqualTo(1_000);
    assertThat(venue.view().positions(11)).as("unsettled, so still there").hasSize(1);

    venue.mark(MARKET, 60);
    assertThat(cash(11)).isEqualTo(1_000 + 6 * 20 + 4 * 30);
    assertThat(cash(12)).isEqualTo(1_000 - 100);
    assertThat(cash(13)).isEqualTo(1_000 - 6 * 10 - 4 * 20);
    assertThat(venue.view().positions(11)).as("flat").isEmpty();
    assertThat(margin(11)).as("released").isZero();
    // topped up to 1.2 of the maintenance of 60, losses taken from margin first
    assertThat(margin(13)).isEqualTo(72);
  }

  @Test
  void shouldRememberUnsettledTradesInASnapshot() {
    venue.trade(MARKET, 11, 12, 100, 50);
    venue.mark(MARKET, 50);
    venue.trade(MARKET, 13, 11, 100, 50);
    venue.accepted(new Command.ContributeInstrumentFund(MARKET, 77));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
    ByteArrayInputStream input = new ByteArrayInputStream(bytes.toByteArray());
    Engine read =
        Snapshots.read(
            buffer -> input.read(buffer, 0, buffer.length), TestVenue.LIMITS, (_, _, _) -> {});

    assertThat(Snapshots.stateHash(read)).isEqualTo(venue.hash());
    assertThat(read.view().positions(11)).hasSize(1);
    assertThat(read.view().instrumentFundMinor(MARKET)).isEqualTo(77);
  }

  @Test
  void shouldGiveWhatRoundingLeavesToWinnersOfNothingFirst() {
    // 14 loses 2.1, 11 wins 0.3, 12 wins 0.3, 13 wins 1.5
    venue.trade(MARKET, 11, 14, 3, 100);
    venue.trade(MARKET, 12, 14, 3, 100);
    venue.trade(MARKET, 13, 14, 15, 100);
    venue.mark(MARKET, 100);
    long[] before = {cash(11), cash(12), cash(13), cash(14)};
    venue.mark(MARKET, 101);

    assertThat(cash(14)).isEqualTo(before[3] - 2);
    assertThat(cash(13)).isEqualTo(before[2] + 1);
    assertThat(cash(11)).as("the first of those left with nothing").isEqualTo(before[0] + 1);
    assertThat(cash(12)).isEqualTo(before[1]);
  }

  @Test
  void shouldGiveTheRestToTheLargestWinner() {
    // 14 loses 3.0, 11 wins 1.9, 12 wins 1.1
    venue.trade(MARKET, 11, 14, 19, 100);
    venue.trade(MARKET, 12, 14, 11, 100);
    venue.mark(MARKET, 100);
    long[] before = {cash(11), cash(12), cash(14)};
    venue.mark(MARKET, 101);

    assertThat(cash(14)).isEqualTo(before[2] - 3);
    assertThat(cash(11)).isEqualTo(before[0] + 2);
    assertThat(cash(12)).isEqualTo(before[1] + 1);
  }

  @Test
  void shouldLetTheLargestWinnerBearWhatLossesFallShortBy() {
    // 11 and 12 lose 0.9 each, which is nothing; 14 wins 1.8
    venue.trade(MARKET, 11, 14, 9, 100);
    venue.trade(MARKET, 12, 14, 9, 100);
    venue.mark(MARKET, 100);
    long before = cash(14);
    venue.mark(MARKET, 99);

    assertThat(cash(14)).isEqualTo(before);
  }

  @Test
  void shouldTakeLossesFromMarginWalletAndFundThenShareThem() {
    venue.trade(MARKET, 11, 14, 1_000, 1);
    venue.trade(MARKET, 12, 14, 1_000, 1);
    venue.mark(MARKET, 1);
    venue.accepted(new Command.ContributeInstrumentFund(MARKET, 100));
    // 14 owes 1,200 and has 1,000
    List<Event> events = venue.mark(MARKET, 7);

    assertThat(TestVenue.one(events, Event.LossUnpaid.class).unpaidMinor()).isEqualTo(100);
    assertThat(venue.view().instrumentFundMinor(MARKET)).isZero();
    // 600 * 0.9166666666666667 and the rest
    assertThat(cash(11)).isEqualTo(1_550);
    assertThat(cash(12)).isEqualTo(1_550);
    assertThat(cash(14)).isZero();
  }

  @Test
  void shouldAskForMarginAtTheObservedPriceWhenAsked() {
    venue.accepted(new Command.SetPhase(MARKET, TradingPhase.AUCTION));
    orders(11, 100, 0);
    assertThat(margin(11)).as("not asked yet").isZero();

    venue.accepted(new Command.SecureMargin(11, MARKET, 200));
    assertThat(margin(11)).as("an auction counts its own price").isEqualTo(120);
    venue.accepted(new Command.SetPhase(MARKET, TradingPhase.CONTINUOUS));
    venue.accepted(new Command.SecureMargin(11, MARKET, 200));
    assertThat(margin(11)).isEqualTo(240);
    venue.accepted(new Command.SecureMargin(11, MARKET, 50));
    assertThat(margin(11)).as("never gives back").isEqualTo(240);

    venue.refused(RefusalReason.INSUFFICIENT_MARGIN, new Command.SecureMargin(11, MARKET, 100_000));
    venue.refused(RefusalReason.INVALID_PRICE, new Command.SecureMargin(11, MARKET, 0));
    venue.refused(RefusalReason.UNKNOWN_ACCOUNT, new Command.SecureMargin(99, MARKET, 1));
    venue.refused(RefusalReason.BACKSTOP_REFUSED, new Command.SecureMargin(BACKSTOP, MARKET, 1));
  }

  @Test
  void shouldChargeFeesFromTheWalletFirst() {
    venue.post(11, USD, 900);
    venue.accepted(new Command.ChargeFee(11, USD, 150, party(12)));

    assertThat(wallet(11)).isZero();
    assertThat(margin(11)).isEqualTo(850);
    assertThat(wallet(12)).isEqualTo(1_150);
    venue.accepted(new Command.ChargeFee(11, USD, 50, -1));
    assertThat(venue.view().houseMinor(HouseAccount.FEES, USD)).isEqualTo(50);
    venue.refused(RefusalReason.INSUFFICIENT_BALANCE, new Command.ChargeFee(11, USD, 801, -1));
    venue.refused(RefusalReason.UNKNOWN_PARTY, new Command.ChargeFee(11, USD, 1, 77));
    venue.refused(RefusalReason.INVALID_AMOUNT, new Command.ChargeFee(11, USD, 0, -1));
  }

  @Test
  void shouldPayFundingPerContractAndReserveItBefore() {
    venue.trade(MARKET, 11, 12, 105, 100);
    venue.mark(MARKET, 100);
    venue.accepted(
        new Command.PublishFactors(
            List.of(new FactorValue(FactorKind.FUNDING_INCREMENT, MARKET, 0, new Decimal(15, 7)))));
    // ten and a half contracts: 105 of maintenance and 15.75 of funding due, rounded up once
    assertThat(venue.assess(11).maintenanceMarginE6()).isEqualTo(121);
    assertThat(venue.assess(12).maintenanceMarginE6()).isEqualTo(105);
    long[] before = {cash(11), cash(12)};
    venue.accepted(new Command.ApplyFunding(MARKET, new Decimal(15, 7)));

    assertThat(cash(11)).isEqualTo(before[0] - 15);
    assertThat(cash(12)).isEqualTo(before[1] + 15);
  }

  @Test
  void shouldSettleAtZeroAndGiveEverythingBack() {
    venue.trade(MARKET, 11, 12, 100, 50);
    venue.mark(MARKET, 50);
    venue.accepted(new Command.ContributeInstrumentFund(MARKET, 30));
    venue.accepted(new Command.SettleInstrument(MARKET, 0));

    assertThat(wallet(11)).isEqualTo(500);
    assertThat(wallet(12)).isEqualTo(1_500);
    venue.accepted(new Command.CloseInstrumentFund(MARKET));
    assertThat(venue.view().instrumentFundMinor(MARKET)).isZero();
    assertThat(venue.view().houseMinor(HouseAccount.INSURANCE_FUND, USD)).isEqualTo(30);
    venue.refused(RefusalReason.UNKNOWN_INSTRUMENT, new Command.CloseInstrumentFund(99));
    venue.refused(RefusalReason.INVALID_AMOUNT, new Command.ContributeInstrumentFund(MARKET, 0));
  }
}
