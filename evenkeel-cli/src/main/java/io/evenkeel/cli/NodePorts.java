package io.evenkeel.cli;

import io.evenkeel.gateway.CommandPort;
import io.evenkeel.gateway.NodePort;
import io.evenkeel.model.command.Command;
import io.evenkeel.node.Node;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.node.NodeStatus;
import io.evenkeel.node.SnapshotReport;
import io.evenkeel.wire.Answer;
import java.time.Duration;

/// A node as the gateway sees it. The gateway does not know nodes, so that one in another process
/// could stand here as well.
final class NodePorts {
  private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(2);

  private NodePorts() {}

  /// The way into the log.
  static CommandPort commands(NodeConnection connection) {
    return new CommandPort() {
      @Override
      public Admission submit(
          long sessionId, long commandNumber, Command command, Listener listener) {
        return switch (connection.submit(sessionId, commandNumber, command, hears(listener))) {
          case TAKEN -> Admission.TAKEN;
          case BUSY -> Admission.BUSY;
          case DISK_NEARLY_FULL -> Admission.DISK_NEARLY_FULL;
          case STOPPED -> Admission.STOPPED;
        };
      }

      @Override
      public int pending() {
        return connection.pending();
      }
    };
  }

  private static NodeConnection.Listener hears(CommandPort.Listener listener) {
    return new NodeConnection.Listener() {
      @Override
      public void onAnswer(Answer answer) {
        listener.onAnswer(answer);
      }

      @Override
      public void onUncertain(String reason) {
        listener.onUncertain(reason);
      }
    };
  }

  /// Everything else.
  static NodePort node(Node node) {
    return new NodePort() {
      @Override
      public NodeReading status() {
        NodeStatus status = node.status();
        return new NodeReading(
            status.logPosition(),
            status.lastEventNumber(),
            status.commands(),
            status.snapshots(),
            status.lastSnapshotPosition(),
            status.freeBytes(),
            status.fault());
      }

      @Override
      public SnapshotReading takeSnapshot() {
        SnapshotReport report = node.takeSnapshot(SNAPSHOT_PATIENCE);
        return new SnapshotReading(
            report.logPosition(),
            report.lastEventNumber(),
            report.bytes(),
            report.pauseNs(),
            report.stateHash());
      }
    };
  }
}
