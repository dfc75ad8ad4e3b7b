package io.evenkeel.audit;

import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import java.util.List;

/// What the twin says to one command.
///
/// @param outcome the answer; its event numbers are those of the events of the command itself
/// @param events everything that happened, in order: first what fell due until the command arrived,
///   then what the command caused
/// @param eventTimesNs when each event happened
public record AuditResult(Outcome outcome, List<Event> events, List<Long> eventTimesNs) {
  /// Copies the lists.
  public AuditResult {
    events = List.copyOf(events);
    eventTimesNs = List.copyOf(eventTimesNs);
  }
}
