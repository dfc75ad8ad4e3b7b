package io.evenkeel.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Has snapshots made, one at a time.
final class SnapshotDesk {
  private final EmbeddedLog log;
  private final Progress progress;
  private final Fault fault;
  private final ReentrantLock turn = new ReentrantLock();

  SnapshotDesk(EmbeddedLog log, Progress progress, Fault fault) {
    this.log = log;
    this.progress = progress;
    this.fault = fault;
  }

  /// Asks for a snapshot and waits until it is durable.
  ///
  /// @throws NodeException when it is not done in time, or failed
  SnapshotReport take(Duration patience) {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    try {
      if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw late(patience);
      }
      try {
        return takeAlone(patience, deadlineNs);
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException("interrupted while a snapshot was made; it goes on", e);
    }
  }

  private SnapshotReport takeAlone(Duration patience, long deadlineNs) throws InterruptedException {
    while (!log.isAtRest()) {
      pause(patience, deadlineNs);
    }
    // Counted while the log is at rest and before it is asked: no other snapshot is taken for this
    // one. The count rises before the log is at rest again.
    long before = log.snapshotCount();
    Progress.StateTaken earlier = progress.lastTaken();
    while (!log.askForSnapshot()) {
      pause(patience, deadlineNs);
    }
    while (!log.isAtRest()) {
      pause(patience, deadlineNs);
    }
    long endNs = System.nanoTime();
    Progress.StateTaken taken = progress.lastTaken();
    if (taken == null || taken.equals(earlier) || log.snapshotCount() == before) {
      throw new NodeException(
          "the snapshot was not made; the log goes on without it and the next one may succeed");
    }
    progress.snapshotDurable(taken.logPosition());
    return new SnapshotReport(
        taken.logPosition(),
        taken.lastEventNumber(),
        taken.bytes(),
        endNs - taken.beganNs(),
        taken.stateHash());
  }

  private void pause(Duration patience, long deadlineNs) throws InterruptedException {
    if (fault.isRaised()) {
      throw new NodeException("no snapshot was made: " + fault.text());
    }
    if (System.nanoTime() - deadlineNs >= 0) {
      throw late(patience);
    }
    TimeUnit.MICROSECONDS.sleep(200);
  }

  private static NodeException late(Duration patience) {
    return new NodeException(
        "no snapshot within " + patience.toMillis() + " ms: allow more time, or try again");
  }
}
