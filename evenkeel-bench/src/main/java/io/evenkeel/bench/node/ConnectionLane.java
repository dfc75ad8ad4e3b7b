package io.evenkeel.bench.node;

import io.evenkeel.model.command.Command;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.wire.Answer;
import java.util.concurrent.atomic.AtomicLong;

/// Commands in turn through a [NodeConnection], of a node or of an echo.
final class ConnectionLane implements Lane {
  private final String name;
  private final NodeConnection connection;
  private final Command[] commands;
  private final AtomicLong refused = new AtomicLong();
  private int next;

  ConnectionLane(String name, NodeConnection connection, Command[] commands) {
    this.name = name;
    this.connection = connection;
    this.commands = commands.clone();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean send(long stampNs, Done done) {
    NodeConnection.Admission admission =
        connection.submit(0, 0, commands[next % commands.length], new Waiting(stampNs, done));
    if (admission == NodeConnection.Admission.TAKEN) {
      next++;
      return true;
    }
    if (admission != NodeConnection.Admission.BUSY) {
      throw new IllegalStateException(name + " does not take commands: " + admission);
    }
    return false;
  }

  @Override
  public void poll() {}

  @Override
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    connection.close();
  }

  private final class Waiting implements NodeConnection.Listener {
    private final long stampNs;
    private final Done done;

    Waiting(long stampNs, Done done) {
      this.stampNs = stampNs;
      this.done = done;
    }

    @Override
    public void onAnswer(Answer answer) {
      if (answer.outcome() == null || !answer.outcome().isAccepted()) {
        refused.incrementAndGet();
      }
      done.onDone(stampNs);
    }

    @Override
    public void onUncertain(String reason) {
      refused.incrementAndGet();
    }
  }
}
