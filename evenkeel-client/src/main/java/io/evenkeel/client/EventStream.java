package io.evenkeel.client;

import io.evenkeel.client.StreamConnection.Ended;
import io.evenkeel.client.StreamConnection.Heard;
import io.evenkeel.client.StreamConnection.Message;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The event stream of a gateway, for one consumer. When the connection is lost it is made again,
/// after pauses that grow, from the number after the last event heard: nothing is missing and
/// nothing comes twice. The backlog is bounded: while nobody asks for the next event, no more are
/// read.
public final class EventStream implements AutoCloseable {
  private static final long SHORTEST_PAUSE_NS = 100_000_000L;
  private static final long LONGEST_PAUSE_NS = 5_000_000_000L;
  private static final long GLANCE_NS = 250_000_000L;

  /// A gateway tells at least a heartbeat every second.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private final GatewayClient client;
  private final String filter;
  private final BlockingQueue<Heard> queue = new LinkedBlockingQueue<>();
  private volatile @Nullable StreamConnection connection;
  private volatile String trouble = "not connected yet";
  private volatile long lastNumber;
  private volatile boolean isClosed;
  private boolean startsNow;
  private long pauseNs = SHORTEST_PAUSE_NS;
  private long connectAtNs = System.nanoTime();

  EventStream(GatewayClient client, long fromEventNumber, String filter) {
    if (fromEventNumber < 0) {
      throw new IllegalArgumentException("events are numbered from 1, not " + fromEventNumber);
    }
    this.client = client;
    this.filter = filter;
    this.startsNow = fromEventNumber == 0;
    this.lastNumber = Math.max(0, fromEventNumber - 1);
    connect();
  }

  /// The next event, as `docs/API.md` shows it; heartbeats are taken in and not given out.
  ///
  /// @param patience how long to wait; an attempt to connect that is under way may take longer
  /// @return null when none came in time, or the stream is closed
  /// @throws GatewayRefusal when the gateway refuses the stream for good, e.g. for its filter
  public @Nullable JsonNode next(Duration patience) throws InterruptedException {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    while (!isClosed) {
      if (connection == null && System.nanoTime() - connectAtNs >= 0) {
        connect();
      }
      long restNs = deadlineNs - System.nanoTime();
      Heard heard = queue.poll(Math.clamp(restNs, 0, GLANCE_NS), TimeUnit.NANOSECONDS);
      if (heard == null) {
        leaveWhenSilent();
        if (restNs <= 0) {
          return null;
        }
      } else if (heard.from() == connection) {
        JsonNode event = take(heard);
        if (event != null) {
          return event;
        }
      }
    }
    return null;
  }

  /// Everything up to this number has been heard or did not pass the filter; 0 before the first.
  public long lastNumber() {
    return lastNumber;
  }

  /// Whether the connection stands.
  public boolean isConnected() {
    StreamConnection current = connection;
    return current != null && current.isOpen();
  }

  /// Why the connection was lost or could not be made; empty while it stands.
  public String trouble() {
    return isConnected() ? "" : trouble;
  }

  @Override
  public void close() {
    isClosed = true;
    StreamConnection current = connection;
    connection = null;
    trouble = "closed";
    if (current != null) {
      current.abort();
    }
  }

  private void connect() {
    try {
      if (startsNow) {
        // a number makes "now" the same moment for every attempt that follows
        lastNumber = client.status().path("node").path("lastEvent").asLong(0);
        startsNow = false;
      }
      String query = "?from=" + (lastNumber + 1) + (filter.isEmpty() ? "" : "&" + filter);
      StreamConnection begun = StreamConnection.begin(client, "/v1/stream" + query, queue);
      connection = begun;
      if (isClosed) {
        begun.abort();
      }
    } catch (GatewayUnreachable | GatewayRefusal e) {
      pause(String.valueOf(e.getMessage()));
    }
  }

  private void pause(String reason) {
    trouble = reason;
    connection = null;
    connectAtNs = System.nanoTime() + pauseNs + ThreadLocalRandom.current().nextLong(pauseNs / 4);
    pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
  }

  private @Nullable JsonNode take(Heard heard) {
    switch (heard) {
      case Ended ended -> {
        if (ended.refused()) {
          throw refusal(ended.trouble());
        }
        pause(ended.trouble());
        return null;
      }
      case Message message -> {
        message.from().request();
        pauseNs = SHORTEST_PAUSE_NS;
        return take(message.json());
      }
    }
  }

  /// An event that is new; null for heartbeats and for what was heard before.
  private @Nullable JsonNode take(JsonNode json) {
    if (json.has("heartbeat")) {
      lastNumber = Math.max(lastNumber, json.path("heartbeat").asLong(0));
      return null;
    }
    long number = json.path("number").asLong(0);
    if (number <= lastNumber) {
      return null;
    }
    lastNumber = number;
    return json;
  }

  /// The refusal of a stream carries no document, so the same filter is tried on recorded events.
  private GatewayRefusal refusal(String reason) {
    close();
    try {
      client.get("/v1/events?limit=1" + (filter.isEmpty() ? "" : "&" + filter));
    } catch (GatewayRefusal e) {
      return e;
    } catch (GatewayUnreachable e) {
      // then what the stream itself said must do
    }
    return new GatewayRefusal(reason, 400, JsonNodeFactory.instance.objectNode(), null);
  }

  private void leaveWhenSilent() {
    StreamConnection current = connection;
    if (current != null
        && current.isOpen()
        && queue.isEmpty()
        && current.silence().compareTo(LONGEST_SILENCE) > 0) {
      current.abort();
      pause("nothing was heard for " + LONGEST_SILENCE.toSeconds() + " s");
    }
  }
}
