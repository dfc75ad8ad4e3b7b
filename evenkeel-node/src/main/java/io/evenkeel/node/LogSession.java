package io.evenkeel.node;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.logbuffer.Header;
import io.evenkeel.wire.Answer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/// One session with the log and the commands sent in it that are not answered yet. Answers come in
/// the order of the commands, each exactly once, as long as the session lives. One thread.
final class LogSession implements EgressListener {
  private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);

  private final ArrayDeque<PendingCommand> sent = new ArrayDeque<>();
  private final UnsafeBuffer out = new UnsafeBuffer(0, 0);
  private final Fault fault;
  private final NodeConnection owner;
  private AeronCluster.@Nullable AsyncConnect connecting;
  private @Nullable AeronCluster cluster;
  private long keepAliveNs;
  private String lost = "";

  LogSession(EmbeddedLog log, Fault fault, NodeConnection owner) {
    this.fault = fault;
    this.owner = owner;
    connecting = AeronCluster.asyncConnect(log.session().egressListener(this));
  }

  boolean isConnected() {
    return cluster != null;
  }

  /// Why the session is over; empty while it is not.
  String lost() {
    return lost;
  }

  /// One step: connects, or takes answers and keeps the session alive.
  ///
  /// @return how much was done
  int work() {
    try {
      AeronCluster connected = cluster;
      if (connected == null) {
        return connect();
      }
      int work = connected.pollEgress();
      long nowNs = System.nanoTime();
      if (nowNs - keepAliveNs >= 0) {
        connected.sendKeepAlive();
        keepAliveNs = nowNs + KEEP_ALIVE_NS;
      }
      if (connected.isClosed()) {
        lose("the session was closed");
      }
      return work;
    } catch (RuntimeException e) {
      lose("the session failed: " + e.getMessage());
      return 1;
    }
  }

  private int connect() {
    AeronCluster.AsyncConnect attempt = connecting;
    if (attempt == null) {
      return 0;
    }
    AeronCluster connected = attempt.poll();
    if (connected == null) {
      return 0;
    }
    connecting = null;
    cluster = connected;
    keepAliveNs = System.nanoTime() + KEEP_ALIVE_NS;
    return 1;
  }

  /// Sends a command.
  ///
  /// @return false when the log has no room for it now, or the session is over
  boolean send(PendingCommand command) {
    AeronCluster connected = cluster;
    if (connected == null) {
      return false;
    }
    command.showIn(out);
    long result = connected.offer(out, 0, out.capacity());
    if (result > 0) {
      sent.add(command);
      return true;
    }
    if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
      lose("the log is out of reach: " + Publication.errorString(result));
    }
    return false;
  }

  @Override
  public void onMessage(
      long clusterSessionId,
      long timestamp,
      DirectBuffer buffer,
      int offset,
      int length,
      Header header) {
    if (fault.isRaised()) {
      lose(fault.text());
      return;
    }
    Answer answer = Answer.decode(buffer, offset, length);
    PendingCommand head = sent.poll();
    while (head != null && head.correlationId() != answer.correlationId()) {
      owner.done(head);
      head.uncertain("the answer was lost");
      head = sent.poll();
    }
    if (head != null) {
      owner.done(head);
      head.answer(answer);
    }
  }

  @Override
  public void onSessionEvent(
      long correlationId,
      long clusterSessionId,
      long leadershipTermId,
      int leaderMemberId,
      EventCode code,
      String detail) {
    if (code == EventCode.CLOSED || code == EventCode.ERROR) {
      lose("the session was ended by the log: " + detail);
    }
  }

  private void lose(String reason) {
    if (lost.isEmpty()) {
      lost = reason;
    }
  }

  /// Ends the session; what was sent and not answered is uncertain.
  void close(String reason) {
    CloseHelper.quietClose(connecting);
    CloseHelper.quietClose(cluster);
    connecting = null;
    cluster = null;
    for (PendingCommand left = sent.poll(); left != null; left = sent.poll()) {
      owner.done(left);
      left.uncertain(reason);
    }
  }
}
