package io.evenkeel.engine.book;

import io.evenkeel.model.event.Event;
import java.util.ArrayList;

/// Events of the command at hand, kept back until it is certain that it stands.
public final class EventBuffer {
  private final ArrayList<Event> events = new ArrayList<>();
  private boolean muted;

  /// Adds an event. While muted (a trial), it is forgotten.
  public void emit(Event event) {
    if (!muted) {
      events.add(event);
    }
  }

  /// Puts an event in front of those from `place` on: an announcement whose figures follow from
  /// what it announces.
  public void insert(int place, Event event) {
    if (!muted) {
      events.add(place, event);
    }
  }

  /// Whether events are being forgotten; callers skip building expensive ones.
  public boolean isMuted() {
    return muted;
  }

  /// Forgets events from now on until [#unmute()]; trials do not nest.
  public void mute() {
    muted = true;
  }

  /// Ends [#mute()].
  public void unmute() {
    muted = false;
  }

  /// How many wait.
  public int size() {
    return events.size();
  }

  /// The event at a place.
  public Event get(int place) {
    return events.get(place);
  }

  /// Drops everything from a place on.
  public void truncate(int size) {
    while (events.size() > size) {
      events.removeLast();
    }
  }
}
