package io.evenkeel.engine;

import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.HOUSE_PARTY;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.MAKER_PARTY;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.AccountWatch;
import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import org.junit.jupiter.api.Test;

/// What a fault leaves half done in the watch must not keep the next marks out, nor hide anybody.
class WatchFaultTest {
  private static final long ACCOUNT = 100;

  private static TestVenue venue() {
    TestVenue venue = new TestVenue(TestVenue.LIMITS);
    venue.accepted(new Command.DefineAsset(TestVenue.usd()));
    venue.accepted(new Command.DefineAsset(TestVenue.btc()));
    venue.accepted(new Command.DefineInstrument(TestVenue.perpetual(PERP, "PERP")));
    venue.mark(PERP, 100_000);
    venue.define(RULES, new RulebookSketch().build());
    venue.accepted(
        new Command.OpenAccount(
            BACKSTOP, HOUSE_PARTY, RULES, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    venue.open(MAKER, MAKER_PARTY);
    venue.fund(MAKER, USD, 10_000_000 * ONE_USD);
    venue.open(ACCOUNT, 1);
    // 1,000 long at 1,000: 50 of maintenance, 100 of initial
    venue.fund(ACCOUNT, USD, 120 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    venue.engine.use(WatchUse.ALWAYS);
    venue.mark(PERP, 100_001);
    assertThat(venue.engine.machine().watch.isOn()).isTrue();
    return venue;
  }

  /// Falls from HEALTHY, where 20 are left, below initial.
  private static void checkThatNobodyIsHidden(TestVenue venue) {
    assertThat(only(venue.mark(PERP, 97_500), Event.ZoneChanged.class))
        .anySatisfy(changed -> {
          assertThat(changed.accountId()).isEqualTo(ACCOUNT);
          assertThat(changed.after()).isEqualTo(Zone.RESTRICTED);
        });
  }

  @Test
  void shouldTakeMarksAfterAFaultBetweenAMoveAndItsDetection() {
    TestVenue venue = venue();
    AccountWatch watch = venue.engine.machine().watch;
    Machine machine = venue.engine.machine();
    int before = machine.book.undo.savepoint();
    assertThat(watch.refresh()).isTrue();
    machine.book.instruments.quotes().suppose(0, 80_000);
    watch.moveMark(0);
    machine.book.undo.rollbackTo(before);
    machine.reset();
    checkThatNobodyIsHidden(venue);
    assertThat(watch.isOn()).isTrue();
    assertThat(watch.rebuilds()).isEqualTo(2);
  }

  @Test
  void shouldHideNobodyWhereMarksWereTakenBack() {
    TestVenue venue = venue();
    Machine machine = venue.engine.machine();
    int before = machine.book.undo.savepoint();
    assertThat(machine.watch.refresh()).isTrue();
    machine.book.instruments.quotes().suppose(0, 80_000);
    machine.watch.moveMark(0);
    machine.watch.detect(new AccountSet());
    machine.book.undo.rollbackTo(before);
    machine.watch.loseStep();
    checkThatNobodyIsHidden(venue);
    assertThat(machine.watch.rebuilds()).isEqualTo(1);
  }

  @Test
  void shouldScanWhereCertificatesCouldNotBeMade() {
    TestVenue venue = venue();
    Machine machine = venue.engine.machine();
    machine.watch.use(WatchUse.ALWAYS);
    // under a rulebook that is not there, nothing can be said of the account
    int before = machine.book.undo.savepoint();
    machine.book.accounts.setMode(machine.book.accounts.find(ACCOUNT), 99, AccountMode.CROSS, -1);
    assertThatThrownBy(machine.watch::refresh).isInstanceOf(RuntimeException.class);
    machine.book.undo.rollbackTo(before);
    machine.reset();
    checkThatNobodyIsHidden(venue);
    assertThat(machine.watch.isOn()).isFalse();
  }
}
