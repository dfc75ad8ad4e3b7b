package io.evenkeel.wire.journal;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.RecordedEvent;

/// One entry of the journal. A command comes first, then the events it caused (those of what fell
/// due before it included), then its outcome.
public sealed interface JournalEntry {
  /// A command as the engine was given it.
  ///
  /// @param logPosition position in the log after the command; rises strictly
  /// @param logTimeNs time of the log, nanoseconds since 1970-01-01T00:00Z
  record CommandLogged(
      long logPosition, long logTimeNs, long sessionId, long commandNumber, Command command)
      implements JournalEntry {}

  /// One event.
  record EventRecorded(RecordedEvent event) implements JournalEntry {}

  /// The answer to the command before.
  record CommandAnswered(long logPosition, Outcome outcome) implements JournalEntry {}

  /// The node wrote a snapshot between two commands. A follower's state must have this hash here.
  ///
  /// @param stateHash lower-case hexadecimal SHA-256 of the engine's state
  record SnapshotTaken(long logPosition, long lastEventNumber, String stateHash)
      implements JournalEntry {}
}
