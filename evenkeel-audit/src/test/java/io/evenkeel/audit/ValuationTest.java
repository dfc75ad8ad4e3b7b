package io.evenkeel.audit;

import static io.evenkeel.audit.SmallVenue.BACKSTOP;
import static io.evenkeel.audit.SmallVenue.BTC;
import static io.evenkeel.audit.SmallVenue.FINE;
import static io.evenkeel.audit.SmallVenue.HOUSE;
import static io.evenkeel.audit.SmallVenue.PERP;
import static io.evenkeel.audit.SmallVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LevelPolicy;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/// Worth and levels of accounts, worked out by hand.
class ValuationTest {
  private final RulesOfTest rules = new RulesOfTest();

  private SmallVenue venue() {
    rules.cycle = EnumSet.noneOf(CycleStep.class);
    SmallVenue venue = new SmallVenue(rules);
    venue.post(BACKSTOP, HOUSE, USD, 1_000_000_000_000L);
    venue.mark(PERP, 100);
    return venue;
  }

  @Test
  void shouldWeighOnePosition() {
    SmallVenue venue = venue();
    venue.openWith(1, 30);
    venue.trade(PERP, 1, BACKSTOP, 2, 100);
    venue.mark(PERP, 95);

    // 30 posted, 2 x 5 lost. Notional 190: 5 % is 9.5, 10 % is 19; half-way 14.25; 19 x 1.5 = 28.5.
    MarginLevels levels = new MarginLevels(9_500_000, 14_250_000, 19_000_000, 28_500_000);
    assertThat(venue.account(1).assessment())
        .isEqualTo(
            new Assessment(Zone.HEALTHY, 20_000_000, 20_000_000, 9_500_000, 19_000_000, levels));
  }

  @Test
  void shouldChargeEachBracketOnlyForWhatLiesInIt() {
    SmallVenue venue = venue();
    venue.openWith(1, 5_000);
    venue.trade(PERP, 1, BACKSTOP, 150, 100);

    // 15,000 notional: 5 % of 10,000 + 10 % of 5,000 = 1,000; initial 10 % + 20 % = 2,000.
    Assessment assessment = venue.account(1).assessment();
    assertThat(assessment.maintenanceMarginE6()).isEqualTo(1_000_000_000L);
    assertThat(assessment.initialMarginE6()).isEqualTo(2_000_000_000L);
  }

  @Test
  void shouldFoldTheDifferenceOfWeightsIntoInitial() {
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.post(1, 1, BTC, 1_000_000);
    venue.trade(PERP, 1, BACKSTOP, 2, 100);

    // 0.01 BTC is worth 500: 400 for maintenance, 250 for initial. Initial 20 + 150 = 170; half-way
    // from 10: 90.
    MarginLevels levels = new MarginLevels(10_000_000, 90_000_000, 170_000_000, 255_000_000);
    assertThat(venue.account(1).assessment())
        .isEqualTo(
            new Assessment(Zone.EXCESS, 400_000_000, 250_000_000, 10_000_000, 20_000_000, levels));
    assertThat(venue.account(1).fullValueE6()).isEqualTo(500_000_000);
  }

  @Test
  void shouldScaleMaintenanceIntoLevels() {
    rules.levels =
        new LevelPolicy.ScaledMaintenance(
            RulesOfTest.decimal("1.1"), RulesOfTest.decimal("1.25"), RulesOfTest.decimal("3"));
    SmallVenue venue = venue();
    venue.openWith(1, 30);
    venue.trade(PERP, 1, BACKSTOP, 2, 100);

    // MM 10, IM 20: search 11; initial the larger of 12.5 and 20; release 30.
    assertThat(venue.account(1).assessment().levels())
        .isEqualTo(new MarginLevels(10_000_000, 11_000_000, 20_000_000, 30_000_000));
  }

  @Test
  void shouldAskForTheWorseSideOfOpenOrdersAndTheLossTheyWouldTakeIn() {
    SmallVenue venue = venue();
    venue.openWith(1, 1_000);
    venue.trade(PERP, 1, BACKSTOP, 2, 100);
    venue.accept(new SetOrderExposure(1, PERP, 3, 4, 330, 380));

    // Long side 200 + max(300, 330) = 530; short side -200 + max(400, 380) = 200. 10 % of 530 = 53.
    // Bought 30 above mark, sold 20 below: 50 more. Maintenance only of the 200 held: 10.
    Assessment assessment = venue.account(1).assessment();
    assertThat(assessment.initialMarginE6()).isEqualTo(103_000_000);
    assertThat(assessment.maintenanceMarginE6()).isEqualTo(10_000_000);
  }

  @Test
  void shouldLetChosenLeverageOnlyTighten() {
    SmallVenue venue = venue();
    venue.openWith(1, 100);
    venue.trade(PERP, 1, BACKSTOP, 2, 100);

    venue.accept(new SetLeverage(1, 300));
    // 200 / 3 rounded up
    assertThat(venue.account(1).assessment().initialMarginE6()).isEqualTo(66_666_667);
    venue.accept(new SetLeverage(1, 10_000));
    assertThat(venue.account(1).assessment().initialMarginE6()).isEqualTo(20_000_000);
    assertThat(venue.answer(new SetLeverage(1, 199))).isEqualTo(RefusalReason.INSUFFICIENT_MARGIN);
  }

  @Test
  void shouldRoundRealisedProfitDownAndKeepTheRemainderAsResidue() {
    SmallVenue venue = venue();
    venue.mark(FINE, 1_000);
    venue.openWith(1, 30);
    venue.trade(FINE, 1, BACKSTOP, 3, 1_000);
    // 3 units for 3,000 ticks, a thousand to the minor unit. Two are sold at 1,001: cost 2,000,
    // proceeds 2,002.
    // Profit 2 ticks: 0 minor units, 2 ticks left; the backstop loses 2 ticks: 1 minor unit, 998
    // left.
    venue.trade(FINE, BACKSTOP, 1, 2, 1_001);

    Event.FillApplied fill = venue.only(Event.FillApplied.class);
    assertThat(fill.sellerRealisedMinor()).isZero();
    assertThat(fill.buyerRealisedMinor()).isEqualTo(-1);
    AuditView.InstrumentLine fine = venue.twin.view().instruments().get(FINE);
    assertThat(fine.residueTicks()).isEqualTo(1_000);
    assertThat(fine.clearingMinor()).isEqualTo(1);
  }

  @Test
  void shouldPullTheMarginOfAFillFromTheWallet() {
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.accept(new Deposit(1, USD, 50_000_000));

    venue.trade(PERP, 1, BACKSTOP, 3, 105);

    // 3 bought 5 above mark: equity -15; initial 10 % of 300: 45 are missing.
    assertThat(venue.only(Event.OrderMarginSecured.class).shortfallE6()).isEqualTo(45_000_000);
  }

  @Test
  void shouldRefuseAFillThatTheWalletCannotBack() {
    SmallVenue venue = venue();
    venue.open(1, 1);
    venue.accept(new Deposit(1, USD, 59_999_999));
    Fill fill = new Fill(PERP, 1, BACKSTOP, 3, 110, 0, 0, false, false);

    AuditView before = venue.twin.view();
    assertThat(venue.answer(fill)).isEqualTo(RefusalReason.INSUFFICIENT_MARGIN);
    assertThat(venue.twin.view()).isEqualTo(before);
    venue.accept(new Deposit(1, USD, 1));
    venue.accept(fill);
    assertThat(venue.walletMinor(1, USD)).isZero();
  }
}
