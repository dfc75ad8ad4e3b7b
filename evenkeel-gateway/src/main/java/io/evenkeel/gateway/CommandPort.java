package io.evenkeel.gateway;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.Answer;

/// The way into the log, as the gateway needs it. Thread-safe; commands of one thread enter in the
/// order submitted.
public interface CommandPort {
  /// Hears what became of one command, exactly once, on the port's thread: do little there.
  interface Listener {
    /// The log is synced, the engine has acted.
    void onAnswer(Answer answer);

    /// It is not known whether the command was logged.
    void onUncertain(String reason);
  }

  /// What became of an attempt to submit.
  enum Admission {
    /// It is on its way; the listener will hear.
    TAKEN,
    /// Too many commands are waiting for the log; come again later.
    BUSY,
    /// The disk is nearly full.
    DISK_NEARLY_FULL,
    /// The node has stopped.
    STOPPED
  }

  /// Submits a command without waiting.
  Admission submit(long sessionId, long commandNumber, Command command, Listener listener);

  /// Commands submitted and not yet answered.
  int pending();
}
