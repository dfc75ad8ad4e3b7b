package io.evenkeel.lab.replay;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.audit.AuditResult;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The slow twin in step with the engine: it gets every command and must give the same answer and
/// the same events at the same times. After the first difference it is not asked any more, for
/// nothing after it would mean anything.
public final class TwinCheck {
  private static final int MOST_CHARACTERS = 600;

  private final AuditEngine twin;
  private long equalCommands;
  private @Nullable String difference;

  /// A twin that knows nothing yet.
  public TwinCheck(EngineLimits limits) {
    twin = new AuditEngine(limits);
  }

  /// Gives one command to the twin.
  ///
  /// @param outcome what the engine answered
  /// @param events what the engine said happened, with what fell due before the command
  /// @param eventTimesNs when
  void compare(
      long timeNs, Command command, Outcome outcome, List<Event> events, List<Long> eventTimesNs) {
    if (difference != null) {
      return;
    }
    AuditResult said;
    try {
      said = twin.apply(timeNs, 0, 0, command);
    } catch (ArithmeticException | IllegalStateException e) {
      difference = describe(command, "the twin gave up: " + e.getMessage());
      return;
    }
    if (!said.outcome().equals(outcome)) {
      difference = describe(command, "engine answers " + outcome + ", the twin " + said.outcome());
    } else if (!said.events().equals(events)) {
      difference = describe(command, firstDifference(events, said.events()));
    } else if (!said.eventTimesNs().equals(eventTimesNs)) {
      difference = describe(command, "same events at other times");
    } else {
      equalCommands++;
    }
  }

  private String describe(Command command, String what) {
    return "command %d, %s: %s".formatted(equalCommands + 1, shortened(command), what);
  }

  private static String firstDifference(List<Event> engine, List<Event> twin) {
    int i = 0;
    while (i < engine.size() && i < twin.size() && engine.get(i).equals(twin.get(i))) {
      i++;
    }
    return "event %d of it: engine %s, the twin %s"
        .formatted(
            i + 1,
            i < engine.size() ? shortened(engine.get(i)) : "nothing",
            i < twin.size() ? shortened(twin.get(i)) : "nothing");
  }

  private static String shortened(Object said) {
    String text = said.toString();
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }

  /// How many commands in a row were answered alike.
  public long equalCommands() {
    return equalCommands;
  }

  /// The first difference in words; null while there is none.
  public @Nullable String difference() {
    return difference;
  }
}
