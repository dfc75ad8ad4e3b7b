package io.evenkeel.gateway;

import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.words.UnknownReference;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// Writes events as JSON for one consumer. Events come straight from the journal and may be ahead
/// of the reader, who knows the names and scales; then this waits for the reader.
final class EventWriter {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReaderDesk desk;
  private Catalogue catalogue;

  EventWriter(ReaderDesk desk) {
    this.desk = desk;
    this.catalogue = desk.catalogue();
  }

  /// An event with its number, time, position, words and every figure.
  ///
  /// @throws RequestRefused when the reader does not get as far as the event
  ObjectNode write(RecordedEvent event) throws InterruptedException {
    try {
      return EventJson.write(event, catalogue);
    } catch (UnknownReference e) {
      boolean isReached = desk.reached(event.logPosition(), PATIENCE);
      catalogue = desk.catalogue();
      if (!isReached) {
        throw Problem.unavailable(
                "READER_BEHIND", "event " + event.number() + " is newer than the reader; ask again")
            .retryAfter(1)
            .refused();
      }
      return EventJson.write(event, catalogue);
    }
  }
}
