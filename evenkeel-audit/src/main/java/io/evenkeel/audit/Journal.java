package io.evenkeel.audit;

import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.List;

/// The events of the command at hand, in order, each with the time it happened at.
final class Journal {
  private final AuditBook book;
  private List<Event> events = new ArrayList<>();
  private List<Long> timesNs = new ArrayList<>();
  private long lastNumber;

  Journal(AuditBook book) {
    this.book = book;
  }

  void say(Event event) {
    events.add(event);
    timesNs.add(book.nowNs);
    lastNumber++;
  }

  /// Number of the last event said; 0 before the first.
  long lastNumber() {
    return lastNumber;
  }

  List<Event> events() {
    return events;
  }

  List<Long> timesNs() {
    return timesNs;
  }

  /// Begins with the next command.
  void turnPage() {
    events = new ArrayList<>();
    timesNs = new ArrayList<>();
  }
}
