package io.evenkeel.wire;

import io.evenkeel.model.event.Event;

/// An event as the journal keeps it.
///
/// @param number from 1, without gaps
/// @param timeNs engine time, nanoseconds since 1970-01-01T00:00Z
/// @param logPosition position in the log of the command (or timer) that caused it
/// @param event what happened
public record RecordedEvent(long number, long timeNs, long logPosition, Event event) {}
