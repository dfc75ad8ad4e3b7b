package io.evenkeel.lab.population;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;

/// Where commands go. Everything that acts in a replay says what it wants here and nowhere else, so
/// that the log of the replay is complete.
public interface CommandSink {
  /// Carries out one command and waits for its answer.
  ///
  /// @param timeNs time of the log, not before that of the command before
  Outcome submit(long timeNs, Command command);
}
