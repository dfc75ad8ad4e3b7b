package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Positions that go from one account to another.
class TransferTest {
  private static final long ALICE = 501;
  private static final long BOB = 502;

  private final TestVenue venue = TestVenue.standard();

  /// Alice bought a tenth of a contract at 1000.00 and another at 1100.00; the mark is 1200.00.
  @BeforeEach
  void openAccounts() {
    venue.open(ALICE, 51);
    venue.open(BOB, 52);
    venue.fund(ALICE, USD, 1_000 * ONE_USD);
    venue.fund(BOB, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ALICE, MAKER, 100, 100_000);
    venue.trade(PERP, ALICE, MAKER, 100, 110_000);
    venue.mark(PERP, 120_000);
    venue.reassess();
    venue.events.clear();
  }

  @Test
  void shouldLeaveTheProfitUntilNowWithTheGiverAtTheMark() {
    long before = venue.assess(ALICE).equityE6();

    List<Event> events = transfer(ALICE, BOB, 50, TransferBasis.MARK, 0);

    // a quarter of what was gained: (1200 - 1050) x 0.05
    assertThat(events.getFirst())
        .isEqualTo(
            new Event.PositionTransferred(
                PERP,
                ALICE,
                BOB,
                50,
                60_000_000,
                7_500_000,
                0,
                PositionSide.NET,
                PositionSide.NET));
    assertThat(((Event.MoneyMoved) events.get(1)).amountMinor()).isEqualTo(7_500_000);
    assertThat(position(ALICE).quantityUnits()).isEqualTo(150);
    assertThat(position(ALICE).costTicks()).isEqualTo(157_500_000);
    assertThat(position(BOB).quantityUnits()).isEqualTo(50);
    assertThat(position(BOB).costTicks()).isEqualTo(60_000_000);
    assertThat(equityAndWallet(ALICE, 51)).isEqualTo(before);
  }

  @Test
  void shouldSettleTheDifferenceBetweenTwoAccountsAtAStatedPrice() {
    long alice = equityAndWallet(ALICE, 51);
    long bob = equityAndWallet(BOB, 52);

    transfer(ALICE, BOB, 50, TransferBasis.PRICE, 118_000);

    // 20.00 below the mark on 0.05 contracts
    assertThat(equityAndWallet(ALICE, 51)).isEqualTo(alice - ONE_USD);
    assertThat(equityAndWallet(BOB, 52)).isEqualTo(bob + ONE_USD);
    assertThat(position(BOB).costTicks()).isEqualTo(59_000_000);
  }

  @Test
  void shouldTakeTheCostAlongWithoutRealisingAnything() {
    List<Event> events = transfer(ALICE, BOB, 67, TransferBasis.COST, 0);

    // 210,000,000 x 67 / 200
    assertThat(events.getFirst())
        .isEqualTo(
            new Event.PositionTransferred(
                PERP, ALICE, BOB, 67, 70_350_000, 0, 0, PositionSide.NET, PositionSide.NET));
    assertThat(position(ALICE).costTicks()).isEqualTo(139_650_000);
    assertThat(position(BOB).costTicks()).isEqualTo(70_350_000);
  }

  @Test
  void shouldLeaveWithTheGiverWhatDoesNotDivide() {
    venue.open(503, 53);
    venue.fund(503, USD, 500 * ONE_USD);
    venue.open(504, 54);
    venue.fund(504, USD, 500 * ONE_USD);
    venue.accepted(new Command.ImportPosition(PERP, 503, 504, 3, 1_000_001));

    transfer(503, BOB, 1, TransferBasis.COST, 0);
    assertThat(position(BOB).costTicks()).isEqualTo(333_333);
    assertThat(position(503).costTicks()).isEqualTo(666_668);

    // a short's cost is negative, so its share is cut downwards too
    transfer(504, ALICE, 1, TransferBasis.COST, 0);
    assertThat(position(504).costTicks()).isEqualTo(-666_667);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldMoveAShortAndRealiseForATakerThatHeldTheOpposite() {
    venue.trade(PERP, MAKER, BOB, 100, 120_000);
    venue.events.clear();

    // Bob's short at 1200.00 meets Alice's long, which stands at 1050.00 on average
    List<Event> events = transfer(BOB, ALICE, 100, TransferBasis.MARK, 0);

    assertThat(events.getFirst())
        .isEqualTo(
            new Event.PositionTransferred(
                PERP,
                BOB,
                ALICE,
                -100,
                -120_000_000,
                0,
                15 * ONE_USD,
                PositionSide.NET,
                PositionSide.NET));
    assertThat(venue.view().positions(BOB)).isEmpty();
    assertThat(position(ALICE).quantityUnits()).isEqualTo(100);
  }

  @Test
  void shouldKeepAGiverFromGivingAwayTheProfitThatBacksIt() {
    venue.open(503, 53);
    venue.fund(503, USD, 500 * ONE_USD);
    venue.trade(PERP, 503, MAKER, 1_000, 120_000);
    venue.mark(PERP, 180_000);
    venue.mark(PERP, 240_000);
    venue.trade(OTHER, 503, MAKER, 10_000, 100_000);
    long spare = venue.wallet(53, USD);
    if (spare > 0) {
      venue.accepted(new Command.Withdraw(53, USD, spare));
    }

    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN,
        new Command.TransferPosition(PERP, 503, MAKER, 1_000, TransferBasis.COST, 0));

    long before = equityAndWallet(503, 53);
    transfer(503, MAKER, 1_000, TransferBasis.MARK, 0);
    assertThat(equityAndWallet(503, 53)).isEqualTo(before);
  }

  @Test
  void shouldDrawOnTheWalletOfTheTaker() {
    venue.open(503, 53);
    venue.deposit(53, USD, 500 * ONE_USD);

    List<Event> events = transfer(ALICE, 503, 100, TransferBasis.MARK, 0);

    assertThat(TestVenue.one(events, Event.OrderMarginSecured.class).accountId()).isEqualTo(503);
    assertThat(venue.margin(503, USD)).isPositive();
  }

  private List<Event> transfer(
      long giver, long taker, long units, TransferBasis basis, long price) {
    return venue.accepted(new Command.TransferPosition(PERP, giver, taker, units, basis, price));
  }

  private EngineView.Position position(long account) {
    return venue.view().positions(account).getFirst();
  }

  /// Dollars count in full, so nothing that the cycle moves changes this.
  private long equityAndWallet(long account, long party) {
    return venue.assess(account).equityE6() + venue.wallet(party, USD);
  }
}
