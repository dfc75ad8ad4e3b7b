package io.evenkeel.engine;

import static io.evenkeel.engine.HealthVenue.LOSER;
import static io.evenkeel.engine.RulebookSketch.decimal;
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

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CollateralConverted;
import io.evenkeel.model.event.Event.LiquidationEnded;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.Event.PositionTransferred;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.HealthClosing;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Closing under health weights: how much, at whose cost, and when it ends.
class HealthLiquidationTest {
  private static LiquidationResult result(List<Event> events) {
    return one(events, LiquidationEnded.class).result();
  }

  @Test
  void shouldCloseTheLeastLotsAndLeaveTheResultApartFromMoney() {
    // long 10 at 1,000.00 with 1,200 dollars
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    HealthVenue.longTen(venue, 1_200);
    List<Event> events = venue.mark(PERP, 92_000);

    // at 920.00 liquidation-end health is 1,200 - 10,000 + 0.8 * 9,200 = -1,440, and a dollar
    // closed
    // brings 1 - 0.8 - 0.02 - 0.01 = 0.17: 8,470.59 dollars are 9,207.2 lots
    assertThat(one(events, PositionReduced.class))
        .isEqualTo(
            new PositionReduced(
                LOSER,
                PERP,
                9_208,
                92_000,
                90_160,
                0,
                84_713_600,
                8_471_360_000L,
                PositionSide.NET));
    assertThat(result(events)).isEqualTo(LiquidationResult.REDUCED);
    assertThat(venue.margin(LOSER, USD)).isEqualTo(1_200 * ONE_USD);
    assertThat(venue.view().quantityUnits(LOSER, PERP)).isEqualTo(792);
    assertThat(HealthVenue.endHealth(venue)).isEqualByComparingTo("0.1312");
    assertThat(venue.view().houseMinor(HouseAccount.FEES, USD)).isEqualTo(84_713_600);
  }

  @Test
  void shouldGoOnUntilLiquidationEndHealthIsBackThoughMaintenanceIs() {
    HealthClosing limited =
        HealthVenue.closing(
            new HealthClosing.Perpetuals(HealthVenue.MARKET_FEES, 5_000, null), null, null);
    TestVenue venue = HealthVenue.with(limited);
    HealthVenue.longTen(venue, 1_200);
    assertThat(result(venue.mark(PERP, 92_000))).isEqualTo(LiquidationResult.WAITING);
    String before = venue.hash();
    venue.engine = SnapshotTest.copy(venue.engine, venue.events);
    assertThat(venue.hash()).isEqualTo(before);

    // 1,200 - 5,538 + 5 * 970: maintenance health 27, liquidation-end health -458
    List<Event> events = venue.mark(PERP, 97_000);
    assertThat(one(events, LiquidationStarted.class).cause())
        .isEqualTo(LiquidationCause.BELOW_MAINTENANCE);
    assertThat(one(events, PositionReduced.class).closedUnits()).isEqualTo(2_778);
    assertThat(result(events)).isEqualTo(LiquidationResult.REDUCED);

    // a liquidation that has ended does not begin again before maintenance health is gone
    List<Event> after = venue.mark(PERP, 96_500);
    assertThat(HealthVenue.endHealth(venue)).isNegative();
    assertThat(only(after, LiquidationStarted.class)).isEmpty();
  }

  @Test
  void shouldEndALiquidationThatPricesHaveEnded() {
    HealthClosing nothing =
        HealthVenue.closing(
            new HealthClosing.Perpetuals(HealthVenue.MARKET_FEES, 0, decimal("0")), null, null);
    TestVenue venue = HealthVenue.with(nothing);
    HealthVenue.longTen(venue, 1_200);
    assertThat(result(venue.mark(PERP, 92_000))).isEqualTo(LiquidationResult.WAITING);
    assertThat(result(venue.mark(PERP, 120_000))).isEqualTo(LiquidationResult.RESCUED);
    assertThat(only(venue.mark(PERP, 109_000), LiquidationStarted.class)).isEmpty();
  }

  @Test
  void shouldTakeProfitOverForMoney() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    // 1,000 profit on 1 contract, and a debt of 1,300 dollars
    HealthVenue.bring(venue, PERP, 1_000, 0);
    venue.accepted(new Command.ImportBalance(LOSER, USD, -1_300 * ONE_USD));
    List<Event> events = venue.reassess();

    // counted 800; a dollar passed on brings 0.9 - 0.5; step by step: 800 passed brings 320 of the
    // 900 missing, then lots for 0.17 * 0.9 a dollar: all of them, 170 more result, passed too
    assertThat(one(events, PositionReduced.class).closedUnits()).isEqualTo(1_000);
    PositionTransferred passed = one(events, PositionTransferred.class);
    assertThat(passed.quantityUnits()).isZero();
    assertThat(passed.toAccountId()).isEqualTo(BACKSTOP);
    assertThat(-passed.costTicks() / HealthVenue.ticksPerDollar(venue)).isEqualTo(970);
    // 873 paid; the rest of the debt nothing backs
    assertThat(HealthVenue.sharedDollars(events)).isEqualTo(1_300 - 873);
    assertThat(venue.margin(LOSER, USD)).isZero();
    assertThat(venue.view().positions(LOSER)).isEmpty();
  }

  @Test
  void shouldPayDebtsWithWhatIsHeldAndTheFeesOfBoth() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    venue.accepted(new Command.ImportBalance(LOSER, BTC, 100_000_000));
    venue.accepted(new Command.ImportBalance(LOSER, USD, -42_000 * ONE_USD));
    List<Event> events = venue.price(BTC, 4_600_000);

    // health 0.8 * 46,000 - 42,000 = -5,200; a dollar paid brings 1 - 0.8 * 1.05 = 0.16: 32,500
    CollateralConverted converted = one(events, CollateralConverted.class);
    assertThat(converted.coveredMinor())
        .isBetween(32_500 * ONE_USD, 32_500 * ONE_USD + ONE_USD / 100);
    assertThat(converted.soldMinor()).isBetween(74_184_783L, 74_184_800L);
    assertThat(venue.view().houseMinor(HouseAccount.FEES, BTC)).isBetween(706_500L, 706_600L);
    assertThat(result(events)).isEqualTo(LiquidationResult.REDUCED);
    assertThat(HealthVenue.endHealth(venue)).isBetween(BigDecimal.ZERO, new BigDecimal("0.001"));
  }

  @Test
  void shouldSettleOutOfOwnAssetsThenAskTheFundThenOthers() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    venue.accepted(new Command.ContributeInsurance(USD, 51 * ONE_USD));
    venue.accepted(new Command.ImportBalance(LOSER, USD, 300 * ONE_USD));
    HealthVenue.bring(venue, PERP, 0, 500);
    List<Event> events = venue.reassess();

    // 300 settled; the fund has 51 for 50 at a fee of 2 %; 150 is left to others
    List<PositionTransferred> passed = only(events, PositionTransferred.class);
    long dollar = HealthVenue.ticksPerDollar(venue);
    assertThat(passed).extracting(each -> each.costTicks() / dollar).containsExactly(300L, 50L);
    assertThat(one(events, Event.InsuranceDrawn.class))
        .isEqualTo(new Event.InsuranceDrawn(LOSER, USD, 204 * ONE_USD, 51 * ONE_USD));
    assertThat(one(events, Event.LossShared.class))
        .isEqualTo(new Event.LossShared(PERP, 1, 150 * ONE_USD, 500 * ONE_USD, 150 * ONE_USD, 1));
    assertThat(one(events, Event.ProfitReduced.class).accountId()).isEqualTo(MAKER);
    assertThat(venue.margin(LOSER, USD)).isZero();
    assertThat(venue.margin(BACKSTOP, USD)).isEqualTo((1_000_000 + 300 + 51) * ONE_USD);
    assertThat(venue.view().positions(LOSER)).isEmpty();
    assertThat(result(events)).isEqualTo(LiquidationResult.REDUCED);
  }

  @Test
  void shouldShareADebtThatNothingBacksOnceTheFundIsEmpty() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    venue.accepted(new Command.ContributeInsurance(USD, 20_800 * ONE_USD));
    venue.accepted(new Command.ImportBalance(LOSER, BTC, -100_000_000));
    List<Event> events = venue.reassess();

    // 20,800 dollars pay for 20,000 of 50,000 at a fee of 4 %
    assertThat(one(events, Event.InsuranceDrawn.class).paidMinor()).isEqualTo(20_800 * ONE_USD);
    assertThat(venue.margin(BACKSTOP, BTC)).isEqualTo(-100_000_000);
    // the backstop pays the rest, too, and no step here makes anybody bear a debt
    assertThat(one(events, Event.BadDebtRecorded.class).amountMinor()).isEqualTo(30_000 * ONE_USD);
    assertThat(venue.margin(LOSER, BTC)).isZero();
    assertThat(result(events)).isEqualTo(LiquidationResult.REDUCED);
  }

  @Test
  void shouldLetTheAccountWaitWhenTheBackstopCannotCarryMore() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    HealthVenue.longTen(venue, 1_200);
    venue.trade(OTHER, BACKSTOP, MAKER, 1_000_000, 100_000);
    venue.accepted(new Command.ImportBalance(BACKSTOP, USD, -900_000 * ONE_USD));
    List<Event> events = venue.mark(PERP, 92_000);
    assertThat(only(events, PositionReduced.class)).isEmpty();
    assertThat(result(events)).isEqualTo(LiquidationResult.WAITING);
    venue.accepted(new Command.ImportBalance(BACKSTOP, USD, 900_000 * ONE_USD));
    assertThat(result(venue.reassess())).isEqualTo(LiquidationResult.REDUCED);
  }

  @Test
  void shouldPayOutAResultWithoutAPositionWhenTheContractEnds() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    HealthVenue.bring(venue, PERP, 0, -70);
    venue.accepted(new Command.SettleInstrument(PERP, 100_000));
    assertThat(venue.margin(LOSER, USD)).isEqualTo(70 * ONE_USD);
    assertThat(venue.view().positions(LOSER)).isEmpty();
  }

  @Test
  void shouldImportAResultWithoutAPositionOnlyWhereResultsStandByThemselves() {
    TestVenue venue = HealthVenue.with(HealthVenue.closing());
    venue.open(LOSER, LOSER);
    venue.refused(RefusalReason.INVALID_COST, new Command.ImportPosition(PERP, LOSER, MAKER, 0, 0));
    venue.refused(
        RefusalReason.INVALID_COST,
        new Command.ImportPosition(PERP, LOSER, MAKER, 0, Long.MAX_VALUE));
    TestVenue usual = TestVenue.standard();
    usual.open(LOSER, LOSER);
    usual.refused(
        RefusalReason.INVALID_QUANTITY, new Command.ImportPosition(PERP, LOSER, MAKER, 0, 5));
  }
}
