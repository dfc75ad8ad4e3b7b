package io.evenkeel.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One embedded node: media driver, archive, consensus and the engine's service in this process.
public final class Node implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());
  private static final long DRAIN_MS = 10_000;
  private static final long CONNECT_MS = 30_000;
  private static final Duration LAST_SNAPSHOT_PATIENCE = Duration.ofMinutes(10);

  private final NodeConfig config;
  private final Consumer<NodeException> onFault;
  private final DataFolder folder;
  private final DriverFolder driverFolder;
  private final Fault fault;
  private final Progress progress = new Progress();
  private final EngineService service;
  private final DiskWatch disk;
  private final EmbeddedLog log;
  private final SnapshotDesk desk;
  private final Upkeep upkeep;
  private final List<NodeConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Node(
      NodeConfig config, LogSettings settings, Consumer<NodeException> onFault, DataFolder folder)
      throws IOException {
    this.config = config;
    this.onFault = onFault;
    this.folder = folder;
    fault = new Fault(folder.root());
    disk = new DiskWatch(folder, config.minimumFreeBytes());
    service = new EngineService(config, folder.journal(), fault, progress);
    LogTail.repair(folder, settings);
    driverFolder = DriverFolder.make();
    try {
      log = EmbeddedLog.launch(config, settings, folder, driverFolder.path(), service, fault);
    } catch (Throwable e) {
      service.closeJournal();
      driverFolder.close();
      throw e;
    }
    desk = new SnapshotDesk(log, progress, fault);
    upkeep = new Upkeep(disk, desk, new LogPurge(log, folder.cluster(), settings), progress, fault);
  }

  /// Starts a node and returns when it has replayed its log and takes commands.
  ///
  /// @param onFault hears once, on any thread, when the node stopped by itself: the disk is full or
  ///   failed, or its state is damaged. Nothing is acknowledged after that.
  /// @throws NodeException when the folder is in use by another process (naming it), cannot be
  ///   written, belongs to another version or other limits, or the start fails
  public static Node start(NodeConfig config, Consumer<NodeException> onFault) {
    return start(config, LogSettings.standard(), onFault);
  }

  static Node start(NodeConfig config, LogSettings settings, Consumer<NodeException> onFault) {
    DataFolder folder = DataFolder.open(config, settings);
    Node node;
    try {
      node = new Node(config, settings, onFault, folder);
    } catch (NodeException e) {
      folder.close();
      throw e;
    } catch (Exception | Error e) {
      folder.close();
      String reason =
          Fault.isDiskFull(e)
              ? "the disk is full; free space there"
              : String.valueOf(e.getMessage());
      throw new NodeException("the node cannot start in " + folder.root() + ": " + reason, e);
    }
    node.awaitReady();
    Thread watch = new Thread(node::watchForFault, "evenkeel-watch");
    watch.setDaemon(true);
    watch.start();
    node.upkeep.begin(config.snapshotInterval());
    return node;
  }

  private void awaitReady() {
    try {
      while (!log.isReady()) {
        if (fault.await(1)) {
          NodeException reason = fault.get();
          closeParts();
          throw reason == null ? new NodeException("the node stopped while it started") : reason;
        }
      }
    } catch (InterruptedException e) {
      closeParts();
      Thread.currentThread().interrupt();
      throw new NodeException("interrupted while the node started in " + folder.root(), e);
    }
  }

  private void watchForFault() {
    try {
      while (closed.getCount() > 0) {
        if (fault.await(1_000)) {
          stopByItself();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopByItself() {
    NodeException reason = fault.get();
    if (reason == null || !closing.compareAndSet(false, true)) {
      return;
    }
    try {
      onFault.accept(reason);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the listener for faults failed", e);
    } finally {
      closeParts();
    }
  }

  /// A new way in. Several may be used at the same time.
  ///
  /// @throws NodeException when the node has stopped, or the log does not answer in time
  public NodeConnection connect() {
    if (closing.get() || fault.isRaised()) {
      throw new NodeException("the node has stopped: " + fault.text());
    }
    NodeConnection connection = new NodeConnection(log, fault, disk::isNearlyFull);
    connections.removeIf(NodeConnection::isOver);
    connections.add(connection);
    try {
      if (connection.awaitConnected(CONNECT_MS)) {
        return connection;
      }
      connection.close();
      throw new NodeException(
          "the log gave no session within " + CONNECT_MS + " ms: " + fault.text());
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new NodeException("interrupted while connecting", e);
    }
  }

  /// Where the journal is, for readers.
  public Path journalFolder() {
    return folder.journal();
  }

  /// How the node is doing; may be called from any thread at any rate.
  public NodeStatus status() {
    return progress.status(disk.freeBytes(), fault.text());
  }

  /// Asks for a snapshot and waits until it is durable.
  ///
  /// @return how it went
  /// @throws NodeException when it is not done in time
  public SnapshotReport takeSnapshot(Duration patience) {
    if (closing.get()) {
      throw new NodeException("the node has stopped: " + fault.text());
    }
    SnapshotReport report = desk.take(patience);
    upkeep.purgeSoon();
    return report;
  }

  /// Stops: no more commands are taken, what is in the log is finished, a snapshot is written if
  /// the configuration asks for it. Idempotent.
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      drain();
      lastSnapshot();
      closeParts();
      return;
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    connections.forEach(NodeConnection::refuseMore);
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MS);
    for (NodeConnection connection : connections) {
      while (connection.pending() > 0
          && !connection.isOver()
          && !fault.isRaised()
          && System.nanoTime() - deadlineNs < 0) {
        try {
          TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void lastSnapshot() {
    if (!config.snapshotOnClose() || fault.isRaised()) {
      return;
    }
    Progress.StateTaken last = progress.lastTaken();
    if (!disk.hasRoomFor(last == null ? 0 : last.bytes())) {
      LOG.log(System.Logger.Level.WARNING, "No snapshot on closing: the disk is nearly full.");
      return;
    }
    try {
      desk.take(LAST_SNAPSHOT_PATIENCE);
    } catch (NodeException e) {
      LOG.log(System.Logger.Level.WARNING, "No snapshot on closing: {0}", e.getMessage());
    }
  }

  /// Closes everything that was started, the lock on the folder last.
  private void closeParts() {
    fault.expectEnd();
    upkeep.close();
    String reason = fault.isRaised() ? fault.text() : "the node was stopped";
    connections.forEach(connection -> connection.close(reason));
    log.close();
    service.closeJournal();
    driverFolder.close();
    folder.close();
    closed.countDown();
  }
}
