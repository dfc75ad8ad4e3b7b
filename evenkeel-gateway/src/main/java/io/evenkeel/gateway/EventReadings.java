package io.evenkeel.gateway;

import io.evenkeel.reader.EventFeed;
import io.evenkeel.reader.ReaderStatus;
import io.evenkeel.wire.RecordedEvent;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Recorded events, page by page.
final class EventReadings {
  private static final int LARGEST_PAGE = 1_000;

  /// How many events, and how long, one request looks at when few pass its filter.
  private static final int MOST_SCANNED = 200_000;

  private static final Duration LONGEST_SCAN = Duration.ofSeconds(2);

  private final ReaderDesk desk;

  EventReadings(ReaderDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/events", this::page, "from", "limit", "type", "account", "decisions", "atLeast"),
        Route.get("/v1/events/{number}", this::one));
  }

  private Reply page(Exchange exchange) throws InterruptedException {
    long from = exchange.number("from", 1, 1, Long.MAX_VALUE);
    int limit = (int) exchange.number("limit", 100, 1, LARGEST_PAGE);
    EventFilter filter = EventFilter.of(exchange.query());
    ObjectNode json = desk.read(exchange, _ -> Boolean.TRUE).begin();
    ArrayNode events = json.putArray("events");
    long next = from;
    long startNs = System.nanoTime();
    EventWriter writer = new EventWriter(desk);
    try (EventFeed feed = desk.follow(from)) {
      int scanned = 0;
      while (events.size() < limit
          && scanned < MOST_SCANNED
          && System.nanoTime() - startNs < LONGEST_SCAN.toNanos()) {
        RecordedEvent event = feed.next(Duration.ZERO);
        if (event == null) {
          break;
        }
        if (filter.passes(event)) {
          events.add(writer.write(event));
        }
        next = event.number() + 1;
        if (++scanned % 256 == 0) {
          EventStream.giveWay();
        }
      }
    }
    json.put("next", Json.number(next));
    return Reply.json(json);
  }

  private Reply one(Exchange exchange) throws InterruptedException {
    long number = exchange.pathNumber("number");
    ReaderStatus status = desk.status();
    if (number >= 1) {
      try (EventFeed feed = desk.follow(number)) {
        RecordedEvent event = feed.next(Duration.ZERO);
        if (event != null && event.number() == number) {
          return Reply.json(new EventWriter(desk).write(event));
        }
      }
    }
    throw Problem.notFound(
            "UNKNOWN_EVENT",
            "event " + number + " is not recorded; the last one is " + status.lastEventNumber())
        .refused();
  }
}
