package io.evenkeel.wire.journal;

import io.evenkeel.model.account.LedgerAccount.Margin;
import io.evenkeel.model.account.LedgerAccount.Wallet;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalEntry.CommandAnswered;
import io.evenkeel.wire.journal.JournalEntry.CommandLogged;
import io.evenkeel.wire.journal.JournalEntry.EventRecorded;
import io.evenkeel.wire.journal.JournalEntry.SnapshotTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;

/// A random log told to a journal: what a node would write, and the entries that must be read.
final class JournalStory {
  private static final RefusalReason[] REASONS = RefusalReason.values();

  /// A command with all its entries, or a snapshot alone.
  record Chapter(List<JournalEntry> entries, long nextEventNumber) {}

  final List<Chapter> chapters = new ArrayList<>();
  private final SplittableRandom random;
  private final CommandCodec codec = new CommandCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private long nextEvent = 1;
  private long logPosition;

  JournalStory(long seed, int commands) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < commands; i++) {
      chapters.add(chapter());
    }
  }

  private Chapter chapter() {
    List<JournalEntry> entries = new ArrayList<>();
    if (random.nextInt(20) == 0) {
      String hash = "%064x".formatted(random.nextLong(Long.MAX_VALUE));
      entries.add(new SnapshotTaken(logPosition, nextEvent - 1, hash));
      return new Chapter(entries, nextEvent);
    }
    logPosition += 32 + random.nextInt(1_000);
    long timeNs = logPosition * 1_000;
    entries.add(
        new CommandLogged(
            logPosition, timeNs, random.nextInt(3), random.nextLong(1, 1_000_000), command()));
    int events = random.nextInt(4) == 0 ? random.nextInt(30) : random.nextInt(3);
    long first = nextEvent;
    for (int i = 0; i < events; i++) {
      entries.add(
          new EventRecorded(new RecordedEvent(nextEvent++, timeNs + i, logPosition, event())));
    }
    Outcome outcome =
        events == 0
            ? new Outcome(REASONS[random.nextInt(REASONS.length)], 0, 0)
            : new Outcome(RefusalReason.NONE, first, events);
    entries.add(new CommandAnswered(logPosition, outcome));
    return new Chapter(entries, nextEvent);
  }

  private Command command() {
    return switch (random.nextInt(3)) {
      case 0 -> new Command.AdvanceTime();
      case 1 -> new Command.Deposit(random.nextLong(1_000_000), 1, random.nextLong(1, 1_000));
      default -> {
        MarkBatch.Builder marks = MarkBatch.builder();
        for (int left = random.nextInt(1, 40); left > 0; left--) {
          marks.add(MarkBatch.Target.INSTRUMENT, left, random.nextLong(1, 1_000_000), left);
        }
        yield new Command.MarkPrices(marks.build());
      }
    };
  }

  private Event event() {
    return random.nextBoolean()
        ? new Event.LeverageSet(random.nextLong(1_000_000), random.nextInt(1_000))
        : new Event.MoneyMoved(
            1,
            new Wallet(random.nextInt(100)),
            new Margin(random.nextInt(100)),
            random.nextLong(1, 1_000_000),
            MoneyReason.values()[0]);
  }

  /// All entries in order.
  List<JournalEntry> entries() {
    List<JournalEntry> all = new ArrayList<>();
    chapters.forEach(chapter -> all.addAll(chapter.entries));
    return all;
  }

  /// Writes chapters `from` to `to - 1`.
  void write(JournalWriter writer, int from, int to) {
    for (Chapter chapter : chapters.subList(from, to)) {
      chapter.entries.forEach(entry -> write(writer, entry));
    }
  }

  private void write(JournalWriter writer, JournalEntry entry) {
    switch (entry) {
      case CommandLogged logged -> {
        int length = codec.encode(logged.command(), buffer, 8);
        writer.command(
            logged.logPosition(),
            logged.logTimeNs(),
            logged.sessionId(),
            logged.commandNumber(),
            buffer,
            8,
            length);
      }
      case EventRecorded recorded ->
          writer.event(
              recorded.event().number(), recorded.event().timeNs(), recorded.event().event());
      case CommandAnswered answered -> writer.outcome(answered.outcome());
      case SnapshotTaken taken ->
          writer.snapshotTaken(taken.logPosition(), taken.lastEventNumber(), taken.stateHash());
    }
  }

  /// Number of the next event before a chapter.
  long nextEventBefore(int chapter) {
    return chapter == 0 ? 1 : chapters.get(chapter - 1).nextEventNumber;
  }
}
