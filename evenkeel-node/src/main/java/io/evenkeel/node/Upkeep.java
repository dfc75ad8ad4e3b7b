package io.evenkeel.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What is done by the clock beside the log: measuring the disk, snapshots on schedule, deleting
/// what is not needed any more.
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final long MEASURE_EVERY_MS = 500;
  private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(10);

  private final DiskWatch disk;
  private final SnapshotDesk desk;
  private final LogPurge purge;
  private final Progress progress;
  private final Fault fault;
  private final ScheduledExecutorService measuring = executor("disk");
  private final ScheduledExecutorService tidying = executor("upkeep");
  private long commandsAtLastSnapshot = -1;
  private boolean isMeasuring = true;

  Upkeep(DiskWatch disk, SnapshotDesk desk, LogPurge purge, Progress progress, Fault fault) {
    this.disk = disk;
    this.desk = desk;
    this.purge = purge;
    this.progress = progress;
    this.fault = fault;
  }

  private static ScheduledExecutorService executor(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = Executors.defaultThreadFactory().newThread(task);
              thread.setName("evenkeel-" + name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /// @param snapshotInterval zero for no snapshots on schedule
  void begin(Duration snapshotInterval) {
    var _ =
        measuring.scheduleWithFixedDelay(
            this::measure, MEASURE_EVERY_MS, MEASURE_EVERY_MS, TimeUnit.MILLISECONDS);
    if (!snapshotInterval.isZero()) {
      long everyNs = snapshotInterval.toNanos();
      var _ =
          tidying.scheduleWithFixedDelay(this::snapshot, everyNs, everyNs, TimeUnit.NANOSECONDS);
    }
  }

  private void measure() {
    try {
      disk.measure();
      isMeasuring = true;
    } catch (NodeException e) {
      fault.raise("looking at the data folder", e);
    } catch (IOException | RuntimeException e) {
      if (isMeasuring) {
        LOG.log(System.Logger.Level.WARNING, "cannot measure the disk of the data folder", e);
      }
      isMeasuring = false;
    }
  }

  private void snapshot() {
    long commands = progress.commands();
    Progress.StateTaken last = progress.lastTaken();
    boolean isNew = commands != commandsAtLastSnapshot;
    if (!isNew || !disk.hasRoomFor(last == null ? 0 : last.bytes())) {
      return;
    }
    try {
      desk.take(SNAPSHOT_PATIENCE);
      commandsAtLastSnapshot = commands;
      purge();
    } catch (RuntimeException e) {
      // Also when the log is just being closed: a schedule that throws would end without a word.
      LOG.log(System.Logger.Level.WARNING, "no snapshot on schedule: {0}", e.getMessage());
    }
  }

  /// Has the log purged soon, after a snapshot.
  void purgeSoon() {
    if (!tidying.isShutdown()) {
      tidying.execute(this::purge);
    }
  }

  private void purge() {
    try {
      purge.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "old files of the log were not deleted", e);
    }
  }

  /// Stops; waits a little for what is being done.
  @Override
  public void close() {
    measuring.shutdown();
    tidying.shutdown();
    try {
      if (!tidying.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.DEBUG, "upkeep is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
