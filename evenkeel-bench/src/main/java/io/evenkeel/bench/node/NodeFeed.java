package io.evenkeel.bench.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.wire.Answer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends commands one after another, as many as the log takes, and counts what is answered.
final class NodeFeed implements NodeConnection.Listener {
  private static final long BUSY_NS = 200_000;

  private final NodeConnection connection;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private volatile String trouble = "";
  private long sent;

  NodeFeed(NodeConnection connection) {
    this.connection = connection;
  }

  /// Sends one, waiting while the log is busy.
  void send(Command command) {
    NodeConnection.Admission admission = connection.submit(0, 0, command, this);
    while (admission == NodeConnection.Admission.BUSY) {
      LockSupport.parkNanos(BUSY_NS);
      admission = connection.submit(0, 0, command, this);
    }
    if (admission != NodeConnection.Admission.TAKEN) {
      throw new IllegalStateException("the node does not take commands: " + admission);
    }
    sent++;
  }

  /// Waits until everything sent is answered.
  void drain() {
    while (answered.get() < sent) {
      if (!trouble.isEmpty()) {
        throw new IllegalStateException("a command is uncertain: " + trouble);
      }
      LockSupport.parkNanos(BUSY_NS);
    }
  }

  @Override
  public void onAnswer(Answer answer) {
    if (answer.outcome() == null || !answer.outcome().isAccepted()) {
      refused.incrementAndGet();
    } else {
      events.addAndGet(answer.outcome().eventCount());
    }
    answered.incrementAndGet();
  }

  @Override
  public void onUncertain(String reason) {
    trouble = reason;
  }

  /// Commands sent.
  long sent() {
    return sent;
  }

  /// Commands refused.
  long refused() {
    return refused.get();
  }

  /// Events of accepted commands.
  long events() {
    return events.get();
  }
}
