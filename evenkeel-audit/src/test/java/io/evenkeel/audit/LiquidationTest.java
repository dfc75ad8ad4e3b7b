package io.evenkeel.audit;

import static io.evenkeel.audit.SmallVenue.BACKSTOP;
import static io.evenkeel.audit.SmallVenue.BTC;
import static io.evenkeel.audit.SmallVenue.HOUSE;
import static io.evenkeel.audit.SmallVenue.PERP;
import static io.evenkeel.audit.SmallVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Liquidation and who bears the loss, worked out by hand.
class LiquidationTest {
  private final RulesOfTest rules = new RulesOfTest();

  private SmallVenue venue(long backstopUsd) {
    SmallVenue venue = new SmallVenue(rules);
    venue.post(BACKSTOP, HOUSE, USD, backstopUsd * 1_000_000);
    venue.mark(PERP, 100);
    return venue;
  }

  /// Ten bought at 100 by account 1, sold by account 2.
  private SmallVenue longTen(long postedUsd) {
    SmallVenue venue = venue(100_000);
    venue.openWith(1, postedUsd);
    venue.openWith(2, 200);
    venue.trade(PERP, 1, 2, 10, 100);
    return venue;
  }

  @Test
  void shouldCloseTheLeastThatRestoresTheExitLevel() {
    rules.steps =
        List.of(
            new LiquidationStep.PartialClose(ExitLevel.INITIAL), new LiquidationStep.TakeOver());
    rules.partialPenalty = RulesOfTest.decimal("0.01");
    rules.slippage = RulesOfTest.decimal("0.02");
    SmallVenue venue = longTen(120);

    venue.mark(PERP, 92);

    // Equity 40 of notional 920, maintenance 46. A unit is sold at floor(92 x 0.98) = 90 and costs
    // 0.92:
    // closing k leaves 40 - 2.92 k against 9.2 (10 - k). k = 8: 16.64 < 18.4; k = 9: 13.72 >= 9.2.
    Event.PositionReduced reduced = venue.only(Event.PositionReduced.class);
    assertThat(reduced.closedUnits()).isEqualTo(9);
    assertThat(reduced.priceUnits()).isEqualTo(90);
    assertThat(reduced.realisedMinor()).isEqualTo(-90_000_000);
    assertThat(reduced.penaltyMinor()).isEqualTo(8_280_000);
    assertThat(reduced.notionalE6()).isEqualTo(828_000_000);
    Event.LiquidationEnded ended = venue.only(Event.LiquidationEnded.class);
    assertThat(ended.result()).isEqualTo(LiquidationResult.REDUCED);
    assertThat(ended.assessment().equityE6()).isEqualTo(13_720_000);
    assertThat(ended.assessment().levels().initialE6()).isEqualTo(9_200_000);
    assertThat(house(venue, HouseAccount.INSURANCE_FUND)).isEqualTo(4_140_000);
    assertThat(house(venue, HouseAccount.FEES)).isEqualTo(2_070_000);
    assertThat(venue.marginMinor(BACKSTOP, USD)).isEqualTo(100_000_000_000L + 2_070_000);
  }

  @Test
  void shouldRescueByCancellingOrders() {
    rules.steps = List.of(new LiquidationStep.CancelOrders(), new LiquidationStep.TakeOver());
    rules.onExpiry = io.evenkeel.model.rulebook.CallPolicy.OnExpiry.CLOSE;
    SmallVenue venue = longTen(200);
    // Bought at 106 instead of 100: 60 more are at stake if the order fills, and 10 % of twice as
    // much.
    venue.accept(new SetOrderExposure(1, PERP, 10, 0, 1_000, 0));
    venue.mark(PERP, 95);
    // Equity 150; initial of 950 + 1,000 is 195, and 50 for buying above mark; half-way from 47.5
    // is 146.25.
    assertThat(venue.last(Event.MarginCallIssued.class)).isEmpty();
    venue.mark(PERP, 93);
    // Equity 130; initial 193 + 70 = 263; half-way from 46.5: 154.75.
    assertThat(venue.only(Event.MarginCallIssued.class).amountE6()).isEqualTo(133_000_000);

    venue.waitSeconds(60);

    assertThat(venue.only(Event.LiquidationStarted.class).cause())
        .isEqualTo(LiquidationCause.CALL_EXPIRED);
    assertThat(venue.only(Event.OrdersCancelled.class).instruments()).isEqualTo(1);
    assertThat(venue.only(Event.LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.RESCUED);
    assertThat(venue.account(1).positions().getFirst().quantityUnits()).isEqualTo(10);
  }

  @Test
  void shouldNotTakeOverForAnExpiredCallAlone() {
    SmallVenue venue = longTen(120);
    venue.mark(PERP, 93);
    // Equity 50 between maintenance 46.5 and search 69.75.
    assertThat(venue.last(Event.MarginCallIssued.class)).hasSize(1);

    venue.waitSeconds(60);

    assertThat(venue.only(Event.LiquidationStarted.class).cause())
        .isEqualTo(LiquidationCause.CALL_EXPIRED);
    assertThat(venue.only(Event.LiquidationEnded.class).result())
        .isEqualTo(LiquidationResult.LEFT_OPEN);
    assertThat(venue.account(1).positions().getFirst().quantityUnits()).isEqualTo(10);
    assertThat(venue.marginMinor(1, USD)).isEqualTo(120_000_000);
  }

  @Test
  void shouldTakeOverAtTheBankruptcyPriceForAPenaltyOfWhatIsLeft() {
    rules.takeOverPenalty = RulesOfTest.decimal("0.05");
    SmallVenue venue = longTen(120);

    venue.mark(PERP, 92);

    // 40 are left; 5 % of 920 would be 46.
    Event.AccountTakenOver taken = venue.only(Event.AccountTakenOver.class);
    assertThat(taken.valueE6()).isEqualTo(40_000_000);
    assertThat(taken.notionalE6()).isEqualTo(920_000_000);
    assertThat(taken.penaltyMinor()).isEqualTo(40_000_000);
    assertThat(venue.account(1).balancesMinor()).isEmpty();
    assertThat(venue.account(BACKSTOP).positions())
        .containsExactly(
            new AuditView.PositionLine(PERP, 10, 1_000_000_000, 0, 0, 0, 0, PositionSide.NET));
    // Half of the penalty to insurance, a quarter to the backstop, which also takes the 80 that the
    // loss ate.
    assertThat(house(venue, HouseAccount.INSURANCE_FUND)).isEqualTo(20_000_000);
    assertThat(venue.marginMinor(BACKSTOP, USD)).isEqualTo(100_000_000_000L + 90_000_000);
  }

  @Test
  void shouldLetInsuranceThenWinnersThenNobodyBearADeficit() {
    SmallVenue venue = longTen(120);
    venue.accept(new ContributeInsurance(USD, 30_000_000));
    // Account 3 is short 7 against the backstop, so that two winners share.
    venue.openWith(3, 200);
    venue.trade(PERP, BACKSTOP, 3, 7, 100);

    venue.mark(PERP, 80);

    // 120 posted, 200 lost: 80 are missing. 30 from insurance, 50 from winners of 200 and 140:
    // floor(50 x 200 / 340) = 29.411764, floor(50 x 140 / 340) = 20.588235, one unit left for the
    // first.
    Event.InsuranceDrawn drawn = venue.only(Event.InsuranceDrawn.class);
    assertThat(drawn.deficitMinor()).isEqualTo(80_000_000);
    assertThat(drawn.paidMinor()).isEqualTo(30_000_000);
    Event.LossShared shared = venue.only(Event.LossShared.class);
    assertThat(shared.lossMinor()).isEqualTo(50_000_000);
    assertThat(shared.profitMinor()).isEqualTo(340_000_000);
    assertThat(shared.winners()).isEqualTo(2);
    assertThat(venue.last(Event.ProfitReduced.class))
        .containsExactly(
            new Event.ProfitReduced(2, PERP, 200_000_000, 29_411_765, PositionSide.NET),
            new Event.ProfitReduced(3, PERP, 140_000_000, 20_588_235, PositionSide.NET));
    assertThat(venue.last(Event.BadDebtRecorded.class)).isEmpty();
    // The backstop, long 7 from 100, lost 140 as anybody would; taking over cost it nothing.
    assertThat(venue.account(BACKSTOP).fullValueE6()).isEqualTo(100_000_000_000L - 140_000_000);
  }

  @Test
  void shouldRecordWhatNobodyCanBearAsBadDebt() {
    rules.steps = List.of(new LiquidationStep.TakeOver(), new LiquidationStep.DrawInsurance());
    SmallVenue venue = longTen(120);

    venue.mark(PERP, 80);

    assertThat(venue.only(Event.InsuranceDrawn.class).paidMinor()).isZero();
    assertThat(venue.only(Event.BadDebtRecorded.class).amountMinor()).isEqualTo(80_000_000);
    assertThat(house(venue, HouseAccount.BAD_DEBT)).isEqualTo(-80_000_000);
    assertThat(venue.account(BACKSTOP).fullValueE6()).isEqualTo(100_000_000_000L);
  }

  @Test
  void shouldSellCollateralToCoverADebt() {
    rules.steps = List.of(new LiquidationStep.ConvertDebts(), new LiquidationStep.TakeOver());
    SmallVenue venue = venue(100_000);
    venue.openWith(2, 2_000);
    venue.open(1, 1);
    venue.post(1, 1, BTC, 560_000);
    // 0.0056 BTC: 280, at maintenance 224, at initial 140. The position has to be paid for at once:
    // CASH.
    venue.mark(SmallVenue.CASH, 100);
    venue.trade(SmallVenue.CASH, 1, 2, 10, 100);

    venue.mark(SmallVenue.CASH, 81);

    // 190 become a debt: equity 34 against maintenance 40.5.
    // 190 / 0.9 = 211.111112 of BTC (rounded up): 0.00422223 are sold.
    Event.CollateralConverted sale = venue.only(Event.CollateralConverted.class);
    assertThat(sale.soldMinor()).isEqualTo(422_223);
    assertThat(sale.coveredMinor()).isEqualTo(190_000_000);
    // 0.00137777 BTC are left: 68.8885, at maintenance 55.1108.
    Event.LiquidationEnded ended = venue.only(Event.LiquidationEnded.class);
    assertThat(ended.result()).isEqualTo(LiquidationResult.RESCUED);
    assertThat(ended.assessment().equityE6()).isEqualTo(55_110_800);
  }

  private static long house(SmallVenue venue, HouseAccount account) {
    return venue.twin.view().assets().get(USD).houseMinor().getOrDefault(account, 0L);
  }
}
