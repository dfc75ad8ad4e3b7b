package io.evenkeel.reader;

import java.util.Map;

/// How a reader is doing.
///
/// @param state what it is at
/// @param logPosition log position it has applied
/// @param engineTimeNs engine time there
/// @param lastEventNumber number of the last event applied
/// @param behindBytes bytes of the journal written and not applied yet
/// @param behindNs how long the oldest entry not applied yet has been waiting; 0 when there is none
/// @param questions questions answered since the start
/// @param eventCounts events seen since the start, by type name as in the event stream
/// @param fault why it stopped; empty while it runs
/// @param note what is not as it should be and does not stop it, e.g. a snapshot file that could
///   not be used; empty when there is nothing to say
public record ReaderStatus(
    State state,
    long logPosition,
    long engineTimeNs,
    long lastEventNumber,
    long behindBytes,
    long behindNs,
    long questions,
    Map<String, Long> eventCounts,
    String fault,
    String note) {
  /// What a reader is at.
  public enum State {
    /// It has not caught up with the journal since it started.
    CATCHING_UP,
    /// It follows.
    FOLLOWING,
    /// It stopped because its state differs from the node's, or the journal is damaged.
    FAILED,
    /// It was closed.
    CLOSED
  }

  /// A status without a note.
  public ReaderStatus(
      State state,
      long logPosition,
      long engineTimeNs,
      long lastEventNumber,
      long behindBytes,
      long behindNs,
      long questions,
      Map<String, Long> eventCounts,
      String fault) {
    this(
        state,
        logPosition,
        engineTimeNs,
        lastEventNumber,
        behindBytes,
        behindNs,
        questions,
        eventCounts,
        fault,
        "");
  }

  /// Copies the counts.
  public ReaderStatus {
    eventCounts = Map.copyOf(eventCounts);
  }
}
