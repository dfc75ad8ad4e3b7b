package io.evenkeel.lab.replay;

import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.util.List;

/// Several observers, each told in turn.
record ObserverChain(List<ReplayObserver> observers) implements ReplayObserver {
  @Override
  public void onEvent(long timeNs, Event event) {
    for (ReplayObserver observer : observers) {
      observer.onEvent(timeNs, event);
    }
  }

  @Override
  public void onCommand(long timeNs, Command command) {
    for (ReplayObserver observer : observers) {
      observer.onCommand(timeNs, command);
    }
  }

  @Override
  public void onSetUp(long commands) {
    for (ReplayObserver observer : observers) {
      observer.onSetUp(commands);
    }
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    for (ReplayObserver observer : observers) {
      observer.onReady(replay, report);
    }
  }

  @Override
  public void onTick(Replay replay) {
    for (ReplayObserver observer : observers) {
      observer.onTick(replay);
    }
  }
}
