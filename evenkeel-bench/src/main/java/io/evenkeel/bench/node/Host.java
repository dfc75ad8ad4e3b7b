package io.evenkeel.bench.node;

import io.evenkeel.gateway.CommandPort;
import io.evenkeel.gateway.Gateway;
import io.evenkeel.gateway.GatewayConfig;
import io.evenkeel.gateway.NodePort;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.node.Node;
import io.evenkeel.node.NodeConfig;
import io.evenkeel.node.NodeConnection;
import io.evenkeel.node.NodeStatus;
import io.evenkeel.node.SnapshotReport;
import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderConfig;
import io.evenkeel.reader.ReaderStatus;
import io.evenkeel.wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Node, reader and gateway in this process, as `serve` has them.
final class Host implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int QUESTIONS = 4_096;
  private static final long GLANCE_NS = 1_000_000;

  final Node node;
  final NodeConnection connection;
  final Reader reader;
  final Gateway gateway;

  Host(Path folder) {
    node = startNode(folder, true);
    connection = node.connect();
    reader = startReader(node, folder);
    gateway =
        Gateway.start(
            new GatewayConfig("127.0.0.1", 0, 8 << 20, 10_000, 20_000, 256),
            commands(connection),
            port(node),
            reader);
  }

  /// A node without snapshots on schedule, so that none falls into a measurement.
  static Node startNode(Path folder, boolean syncToDisk) {
    NodeConfig config = config(folder, syncToDisk);
    return Node.start(
        config,
        fault -> {
          throw new IllegalStateException("the node stopped", fault);
        });
  }

  static NodeConfig config(Path folder, boolean syncToDisk) {
    return new NodeConfig(
        folder,
        EngineLimits.STANDARD,
        Duration.ZERO,
        Duration.ofSeconds(1),
        256L << 20,
        syncToDisk,
        true);
  }

  static Reader startReader(Node node, Path folder) {
    return Reader.start(
        new ReaderConfig(
            node.journalFolder(), folder.resolve("reader"), EngineLimits.STANDARD, QUESTIONS));
  }

  /// Waits until a reader has applied everything there is.
  static void awaitReader(Reader reader) {
    ReaderStatus status = reader.status();
    while (status.state() != ReaderStatus.State.FOLLOWING || status.behindBytes() > 0) {
      if (status.state() == ReaderStatus.State.FAILED) {
        throw new IllegalStateException("the reader failed: " + status.fault());
      }
      LockSupport.parkNanos(GLANCE_NS);
      status = reader.status();
    }
  }

  private static CommandPort commands(NodeConnection connection) {
    return new CommandPort() {
      @Override
      public Admission submit(long sessionId, long number, Command command, Listener listener) {
        return switch (connection.submit(sessionId, number, command, hears(listener))) {
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

  private static NodePort port(Node node) {
    return new NodePort() {
      @Override
      public NodeReading status() {
        NodeStatus it = node.status();
        return new NodeReading(
            it.logPosition(),
            it.lastEventNumber(),
            it.commands(),
            it.snapshots(),
            it.lastSnapshotPosition(),
            it.freeBytes(),
            it.fault());
      }

      @Override
      public SnapshotReading takeSnapshot() {
        SnapshotReport it = node.takeSnapshot(PATIENCE);
        return new SnapshotReading(
            it.logPosition(), it.lastEventNumber(), it.bytes(), it.pauseNs(), it.stateHash());
      }
    };
  }

  @Override
  public void close() {
    gateway.close();
    connection.close();
    node.close();
    awaitReader(reader);
    reader.close();
  }
}
