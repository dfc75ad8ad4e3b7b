package io.evenkeel.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.Submission;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/// A way into the log. Thread-safe. Commands of one thread enter the log in the order submitted.
///
/// A connection whose session is lost opens another one by itself: commands that were under way are
/// reported uncertain, those not yet sent go out in the new session.
public final class NodeConnection implements AutoCloseable {
  /// The most commands that wait for their answers; one more is answered [Admission#BUSY].
  public static final int MOST_PENDING = 1 << 16;

  /// The most bytes of encoded commands that wait for their answers.
  public static final long MOST_PENDING_BYTES = 64L << 20;

  private static final System.Logger LOG = System.getLogger(NodeConnection.class.getName());
  private static final int SENDS_PER_TURN = 64;
  private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EmbeddedLog log;
  private final Fault fault;
  private final BooleanSupplier isDiskNearlyFull;
  private final Thread thread;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final ManyToOneConcurrentArrayQueue<PendingCommand> queue =
      new ManyToOneConcurrentArrayQueue<>(MOST_PENDING);
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong pendingBytes = new AtomicLong();

  /// Held while a command is encoded and queued, and to turn that off.
  private final ReentrantLock entrance = new ReentrantLock();

  private final CommandCodec codec = new CommandCodec();
  private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer(4_096);
  private long lastCorrelationId;
  private boolean isOpen = true;
  private volatile boolean running = true;
  private volatile String endReason = "the connection was closed";

  /// Hears what became of one command, exactly once, on the connection's thread: do little there.
  public interface Listener {
    /// The log is synced, the engine has acted.
    void onAnswer(Answer answer);

    /// It is not known whether the command was logged: the connection was lost or closed. Ask again
    /// under the same session and number.
    void onUncertain(String reason);
  }

  /// What became of an attempt to submit.
  public enum Admission {
    /// It is on its way; the listener will hear.
    TAKEN,
    /// Too many commands are waiting for the log; come again later.
    BUSY,
    /// The disk is nearly full; nothing is taken until there is room.
    DISK_NEARLY_FULL,
    /// The node has stopped or the connection is closed.
    STOPPED
  }

  NodeConnection(EmbeddedLog log, Fault fault, BooleanSupplier isDiskNearlyFull) {
    this.log = log;
    this.fault = fault;
    this.isDiskNearlyFull = isDiskNearlyFull;
    thread = new Thread(this::run, "evenkeel-connection");
    thread.setDaemon(true);
    thread.start();
  }

  boolean awaitConnected(long patienceMs) throws InterruptedException {
    return connected.await(patienceMs, TimeUnit.MILLISECONDS);
  }

  /// Submits a command without waiting. Nothing is kept of it unless the answer is
  /// [Admission#TAKEN].
  ///
  /// @param sessionId the client's session; 0 asks for no protection against repetition
  /// @param commandNumber rising within the session
  /// @throws IllegalArgumentException when the command is longer than the log allows, with both
  ///   sizes; nothing is kept of it
  public Admission submit(long sessionId, long commandNumber, Command command, Listener listener) {
    return submit(
        sessionId,
        commandNumber,
        (buffer, offset) -> codec.encode(command, buffer, offset),
        listener);
  }

  /// Writes the encoded form of a command.
  interface Body {
    /// Writes it.
    ///
    /// @return bytes written
    int write(MutableDirectBuffer buffer, int offset);
  }

  /// As the public one, for any bytes.
  Admission submit(long sessionId, long commandNumber, Body command, Listener listener) {
    entrance.lock();
    try {
      if (!isOpen || fault.isRaised()) {
        return Admission.STOPPED;
      }
      if (isDiskNearlyFull.getAsBoolean()) {
        return Admission.DISK_NEARLY_FULL;
      }
      if (pending.get() >= MOST_PENDING) {
        return Admission.BUSY;
      }
      return enter(sessionId, commandNumber, command, listener);
    } finally {
      entrance.unlock();
    }
  }

  private Admission enter(long sessionId, long number, Body command, Listener listener) {
    long correlationId = lastCorrelationId + 1;
    int body = Submission.encodeHeader(correlationId, sessionId, number, encoded, 0);
    int length = body + command.write(encoded, body);
    if (length > log.longestSubmissionBytes()) {
      throw new IllegalArgumentException(
          "the command takes "
              + length
              + " bytes and the log allows "
              + log.longestSubmissionBytes()
              + ": split it");
    }
    if (pendingBytes.get() + length > MOST_PENDING_BYTES) {
      return Admission.BUSY;
    }
    byte[] submission = new byte[length];
    encoded.getBytes(0, submission);
    lastCorrelationId = correlationId;
    pending.incrementAndGet();
    pendingBytes.addAndGet(length);
    if (!queue.offer(new PendingCommand(correlationId, submission, listener))) {
      pending.decrementAndGet();
      pendingBytes.addAndGet(-length);
      return Admission.BUSY;
    }
    return Admission.TAKEN;
  }

  /// Commands submitted and not yet answered.
  public int pending() {
    return pending.get();
  }

  /// Called before a listener hears of a command, so that it may submit another one at once.
  void done(PendingCommand command) {
    pendingBytes.addAndGet(-command.bytes());
    pending.decrementAndGet();
  }

  private void run() {
    IdleStrategy idle = EmbeddedLog.idle();
    LogSession session = new LogSession(log, fault, this);
    @Nullable PendingCommand next = null;
    try {
      while (running && !fault.isRaised()) {
        int work = session.work();
        if (session.isConnected()) {
          connected.countDown();
          for (int sends = 0; sends < SENDS_PER_TURN; sends++) {
            next = next == null ? queue.poll() : next;
            if (next == null || !session.send(next)) {
              break;
            }
            next = null;
            work++;
          }
        }
        if (!session.lost().isEmpty() && running && !fault.isRaised()) {
          LOG.log(System.Logger.Level.INFO, "A connection begins anew: {0}", session.lost());
          session.close(session.lost());
          idle.reset();
          LockSupport.parkNanos(RETRY_NS);
          session = new LogSession(log, fault, this);
        }
        idle.idle(work);
      }
    } catch (RuntimeException | Error e) {
      fault.raise("a connection", e);
    } finally {
      finish(session, next);
    }
  }

  private void finish(LogSession session, @Nullable PendingCommand next) {
    refuseMore();
    String reason = fault.isRaised() ? fault.text() : endReason;
    session.close(reason);
    for (PendingCommand left = next == null ? queue.poll() : next;
        left != null;
        left = queue.poll()) {
      done(left);
      left.uncertain(reason);
    }
  }

  /// From here on every attempt to submit is answered [Admission#STOPPED]; what was taken goes on.
  void refuseMore() {
    entrance.lock();
    try {
      isOpen = false;
    } finally {
      entrance.unlock();
    }
  }

  /// Whether it has ended, by itself or by [#close()].
  boolean isOver() {
    return !thread.isAlive();
  }

  void close(String reason) {
    endReason = reason;
    refuseMore();
    running = false;
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Closes the connection; commands not yet answered are reported uncertain. Idempotent.
  @Override
  public void close() {
    close("the connection was closed");
  }
}
