package io.evenkeel.gateway;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.journal.JournalWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.ExpandableArrayBuffer;

/// A node without a log: an engine and a journal behind the same ports, at once and in this
/// process, with switches for everything that can go wrong.
final class TestNode implements CommandPort, NodePort, AutoCloseable {
  static final EngineLimits LIMITS = new EngineLimits(8, 16, 8, 1_000, 1_000, 16, 64, 64, 32);

  /// What the node does with the next commands.
  enum Mode {
    WORKS,
    BUSY,
    DISK_NEARLY_FULL,
    STOPPED,
    /// Takes commands and loses them.
    UNCERTAIN,
    /// Takes commands and answers when it works again.
    SILENT
  }

  private record Waiting(long session, long number, Command command, Listener listener) {}

  private final JournalWriter journal;
  private final Engine engine;
  private final CommandCodec codec = new CommandCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long position;
  private long timeNs = System.currentTimeMillis() * 1_000_000L;
  private long commands;
  private long snapshots;
  private Mode mode = Mode.WORKS;
  private boolean hidesJournal;
  private int busyAfter = Integer.MAX_VALUE;
  private String fault = "";
  private String damage = "";

  TestNode(Path journalFolder) {
    journal = JournalWriter.open(journalFolder, 0, 1);
    engine = new Engine(LIMITS, journal::event);
  }

  synchronized void mode(Mode next) {
    mode = next;
    while (mode == Mode.WORKS && !waiting.isEmpty()) {
      Waiting first = waiting.poll();
      apply(first.session(), first.number(), first.command(), first.listener());
    }
  }

  /// Whether what is applied stays out of the reader's sight.
  synchronized void hideJournal(boolean hides) {
    hidesJournal = hides;
    if (!hides) {
      journal.flush();
    }
  }

  /// Takes only so many more commands.
  synchronized void busyAfter(int more) {
    busyAfter = more;
  }

  synchronized void fail(String why) {
    fault = why;
  }

  /// Makes the hash of the next snapshot wrong, so that a reader finds its state to differ.
  synchronized void damageNextSnapshot() {
    damage = "0000";
  }

  @Override
  public synchronized Admission submit(
      long sessionId, long commandNumber, Command command, Listener listener) {
    if (busyAfter <= 0) {
      return Admission.BUSY;
    }
    busyAfter--;
    switch (mode) {
      case BUSY -> {
        return Admission.BUSY;
      }
      case DISK_NEARLY_FULL -> {
        return Admission.DISK_NEARLY_FULL;
      }
      case STOPPED -> {
        return Admission.STOPPED;
      }
      case UNCERTAIN -> listener.onUncertain("the connection was lost");
      case SILENT -> waiting.add(new Waiting(sessionId, commandNumber, command, listener));
      case WORKS -> apply(sessionId, commandNumber, command, listener);
    }
    return Admission.TAKEN;
  }

  private void apply(long session, long number, Command command, Listener listener) {
    int length = codec.encode(command, buffer, 0);
    position += 64 + length;
    timeNs = Math.max(timeNs + 1, System.currentTimeMillis() * 1_000_000L);
    journal.command(position, timeNs, session, number, buffer, 0, length);
    Outcome outcome = engine.apply(timeNs, session, number, command);
    journal.outcome(outcome);
    commands++;
    if (!hidesJournal) {
      journal.flush();
    }
    listener.onAnswer(new Answer(commands, position, timeNs, outcome, ""));
  }

  @Override
  public synchronized int pending() {
    return waiting.size();
  }

  @Override
  public synchronized NodeReading status() {
    return new NodeReading(
        position,
        engine.lastEventNumber(),
        commands,
        snapshots,
        snapshots > 0 ? position : -1,
        1L << 40,
        fault);
  }

  @Override
  public synchronized SnapshotReading takeSnapshot() {
    if (!fault.isEmpty()) {
      throw new IllegalStateException("no snapshot: " + fault);
    }
    String hash = Snapshots.stateHash(engine);
    String written = damage.isEmpty() ? hash : damage + hash.substring(damage.length());
    journal.snapshotTaken(position, engine.lastEventNumber(), written);
    journal.flush();
    snapshots++;
    return new SnapshotReading(position, engine.lastEventNumber(), 12_345, 1_500_000, hash);
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
