package io.evenkeel.node;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/// The log of a node with nothing behind it: every submission is logged and synced as a node does
/// it, and answered at once, without engine and journal. What a node costs is measured against
/// this. It is in the node's package because it is made of the node's own parts, so that both have
/// the same settings.
public final class EchoNode implements AutoCloseable {
  private static final long CONNECT_MS = 30_000;

  private final DataFolder folder;
  private final DriverFolder driverFolder;
  private final Fault fault;
  private final EmbeddedLog log;

  private EchoNode(DataFolder folder, DriverFolder driverFolder, Fault fault, EmbeddedLog log) {
    this.folder = folder;
    this.driverFolder = driverFolder;
    this.fault = fault;
    this.log = log;
  }

  /// Starts it and returns when it takes submissions.
  ///
  /// @param config only the folder and whether to sync count
  /// @throws IOException when the disk cannot be used
  public static EchoNode start(NodeConfig config) throws IOException, InterruptedException {
    LogSettings settings = LogSettings.standard();
    DataFolder folder = DataFolder.open(config, settings);
    DriverFolder driver = DriverFolder.make();
    Fault fault = new Fault(folder.root());
    EmbeddedLog log =
        EmbeddedLog.launch(config, settings, folder, driver.path(), new Echo(fault), fault);
    EchoNode node = new EchoNode(folder, driver, fault, log);
    while (!log.isReady()) {
      if (fault.await(1)) {
        node.close();
        throw new NodeException("the echo did not start: " + fault.text());
      }
    }
    return node;
  }

  /// A way in, the same as a node's.
  public NodeConnection connect() throws InterruptedException {
    NodeConnection connection = new NodeConnection(log, fault, () -> false);
    if (!connection.awaitConnected(CONNECT_MS)) {
      connection.close();
      throw new NodeException("the echo gave no session");
    }
    return connection;
  }

  /// Settings of a bare client of the log, with nothing of ours around it.
  public AeronCluster.Context bareSession() {
    return log.session();
  }

  /// Where it is.
  public Path root() {
    return folder.root();
  }

  @Override
  public void close() {
    fault.expectEnd();
    log.close();
    driverFolder.close();
    folder.close();
  }

  private static final class Echo implements ClusteredService {
    private final Egress egress;
    private @Nullable Cluster cluster;

    Echo(Fault fault) {
      egress = new Egress(fault);
    }

    @Override
    public void onStart(Cluster cluster, @Nullable Image snapshotImage) {
      this.cluster = cluster;
    }

    @Override
    public void onSessionMessage(
        @Nullable ClientSession session,
        long timestamp,
        DirectBuffer buffer,
        int offset,
        int length,
        Header header) {
      long correlationId = Submission.decode(buffer, offset, length).correlationId();
      Answer answer = new Answer(correlationId, header.position(), timestamp, Outcome.QUIET, "");
      egress.send(session, answer, Objects.requireNonNull(cluster, "onStart comes first"));
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {}

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
      egress.forget(session);
    }

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {}

    @Override
    public void onTakeSnapshot(ExclusivePublication snapshotPublication) {}

    @Override
    public void onRoleChange(Cluster.Role newRole) {}

    @Override
    public void onTerminate(Cluster cluster) {}
  }
}
