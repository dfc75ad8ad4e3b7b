package io.evenkeel.engine.session;

import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import org.jspecify.annotations.Nullable;

/// The outcomes kept, a ring per session. Numbers of a session rise; what is no longer in the ring
/// is too old to answer.
public final class Sessions {
  private static final RefusalReason[] REASONS = RefusalReason.values();

  private final EngineLimits limits;
  private final int kept;
  private final IdIndex index;
  private final LongColumn highest;
  private final IntColumn count;
  private final LongColumn numbers;
  private final IntColumn reasons;
  private final LongColumn firstEvents;
  private final IntColumn eventCounts;

  /// Starts empty.
  public Sessions(UndoLog undo, EngineLimits limits) {
    this.limits = limits;
    kept = limits.outcomesPerSession();
    index = new IdIndex(undo).bearingOn(Scope.NOTHING);
    highest = new LongColumn(undo, Long.MIN_VALUE).bearingOn(Scope.NOTHING);
    count = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    numbers = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    reasons = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
    firstEvents = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    eventCounts = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
  }

  /// The outcome kept for a number, or null.
  public @Nullable Outcome find(long sessionId, long number) {
    int session = index.find(sessionId);
    if (session == IdIndex.ABSENT) {
      return null;
    }
    int held = Math.min(count.get(session), kept);
    for (int i = 0; i < held; i++) {
      int slot = session * kept + i;
      if (numbers.get(slot) == number) {
        return outcomeAt(slot);
      }
    }
    return null;
  }

  private Outcome outcomeAt(int slot) {
    return new Outcome(REASONS[reasons.get(slot)], firstEvents.get(slot), eventCounts.get(slot));
  }

  /// Whether a command with this number may run.
  public RefusalReason admit(long sessionId, long number) {
    int session = index.find(sessionId);
    if (session == IdIndex.ABSENT) {
      return index.size() < limits.sessions() ? RefusalReason.NONE : RefusalReason.SESSION_LIMIT;
    }
    return number > highest.get(session) ? RefusalReason.NONE : RefusalReason.NUMBER_TOO_OLD;
  }

  /// Keeps an outcome; the oldest of the session makes room.
  public void keep(long sessionId, long number, Outcome outcome) {
    int session = index.find(sessionId);
    if (session == IdIndex.ABSENT) {
      session = index.add(sessionId);
      highest.reserve(session + 1);
      count.reserve(session + 1);
      int slots = Math.multiplyExact(session + 1, kept);
      numbers.reserve(slots);
      reasons.reserve(slots);
      firstEvents.reserve(slots);
      eventCounts.reserve(slots);
    }
    int at = count.get(session);
    int slot = session * kept + at % kept;
    numbers.set(slot, number);
    reasons.set(slot, outcome.reason().ordinal());
    firstEvents.set(slot, outcome.firstEventNumber());
    eventCounts.set(slot, outcome.eventCount());
    // counts on from `kept` once the ring is full, so that it cannot overflow and the ring goes on
    // turning
    count.set(session, at + 1 == 2 * kept ? kept : at + 1);
    highest.set(session, number);
  }

  /// How many sessions there are.
  public int size() {
    return index.size();
  }

  /// Identifier of the session at an index.
  public long idAt(int session) {
    return index.idAt(session);
  }

  /// How many outcomes of a session are kept.
  public int held(int session) {
    return Math.min(count.get(session), kept);
  }

  /// Number of an outcome, oldest first.
  public long numberAt(int session, int age) {
    return numbers.get(slotAt(session, age));
  }

  /// An outcome, oldest first.
  public Outcome outcomeAt(int session, int age) {
    return outcomeAt(slotAt(session, age));
  }

  private int slotAt(int session, int age) {
    int oldest = count.get(session) <= kept ? 0 : count.get(session) % kept;
    return session * kept + (oldest + age) % kept;
  }
}
