package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.USD;
import static io.evenkeel.engine.TestVenue.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.snapshot.BookState;
import io.evenkeel.engine.snapshot.StateOutput;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.TradingPhase;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A broken invariant must cost one command and one account, never the engine.
class FaultTest {
  private static final long SESSION = 5;
  private static final long PARTY = 1;
  private static final long ACCOUNT = 100;

  private static TestVenue venue() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    venue.events.clear();
    return venue;
  }

  private static void failNext(TestVenue venue, RuntimeException fault) {
    venue.engine.runBeforeNextPublish(() -> {
      throw fault;
    });
  }

  @Test
  void shouldUndoTheCommandFreezeTheAccountAndRaiseAnAlarm() {
    TestVenue venue = venue();
    TestVenue twin = venue();
    failNext(venue, new InvariantViolation("a rule that broke"));
    Command command = new Command.Transfer(ACCOUNT, USD, 5, Command.Direction.TO_WALLET);
    Outcome outcome = venue.apply(SESSION, 1, command);
    assertThat(outcome.reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
    assertThat(outcome.eventCount()).isEqualTo(2);
    assertThat(outcome.firstEventNumber()).isEqualTo(venue.engine.lastEventNumber() - 1);
    assertThat(venue.events)
        .containsExactly(
            new Event.AccountFrozen(ACCOUNT), new Event.AlarmRaised("a rule that broke"));
    assertThat(venue.view().isFrozen(ACCOUNT)).isTrue();
    // but for the freeze, the two events and the outcome kept it is as if it had never come
    int account = venue.engine.machine().book.accounts.find(ACCOUNT);
    twin.engine.machine().book.accounts.freeze(account);
    assertThat(bookBytes(venue.engine)).isEqualTo(bookBytes(twin.engine));
    assertThat(venue.margin(ACCOUNT, USD)).isEqualTo(1_000 * ONE_USD);
  }

  private static byte[] bookBytes(Engine engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput out = new StateOutput((buffer, length) -> bytes.write(buffer, 0, length));
    new BookState(engine.machine().book, TestVenue.LIMITS).write(out);
    out.flush();
    return bytes.toByteArray();
  }

  @Test
  void shouldNameTheKindOfAnUnexpectedException() {
    TestVenue venue = venue();
    failNext(venue, new NullPointerException("no matter what"));
    Outcome outcome =
        venue.apply(new Command.Transfer(ACCOUNT, USD, 5, Command.Direction.TO_WALLET));
    assertThat(outcome.reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
    assertThat(only(venue.events, Event.AlarmRaised.class))
        .containsExactly(new Event.AlarmRaised("NullPointerException"));
  }

  @Test
  void shouldAnswerTheRepeatedNumberAlikeAndServeOthers() {
    TestVenue venue = venue();
    failNext(venue, new InvariantViolation("a rule that broke"));
    Command command = new Command.Transfer(ACCOUNT, USD, 5, Command.Direction.TO_WALLET);
    Outcome outcome = venue.apply(SESSION, 1, command);
    String before = venue.hash();
    venue.events.clear();
    assertThat(venue.apply(SESSION, 1, command)).isEqualTo(outcome);
    assertThat(venue.events).isEmpty();
    assertThat(venue.hash()).isEqualTo(before);
    venue.open(101, 2);
    venue.fund(101, USD, 1_000 * ONE_USD);
    venue.trade(PERP, 101, MAKER, 1_000, 100_000);
    venue.mark(PERP, 101_000);
    assertThat(venue.view().quantityUnits(101, PERP)).isEqualTo(1_000);
  }

  @Test
  void shouldRefuseEveryCommandOnAFrozenAccountByName() {
    TestVenue venue = venue();
    failNext(venue, new InvariantViolation("a rule that broke"));
    venue.apply(new Command.SetLeverage(ACCOUNT, 300));
    RefusalReason frozen = RefusalReason.ACCOUNT_FROZEN;
    venue.deposit(PARTY, USD, ONE_USD);
    for (Command command :
        List.of(
            new Command.SetLeverage(ACCOUNT, 300),
            new Command.CloseAccount(ACCOUNT),
            new Command.Transfer(ACCOUNT, USD, 1, Command.Direction.TO_MARGIN),
            new Command.Transfer(ACCOUNT, USD, 1, Command.Direction.TO_WALLET),
            new Command.Withdraw(PARTY, USD, 1),
            new Command.SetOrderExposure(ACCOUNT, PERP, 0, 0, 0, 0),
            TestVenue.fill(PERP, ACCOUNT, MAKER, 1, 100_000),
            TestVenue.fill(PERP, MAKER, ACCOUNT, 1, 100_000),
            new Command.Reassess(List.of(MAKER, ACCOUNT), true))) {
      venue.refused(frozen, command);
    }
    // the cycle leaves it alone, whatever the mark
    List<Event> events = venue.mark(PERP, 10_000);
    assertThat(only(events, Event.LiquidationStarted.class)).isEmpty();
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(1_000);
    // its contract can still be settled
    venue.accepted(new Command.SettleInstrument(PERP, 100_000));
    assertThat(venue.view().positions(ACCOUNT)).isEmpty();
  }

  @Test
  void shouldFreezeTheInstrumentWhenNoAccountWasWorkedOn() {
    TestVenue venue = venue();
    failNext(venue, new InvariantViolation("a rule that broke"));
    venue.apply(new Command.SetPhase(OTHER, TradingPhase.AUCTION));
    assertThat(venue.events)
        .containsExactly(
            new Event.InstrumentFrozen(OTHER), new Event.AlarmRaised("a rule that broke"));
    assertThat(venue.view().isInstrumentFrozen(OTHER)).isTrue();
    RefusalReason frozen = RefusalReason.INSTRUMENT_FROZEN;
    venue.refused(frozen, new Command.SetPhase(OTHER, TradingPhase.AUCTION));
    venue.refused(frozen, TestVenue.fill(OTHER, ACCOUNT, MAKER, 1, 100_000));
    venue.refused(frozen, new Command.SettleInstrument(OTHER, 1));
    venue.trade(PERP, ACCOUNT, MAKER, 1, 100_000);
    List<Event> events = venue.mark(OTHER, 90_000);
    assertThat(events)
        .containsExactly(
            new Event.MarkRejected(
                Target.INSTRUMENT, OTHER, 90_000, 100_000, MarkFault.NOT_TRADING));
  }

  @Test
  void shouldFreezeNothingWhenNothingWasWorkedOn() {
    TestVenue venue = venue();
    String before = venue.hash();
    failNext(venue, new InvariantViolation("a rule that broke"));
    Outcome outcome =
        venue.apply(
            new Command.OpenAccount(
                101, 2, TestVenue.RULES, AccountMode.CROSS, -1, AccountRole.TRADER));
    assertThat(outcome.reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
    assertThat(venue.events).containsExactly(new Event.AlarmRaised("a rule that broke"));
    assertThat(venue.view().isOpen(101)).isFalse();
    // only the number of the last event is another
    assertThat(venue.hash()).isNotEqualTo(before);
    assertThat(bookBytes(venue.engine)).isEqualTo(bookBytes(venue().engine));
    venue.open(101, 2);
  }

  @Test
  void shouldUndoALiquidationAsAWhole() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    failNext(venue, new InvariantViolation("a rule that broke"));
    venue.events.clear();
    Command batch = new Command.MarkPrices(venue.markBatch(Target.INSTRUMENT, PERP, 80_000));
    assertThat(venue.apply(batch).reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
    assertThat(venue.events).hasSize(2);
    assertThat(venue.view().quantityUnits(ACCOUNT, PERP)).isEqualTo(10_000);
    assertThat(venue.view().markUnits(PERP)).isEqualTo(100_000);
    assertThat(venue.view().accountCount()).isEqualTo(3);
    // the next batch does what the first could not, but for the account that was frozen
    venue.events.clear();
    assertThat(venue.apply(batch).isAccepted()).isTrue();
  }

  @Test
  void shouldUndoADefinition() {
    TestVenue venue = venue();
    failNext(venue, new InvariantViolation("a rule that broke"));
    Command definition = new Command.DefineInstrument(TestVenue.perpetual(30, "NEW"));
    assertThat(venue.apply(definition).reason()).isEqualTo(RefusalReason.INTERNAL_INVARIANT);
    assertThat(bookBytes(venue.engine)).isEqualTo(bookBytes(venue().engine));
    venue.accepted(definition);
    venue.mark(30, 100_000);
    venue.trade(30, ACCOUNT, MAKER, 1, 100_000);
  }

  @Test
  void shouldContainAFaultInWhatTimeBringsAbout() {
    TestVenue venue = TestVenue.standard();
    venue.open(ACCOUNT, PARTY);
    venue.fund(ACCOUNT, USD, 1_000 * ONE_USD);
    venue.trade(PERP, ACCOUNT, MAKER, 10_000, 100_000);
    RulebookSketch next = new RulebookSketch();
    next.version = 2;
    venue.accepted(
        new Command.DefineRulebook(TestVenue.RULES, next.build(), venue.nowNs + HOUR_NS));
    venue.mark(PERP, 101_000);
    long makerE6 = venue.assess(MAKER).equityE6();
    // a debt that no valuation can hold, met half-way through one
    Book book = venue.engine.machine().book;
    long margin = Ledger.margin(book.accounts.find(ACCOUNT));
    int coins = book.assets.find(TestVenue.BTC);
    book.ledger.restoreBalance(coins, margin, -Long.MAX_VALUE);
    book.undo.commit();
    venue.events.clear();
    Outcome outcome =
        venue.engine.apply(venue.nowNs += HOUR_NS, 0, 0, new Command.Deposit(PARTY, USD, 1));
    // the version stands, the account is frozen, and the command that came is served
    assertThat(only(venue.events, Event.RulebookInForce.class)).hasSize(1);
    assertThat(only(venue.events, Event.AccountFrozen.class))
        .containsExactly(new Event.AccountFrozen(ACCOUNT));
    assertThat(only(venue.events, Event.AlarmRaised.class)).hasSize(1);
    assertThat(outcome.isAccepted()).isTrue();
    assertThat(venue.assess(MAKER).equityE6()).isEqualTo(makerE6);
    book.ledger.restoreBalance(coins, margin, 0);
    book.undo.commit();
    assertThat(venue.view().conservationBreaches()).isEmpty();
    assertThat(venue.advance(HOUR_NS)).isEmpty();
  }
}
