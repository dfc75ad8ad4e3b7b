package io.evenkeel.reader;

import io.evenkeel.engine.Engine;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.journal.JournalCursor;
import io.evenkeel.wire.journal.JournalEntry;
import io.evenkeel.wire.journal.JournalEntry.CommandAnswered;
import io.evenkeel.wire.journal.JournalEntry.CommandLogged;
import io.evenkeel.wire.journal.JournalEntry.EventRecorded;
import io.evenkeel.wire.journal.JournalEntry.SnapshotTaken;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Applies the journal to the reader's own engine, and compares: every outcome with the one that
/// was recorded, every state hash with the node's.
final class Follower implements AutoCloseable {
  /// Further behind than this a snapshot is hashed and not written: catching up comes first.
  private static final long MOST_BEHIND_TO_WRITE = 64L << 20;

  /// The reader is not what the node is.
  static final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Diverged(String message) {
      super(message);
    }
  }

  private final SnapshotStore snapshots;
  private final JournalCursor cursor;
  private final VenueState state;
  private @Nullable Outcome outcome;

  private Follower(SnapshotStore snapshots, JournalCursor cursor, VenueState state) {
    this.snapshots = snapshots;
    this.cursor = cursor;
    this.state = state;
  }

  /// Starts from the newest snapshot that can be used, or from the beginning.
  static Follower start(
      Path journalFolder,
      SnapshotStore snapshots,
      EngineLimits limits,
      EventTally tally,
      BooleanSupplier isClosed) {
    SnapshotStore.Start start = snapshots.load(journalFolder, limits, tally, isClosed);
    if (start != null) {
      return new Follower(snapshots, start.cursor(), start.state());
    }
    VenueState.Intake intake = new VenueState.Intake();
    VenueState state =
        new VenueState(
            new Engine(limits, intake), intake, new RecentDecisions(journalFolder), tally, -1);
    return new Follower(snapshots, JournalCursor.at(journalFolder, 0), state);
  }

  VenueState state() {
    return state;
  }

  /// Position of the journal applied.
  long position() {
    return cursor.position();
  }

  /// Applies what is written, until a time.
  ///
  /// @param journalEnd where the journal ends, as far as known
  /// @return whether there may be more
  boolean follow(long untilNs, long journalEnd) {
    while (System.nanoTime() - untilNs < 0) {
      long before = cursor.position();
      JournalEntry entry = cursor.nextCommand(state.decisions());
      if (entry == null) {
        return false;
      }
      switch (entry) {
        case CommandLogged logged -> outcome = state.apply(logged);
        case CommandAnswered answered -> compare(answered);
        case SnapshotTaken taken -> compare(taken, before, journalEnd);
        case EventRecorded _ -> throw new IllegalStateException("events are passed over");
      }
    }
    return true;
  }

  private void compare(CommandAnswered answered) {
    if (!answered.outcome().equals(outcome)) {
      throw new Diverged(
          "the command at log position "
              + answered.logPosition()
              + " was answered "
              + answered.outcome()
              + " by the node and "
              + outcome
              + " by the reader (journal position "
              + cursor.position()
              + "); readings are not to be relied on");
    }
    outcome = null;
    state.reached(answered.logPosition());
  }

  private void compare(SnapshotTaken taken, long entryPosition, long journalEnd) {
    boolean mayWrite = journalEnd - cursor.position() <= MOST_BEHIND_TO_WRITE;
    String hash = snapshots.take(state, entryPosition, taken, mayWrite);
    if (!hash.equals(taken.stateHash())) {
      throw new Diverged(
          "the state at log position "
              + taken.logPosition()
              + " has hash "
              + taken.stateHash()
              + " at the node and "
              + hash
              + " at the reader (journal position "
              + entryPosition
              + "); readings are not to be relied on");
    }
    state.reached(taken.logPosition());
  }

  @Override
  public void close() {
    cursor.close();
    state.decisions().close();
  }
}
