package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalCursor;
import io.evenkeel.wire.journal.JournalEntry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a whole journal and does in this process what it says, with an engine that has seen no
/// log, codec or snapshot but this: commands give the same events and outcomes, in the same order,
/// and every snapshot has the same state.
final class JournalReplay {
  /// A command of a session, as the journal has it.
  record Logged(long logPosition, Outcome outcome) {}

  /// Every command by session and number; more than one where a client repeated itself.
  final Map<Long, Map<Long, List<Logged>>> sessions = new HashMap<>();

  /// Time steps and commands of no session.
  int withoutSession;

  int snapshots;
  final List<Long> positions = new ArrayList<>();
  private final ArrayDeque<RecordedEvent> expected = new ArrayDeque<>();
  private final Engine engine;
  private long logPosition;
  private long lastNumber;
  private Outcome outcome = Outcome.QUIET;
  private JournalEntry.CommandLogged command;

  private JournalReplay(EngineLimits limits) {
    engine =
        new Engine(
            limits,
            (number, timeNs, event) ->
                expected.add(new RecordedEvent(number, timeNs, logPosition, event)));
  }

  /// Replays a journal to its end.
  static JournalReplay of(Path folder, EngineLimits limits) {
    JournalReplay replay = new JournalReplay(limits);
    try (JournalCursor cursor = JournalCursor.at(folder, 0)) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        replay.take(entry);
      }
    }
    require(replay.command == null, "a command without its answer", replay.command);
    require(replay.expected.isEmpty(), "events that the journal does not have", replay.expected);
    return replay;
  }

  /// Plain, because it runs for every entry.
  private static void require(boolean condition, String what, Object found) {
    if (!condition) {
      throw new AssertionError(what + ": " + found);
    }
  }

  private void take(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.CommandLogged logged -> {
        require(command == null, "a command without its answer", command);
        require(expected.isEmpty(), "events that the journal does not have", expected);
        require(logged.logPosition() > logPosition, "a position that does not rise", logged);
        command = logged;
        logPosition = logged.logPosition();
        positions.add(logPosition);
        outcome =
            engine.apply(
                logged.logTimeNs(), logged.sessionId(), logged.commandNumber(), logged.command());
      }
      case JournalEntry.EventRecorded recorded -> {
        require(recorded.event().number() == ++lastNumber, "a gap in the events", recorded);
        require(recorded.event().equals(expected.poll()), "another event", recorded);
      }
      case JournalEntry.CommandAnswered answered -> {
        require(answered.outcome().equals(outcome), "another outcome", answered);
        require(answered.logPosition() == logPosition, "another position", answered);
        note();
        command = null;
      }
      case JournalEntry.SnapshotTaken taken -> {
        assertThat(taken.stateHash()).isEqualTo(stateHash());
        assertThat(taken.lastEventNumber()).isEqualTo(lastNumber);
        snapshots++;
      }
    }
  }

  private void note() {
    if (command.sessionId() == 0) {
      withoutSession++;
    } else {
      sessions
          .computeIfAbsent(command.sessionId(), _ -> new HashMap<>())
          .computeIfAbsent(command.commandNumber(), _ -> new ArrayList<>())
          .add(new Logged(logPosition, outcome));
    }
  }

  String stateHash() {
    return Snapshots.stateHash(engine);
  }

  long lastEventNumber() {
    return lastNumber;
  }

  /// Everything logged under a session and number.
  List<Logged> logged(long session, long number) {
    return sessions.getOrDefault(session, Map.of()).getOrDefault(number, List.of());
  }
}
