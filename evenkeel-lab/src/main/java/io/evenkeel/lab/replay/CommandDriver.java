package io.evenkeel.lab.replay;

import io.evenkeel.engine.Engine;
import io.evenkeel.lab.population.CommandSink;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one door to the engine in a replay or a scenario. Events are held back until the command has
/// been applied and are then told one by one, so that whoever hears them sees the engine between
/// two commands.
public final class CommandDriver implements CommandSink {
  private final Engine engine;
  private final @Nullable TwinCheck twin;
  private final Listener listener;
  private final List<Event> events = new ArrayList<>();
  private final List<Long> eventTimesNs = new ArrayList<>();
  private final EnumMap<RefusalReason, Long> refusals = new EnumMap<>(RefusalReason.class);
  private long commands;
  private long lastApplyNs;

  /// Hears what became of commands, always between two of them.
  public interface Listener {
    /// A command was accepted; its events are told next.
    void onAccepted(Command command);

    /// Something happened.
    void onEvent(long timeNs, Event event);

    /// All events of a command that was accepted have been told.
    void onTold(long timeNs, Command command);
  }

  /// @param twin gets every command, too; null = none
  public CommandDriver(EngineLimits limits, @Nullable TwinCheck twin, Listener listener) {
    this.twin = twin;
    this.listener = listener;
    engine =
        new Engine(
            limits,
            (_, timeNs, event) -> {
              events.add(event);
              eventTimesNs.add(timeNs);
            });
  }

  /// The engine, to be looked at between two commands.
  public Engine engine() {
    return engine;
  }

  @Override
  public Outcome submit(long timeNs, Command command) {
    long beganNs = System.nanoTime();
    Outcome outcome = engine.apply(timeNs, 0, 0, command);
    lastApplyNs = System.nanoTime() - beganNs;
    commands++;
    if (twin != null) {
      twin.compare(timeNs, command, outcome, events, eventTimesNs);
    }
    if (outcome.isAccepted()) {
      listener.onAccepted(command);
    } else {
      refusals.merge(outcome.reason(), 1L, Long::sum);
    }
    for (int i = 0; i < events.size(); i++) {
      listener.onEvent(eventTimesNs.get(i), events.get(i));
    }
    events.clear();
    eventTimesNs.clear();
    if (outcome.isAccepted()) {
      listener.onTold(timeNs, command);
    }
    return outcome;
  }

  /// Forgets counts; for the end of set-up.
  void resetCounts() {
    commands = 0;
    refusals.clear();
  }

  /// Commands given.
  public long commands() {
    return commands;
  }

  /// Time the engine took for the last command.
  long lastApplyNs() {
    return lastApplyNs;
  }

  /// How many commands were refused for which reason.
  Map<RefusalReason, Long> refusals() {
    return new EnumMap<>(refusals);
  }
}
