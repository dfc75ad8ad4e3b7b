package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.CASH;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static io.evenkeel.model.account.PositionSide.LONG;
import static io.evenkeel.model.account.PositionSide.NET;
import static io.evenkeel.model.account.PositionSide.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CashSettled;
import io.evenkeel.model.event.Event.Deleveraged;
import io.evenkeel.model.event.Event.FillApplied;
import io.evenkeel.model.event.Event.PositionReduced;
import io.evenkeel.model.event.Event.PositionTransferred;
import io.evenkeel.model.event.Event.ProfitReduced;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import io.evenkeel.model.rulebook.MarketConduct;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A long and a short position in one instrument side by side (`docs/RULES.md`, section 3.7).
class HedgeModeTest {
  private static final long ALICE = 501;
  private static final long ALICES_PARTY = 51;
  private static final int OTHER_RULES = 8;

  private static MarketConduct conduct(boolean hedgeMode) {
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
        usual.backstopCapital(),
        hedgeMode);
  }

  /// Alice in hedge mode with so many dollars.
  private static TestVenue venue(long dollars, Consumer<RulebookSketch> change) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.conduct = conduct(true);
          change.accept(rules);
        });
    venue.open(ALICE, ALICES_PARTY);
    venue.fund(ALICE, USD, dollars * ONE_USD);
    assertThat(venue.accepted(hedge(ALICE)))
        .containsExactly(new Event.PositionModeSet(ALICE, PositionMode.HEDGE));
    return venue;
  }

  private static Command hedge(long account) {
    return new Command.SetPositionMode(account, PositionMode.HEDGE);
  }

  private static Command.Fill buy(int instrument, PositionSide side, long units, long price) {
    return new Command.Fill(instrument, ALICE, MAKER, units, price, 0, 0, false, false, side, NET);
  }

  private static Command.Fill sell(int instrument, PositionSide side, long units, long price) {
    return new Command.Fill(instrument, MAKER, ALICE, units, price, 0, 0, false, false, NET, side);
  }

  /// Long `longs` and short `shorts` thousandths of a contract, both at 1,000.00.
  private static TestVenue both(
      long dollars, long longs, long shorts, Consumer<RulebookSketch> change) {
    TestVenue venue = venue(dollars, change);
    venue.accepted(buy(PERP, LONG, longs, 100_000));
    venue.accepted(sell(PERP, SHORT, shorts, 100_000));
    return venue;
  }

  private static List<Long> quantities(TestVenue venue) {
    return venue.view().positions(ALICE).stream().map(EngineView.Position::quantityUnits).toList();
  }

  @Test
  void shouldHoldBothSidesEachAtItsOwnCost() {
    TestVenue venue = venue(1_000, _ -> {});
    List<Event> bought = venue.accepted(buy(PERP, LONG, 1_000, 100_000));
    venue.accepted(sell(PERP, SHORT, 400, 100_500));

    assertThat(one(bought, FillApplied.class).buyerSide()).isEqualTo(LONG);
    assertThat(venue.view().positions(ALICE))
        .containsExactly(
            new EngineView.Position(PERP, 1_000, 1_000_000_000, 0, 0, 0, 0, LONG),
            new EngineView.Position(PERP, -400, -402_000_000, 0, 0, 0, 0, SHORT));
    assertThat(venue.view().quantityUnits(ALICE, PERP)).isEqualTo(600);
    assertThat(venue.view().positionMode(ALICE)).isEqualTo(PositionMode.HEDGE);
    // at 1,010.00: the long gains 10.00, the short loses 2.00
    venue.mark(PERP, 101_000);
    assertThat(venue.assess(ALICE).equityE6()).isEqualTo(1_008 * ONE_USD);
    // closing part of the short leaves the long alone: 5.00 a contract on 0.1
    List<Event> closed = venue.accepted(buy(PERP, SHORT, 100, 101_000));
    assertThat(one(closed, FillApplied.class).buyerRealisedMinor()).isEqualTo(-500_000);
    assertThat(quantities(venue)).containsExactly(1_000L, -300L);
  }

  @Test
  void shouldMarginEachSideByItsOwnBracket() {
    TestVenue venue = both(100_000, 80_000, 80_000, _ -> {});

    // 80,000 each at 5 and 10 percent, both below the bracket that starts at 100,000
    assertThat(venue.assess(ALICE).maintenanceMarginE6()).isEqualTo(8_000 * ONE_USD);
    assertThat(venue.assess(ALICE).initialMarginE6()).isEqualTo(16_000 * ONE_USD);
    venue.accepted(buy(PERP, LONG, 40_000, 100_000));
    // 120,000 of the long: 5,000 and 10 percent of 20,000
    assertThat(venue.assess(ALICE).maintenanceMarginE6()).isEqualTo(11_000 * ONE_USD);
    // what both sides gain and lose cancels, but for the difference
    venue.mark(PERP, 110_000);
    assertThat(venue.assess(ALICE).equityE6()).isEqualTo(104_000 * ONE_USD);
  }

  @Test
  void shouldNameBothSidesInTheExplanation() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});

    Term maintenance = venue.view().terms(ALICE).children().get(2);
    assertThat(maintenance.children())
        .extracting(Term::name)
        .containsExactly("PERP long", "PERP short");
  }

  @Test
  void shouldNeverTurnASideRound() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});

    venue.refused(RefusalReason.SIDE_EXCEEDED, sell(PERP, LONG, 1_001, 100_000));
    venue.refused(RefusalReason.SIDE_EXCEEDED, buy(PERP, SHORT, 401, 100_000));
    venue.accepted(sell(PERP, LONG, 1_000, 100_000));
    assertThat(quantities(venue)).containsExactly(-400L);
    venue.refused(RefusalReason.SIDE_EXCEEDED, sell(PERP, LONG, 1, 100_000));
  }

  @Test
  void shouldAskForTheSideOfWhoeverHasSides() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});

    venue.refused(RefusalReason.WRONG_POSITION_SIDE, buy(PERP, NET, 1, 100_000));
    venue.refused(
        RefusalReason.WRONG_POSITION_SIDE,
        new Command.Fill(PERP, ALICE, MAKER, 1, 100_000, 0, 0, false, false, LONG, SHORT));
    venue.refused(
        RefusalReason.WRONG_POSITION_SIDE,
        new Command.SetOrderExposure(ALICE, PERP, 1, 0, 100_000, 0));
    venue.refused(
        RefusalReason.WRONG_POSITION_SIDE,
        new Command.TransferPosition(PERP, ALICE, MAKER, 1, TransferBasis.MARK, 0));
    venue.refused(
        RefusalReason.WRONG_POSITION_SIDE,
        new Command.BustTrade(PERP, ALICE, MAKER, 1, 100_000, 0, 0));
    venue.refused(
        RefusalReason.WRONG_POSITION_SIDE,
        new Command.CorrectTrade(PERP, ALICE, MAKER, 1, 100_000, 100_001));
    assertThatThrownBy(() -> venue.view().suppose().trade(ALICE, PERP, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hedge mode");
  }

  @Test
  void shouldOrderOnEachSide() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, 0, 1_000, 0, 100_000_000, LONG));
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, 0, 600, 0, 60_000_000, SHORT));

    // the sale of the whole long adds nothing; the short may become 1.0: 100 + 100 at 10 percent
    assertThat(venue.assess(ALICE).initialMarginE6()).isEqualTo(200 * ONE_USD);
    venue.refused(
        RefusalReason.SIDE_EXCEEDED,
        new Command.SetOrderExposure(ALICE, PERP, 0, 1_001, 0, 100_100_000, LONG));
    venue.refused(
        RefusalReason.SIDE_EXCEEDED,
        new Command.SetOrderExposure(ALICE, PERP, 401, 0, 40_100_000, 0, SHORT));
    venue.accepted(
        new Command.Fill(PERP, MAKER, ALICE, 600, 100_000, 0, 0, false, true, NET, SHORT));
    assertThat(venue.view().positions(ALICE))
        .extracting(EngineView.Position::sellUnits)
        .containsExactly(1_000L, 0L);
    assertThat(quantities(venue)).containsExactly(1_000L, -1_000L);
  }

  @Test
  void shouldChooseOnlyWhileItHoldsNothing() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});
    Command back = new Command.SetPositionMode(ALICE, PositionMode.ONE_WAY);

    venue.refused(RefusalReason.ACCOUNT_NOT_FLAT, back);
    venue.accepted(sell(PERP, LONG, 1_000, 100_000));
    venue.accepted(buy(PERP, SHORT, 400, 100_000));
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, 1, 0, 100_000, 0, LONG));
    venue.refused(RefusalReason.ACCOUNT_NOT_FLAT, back);
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, 0, 0, 0, 0, LONG));
    venue.accepted(back);
    venue.trade(PERP, ALICE, MAKER, 1, 100_000);
    venue.refused(RefusalReason.ACCOUNT_NOT_FLAT, hedge(ALICE));
  }

  @Test
  void shouldKeepModelsWithoutSidesOut() {
    TestVenue venue = venue(1_000, _ -> {});
    RulebookSketch slices = new RulebookSketch();
    slices.name = "slices";
    slices.steps =
        List.of(
            new LiquidationStep.CloseSlices(
                decimal("1"), 0, ONE_USD, ONE_USD, decimal("1"), decimal("1"), decimal("0"), null),
            new LiquidationStep.TakeOver());
    venue.define(OTHER_RULES, slices.build());

    venue.refused(
        RefusalReason.HEDGE_MODE_REFUSED,
        new Command.SetAccountMode(ALICE, OTHER_RULES, AccountMode.CROSS, -1));
    slices.version = 2;
    slices.conduct = conduct(true);
    venue.refused(
        RefusalReason.HEDGE_MODE_REFUSED, new Command.DefineRulebook(RULES, slices.build(), 0));
    // an account that is not in hedge mode may go there, and then it stays out of hedge mode
    venue.accepted(new Command.SetPositionMode(ALICE, PositionMode.ONE_WAY));
    venue.accepted(new Command.SetAccountMode(ALICE, OTHER_RULES, AccountMode.CROSS, -1));
    venue.refused(RefusalReason.HEDGE_MODE_REFUSED, hedge(ALICE));
  }

  @Test
  void shouldTransferASideToTheSideOfItsKind() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});
    venue.open(502, ALICES_PARTY);
    venue.fund(502, USD, 1_000 * ONE_USD);
    venue.accepted(hedge(502));

    List<Event> given =
        venue.accepted(
            new Command.TransferPosition(PERP, ALICE, 502, 300, TransferBasis.COST, 0, SHORT));

    PositionTransferred moved = one(given, PositionTransferred.class);
    assertThat(moved.quantityUnits()).isEqualTo(-300);
    assertThat(moved.fromSide()).isEqualTo(SHORT);
    assertThat(moved.toSide()).isEqualTo(SHORT);
    assertThat(quantities(venue)).containsExactly(1_000L, -100L);
    venue.refused(
        RefusalReason.INSUFFICIENT_BALANCE,
        new Command.TransferPosition(PERP, ALICE, 502, 101, TransferBasis.COST, 0, SHORT));
  }

  @Test
  void shouldImportEachSide() {
    TestVenue venue = venue(1_000, _ -> {});
    venue.accepted(new Command.ImportPosition(PERP, ALICE, MAKER, 1_000, 1_000_000_000));
    venue.accepted(new Command.ImportPosition(PERP, MAKER, ALICE, 400, 400_000_000));

    assertThat(quantities(venue)).containsExactly(1_000L, -400L);
  }

  @Test
  void shouldTakeBackATradeOnItsSide() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});
    Command bust = new Command.BustTrade(PERP, MAKER, ALICE, 400, 100_000, 0, 0, NET, SHORT);
    venue.accepted(
        new Command.CorrectTrade(PERP, ALICE, MAKER, 1_000, 100_000, 100_100, LONG, NET));
    venue.accepted(bust);

    assertThat(venue.view().positions(ALICE))
        .containsExactly(new EngineView.Position(PERP, 1_000, 1_001_000_000, 0, 0, 0, 0, LONG));
    venue.refused(RefusalReason.SIDE_EXCEEDED, bust);
  }

  @Test
  void shouldPayFundingAndVariationAsOne() {
    TestVenue venue = both(1_000, 1_000, 1_000, _ -> {});
    // 0.01 percent of 1,000.00 each way
    List<Event> funded = venue.accepted(new Command.ApplyFunding(PERP, Decimal.parse("0.0001")));

    assertThat(venue.margin(ALICE, USD)).isEqualTo(1_000 * ONE_USD);
    // Alice is not among those who owe; the maker, whose own sides met, holds nothing
    assertThat(only(funded, CashSettled.class)).isEmpty();

    TestVenue poor = venue(500, _ -> {});
    poor.accepted(buy(CASH, LONG, 2_000, 100_000));
    poor.accepted(sell(CASH, SHORT, 2_000, 100_000));
    // the long loses 600 of 500 that are there, and the short wins them
    List<Event> marked = poor.mark(CASH, 70_000);
    assertThat(only(marked, Event.LossUnpaid.class)).isEmpty();
    assertThat(poor.margin(ALICE, USD)).isEqualTo(500 * ONE_USD);
  }

  @Test
  void shouldCloseOneSideAndThenTheOther() {
    TestVenue venue = both(500, 4_000, 1_000, rules -> rules.baseSlippage = "0.001");
    // 3 net long lose 300 of 500; needed: 180 + 45 at maintenance
    List<Event> events = venue.mark(PERP, 90_000);

    PositionReduced reduced = one(events, PositionReduced.class);
    assertThat(reduced.side()).isEqualTo(LONG);
    assertThat(quantities(venue)).containsExactly(4_000 - reduced.closedUnits(), -1_000L);
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(reduced.closedUnits());
    assertThat(venue.assess(ALICE).equityE6())
        .isGreaterThanOrEqualTo(venue.assess(ALICE).levels().initialE6());
  }

  @Test
  void shouldMeetInTheBackstopWhenTakenOver() {
    TestVenue venue = both(500, 4_000, 1_000, RulebookSketch::onlyTakeOver);

    List<Event> events = venue.mark(PERP, 90_000);

    assertThat(one(events, Event.AccountTakenOver.class).notionalE6()).isEqualTo(4_500 * ONE_USD);
    assertThat(venue.view().positions(ALICE)).isEmpty();
    assertThat(venue.view().quantityUnits(BACKSTOP, PERP)).isEqualTo(3_000);
    assertThat(venue.view().positions(BACKSTOP)).hasSize(1);
  }

  @Test
  void shouldDeleverageTheSideThatStandsAgainst() {
    TestVenue venue =
        both(
            10_000,
            2_000,
            5_000,
            rules ->
                rules.steps =
                    List.of(
                        new Deleverage(Ranking.PROFIT_AND_LEVERAGE, false),
                        new LiquidationStep.TakeOver()));
    venue.open(502, 52);
    venue.fund(502, USD, 500 * ONE_USD);
    venue.trade(PERP, 502, MAKER, 4_000, 100_000);

    // 502 is worth less than nothing below 875; Alice's short of 5 and the maker's short of 1
    List<Event> events = venue.mark(PERP, 87_000);

    List<Deleveraged> closed = only(events, Deleveraged.class);
    assertThat(closed).extracting(Deleveraged::accountId).containsOnly(502L);
    Deleveraged byAlice =
        closed.stream().filter(it -> it.counterpartyAccountId() == ALICE).findFirst().orElseThrow();
    assertThat(byAlice.side()).isEqualTo(NET);
    assertThat(byAlice.counterpartySide()).isEqualTo(SHORT);
    assertThat(quantities(venue)).containsExactly(2_000L, byAlice.closedUnits() - 5_000);
  }

  @Test
  void shouldAskAWinnerOnBothSidesForNoMoreThanItIsWorth() {
    TestVenue venue =
        venue(
            1_000,
            rules -> {
              rules.onlyTakeOver();
              rules.steps =
                  List.of(new LiquidationStep.TakeOver(), new LiquidationStep.ShareLoss());
            });
    // long from 1,000.00 and short from 1,900.00, owing 500: worth 400 at any price
    venue.accepted(buy(PERP, LONG, 1_000, 100_000));
    venue.mark(PERP, 190_000);
    venue.accepted(sell(PERP, SHORT, 1_000, 190_000));
    venue.accepted(new Command.ImportBalance(ALICE, USD, -1_500 * ONE_USD));
    venue.open(502, 52);
    venue.fund(502, USD, 1_500 * ONE_USD);
    venue.trade(PERP, 502, MAKER, 5_000, 190_000);

    // a loss of 3,500 against 1,500; the maker gains 3,500, Alice 200 and 700 of which she has 400
    List<Event> events = venue.mark(PERP, 120_000);

    // so 200 of each side bear 2,000 with the maker's 3,500; the unit left over goes in order
    assertThat(only(events, ProfitReduced.class))
        .filteredOn(it -> it.accountId() == ALICE)
        .containsExactly(
            new ProfitReduced(ALICE, PERP, 200 * ONE_USD, 102_564_103, LONG),
            new ProfitReduced(ALICE, PERP, 700 * ONE_USD, 102_564_102, SHORT));
  }

  @Test
  void shouldComeBackFromASnapshotWithBothSides() {
    TestVenue venue = both(1_000, 1_000, 400, _ -> {});
    venue.accepted(new Command.SetOrderExposure(ALICE, PERP, 0, 600, 0, 60_000_000, SHORT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(venue.engine, (buffer, length) -> bytes.write(buffer, 0, length));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    String hash = venue.hash();

    venue.engine =
        Snapshots.read(
            buffer -> in.read(buffer, 0, buffer.length), TestVenue.LIMITS, (_, _, _) -> {});

    assertThat(venue.hash()).isEqualTo(hash);
    assertThat(quantities(venue)).containsExactly(1_000L, -400L);
    assertThat(venue.engine.apply(venue.nowNs, 0, 0, sell(PERP, LONG, 1_000, 100_000)).reason())
        .isEqualTo(RefusalReason.NONE);
  }
}
