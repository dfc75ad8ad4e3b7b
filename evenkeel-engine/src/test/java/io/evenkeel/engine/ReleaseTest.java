package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.RulebookSketch.guard;
import static io.evenkeel.engine.RulebookSketch.terms;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.Released;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;
  private static final LedgerAccount MARGIN = new LedgerAccount.Margin(ACCOUNT);

  private static final Set<Trigger> RELEASING =
      Set.of(Trigger.MARKS, Trigger.TIME, Trigger.REASSESS);

  /// ACCOUNT long 10 contracts at 1,000.00; releases do not run when money is posted.
  private static TestVenue longTen(Consumer<RulebookSketch> change, long postedUsd) {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.releaseAutomatic = true;
          for (Trigger trigger : Trigger.values()) {
            if (!RELEASING.contains(trigger)) {
              rules.runs(trigger, false, CycleStep.TOP_UP);
            }
          }
          change.accept(rules);
        });
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, postedUsd * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    return venue;
  }

  private static List<Event> reassess(TestVenue venue) {
    return venue.accepted(new Command.Reassess(List.of(ACCOUNT), true));
  }

  private static List<Released> releases(List<Event> events) {
    return only(events, Released.class).stream()
        .filter(released -> released.accountId() == ACCOUNT)
        .toList();
  }

  private static Released released(List<Event> events) {
    assertThat(releases(events)).hasSize(1);
    return releases(events).getFirst();
  }

  @Test
  void shouldLandOnInitial() {
    TestVenue venue = longTen(_ -> {}, 1_600);
    // still at 1,000.00: equity 1,600, initial 1,000, release 1,500
    Released released = released(reassess(venue));
    assertThat(released.accountId()).isEqualTo(ACCOUNT);
    assertThat(released.excessE6()).isEqualTo(600 * ONE_USD);
    assertThat(released.amounts()).containsExactly(new SourcedAmount(MARGIN, USD, 600 * ONE_USD));
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_000 * ONE_USD);
    assertThat(venue.wallet(PARTY, USD)).isEqualTo(600 * ONE_USD);
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.HEALTHY);
  }

  @Test
  void shouldReleaseAtTheReleaseLevelAndNotOneUnitBelow() {
    TestVenue venue = longTen(_ -> {}, 1_500);
    venue.accepted(new Command.Transfer(ACCOUNT, USD, 1, Command.Direction.TO_WALLET));
    assertThat(releases(reassess(venue))).isEmpty();
    venue.post(ACCOUNT, USD, 1);
    assertThat(released(reassess(venue)).excessE6()).isEqualTo(500 * ONE_USD);
  }

  @Test
  void shouldNotReleaseBelowTheMinimum() {
    TestVenue venue = longTen(rules -> rules.releaseMinimumE6 = 600 * ONE_USD + 1, 1_600);
    assertThat(releases(reassess(venue))).isEmpty();
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.EXCESS);
    venue.deposit(PARTY, USD, 1);
    venue.post(ACCOUNT, USD, 1);
    assertThat(released(reassess(venue)).excessE6()).isEqualTo(600 * ONE_USD + 1);
  }

  @Test
  void shouldWaitForTheEndOfTheCoolDown() {
    TestVenue venue = longTen(rules -> rules.coolDownNs = HOUR_NS, 1_600);
    venue.advance(2 * HOUR_NS);
    assertThat(releases(reassess(venue))).hasSize(1);
    // 1,200.00: equity 3,000, initial 1,200, release 1,800
    assertThat(releases(venue.mark(PERP, 120_000))).isEmpty();
    assertThat(venue.view().statedZone(ACCOUNT)).isEqualTo(Zone.EXCESS);
    assertThat(releases(venue.advance(HOUR_NS - 1))).isEmpty();
    Released released = released(venue.advance(1));
    assertThat(released.excessE6()).isEqualTo(1_800 * ONE_USD);
    // only 1,000 are cash; the rest of the equity is profit
    assertThat(released.amounts()).containsExactly(new SourcedAmount(MARGIN, USD, 1_000 * ONE_USD));
  }

  @Test
  void shouldWithholdProfitBeyondTheAllowance() {
    TestVenue venue = longTen(rules -> rules.profitAllowance = "0.25", 1_600);
    // 1,100.00: equity 2,600, initial 1,100, of the profit of 1,000 three quarters are withheld
    Released released = released(venue.mark(PERP, 110_000));
    assertThat(released.excessE6()).isEqualTo((2_600 - 1_100 - 750) * ONE_USD);
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(850 * ONE_USD);
  }

  @Test
  void shouldGiveBackWhatServesWorstFirst() {
    TestVenue venue =
        longTen(
            rules -> rules.collateral.set(1, terms("BTC", "0", "0.5", "1", 1L << 40, "0")), 3_000);
    // 0.06 coins = 3,000, half of it for maintenance, nothing for initial
    venue.fund(ACCOUNT, BTC, 6_000_000);
    // at 1,010.00: equity 3,000 + 1,500 + 100, initial 1,010 + 1,500, release 3,765
    Released released = released(venue.mark(PERP, 101_000));
    assertThat(released.excessE6()).isEqualTo(2_090 * ONE_USD);
    // the coins cost nothing of the excess, so the cash takes all of it
    assertThat(released.amounts())
        .containsExactly(
            new SourcedAmount(MARGIN, BTC, 6_000_000),
            new SourcedAmount(MARGIN, USD, 2_090 * ONE_USD));
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_010 * ONE_USD);
  }

  @Test
  void shouldGiveBackCoinsBeforeCashGrossedUpAndCapsForNothing() {
    TestVenue venue =
        longTen(
            rules -> rules.collateral.set(1, terms("BTC", "0.8", "0.9", "1", 4_000_000, "0")),
            1_000);
    // 0.07 coins = 3,500; 0.04 count: 2,000, 1,800 for maintenance and 1,600 for initial
    venue.fund(ACCOUNT, BTC, 7_000_000);
    // equity 2,800, initial 1,000 + 200 = 1,200, release 1,800: excess 1,600, all of it in coins
    Released released = released(reassess(venue));
    assertThat(released.excessE6()).isEqualTo(1_600 * ONE_USD);
    assertThat(released.amounts()).containsExactly(new SourcedAmount(MARGIN, BTC, 7_000_000));
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_000 * ONE_USD);
  }

  @Test
  void shouldGiveAFlatAccountEverythingWhateverTheMinimum() {
    TestVenue venue = longTen(rules -> rules.releaseMinimumE6 = 1L << 50, 1_600);
    venue.fund(ACCOUNT, BTC, 1_000);
    venue.trade(PERP, MAKER, ACCOUNT, 10_000, 100_000);
    Released released = released(reassess(venue));
    assertThat(released.excessE6()).isEqualTo(1_600 * ONE_USD + 450_000);
    assertThat(venue.margin(ACCOUNT, USD)).isZero();
    assertThat(venue.margin(ACCOUNT, BTC)).isZero();
  }

  @Test
  void shouldNotReleaseAutomaticallyWhenTheRulebookDoesNot() {
    TestVenue venue = longTen(rules -> rules.releaseAutomatic = false, 1_600);
    assertThat(releases(reassess(venue))).isEmpty();
    // on request as much as initial leaves: 600, not a unit more
    venue.refused(RefusalReason.NOT_RELEASABLE, toWallet(600 * ONE_USD + 1));
    venue.accepted(toWallet(600 * ONE_USD));
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(1_000 * ONE_USD);
  }

  private static Command toWallet(long amountMinor) {
    return new Command.Transfer(ACCOUNT, USD, amountMinor, Command.Direction.TO_WALLET);
  }

  @Test
  void shouldNotReleaseWhileAPriceIsDegradedOrThePhaseSuspendsIt() {
    TestVenue venue =
        longTen(
            rules -> {
              rules.markGuard = guard(0, "0.05", "0", HOUR_NS);
              rules.suspended = Map.of(TradingPhase.AUCTION, Set.of(CycleStep.RELEASE));
            },
            1_600);
    venue.mark(PERP, 200_000);
    assertThat(venue.view().isInstrumentDegraded(PERP)).isTrue();
    assertThat(releases(reassess(venue))).isEmpty();
    venue.refused(RefusalReason.MARKET_DATA_DEGRADED, toWallet(1));
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.AUCTION));
    assertThat(releases(venue.mark(PERP, 100_000))).isEmpty();
    venue.refused(RefusalReason.PHASE_FORBIDS, toWallet(1));
    venue.accepted(new Command.SetPhase(PERP, TradingPhase.CONTINUOUS));
    List<Event> events = reassess(venue);
    assertThat(released(events).excessE6()).isEqualTo(600 * ONE_USD);
  }
}
