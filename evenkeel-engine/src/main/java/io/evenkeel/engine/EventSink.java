package io.evenkeel.engine;

import io.evenkeel.model.event.Event;

/// Receives events once the command that caused them stands. Called on the engine's thread, in
/// order; must not call the engine, must not block for long, and must not throw: by then the
/// command cannot be undone.
@FunctionalInterface
public interface EventSink {
  /// @param eventNumber from 1, without gaps
  /// @param timeNs engine time at which it happened
  void accept(long eventNumber, long timeNs, Event event);
}
