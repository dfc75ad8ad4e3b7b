package io.evenkeel.gateway;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All WebSockets that feed marks.
final class MarkSockets {
  static final String PATH = "/v1/feed";
  private static final int MOST = 32;

  private static final Duration END_PATIENCE = Duration.ofSeconds(2);

  private final MarkFeed feed;
  private final LogDesk log;
  private final Origins origins;
  private final Watch watch;
  private final Places<MarkSocket> places = new Places<>(MOST);
  private volatile boolean isClosed;

  MarkSockets(MarkFeed feed, LogDesk log, Origins origins, Watch watch) {
    this.feed = feed;
    this.log = log;
    this.origins = origins;
    this.watch = watch;
  }

  /// The address asked without the upgrade, or refused: says why.
  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            exchange -> {
              check(exchange.request().headers());
              throw WebSockets.upgradeRequired().refused();
            }));
  }

  /// A listener for one connection.
  WsListener listener() {
    return new MarkSocket(this, feed, log, watch);
  }

  private void check(Headers headers) {
    origins
        .objection(headers, true)
        .ifPresent(problem -> {
          throw problem.refused();
        });
    if (isClosed) {
      throw Problem.unavailable("STOPPING", "the gateway is stopping").refused();
    }
    if (places.isFull()) {
      throw full();
    }
  }

  /// Judges an upgrade.
  void upgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    try {
      Map<String, String> _ = WebSockets.query(prologue.query(), Set.of());
      check(headers);
      if (!places.reserve()) {
        throw full();
      }
    } catch (RequestRefused e) {
      // the request goes on as an ordinary one and is answered with the same problem there
      throw new WsUpgradeException(e.getMessage());
    }
  }

  private static RequestRefused full() {
    return Problem.busy("there are " + MOST + " feeds already; close one").refused();
  }

  void opened(MarkSocket socket) {
    places.take(socket);
  }

  void ended(MarkSocket socket) {
    places.leave(socket);
  }

  int openCount() {
    return places.count();
  }

  /// Ends all of them; they are told that the gateway goes away.
  void close() {
    isClosed = true;
    places.holders().forEach(MarkSocket::goAway);
    places.awaitEmpty(END_PATIENCE);
  }
}
