package io.evenkeel.gateway;

/// What the gateway tells and asks of the node beside commands.
public interface NodePort {
  /// How the node is doing.
  NodeReading status();

  /// Asks for a snapshot and waits until it is durable.
  ///
  /// @throws RuntimeException with a message for people when it is not done
  SnapshotReading takeSnapshot();

  /// How a node is doing.
  ///
  /// @param fault why it stopped by itself; empty while it runs
  record NodeReading(
      long logPosition,
      long lastEventNumber,
      long commands,
      long snapshots,
      long lastSnapshotPosition,
      long freeBytes,
      String fault) {}

  /// How a snapshot went; the pause in nanoseconds.
  record SnapshotReading(
      long logPosition, long lastEventNumber, long bytes, long pauseNs, String stateHash) {}
}
