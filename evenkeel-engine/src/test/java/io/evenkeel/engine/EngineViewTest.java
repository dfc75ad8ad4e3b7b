package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.rulebook.ExecutionOrder;
import org.junit.jupiter.api.Test;

class EngineViewTest {
  private static final long ACCOUNT = 100;

  private static TestVenue longOne() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    return venue;
  }

  @Test
  void shouldNameWhatIsNotConserved() {
    TestVenue venue = longOne();
    Book book = venue.engine.machine().book;
    int usd = book.assets.find(USD);
    long wallet = Ledger.wallet(book.parties.find(1));
    book.ledger.restoreBalance(usd, wallet, 1);
    assertThat(venue.view().conservationBreaches()).containsExactly("USD balances sum to 1, not 0");
    book.ledger.restoreBalance(usd, wallet, 0);
    book.ledger.restoreBalance(usd, Ledger.house(HouseAccount.SETTLEMENT), 5);
    assertThat(venue.view().conservationBreaches()).contains("settlement account not empty in USD");
    book.ledger.restoreBalance(usd, Ledger.house(HouseAccount.SETTLEMENT), 0);
    int perp = book.instruments.find(PERP);
    int row = book.positions.find(book.accounts.find(ACCOUNT), perp);
    long cost = book.positions.cost(row);
    book.positions.setPosition(row, 1_001, cost);
    assertThat(venue.view().conservationBreaches())
        .containsExactly("PERP positions sum to 1, longs to 1001");
    book.positions.setPosition(row, 1_000, cost + 1);
    assertThat(venue.view().conservationBreaches())
        .containsExactly("PERP costs and clearing balance do not match");
    book.positions.setPosition(row, 1_000, cost);
    assertThat(venue.view().conservationBreaches()).isEmpty();
  }

  @Test
  void shouldNameUnknownIdentifiers() {
    EngineView view = longOne().view();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.assess(999))
        .withMessage("no account 999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.marginMinor(ACCOUNT, 98))
        .withMessage("no asset 98");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.markUnits(97))
        .withMessage("no instrument 97");
    assertThat(view.walletMinor(999, USD)).isZero();
  }

  @Test
  void shouldListAccountsAndZones() {
    TestVenue venue = longOne();
    EngineView view = venue.view();
    assertThat(view.accountCount()).isEqualTo(3);
    assertThat(view.accountIdAt(2)).isEqualTo(ACCOUNT);
    assertThat(view.partyOf(ACCOUNT)).isEqualTo(1);
    assertThat(view.isOpen(ACCOUNT)).isTrue();
    assertThat(view.isOpen(999)).isFalse();
    assertThat(view.quantityUnits(ACCOUNT, TestVenue.OTHER)).isZero();
    assertThat(view.zoneCounts()[Zone.EXCESS.ordinal()]).isEqualTo(3);
    venue.mark(PERP, 10_000);
    assertThat(view.zoneCounts()[Zone.EXCESS.ordinal()]).isEqualTo(3);
    assertThat(view.nowNs()).isEqualTo(venue.nowNs);
  }

  @Test
  void shouldExecuteByArrivalWhenTheVenueDoes() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.onlyTakeOver();
          rules.executionOrder = ExecutionOrder.ARRIVAL;
        });
    for (long account : new long[] {101, 102, 103}) {
      venue.open(account, account);
      venue.fund(account, USD, 1_000 * ONE_USD);
    }
    venue.trade(PERP, 102, MAKER, 10_000, 100_000);
    venue.trade(PERP, 101, MAKER, 10_000, 100_000);
    venue.trade(PERP, 103, MAKER, 10_000, 100_000);
    // 102 leaves and comes back: it is the last to have arrived
    venue.trade(PERP, MAKER, 102, 10_000, 100_000);
    venue.trade(PERP, 102, MAKER, 10_000, 100_000);
    assertThat(only(venue.mark(PERP, 91_000), LiquidationStarted.class))
        .extracting(LiquidationStarted::accountId)
        .containsExactly(101L, 103L, 102L);
  }
}
