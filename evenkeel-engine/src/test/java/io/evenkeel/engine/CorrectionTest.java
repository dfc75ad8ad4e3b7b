package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Trades that the venue takes back or gives another price.
class CorrectionTest {
  private static final long ALICE = 501;
  private static final long BOB = 502;

  private final TestVenue venue = TestVenue.standard();

  @BeforeEach
  void openAccounts() {
    venue.open(ALICE, 51);
    venue.open(BOB, 52);
    venue.fund(ALICE, USD, 1_000 * ONE_USD);
    venue.fund(BOB, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ALICE, MAKER, 100, 100_000);
  }

  @Test
  void shouldLeaveNothingOfATradeThatOpened() {
    String before = figures();
    venue.accepted(new Command.Fill(PERP, ALICE, BOB, 50, 110_000, 70_000, -20_000, false, false));

    bust(50, 110_000, 70_000, -20_000);

    assertThat(figures()).isEqualTo(before);
  }

  @Test
  void shouldLeaveNothingOfATradeThatOthersFollowed() {
    venue.trade(PERP, ALICE, BOB, 50, 110_000);
    venue.trade(PERP, ALICE, MAKER, 30, 105_000);

    List<Event> events = bust(50, 110_000, 0, 0);

    assertThat(events.getFirst())
        .isEqualTo(
            new Event.TradeBusted(
                PERP, ALICE, BOB, 50, 110_000, 0, 0, PositionSide.NET, PositionSide.NET));
    // 0.1 at 1000.00 and 0.03 at 1050.00
    assertThat(position(ALICE).quantityUnits()).isEqualTo(130);
    assertThat(position(ALICE).costTicks()).isEqualTo(131_500_000);
    assertThat(venue.view().positions(BOB)).isEmpty();
  }

  @Test
  void shouldRealiseWhatIsGoneSince() {
    venue.trade(PERP, ALICE, BOB, 50, 110_000);
    venue.trade(PERP, MAKER, ALICE, 120, 100_000);
    long worth = worth(ALICE, 51);

    // 0.03 are left, at 1033.33.. on average; taking back 0.05 at 1100.00 turns them round
    List<Event> events = bust(50, 110_000, 0, 0);

    assertThat(((Event.TradeBusted) events.getFirst()).buyerRealisedMinor()).isEqualTo(2_000_000);
    assertThat(position(ALICE).quantityUnits()).isEqualTo(-20);
    // bought above the mark of 1000.00: without it she has 5.00 more
    assertThat(worth(ALICE, 51)).isEqualTo(worth + 5 * ONE_USD);
  }

  @Test
  void shouldOpenAgainWhatATradeClosed() {
    long worth = worth(ALICE, 51);
    venue.trade(PERP, BOB, ALICE, 100, 90_000);

    venue.accepted(new Command.BustTrade(PERP, BOB, ALICE, 100, 90_000, 0, 0));

    assertThat(position(ALICE).quantityUnits()).isEqualTo(100);
    assertThat(position(ALICE).costTicks()).isEqualTo(90_000_000);
    assertThat(worth(ALICE, 51)).isEqualTo(worth);
  }

  @Test
  void shouldAskForNoMarginButLookAtTheAccountsAfterwards() {
    venue.open(503, 53);
    venue.fund(503, USD, 55 * ONE_USD);
    venue.trade(PERP, 503, MAKER, 500, 100_000);

    List<Event> events =
        venue.accepted(new Command.BustTrade(PERP, 503, MAKER, 3_500, 99_000, 0, 0));

    assertThat(TestVenue.one(events, Event.LiquidationStarted.class).accountId()).isEqualTo(503);
  }

  @Test
  void shouldMoveTheDifferenceThroughTheCost() {
    long alice = worth(ALICE, 51);
    long bob = worth(BOB, 52);
    venue.trade(PERP, ALICE, BOB, 50, 110_000);

    venue.accepted(new Command.CorrectTrade(PERP, ALICE, BOB, 50, 110_000, 101_000));

    assertThat(position(ALICE).costTicks()).isEqualTo(150_500_000);
    assertThat(position(BOB).costTicks()).isEqualTo(-50_500_000);
    assertThat(worth(ALICE, 51)).isEqualTo(alice - ONE_USD / 2);
    assertThat(worth(BOB, 52)).isEqualTo(bob + ONE_USD / 2);
  }

  @Test
  void shouldPayTheDifferenceToWhoHoldsNothingAnyMore() {
    venue.trade(PERP, ALICE, BOB, 50, 110_000);
    venue.trade(PERP, BOB, MAKER, 50, 100_000);
    venue.events.clear();

    List<Event> events =
        venue.accepted(new Command.CorrectTrade(PERP, ALICE, BOB, 50, 110_000, 111_000));

    assertThat(events.getFirst())
        .isEqualTo(
            new Event.TradeCorrected(
                PERP,
                ALICE,
                BOB,
                50,
                110_000,
                111_000,
                0,
                ONE_USD / 2,
                PositionSide.NET,
                PositionSide.NET));
    assertThat(((Event.MoneyMoved) events.get(1)).amountMinor()).isEqualTo(ONE_USD / 2);
    assertThat(venue.view().positions(BOB)).isEmpty();
  }

  private List<Event> bust(long units, long price, long buyerFee, long sellerFee) {
    return venue.accepted(
        new Command.BustTrade(PERP, ALICE, BOB, units, price, buyerFee, sellerFee));
  }

  private String figures() {
    return List.of(
            venue.view().positions(ALICE),
            venue.view().positions(BOB),
            worth(ALICE, 51),
            worth(BOB, 52),
            venue.view().houseMinor(HouseAccount.FEES, USD))
        .toString();
  }

  private EngineView.Position position(long account) {
    return venue.view().positions(account).getFirst();
  }

  /// Dollars count in full, so nothing that the cycle moves changes this.
  private long worth(long account, long party) {
    return venue.assess(account).equityE6() + venue.wallet(party, USD);
  }
}
