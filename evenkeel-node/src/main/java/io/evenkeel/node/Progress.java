package io.evenkeel.node;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the engine's thread tells the others: single numbers, each right on its own.
final class Progress {
  private final AtomicLong logPosition = new AtomicLong();
  private final AtomicLong lastEventNumber = new AtomicLong();
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicLong lastSnapshotPosition = new AtomicLong(-1);
  private volatile @Nullable StateTaken lastTaken;

  /// A state that was handed to the log; durable only when the log says so.
  ///
  /// @param beganNs `System.nanoTime()` at which commands stopped being applied
  record StateTaken(
      long logPosition, long lastEventNumber, long bytes, String stateHash, long beganNs) {}

  void applied(long position, long eventNumber) {
    lastEventNumber.setRelease(eventNumber);
    commands.setRelease(commands.getPlain() + 1);
    logPosition.setRelease(position);
  }

  void restored(long position, long eventNumber) {
    lastEventNumber.setRelease(eventNumber);
    lastSnapshotPosition.setRelease(position);
    logPosition.setRelease(position);
  }

  void taken(StateTaken state) {
    lastTaken = state;
  }

  @Nullable StateTaken lastTaken() {
    return lastTaken;
  }

  void snapshotDurable(long position) {
    snapshots.incrementAndGet();
    lastSnapshotPosition.setRelease(position);
  }

  long commands() {
    return commands.getAcquire();
  }

  NodeStatus status(long freeBytes, String fault) {
    return new NodeStatus(
        logPosition.getAcquire(),
        lastEventNumber.getAcquire(),
        commands.getAcquire(),
        snapshots.get(),
        lastSnapshotPosition.getAcquire(),
        freeBytes,
        fault);
  }
}
