package io.evenkeel.node;

import io.aeron.Publication;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.evenkeel.wire.Answer;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/// Sends answers. None is dropped in silence: a client that is gone needs none, and one that does
/// not take its answers for long is told so by the end of its session, after which it asks again.
final class Egress {
  private static final long UNREACHABLE_AFTER_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long STUCK_AFTER_NS = TimeUnit.SECONDS.toNanos(10);

  private final Fault fault;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);

  /// Sessions that cannot be reached any more, so that waiting happens once and not per command.
  private final LongHashSet gone = new LongHashSet();

  Egress(Fault fault) {
    this.fault = fault;
  }

  /// Sends an answer, waiting while the client's buffer is full.
  ///
  /// @param session null when the session ended before the command was applied
  void send(@Nullable ClientSession session, Answer answer, Cluster cluster) {
    if (session == null || session.isClosing() || gone.contains(session.id())) {
      return;
    }
    int length = answer.encode(buffer, 0);
    long result = session.offer(buffer, 0, length);
    if (result <= 0) {
      retry(session, length, result, cluster);
    }
  }

  private void retry(ClientSession session, int length, long firstResult, Cluster cluster) {
    long beganNs = System.nanoTime();
    long result = firstResult;
    IdleStrategy idle = cluster.idleStrategy();
    idle.reset();
    while (result <= 0) {
      long waitedNs = System.nanoTime() - beganNs;
      boolean isReachable =
          result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION;
      if (result == Publication.CLOSED
          || waitedNs > (isReachable ? STUCK_AFTER_NS : UNREACHABLE_AFTER_NS)
          || fault.isRaised()) {
        gone.add(session.id());
        session.close();
        return;
      }
      idle.idle();
      result = session.offer(buffer, 0, length);
    }
  }

  void forget(ClientSession session) {
    gone.remove(session.id());
  }
}
