package io.evenkeel.gateway;

import static java.util.Objects.requireNonNull;

import io.evenkeel.reader.EventFeed;
import io.evenkeel.reader.ReaderStopped;
import io.evenkeel.wire.RecordedEvent;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One stream of events to one consumer, with a thread that follows the journal and sends. What the
/// consumer has not taken yet waits in the journal, so nothing is kept for it here.
final class EventStream implements WsListener, Watch.Ward {
  private static final Logger LOG = Logger.getLogger(EventStream.class.getName());
  private static final Duration STEP = Duration.ofMillis(100);
  private static final long HEARTBEAT_NS = 1_000_000_000L;

  /// Confirmations of pings keep the connection from counting as idle.
  private static final long PING_NS = 20_000_000_000L;

  private static final int EVENTS_BETWEEN_LOOKS = 64;

  /// The JDK's own WebSocket client (seen with 25.0.3) now and then mixes up bytes that come right
  /// behind the answer to its handshake: messages cut short, or with parts of others in them. So
  /// the first event waits until a client has taken that answer.
  private static final Duration SETTLING = Duration.ofMillis(100);

  private final EventStreams streams;
  private final ReaderDesk desk;
  private final Watch watch;
  private final StreamLimits limits;
  private EventStreams.@Nullable Order order;
  private volatile @Nullable Outgoing out;

  /// Number of the last event looked at.
  private volatile long seen;

  /// Whether the consumer has ever caught up; before that it reads the past at its own pace.
  private volatile boolean isLive;

  private volatile long behindSinceNs;
  private volatile boolean isDropped;
  private long droppedNs;

  EventStream(EventStreams streams, ReaderDesk desk, Watch watch, StreamLimits limits) {
    this.streams = streams;
    this.desk = desk;
    this.watch = watch;
    this.limits = limits;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    order = streams.upgrade(prologue, headers);
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession session) {
    EventStreams.Order asked = requireNonNull(order);
    out = new Outgoing(session, watch);
    long from = asked.from() > 0 ? asked.from() : streams.lastEventNumber() + 1;
    seen = from - 1;
    isLive = behind() <= limits.backlog() / 2;
    streams.opened(this);
    watch.add(this);
    Thread.ofVirtual().name("stream-from-" + from).start(() -> run(from, asked.filter()));
  }

  @Override
  public void onPing(WsSession session, BufferData payload) {
    requireNonNull(out).pong(payload);
  }

  @Override
  public void onClose(WsSession session, int status, String reason) {
    if (!requireNonNull(out).closedByPeer()) {
      requireNonNull(out).cut();
    }
  }

  @Override
  public void onError(WsSession session, Throwable error) {
    requireNonNull(out).cut();
  }

  /// Ends the stream because the gateway stops.
  void goAway() {
    Outgoing to = out;
    if (to != null && to.blockedNs(System.nanoTime()) == 0) {
      to.close(Outgoing.GOING_AWAY, "the gateway stops; go on from " + (seen + 1) + " later");
    } else if (to != null) {
      to.cut();
    }
  }

  private void run(long from, EventFilter filter) {
    Outgoing to = requireNonNull(out);
    try (EventFeed feed = desk.follow(from)) {
      Thread.sleep(SETTLING);
      follow(feed, filter, to);
    } catch (InterruptedException e) {
      to.cut();
    } catch (ReaderStopped e) {
      to.close(Outgoing.GOING_AWAY, resume() + "the reader has stopped");
    } catch (RequestRefused e) {
      to.close(Outgoing.TRY_AGAIN_LATER, resume() + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a stream failed after event " + seen, e);
      to.close(Outgoing.INTERNAL_ERROR, resume() + "the stream failed");
    } finally {
      watch.remove(this);
      streams.ended(this);
    }
  }

  private void follow(EventFeed feed, EventFilter filter, Outgoing to) throws InterruptedException {
    EventWriter writer = new EventWriter(desk);
    long sentNs = System.nanoTime();
    long pingNs = sentNs;
    for (int n = 1; to.isOpen(); n++) {
      RecordedEvent event = feed.next(STEP);
      if (event != null) {
        if (filter.passes(event)) {
          to.send(Json.text(writer.write(event)));
          sentNs = System.nanoTime();
        }
        seen = event.number();
      }
      if (event != null && n % EVENTS_BETWEEN_LOOKS != 0) {
        continue;
      }
      isLive = isLive || behind() <= limits.backlog() / 2;
      if (isDropped) {
        to.close(Outgoing.TRY_AGAIN_LATER, resume() + "too slow");
        return;
      }
      long nowNs = System.nanoTime();
      if (nowNs - sentNs > HEARTBEAT_NS) {
        to.send("{\"heartbeat\":\"" + seen + "\"}");
        sentNs = System.nanoTime();
      }
      if (nowNs - pingNs > PING_NS) {
        to.ping();
        pingNs = nowNs;
      }
      giveWay();
    }
  }

  private long behind() {
    return streams.lastEventNumber() - seen;
  }

  private String resume() {
    return "resume from " + (seen + 1) + ": ";
  }

  /// Looks whether the consumer keeps up. When it does not, it is told as soon as it reads on, and
  /// cut off when it does not even do that.
  @Override
  public void check(long nowNs) {
    Outgoing to = requireNonNull(out);
    if (!to.isOpen()) {
      if (to.blockedNs(nowNs) > 0) {
        to.cut();
      }
      return;
    }
    long blockedNs = to.blockedNs(nowNs);
    if (isDropped) {
      if (blockedNs > 0 && nowNs - droppedNs > limits.grace().toNanos()) {
        to.cut();
      }
      return;
    }
    boolean isBehind = isLive && behind() > limits.backlog();
    if (!isBehind) {
      behindSinceNs = 0;
    } else if (behindSinceNs == 0) {
      behindSinceNs = nowNs;
    }
    boolean isTooLong = isBehind && nowNs - behindSinceNs > limits.patience().toNanos();
    if (isTooLong || blockedNs > limits.stall().toNanos()) {
      droppedNs = nowNs;
      isDropped = true;
      streams.dropped();
    }
  }

  /// Lets others have the thread that carries this virtual one: virtual threads are not taken off
  /// by force.
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on who comes next
  static void giveWay() {
    Thread.yield();
  }
}
