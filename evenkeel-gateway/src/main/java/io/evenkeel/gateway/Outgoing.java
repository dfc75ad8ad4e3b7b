package io.evenkeel.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.websocket.WsSession;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The sending side of a WebSocket. The library's own is not made for several threads, so all
/// sending goes through here, and through one lock.
final class Outgoing {
  /// The gateway stops.
  static final int GOING_AWAY = 1001;

  static final int UNSUPPORTED = 1003;
  static final int TOO_LONG = 1009;
  static final int INTERNAL_ERROR = 1011;
  static final int TRY_AGAIN_LATER = 1013;

  private static final int LONGEST_REASON_BYTES = 123;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  /// How long the other side may take to confirm an end.
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

  private final WsSession session;
  private final Thread connection;
  private final Watch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean isClosed;
  private volatile long sendingSinceNs;
  private volatile boolean isSending;

  /// @param session just opened; the calling thread is the connection's
  Outgoing(WsSession session, Watch watch) {
    this.session = session;
    this.watch = watch;
    this.connection = Thread.currentThread();
  }

  /// Whether messages can still be sent, as far as is known.
  boolean isOpen() {
    return !isClosed && connection.isAlive();
  }

  /// Sends a message, and waits while the other side does not read.
  ///
  /// @return false when the socket is closed
  boolean send(String text) {
    return locked(() -> session.send(text, true));
  }

  /// Asks the other side for a sign of life.
  boolean ping() {
    return locked(() -> session.ping(BufferData.empty()));
  }

  /// Answers a ping, if no message stands in the way.
  void pong(BufferData payload) {
    if (lock.tryLock()) {
      try {
        if (!isClosed) {
          session.pong(payload);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// How long the message that is being sent has been waiting for the other side; 0 when none is.
  long blockedNs(long nowNs) {
    long sinceNs = sendingSinceNs;
    return isSending ? Math.max(0, nowNs - sinceNs) : 0;
  }

  /// Ends the WebSocket with a reason, once.
  void close(int code, String reason) {
    boolean isSent =
        locked(() -> {
          isClosed = true;
          session.close(code, Texts.cut(reason, LONGEST_REASON_BYTES));
        });
    if (isSent) {
      endUnconfirmed();
    }
  }

  /// The other side has ended it: nothing more is sent from now on. Waits for a message that is
  /// being sent, because the confirmation must not come in its middle.
  ///
  /// @return false when that message does not come to an end
  boolean closedByPeer() {
    isClosed = true;
    try {
      if (lock.tryLock(LOCK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        lock.unlock();
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// Cuts the connection.
  void cut() {
    isClosed = true;
    connection.interrupt();
  }

  private boolean locked(Runnable sending) {
    lock.lock();
    try {
      if (isClosed) {
        return false;
      }
      sendingSinceNs = System.nanoTime();
      isSending = true;
      sending.run();
      return true;
    } catch (UncheckedIOException | ServerConnectionException e) {
      isClosed = true;
      return false;
    } finally {
      isSending = false;
      lock.unlock();
    }
  }

  private void endUnconfirmed() {
    long deadlineNs = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    watch.add(
        new Watch.Ward() {
          @Override
          public void check(long nowNs) {
            if (!connection.isAlive()) {
              watch.remove(this);
            } else if (nowNs - deadlineNs > 0) {
              watch.remove(this);
              connection.interrupt();
            }
          }
        });
  }
}
