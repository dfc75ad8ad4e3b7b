package io.evenkeel.reader;

import io.evenkeel.model.event.Event;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts events by type. Counted on one thread, read on any.
final class EventTally {
  private final Map<Class<? extends Event>, LongAdder> counts = new ConcurrentHashMap<>();

  void count(Event event) {
    counts.computeIfAbsent(event.getClass(), _ -> new LongAdder()).increment();
  }

  /// Counts by type name as in the event stream.
  Map<String, Long> byName() {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((type, count) -> named.put(nameOf(type), count.sum()));
    return named;
  }

  static String nameOf(Class<? extends Event> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
