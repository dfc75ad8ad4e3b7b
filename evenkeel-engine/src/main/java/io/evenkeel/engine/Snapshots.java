package io.evenkeel.engine;

import io.evenkeel.engine.session.Sessions;
import io.evenkeel.engine.snapshot.BookState;
import io.evenkeel.engine.snapshot.StateInput;
import io.evenkeel.engine.snapshot.StateOutput;
import io.evenkeel.engine.snapshot.UnreadableState;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Engine state to bytes and back, and its hash. Restored state plus the rest of the log equals
/// replay of the whole log.
public final class Snapshots {
  private static final long MAGIC = 0x4C45_454B_4E45_5645L;
  private static final int VERSION = 6;

  private Snapshots() {}

  /// Writes the whole state. Between commands only.
  public static void write(Engine engine, StateOutput.ByteSink sink) {
    StateOutput out = new StateOutput(sink);
    out.putLong(MAGIC);
    out.putInt(VERSION);
    out.putLong(engine.lastEventNumber());
    new BookState(engine.machine().book, engine.limits()).write(out);
    writeSessions(engine.machine().sessions, out);
    out.flush();
  }

  /// An engine with the state that was written.
  ///
  /// @param limits must be those of the engine that wrote it, or larger; the outcomes kept per
  ///   session must not be fewer
  /// @throws UnreadableState when the bytes are damaged, cut short, of another version, or do not
  ///   fit the limits
  public static Engine read(StateInput.ByteSource source, EngineLimits limits, EventSink sink) {
    StateInput in = new StateInput(source);
    if (in.getLong() != MAGIC) {
      throw new UnreadableState("does not begin like one");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new UnreadableState("is of version " + version + "; this engine reads " + VERSION);
    }
    Engine engine = new Engine(limits, sink);
    long eventNumber = in.getLong();
    try {
      new BookState(engine.machine().book, limits).read(in);
      readSessions(engine.machine(), limits, in);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableState("holds a value that cannot be: " + e.getMessage());
    }
    in.expectEnd();
    engine.restoreEventNumber(eventNumber);
    return engine;
  }

  /// SHA-256 of the state as [#write] writes it, in lower-case hexadecimal: equal on every machine
  /// for equal commands.
  public static String stateHash(Engine engine) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      write(engine, (buffer, length) -> digest.update(buffer, 0, length));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void writeSessions(Sessions sessions, StateOutput out) {
    out.putInt(sessions.size());
    for (int session = 0; session < sessions.size(); session++) {
      out.putLong(sessions.idAt(session));
      out.putInt(sessions.held(session));
      for (int age = 0; age < sessions.held(session); age++) {
        Outcome outcome = sessions.outcomeAt(session, age);
        out.putLong(sessions.numberAt(session, age));
        out.putInt(outcome.reason().ordinal());
        out.putLong(outcome.firstEventNumber());
        out.putInt(outcome.eventCount());
      }
    }
  }

  private static void readSessions(Machine machine, EngineLimits limits, StateInput in) {
    for (int left = in.getCount(limits.sessions(), "sessions"); left > 0; left--) {
      long id = in.getLong();
      for (int held = in.getCount(limits.outcomesPerSession(), "outcomes"); held > 0; held--) {
        long number = in.getLong();
        Outcome outcome =
            new Outcome(in.getEnum(RefusalReason.values()), in.getLong(), in.getInt());
        machine.sessions.keep(id, number, outcome);
      }
    }
  }
}
