package io.evenkeel.gateway;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// All open streams of events.
final class EventStreams {
  static final String PATH = "/v1/stream";
  private static final Set<String> PARAMETERS = Set.of("from", "type", "account", "decisions");

  private static final Duration END_PATIENCE = Duration.ofSeconds(2);

  private final ReaderDesk desk;
  private final NodePort node;
  private final Origins origins;
  private final Watch watch;
  private final StreamLimits limits;
  private final Places<EventStream> places;
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean isClosed;

  EventStreams(ReaderDesk desk, NodePort node, Origins origins, Watch watch, StreamLimits limits) {
    this.desk = desk;
    this.node = node;
    this.origins = origins;
    this.watch = watch;
    this.limits = limits;
    this.places = new Places<>(limits.streams());
  }

  /// The address asked without the upgrade, or refused: says why.
  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            exchange -> {
              check(exchange.request().headers(), exchange.query());
              throw WebSockets.upgradeRequired().refused();
            },
            PARAMETERS.toArray(String[]::new)));
  }

  /// A listener for one connection.
  WsListener listener() {
    return new EventStream(this, desk, watch, limits);
  }

  /// What a stream is asked for.
  ///
  /// @param from number of the first event; 0 for the next one
  record Order(long from, EventFilter filter) {}

  /// Reads and judges the request for a stream.
  ///
  /// @throws RequestRefused when there shall be none
  Order check(Headers headers, Map<String, String> query) {
    origins
        .objection(headers, true)
        .ifPresent(problem -> {
          throw problem.refused();
        });
    long from = WebSockets.from(query);
    EventFilter filter = EventFilter.of(query);
    if (isClosed) {
      throw Problem.unavailable("STOPPING", "the gateway is stopping").refused();
    }
    if (places.isFull()) {
      throw full();
    }
    return new Order(from, filter);
  }

  /// The same for an upgrade, which does not come through the one door of requests.
  Order upgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    try {
      Order order = check(headers, WebSockets.query(prologue.query(), PARAMETERS));
      if (!places.reserve()) {
        throw full();
      }
      return order;
    } catch (RequestRefused e) {
      // the request goes on as an ordinary one and is answered with the same problem there
      throw new WsUpgradeException(e.getMessage());
    }
  }

  private RequestRefused full() {
    return Problem.busy("there are " + limits.streams() + " streams already; close one").refused();
  }

  void opened(EventStream stream) {
    places.take(stream);
  }

  void ended(EventStream stream) {
    places.leave(stream);
  }

  /// Counts a stream whose consumer turned out too slow.
  void dropped() {
    dropped.incrementAndGet();
  }

  int openCount() {
    return places.count();
  }

  long droppedCount() {
    return dropped.get();
  }

  long lastEventNumber() {
    return node.status().lastEventNumber();
  }

  /// Ends all streams; they are told that the gateway goes away.
  void close() {
    isClosed = true;
    places.holders().forEach(EventStream::goAway);
    places.awaitEmpty(END_PATIENCE);
  }
}
