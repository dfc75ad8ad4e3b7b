package io.evenkeel.audit;

import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last outcomes of every client session, so that a repeated number is answered the same.
final class Sessions {
  private static final class Session {
    private final LinkedHashMap<Long, Outcome> kept = new LinkedHashMap<>();
    private long highestNumber;
  }

  private final EngineLimits limits;
  private final Map<Long, Session> sessions = new HashMap<>();

  Sessions(EngineLimits limits) {
    this.limits = limits;
  }

  /// The answer that needs no look at the command: a kept one, or a refusal of the number or
  /// session. Null when the command is to be looked at.
  @Nullable Outcome knownAnswer(long sessionId, long number) {
    if (sessionId == 0) {
      return null;
    }
    Session session = sessions.get(sessionId);
    if (session == null) {
      return sessions.size() >= limits.sessions() ? refusal(RefusalReason.SESSION_LIMIT) : null;
    }
    Outcome kept = session.kept.get(number);
    if (kept != null) {
      return kept;
    }
    return number <= session.highestNumber ? refusal(RefusalReason.NUMBER_TOO_OLD) : null;
  }

  static Outcome refusal(RefusalReason reason) {
    return new Outcome(reason, 0, 0);
  }

  void keep(long sessionId, long number, Outcome outcome) {
    if (sessionId == 0) {
      return;
    }
    Session session = sessions.computeIfAbsent(sessionId, _ -> new Session());
    session.kept.put(number, outcome);
    session.highestNumber = number;
    if (session.kept.size() > limits.outcomesPerSession()) {
      session.kept.pollFirstEntry();
    }
  }
}
