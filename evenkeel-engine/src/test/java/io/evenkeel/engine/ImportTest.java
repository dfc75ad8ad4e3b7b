package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Opening imports: what they move, what they say, and that nothing is lost by them.
class ImportTest {
  private static final long ALICE = 501;
  private static final long BOB = 502;

  private final TestVenue venue = TestVenue.standard();

  @BeforeEach
  void openAccounts() {
    venue.open(ALICE, 51);
    venue.open(BOB, 52);
    venue.events.clear();
  }

  @Test
  void shouldBringABalanceInAgainstTheOutsideWorld() {
    venue.accepted(new Command.ImportBalance(ALICE, USD, 700 * ONE_USD));

    assertThat(venue.events)
        .containsExactly(
            new Event.MoneyMoved(
                USD,
                new LedgerAccount.House(HouseAccount.OUTSIDE_WORLD),
                new LedgerAccount.Margin(ALICE),
                700 * ONE_USD,
                MoneyReason.IMPORT));
    assertThat(venue.view().marginMinor(ALICE, USD)).isEqualTo(700 * ONE_USD);
  }

  @Test
  void shouldBringADebtIn() {
    venue.accepted(new Command.ImportBalance(ALICE, USD, -30 * ONE_USD));

    assertThat(venue.view().marginMinor(ALICE, USD)).isEqualTo(-30 * ONE_USD);
    assertThat(venue.view().assess(ALICE).equityE6()).isEqualTo(-30_000_000);
  }

  @Test
  void shouldBringAPositionInAtItsCostOnBothSides() {
    // 0.025 contracts at 990.00: 25 x 99000 x 10 ticks
    venue.accepted(new Command.ImportPosition(PERP, ALICE, BOB, 25, 24_750_000));

    assertThat(venue.events)
        .containsExactly(new Event.PositionImported(PERP, ALICE, BOB, 25, 24_750_000));
    assertThat(venue.view().quantityUnits(ALICE, PERP)).isEqualTo(25);
    assertThat(position(ALICE).costTicks()).isEqualTo(24_750_000);
    assertThat(venue.view().quantityUnits(BOB, PERP)).isEqualTo(-25);
    assertThat(position(BOB).costTicks()).isEqualTo(-24_750_000);
    // the mark is 1000.00: a quarter of a dollar each way
    assertThat(venue.view().assess(ALICE).equityE6()).isEqualTo(250_000);
    assertThat(venue.view().assess(BOB).equityE6()).isEqualTo(-250_000);
  }

  @Test
  void shouldRealiseWhereAPositionMeetsItsOpposite() {
    venue.fund(BOB, USD, 1_000 * ONE_USD);
    venue.trade(PERP, MAKER, BOB, 100, 100_000);
    venue.events.clear();

    venue.accepted(new Command.ImportPosition(PERP, BOB, ALICE, 100, 95_000_000));

    assertThat(venue.events.getFirst())
        .isEqualTo(new Event.PositionImported(PERP, BOB, ALICE, 100, 95_000_000));
    assertThat(venue.events).hasSize(2);
    assertThat(((Event.MoneyMoved) venue.events.get(1)).amountMinor()).isEqualTo(5 * ONE_USD);
    assertThat(venue.view().quantityUnits(BOB, PERP)).isZero();
  }

  private EngineView.Position position(long account) {
    return venue.view().positions(account).getFirst();
  }
}
