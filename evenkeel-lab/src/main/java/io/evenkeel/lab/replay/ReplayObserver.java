package io.evenkeel.lab.replay;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.util.List;

/// Watches a replay. Every method is called between two commands, so the engine may be looked at
/// through [Replay#view()], but never be given a command: the replay would not be the plan's any
/// more.
public interface ReplayObserver {
  /// Watches nothing.
  ReplayObserver NOBODY = new ReplayObserver() {};

  /// Several observers as one, each told in the order given.
  static ReplayObserver all(List<ReplayObserver> observers) {
    return new ObserverChain(List.copyOf(observers));
  }

  /// Something happened. During set-up this is called, too.
  ///
  /// @param timeNs engine time of the event
  default void onEvent(long timeNs, Event event) {}

  /// A command was accepted and all its events have been told. During set-up this is called, too.
  ///
  /// @param timeNs time of the command
  default void onCommand(long timeNs, Command command) {}

  /// Accounts are being opened and funded.
  ///
  /// @param commands how many commands that took so far; called every few thousand
  default void onSetUp(long commands) {}

  /// All accounts are ready, nothing has ticked yet.
  default void onReady(Replay replay, SetUpReport report) {}

  /// A tick was applied, checked, and the traders have acted.
  default void onTick(Replay replay) {}
}
