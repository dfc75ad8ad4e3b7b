package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.RulebookSketch.terms;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.one;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.Event.ToppedUp;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LevelPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopUpTest {
  private static final long PARTY = 1;
  private static final long FIRST = 100;
  private static final long SECOND = 101;
  private static final LedgerAccount WALLET = new LedgerAccount.Wallet(PARTY);

  /// FIRST long 10 contracts at 1,000.00 with 1,000 dollars posted.
  private static TestVenue longTen(TestVenue venue) {
    venue.open(FIRST, PARTY);
    venue.fund(FIRST, USD, 1_000 * ONE_USD);
    venue.trade(PERP, FIRST, MAKER, 10_000, 100_000);
    return venue;
  }

  @Test
  void shouldLandOnInitialFromTheWallet() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.deposit(PARTY, USD, 5_000 * ONE_USD);
    // at 960.00: equity 600, MM 480, IM 960, search 720: 360 are missing
    List<Event> events = venue.mark(PERP, 96_000);
    ToppedUp topUp = one(events, ToppedUp.class);
    assertThat(topUp.accountId()).isEqualTo(FIRST);
    assertThat(topUp.shortfallE6()).isEqualTo(360 * ONE_USD);
    assertThat(topUp.amounts()).containsExactly(new SourcedAmount(WALLET, USD, 360 * ONE_USD));
    assertThat(topUp.evidence().assessment().equityE6()).isEqualTo(600 * ONE_USD);
    assertThat(topUp.evidence().assessment().zone()).isEqualTo(Zone.CALL);
    assertThat(events)
        .contains(
            new Event.MoneyMoved(
                USD, WALLET, new LedgerAccount.Margin(FIRST), 360 * ONE_USD, MoneyReason.TOP_UP));
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(venue.assess(FIRST).levels().initialE6());
    assertThat(only(events, Event.MarginCallIssued.class)).isEmpty();
    assertThat(venue.view().statedZone(FIRST)).isEqualTo(Zone.HEALTHY);
  }

  @Test
  void shouldPullNothingAtSearchAndSomethingOneUnitBelow() {
    TestVenue venue = longTen(TestVenue.standard());
    // at the mark of 1,000.00 search is 750; funding takes exactly 250, then one unit more
    venue.accepted(new Command.ApplyFunding(PERP, decimal("0.025")));
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(venue.assess(FIRST).levels().searchE6());
    assertThat(only(venue.deposit(PARTY, USD, 1_000 * ONE_USD), ToppedUp.class)).isEmpty();
    // the wallet is a loss source too: without it the loss lands in the margin account
    List<Event> events = venue.accepted(new Command.ApplyFunding(PERP, new Decimal(1, 10)));
    assertThat(one(events, ToppedUp.class).shortfallE6()).isEqualTo(250 * ONE_USD + 1);
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(1_000 * ONE_USD);
  }

  @Test
  void shouldGrossUpAtTheInitialWeight() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.deposit(PARTY, BTC, 100_000_000);
    // 360 missing: 360 / 0.8 = 450 dollars of coins = 0.009
    List<Event> events = venue.mark(PERP, 96_000);
    assertThat(one(events, ToppedUp.class).amounts())
        .containsExactly(new SourcedAmount(WALLET, BTC, 900_000));
    // 960 at initial weights: 600 + 360; the extra 0.1 of weight raises equity and level alike
    assertThat(venue.assess(FIRST).initialEquityE6()).isEqualTo(960 * ONE_USD);
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(1_005 * ONE_USD);
    assertThat(venue.assess(FIRST).levels().initialE6()).isEqualTo(1_005 * ONE_USD);
  }

  @Test
  void shouldTakeTheLeastAmountThatReachesInitial() {
    TestVenue venue =
        longTen(
            TestVenue.with(
                rules -> rules.collateral.set(1, terms("BTC", "0.83", "0.9", "1", 1L << 40, "0"))));
    venue.deposit(PARTY, BTC, 100_000_000);
    venue.price(BTC, 4_999_999);
    // gap 360: ceil(360 / 0.83) = 433.734940 dollars; at 49,999.99 that is 867,470.053.. minor
    List<Event> events = venue.mark(PERP, 96_000);
    long pulled = one(events, ToppedUp.class).amounts().getFirst().amountMinor();
    assertThat(pulled).isEqualTo(867_471);
    assertThat(venue.assess(FIRST).equityE6())
        .isGreaterThanOrEqualTo(venue.assess(FIRST).levels().initialE6());
    // a minor unit less would not do: floor(floor(867,470 x 499.9999) x 0.83)
    assertThat(867_470L * 4_999_999 / 10_000 * 83 / 100).isLessThan(360 * ONE_USD);
  }

  @Test
  void shouldDrawOnTheWalletInScheduleOrderAndGiveWhatThereIs() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.deposit(PARTY, BTC, 100_000);
    venue.deposit(PARTY, USD, 100 * ONE_USD);
    // 360 missing: 100 dollars first, then 0.001 coins = 50 x 0.8 = 40; 220 stay missing
    List<Event> events = venue.mark(PERP, 96_000);
    assertThat(one(events, ToppedUp.class).amounts())
        .containsExactly(
            new SourcedAmount(WALLET, USD, 100 * ONE_USD), new SourcedAmount(WALLET, BTC, 100_000));
    // equity 745, search 480 + (965 - 480) / 2 = 722.5: RESTRICTED now, so no call
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(745 * ONE_USD);
    assertThat(only(events, Event.MarginCallIssued.class)).isEmpty();
    assertThat(venue.view().statedZone(FIRST)).isEqualTo(Zone.RESTRICTED);
  }

  @Test
  void shouldNotPostAboveTheCap() {
    TestVenue venue =
        longTen(
            TestVenue.with(
                rules -> rules.collateral.set(1, terms("BTC", "0.8", "0.9", "1", 300_000, "0"))));
    venue.deposit(PARTY, BTC, 100_000_000);
    List<Event> events = venue.mark(PERP, 96_000);
    assertThat(one(events, ToppedUp.class).amounts())
        .containsExactly(new SourcedAmount(WALLET, BTC, 300_000));
    // the cap is reached: nothing more can help
    assertThat(only(venue.mark(PERP, 95_900), ToppedUp.class)).isEmpty();
  }

  @Test
  void shouldRepayADebtBeforeItPosts() {
    TestVenue venue =
        TestVenue.with(
            rules -> rules.collateral.set(0, terms("USD", "1", "1", "2", Long.MAX_VALUE, "0")));
    venue.open(FIRST, PARTY);
    venue.fund(FIRST, BTC, 2_000_000);
    venue.trade(PERP, FIRST, MAKER, 4_000, 100_000);
    // 0.02 coins = 1,000: 900 and 800; funding of 5 % of 4,000 = 200 becomes a debt of twice that
    venue.accepted(new Command.ApplyFunding(PERP, decimal("0.05")));
    assertThat(venue.margin(FIRST, USD)).isEqualTo(-200 * ONE_USD);
    // equity 900 - 400 = 500, initial 400 + 100 = 500: just there. 25 more: 50 are missing
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(venue.assess(FIRST).levels().initialE6());
    venue.accepted(new Command.ApplyFunding(PERP, decimal("0.025")));
    // equity 300, search 200 + 150 = 350: 200 missing; a dollar of debt repaid gains two
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(300 * ONE_USD);
    List<Event> events = venue.deposit(PARTY, USD, 1_000 * ONE_USD);
    assertThat(one(events, ToppedUp.class).amounts())
        .containsExactly(new SourcedAmount(WALLET, USD, 100 * ONE_USD));
    assertThat(venue.margin(FIRST, USD)).isEqualTo(-200 * ONE_USD);
    assertThat(venue.assess(FIRST).equityE6()).isEqualTo(venue.assess(FIRST).levels().initialE6());
  }

  @Test
  void shouldShareAScarceWalletInRounds() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.open(SECOND, PARTY);
    venue.fund(SECOND, USD, 1_000 * ONE_USD);
    venue.trade(OTHER, SECOND, MAKER, 10_000, 100_000);
    // by one batch FIRST falls to 940.00 (equity 400, MM 470, search 705, initial 940)
    // and SECOND to 930.00 (equity 300, MM 465, search 697.5, initial 930); the wallet has 400.
    venue.deposit(PARTY, USD, 400 * ONE_USD);
    List<Event> events = venue.accepted(marks(venue, 94_000, 93_000));
    // maintenance: SECOND (sicker) 165, FIRST 70; search: SECOND gets the 165 that are left of the
    // 232.5 it still needs; FIRST nothing more
    List<ToppedUp> topUps = only(events, ToppedUp.class);
    assertThat(topUps).extracting(ToppedUp::accountId).containsExactly(SECOND, FIRST);
    assertThat(topUps.get(0).amounts())
        .containsExactly(new SourcedAmount(WALLET, USD, 330 * ONE_USD));
    assertThat(topUps.get(1).amounts())
        .containsExactly(new SourcedAmount(WALLET, USD, 70 * ONE_USD));
    assertThat(venue.wallet(PARTY, USD)).isZero();
    assertThat(only(events, Event.LiquidationStarted.class)).isEmpty();
    assertThat(only(events, Event.MarginCallIssued.class)).hasSize(2);
  }

  @Test
  void shouldShareByIndexWhenTheVenueExecutesByIndex() {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.executionOrder = ExecutionOrder.INDEX));
    venue.open(SECOND, PARTY);
    venue.fund(SECOND, USD, 1_000 * ONE_USD);
    venue.trade(OTHER, SECOND, MAKER, 10_000, 100_000);
    venue.deposit(PARTY, USD, 400 * ONE_USD);
    List<ToppedUp> topUps = only(venue.accepted(marks(venue, 94_000, 93_000)), ToppedUp.class);
    // maintenance: FIRST 70, SECOND 165; search: FIRST the 165 left of its 235
    assertThat(topUps).extracting(ToppedUp::accountId).containsExactly(FIRST, SECOND);
    assertThat(topUps.get(0).amounts().getFirst().amountMinor()).isEqualTo(235 * ONE_USD);
    assertThat(topUps.get(1).amounts().getFirst().amountMinor()).isEqualTo(165 * ONE_USD);
  }

  private static Command marks(TestVenue venue, long perp, long other) {
    return new Command.MarkPrices(
        MarkBatch.builder()
            .add(Target.INSTRUMENT, PERP, perp, venue.nowNs)
            .add(Target.INSTRUMENT, OTHER, other, venue.nowNs)
            .build());
  }

  @Test
  void shouldPullFromSiblingsOnlyWhenRulebookAndPartyAgree() {
    assertThat(pulledFromSibling(true, true)).isEqualTo(360 * ONE_USD);
    assertThat(pulledFromSibling(true, false)).isZero();
    assertThat(pulledFromSibling(false, true)).isZero();
    assertThat(pulledFromSibling(false, false)).isZero();
  }

  private static long pulledFromSibling(boolean rulebookAllows, boolean partyAllows) {
    TestVenue venue = longTen(TestVenue.with(rules -> rules.siblingsAllowed = rulebookAllows));
    venue.open(SECOND, PARTY);
    venue.fund(SECOND, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetPartyPolicy(PARTY, partyAllows));
    venue.mark(PERP, 96_000);
    return 1_000 * ONE_USD - venue.margin(SECOND, USD);
  }

  @Test
  void shouldTakeFromTheWalletFirstAndLeaveTheDonorAtItsInitial() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.open(SECOND, PARTY);
    venue.fund(SECOND, USD, 1_200 * ONE_USD);
    venue.trade(OTHER, SECOND, MAKER, 10_000, 100_000);
    venue.accepted(new Command.SetPartyPolicy(PARTY, true));
    venue.deposit(PARTY, USD, 50 * ONE_USD);
    // 360 missing: 50 from the wallet, 200 from the sibling (1,200 less its initial of 1,000)
    ToppedUp topUp = one(venue.mark(PERP, 96_000), ToppedUp.class);
    assertThat(topUp.amounts())
        .containsExactly(
            new SourcedAmount(WALLET, USD, 50 * ONE_USD),
            new SourcedAmount(new LedgerAccount.Margin(SECOND), USD, 200 * ONE_USD));
    assertThat(venue.assess(SECOND).equityE6()).isEqualTo(1_000 * ONE_USD);
    assertThat(venue.view().statedZone(SECOND)).isEqualTo(Zone.HEALTHY);
  }

  @Test
  void shouldNotTouchIsolatedSiblingsNorAccountsWithoutBands() {
    TestVenue venue = longTen(TestVenue.standard());
    venue.openIsolated(SECOND, PARTY, OTHER);
    venue.fund(SECOND, USD, 1_000 * ONE_USD);
    venue.accepted(new Command.SetPartyPolicy(PARTY, true));
    venue.mark(PERP, 96_000);
    assertThat(venue.margin(SECOND, USD)).isEqualTo(1_000 * ONE_USD);

    TestVenue bandless =
        longTen(TestVenue.with(rules -> rules.crossLevels = new LevelPolicy.WithoutBands()));
    bandless.deposit(PARTY, USD, 1_000 * ONE_USD);
    // equity 480 = maintenance: nothing is pulled although 1,000 lie in the wallet
    List<Event> events = bandless.mark(PERP, 94_737);
    assertThat(only(events, ToppedUp.class)).isEmpty();
    assertThat(only(events, Event.MarginCallIssued.class)).isEmpty();
    assertThat(bandless.view().statedZone(FIRST)).isEqualTo(Zone.RESTRICTED);
    assertThat(bandless.wallet(PARTY, USD)).isEqualTo(1_000 * ONE_USD);
  }

  @Test
  void shouldTopUpTheBackstopFromItsWalletLikeAnybody() {
    TestVenue venue = TestVenue.standard();
    venue.accepted(
        new Command.Transfer(
            TestVenue.BACKSTOP, USD, 999_000 * ONE_USD, Command.Direction.TO_WALLET));
    venue.trade(PERP, TestVenue.BACKSTOP, MAKER, 10_000, 100_000);
    ToppedUp topUp = one(venue.mark(PERP, 96_000), ToppedUp.class);
    assertThat(topUp.accountId()).isEqualTo(TestVenue.BACKSTOP);
    assertThat(topUp.shortfallE6()).isEqualTo(360 * ONE_USD);
  }
}
