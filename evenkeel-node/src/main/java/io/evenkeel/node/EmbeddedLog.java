package io.evenkeel.node;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.PriorityHeapTimerServiceSupplier;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/// The log in this process: media driver, archive, consensus module and the engine's service, in
/// the order in which they start; they stop in reverse. Everything inside goes through shared
/// memory; the only socket is one on the loopback address for a cluster of more than one.
final class EmbeddedLog implements AutoCloseable {
  /// The first stream of answers; every connection has its own, so that none waits for another.
  private static final int FIRST_EGRESS_STREAM = 1_000;

  private static final int ARCHIVE_STREAM = 900;

  /// A command from rest wakes one thread after another, each of which may have just gone to sleep;
  /// shorter costs more of a core when nothing happens.
  private static final long LONGEST_PARK_NS = 250_000;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LIVENESS_NS = TimeUnit.SECONDS.toNanos(60);

  private final LogSettings settings;
  private final Fault fault;
  private final Path driverFolder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final AtomicInteger egressStreams = new AtomicInteger(FIRST_EGRESS_STREAM);
  private ConsensusModule.@Nullable Context consensus;
  private @Nullable Aeron aeron;

  private EmbeddedLog(LogSettings settings, Fault fault, Path driverFolder) {
    this.settings = settings;
    this.fault = fault;
    this.driverFolder = driverFolder;
  }

  /// Starts all parts; the log is not yet replayed when this returns.
  ///
  /// @param service what is behind the log: the engine, but for measurements of the log alone
  static EmbeddedLog launch(
      NodeConfig config,
      LogSettings settings,
      DataFolder folder,
      Path driverFolder,
      ClusteredService service,
      Fault fault) {
    EmbeddedLog log = new EmbeddedLog(settings, fault, driverFolder);
    try {
      int syncLevel = config.syncToDisk() ? 1 : 0;
      log.parts.add(MediaDriver.launch(log.driverContext()));
      log.parts.add(Archive.launch(log.archiveContext(folder, syncLevel)));
      log.parts.add(ConsensusModule.launch(log.consensusContext(folder, syncLevel)));
      log.parts.add(ClusteredServiceContainer.launch(log.serviceContext(folder, service)));
      log.aeron = Aeron.connect(log.clientContext());
      log.parts.add(log.aeron);
      return log;
    } catch (Throwable e) {
      log.close();
      throw e;
    }
  }

  static IdleStrategy idle() {
    return new BackoffIdleStrategy(10, 20, 1_000, LONGEST_PARK_NS);
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, "evenkeel-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private MediaDriver.Context driverContext() {
    return new MediaDriver.Context()
        .aeronDirectoryName(driverFolder.toString())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .threadingMode(ThreadingMode.SHARED)
        .sharedIdleStrategy(idle())
        .sharedThreadFactory(threads("driver"))
        .spiesSimulateConnection(true)
        .ipcTermBufferLength(8 << 20)
        .publicationTermBufferLength(1 << 20)
        .clientLivenessTimeoutNs(LIVENESS_NS)
        .publicationUnblockTimeoutNs(LIVENESS_NS + PATIENCE_NS)
        .errorHandler(error -> fault.report("the media driver", error));
  }

  private Archive.Context archiveContext(DataFolder folder, int syncLevel) {
    return new Archive.Context()
        .aeronDirectoryName(driverFolder.toString())
        .archiveDir(folder.archive().toFile())
        .markFileDir(driverFolder.toFile())
        .controlChannelEnabled(false)
        .localControlChannel("aeron:ipc?term-length=64k")
        .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
        .replicationChannel("aeron:udp?endpoint=127.0.0.1:0")
        .recordingEventsEnabled(false)
        .threadingMode(ArchiveThreadingMode.SHARED)
        .idleStrategySupplier(EmbeddedLog::idle)
        .threadFactory(threads("archive"))
        .segmentFileLength(settings.segmentBytes())
        .fileIoMaxLength(LogTail.BLOCK_BYTES)
        .fileSyncLevel(syncLevel)
        .catalogFileSyncLevel(syncLevel)
        .recordChecksum(new FrameChecksum())
        .replayChecksum(new FrameChecksum())
        .lowStorageSpaceThreshold(0)
        .errorHandler(error -> fault.report("the archive of the log", error));
  }

  private ConsensusModule.Context consensusContext(DataFolder folder, int syncLevel) {
    ConsensusModule.Context context =
        new ConsensusModule.Context()
            .aeronDirectoryName(driverFolder.toString())
            .clusterDir(folder.cluster().toFile())
            .markFileDir(driverFolder.toFile())
            .clusterMemberId(0)
            .clusterMembers("0,127.0.0.1:0,127.0.0.1:0,127.0.0.1:0,127.0.0.1:0,127.0.0.1:0")
            .clusterClock(settings.clock())
            .ingressChannel("aeron:ipc?term-length=" + settings.ingressTermBytes())
            .consensusChannel("aeron:udp?term-length=64k")
            .logChannel("aeron:ipc?term-length=" + settings.logTermBytes())
            .replicationChannel("aeron:udp?endpoint=127.0.0.1:0")
            .sessionTimeoutNs(settings.sessionTimeoutNs())
            .fileSyncLevel(syncLevel)
            .timerServiceSupplier(new PriorityHeapTimerServiceSupplier())
            .idleStrategySupplier(EmbeddedLog::idle)
            .threadFactory(threads("consensus"))
            .archiveContext(archiveClient(ARCHIVE_STREAM))
            .terminationHook(
                () -> fault.raise("the log", new IllegalStateException("the log has stopped")))
            .errorHandler(error -> fault.report("keeping the log", error));
    consensus = context;
    return context;
  }

  private ClusteredServiceContainer.Context serviceContext(
      DataFolder folder, ClusteredService service) {
    return new ClusteredServiceContainer.Context()
        .aeronDirectoryName(driverFolder.toString())
        .clusterDir(folder.cluster().toFile())
        .markFileDir(driverFolder.toFile())
        .clusteredService(service)
        .idleStrategySupplier(EmbeddedLog::idle)
        .threadFactory(threads("engine"))
        .archiveContext(archiveClient(ARCHIVE_STREAM + 1))
        .terminationHook(
            () -> fault.raise("the engine", new IllegalStateException("the engine has stopped")))
        .errorHandler(error -> fault.report("the engine's service", error));
  }

  private static AeronArchive.Context archiveClient(int responseStream) {
    return new AeronArchive.Context()
        .controlRequestChannel("aeron:ipc?term-length=64k")
        .controlResponseChannel("aeron:ipc?term-length=64k")
        .controlResponseStreamId(responseStream)
        .messageTimeoutNs(PATIENCE_NS);
  }

  private Aeron.Context clientContext() {
    return new Aeron.Context()
        .aeronDirectoryName(driverFolder.toString())
        .clientName("evenkeel-connections")
        .threadFactory(threads("client"))
        .errorHandler(error -> fault.report("the log's clients", error));
  }

  /// Whether the log was replayed and takes commands.
  boolean isReady() {
    ConsensusModule.Context context = consensusContext();
    return ElectionState.get(context.electionStateCounter()) == ElectionState.CLOSED
        && Cluster.Role.get(context.clusterNodeRoleCounter()) == Cluster.Role.LEADER
        && ConsensusModule.State.get(context.moduleStateCounter()) == ConsensusModule.State.ACTIVE;
  }

  /// Settings of a new client.
  AeronCluster.Context session() {
    return new AeronCluster.Context()
        .aeron(aeron())
        .ownsAeronClient(false)
        .ingressChannel("aeron:ipc?term-length=" + settings.ingressTermBytes())
        .egressChannel("aeron:ipc")
        .egressStreamId(egressStreams.incrementAndGet())
        .messageTimeoutNs(PATIENCE_NS)
        .errorHandler(error -> fault.report("a connection", error));
  }

  /// Settings of a client of the archive, for upkeep.
  AeronArchive.Context archiveSession() {
    return archiveClient(ARCHIVE_STREAM + 2).aeron(aeron()).ownsAeronClient(false);
  }

  /// Asks for a snapshot.
  ///
  /// @return false while something else is going on
  boolean askForSnapshot() {
    return ClusterControl.ToggleState.SNAPSHOT.toggle(consensusContext().controlToggleCounter());
  }

  /// Whether what was asked for last is over, done or not.
  boolean isAtRest() {
    return ClusterControl.ToggleState.get(consensusContext().controlToggleCounter())
        == ClusterControl.ToggleState.NEUTRAL;
  }

  /// Snapshots that became durable since the start.
  long snapshotCount() {
    return consensusContext().snapshotCounter().get();
  }

  int longestSubmissionBytes() {
    return settings.longestSubmissionBytes();
  }

  private ConsensusModule.Context consensusContext() {
    return Objects.requireNonNull(consensus, "launched");
  }

  private Aeron aeron() {
    return Objects.requireNonNull(aeron, "launched");
  }

  /// Stops all parts that were started. What fails is told to the fault, and the rest goes on.
  @Override
  public void close() {
    List<AutoCloseable> toClose = new ArrayList<>(parts);
    parts.clear();
    Collections.reverse(toClose);
    for (AutoCloseable part : toClose) {
      try {
        part.close();
      } catch (Exception e) {
        fault.report("closing the log", e);
      }
    }
  }
}
