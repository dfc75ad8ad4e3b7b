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
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event.LiquidationStarted;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.TradingPhase;
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
    // 102 leaves and comes back after a batch of marks: it is the last to have arrived
    venue.trade(PERP, MAKER, 102, 10_000, 100_000);
    venue.mark(PERP, 100_000);
    venue.trade(PERP, 102, MAKER, 10_000, 100_000);
    assertThat(only(venue.mark(PERP, 91_000), LiquidationStarted.class))
        .extracting(LiquidationStarted::accountId)
        .containsExactly(101L, 103L, 102L);
  }

  @Test
  void shouldGiveNoPlaceForOrdersOfNothing() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.onlyTakeOver();
          rules.executionOrder = ExecutionOrder.ARRIVAL;
        });
    for (long account : new long[] {101, 102}) {
      venue.open(account, account);
      venue.fund(account, USD, 1_000 * ONE_USD);
    }
    venue.accepted(new Command.SetOrderExposure(102, PERP, 0, 0, 0, 0));
    venue.trade(PERP, 101, MAKER, 10_000, 100_000);
    venue.trade(PERP, 102, MAKER, 10_000, 100_000);
    assertThat(only(venue.mark(PERP, 91_000), LiquidationStarted.class))
        .extracting(LiquidationStarted::accountId)
        .containsExactly(101L, 102L);
  }

  @Test
  void shouldTellAccountsAndPartiesApart() {
    TestVenue venue = longOne();
    venue.openIsolated(101, 1, PERP);
    venue.accepted(new Command.SetPartyPolicy(1, true));
    EngineView view = venue.view();
    assertThat(view.accountIndex(ACCOUNT)).isEqualTo(2);
    assertThat(view.accountIndex(999)).isEqualTo(-1);
    assertThat(view.roleOf(TestVenue.BACKSTOP)).isEqualTo(AccountRole.BACKSTOP);
    assertThat(view.roleOf(101)).isEqualTo(AccountRole.TRADER);
    assertThat(view.modeOf(101)).isEqualTo(AccountMode.ISOLATED);
    assertThat(view.isolatedInstrumentOf(101)).isEqualTo(PERP);
    assertThat(view.isolatedInstrumentOf(ACCOUNT)).isEqualTo(-1);
    assertThat(view.rulebookOf(101)).isEqualTo(TestVenue.RULES);
    assertThat(view.backstopId()).isEqualTo(TestVenue.BACKSTOP);
    assertThat(new TestVenue(TestVenue.LIMITS).view().backstopId()).isEqualTo(-1);
    assertThat(view.partyCount()).isEqualTo(3);
    assertThat(view.hasParty(1)).isTrue();
    assertThat(view.hasParty(77)).isFalse();
    assertThat(view.allowsSiblings(1)).isTrue();
    assertThat(view.allowsSiblings(TestVenue.MAKER_PARTY)).isFalse();
    assertThat(view.accountsOf(1)).containsExactly(ACCOUNT, 101L);
    venue.accepted(new Command.CloseAccount(101));
    assertThat(view.accountsOf(1)).containsExactly(ACCOUNT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.accountsOf(77))
        .withMessage("no party 77");
  }

  @Test
  void shouldReadTheMarket() {
    TestVenue venue = longOne();
    MarketView market = venue.view().market();
    assertThat(market.assets()).containsExactly(TestVenue.usd(), TestVenue.btc());
    assertThat(market.instruments())
        .hasSize(4)
        .startsWith(TestVenue.perpetual(PERP, "PERP"), TestVenue.perpetual(11, "OTHER"));
    assertThat(market.openInterestUnits(PERP)).isEqualTo(1_000);
    assertThat(market.markTimeNs(PERP)).isEqualTo(venue.nowNs);
    assertThat(market.priceTimeNs(TestVenue.BTC)).isZero();
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.AUCTION));
    assertThat(market.phase(PERP)).isEqualTo(TradingPhase.AUCTION);
    assertThat(market.isSettled(TestVenue.OTHER)).isFalse();
    venue.accepted(new Command.SettleInstrument(TestVenue.OTHER, 100_000));
    assertThat(market.isSettled(TestVenue.OTHER)).isTrue();
    RulebookSketch next = new RulebookSketch();
    next.version = 2;
    long effective = venue.nowNs + 1;
    venue.accepted(new Command.DefineRulebook(TestVenue.RULES, next.build(), effective));
    assertThat(market.rulebooks())
        .containsExactly(
            new MarketView.Rules(
                TestVenue.RULES, new RulebookSketch().build(), next.build(), effective));
    venue.advance(1);
    assertThat(market.rulebooks())
        .containsExactly(new MarketView.Rules(TestVenue.RULES, next.build(), null, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> market.phase(97))
        .withMessage("no instrument 97");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> market.priceTimeNs(98))
        .withMessage("no asset 98");
  }

  @Test
  void shouldSweepAccountsThatCanBeLiquidated() {
    TestVenue venue = longOne();
    venue.open(101, 2);
    AccountSweep sweep = venue.view().sweep();
    assertThat(sweep.weighExposed(0)).as("the backstop is never liquidated").isFalse();
    assertThat(sweep.weighExposed(2)).isTrue();
    assertThat(sweep.equityE6()).isEqualTo(venue.assess(ACCOUNT).equityE6());
    assertThat(sweep.maintenanceE6()).isEqualTo(venue.assess(ACCOUNT).levels().maintenanceE6());
    assertThat(sweep.weighExposed(3)).as("nothing can happen to an empty account").isFalse();
    Book book = venue.engine.machine().book;
    book.ledger.restoreBalance(book.assets.find(TestVenue.BTC), Ledger.margin(3), -1);
    assertThat(sweep.weighExposed(3)).as("a debt").isTrue();
    book.ledger.restoreBalance(book.assets.find(TestVenue.BTC), Ledger.margin(3), 0);
    assertThat(sweep.statedZone(2)).isEqualTo(venue.view().statedZone(ACCOUNT));
    assertThat(sweep.isOpen(3)).isTrue();
    venue.accepted(new Command.CloseAccount(101));
    assertThat(sweep.isOpen(3)).isFalse();
  }

  @Test
  void shouldCountCalls() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, 1);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    assertThat(venue.view().callCount()).isZero();
    venue.mark(PERP, 96_000);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.CALL);
    assertThat(venue.view().callCount()).isEqualTo(1);
  }
}
