package io.evenkeel.gateway;

import static java.util.Objects.requireNonNull;

import io.evenkeel.gateway.LogDesk.Fate;
import io.evenkeel.gateway.LogDesk.Pending;
import io.evenkeel.wire.json.InvalidJson;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One WebSocket that feeds marks, a batch a message. The connection's thread reads and submits;
/// another one answers in order. When that one falls behind, because the log or the client does,
/// the window is full and nothing more is read.
final class MarkSocket implements WsListener, Watch.Ward {
  private static final int LONGEST_MESSAGE = 1 << 20;
  private static final Duration STEP = Duration.ofSeconds(1);

  /// Confirmations of pings keep the connection from counting as idle, and show that it is there.
  private static final long PING_NS = 10_000_000_000L;

  private static final long STALL_NS = 30_000_000_000L;

  private final MarkSockets sockets;
  private final MarkFeed feed;
  private final LogDesk log;
  private final Watch watch;
  private final BlockingQueue<Sent> window = new ArrayBlockingQueue<>(MarkFeed.WINDOW);
  private final StringBuilder message = new StringBuilder();
  private volatile @Nullable Outgoing out;
  private long batches;

  /// A batch that was read: on its way, or a problem.
  private record Sent(long batch, @Nullable Pending pending, @Nullable Problem problem) {}

  MarkSocket(MarkSockets sockets, MarkFeed feed, LogDesk log, Watch watch) {
    this.sockets = sockets;
    this.feed = feed;
    this.log = log;
    this.watch = watch;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    sockets.upgrade(prologue, headers);
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession session) {
    out = new Outgoing(session, watch);
    sockets.opened(this);
    watch.add(this);
    Thread.ofVirtual().name("feed-answers").start(this::answer);
  }

  @Override
  public void onMessage(WsSession session, String text, boolean last) {
    Outgoing to = requireNonNull(out);
    if (!to.isOpen()) {
      return;
    }
    if (message.length() + text.length() > LONGEST_MESSAGE) {
      to.close(Outgoing.TOO_LONG, "a message may have " + LONGEST_MESSAGE + " characters");
      return;
    }
    message.append(text);
    if (!last) {
      return;
    }
    byte[] json = message.toString().getBytes(StandardCharsets.UTF_8);
    message.setLength(0);
    try {
      Sent sent = submit(++batches, json);
      while (!window.offer(sent, STEP.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!to.isOpen()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      to.cut();
    }
  }

  @Override
  public void onMessage(WsSession session, BufferData data, boolean last) {
    requireNonNull(out).close(Outgoing.UNSUPPORTED, "send text: one JSON object a message");
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

  /// Ends the feed because the gateway stops.
  void goAway() {
    Outgoing to = out;
    if (to != null && to.blockedNs(System.nanoTime()) == 0) {
      to.close(Outgoing.GOING_AWAY, "the gateway stops");
    } else if (to != null) {
      to.cut();
    }
  }

  private Sent submit(long batch, byte[] json) throws InterruptedException {
    try {
      return new Sent(batch, feed.submitPatiently(feed.read(json), _ -> {}), null);
    } catch (InvalidJson e) {
      return new Sent(batch, null, Problem.of(e));
    } catch (RequestRefused e) {
      return new Sent(batch, null, e.problem());
    }
  }

  private void answer() {
    Outgoing to = requireNonNull(out);
    long pingNs = System.nanoTime();
    try {
      while (to.isOpen()) {
        Sent sent = window.poll(STEP.toMillis(), TimeUnit.MILLISECONDS);
        if (sent != null) {
          to.send(Json.text(json(sent)));
        }
        if (System.nanoTime() - pingNs > PING_NS) {
          to.ping();
          pingNs = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      to.cut();
    } finally {
      watch.remove(this);
      sockets.ended(this);
    }
  }

  private ObjectNode json(Sent sent) throws InterruptedException {
    ObjectNode json = Json.object();
    json.put("batch", sent.batch());
    Pending pending = sent.pending();
    if (pending != null) {
      Fate fate = log.await(pending);
      return json.setAll(Outcomes.json(fate));
    }
    Problem problem = requireNonNull(sent.problem());
    json.put("accepted", false).put("reason", problem.reason()).put("detail", problem.detail());
    if (problem.field() != null) {
      json.put("field", problem.field());
    }
    return json;
  }

  /// Cuts off a client that sends but does not read its answers.
  @Override
  public void check(long nowNs) {
    Outgoing to = requireNonNull(out);
    if (to.blockedNs(nowNs) > STALL_NS) {
      to.cut();
    }
  }
}
