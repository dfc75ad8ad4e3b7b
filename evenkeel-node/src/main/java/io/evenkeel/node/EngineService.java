package io.evenkeel.node;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.SnapshotCodec;
import io.evenkeel.wire.Submission;
import io.evenkeel.wire.UndecodableMessage;
import io.evenkeel.wire.journal.JournalWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.jspecify.annotations.Nullable;

/// The engine behind the log: the one place where commands are applied. Everything it does follows
/// from the log alone, so that replay gives the same state and the same journal.
///
/// Must not read a clock, or anything else that replay would not find again, for what it hands to
/// the engine or the journal.
final class EngineService implements ClusteredService {
  /// All timers of this service are one timer: the same number replaces what is still waiting.
  private static final long TIME_STEP = 1;

  private final EngineLimits limits;
  private final long timeStepNs;
  private final Path journalFolder;
  private final Fault fault;
  private final Progress progress;
  private final Egress egress;
  private final CommandCodec commandCodec = new CommandCodec();
  private final ExpandableArrayBuffer advanceTime = new ExpandableArrayBuffer(64);
  private final int advanceTimeBytes;

  private @Nullable Cluster cluster;
  private @Nullable Engine engine;
  private @Nullable JournalWriter journal;
  private long engineTimeNs;

  EngineService(NodeConfig config, Path journalFolder, Fault fault, Progress progress) {
    limits = config.limits();
    timeStepNs = config.timeStep().toNanos();
    this.journalFolder = journalFolder;
    this.fault = fault;
    this.progress = progress;
    egress = new Egress(fault);
    advanceTimeBytes = commandCodec.encode(new Command.AdvanceTime(), advanceTime, 0);
  }

  @Override
  public void onStart(Cluster cluster, @Nullable Image snapshotImage) {
    this.cluster = cluster;
    try {
      if (snapshotImage == null) {
        engine = new Engine(limits, this::record);
        journal = JournalWriter.open(journalFolder, 0, 1);
      } else {
        restore(cluster, snapshotImage);
      }
    } catch (Throwable e) {
      throw stop("starting the engine", e);
    }
  }

  private void restore(Cluster cluster, Image image) {
    SnapshotLoader loader =
        new SnapshotLoader(image, () -> breathe(cluster), cluster::idleStrategy);
    Engine restored = loader.load(limits, this::record);
    SnapshotCodec.Header header = loader.header();
    String stateHash = loader.stateHash();
    engine = restored;
    engineTimeNs = restored.view().nowNs();
    JournalWriter writer =
        JournalWriter.open(journalFolder, header.journalPosition(), header.lastEventNumber() + 1);
    journal = writer;
    writer.snapshotTaken(header.logPosition(), header.lastEventNumber(), stateHash);
    progress.restored(header.logPosition(), header.lastEventNumber());
  }

  private void record(long eventNumber, long timeNs, Event event) {
    journal().event(eventNumber, timeNs, event);
  }

  @Override
  public void onSessionMessage(
      @Nullable ClientSession session,
      long timestamp,
      DirectBuffer buffer,
      int offset,
      int length,
      Header header) {
    goOnOnlyWhenSound();
    try {
      Submission submission;
      Command command;
      try {
        submission = Submission.decode(buffer, offset, length);
      } catch (UndecodableMessage e) {
        egress.send(session, refusal(0, header.position(), timestamp, e), cluster());
        return;
      }
      int at = submission.commandOffset();
      try {
        command = commandCodec.decode(buffer, at, submission.commandLength());
      } catch (UndecodableMessage e) {
        Answer refusal = refusal(submission.correlationId(), header.position(), timestamp, e);
        egress.send(session, refusal, cluster());
        return;
      }
      long position = header.position();
      long sessionId = submission.sessionId();
      long number = submission.commandNumber();
      JournalWriter journal = journal();
      journal.command(
          position, timestamp, sessionId, number, buffer, at, submission.commandLength());
      Outcome outcome = apply(position, timestamp, sessionId, number, command);
      Answer answer = new Answer(submission.correlationId(), position, engineTimeNs, outcome, "");
      egress.send(session, answer, cluster());
    } catch (AgentTerminationException e) {
      throw e;
    } catch (Throwable e) {
      throw stop("applying the command at log position " + header.position(), e);
    }
  }

  private Outcome apply(
      long position, long timestamp, long sessionId, long number, Command command) {
    Engine engine = engine();
    Outcome outcome = engine.apply(timestamp, sessionId, number, command);
    engineTimeNs = Math.max(engineTimeNs, timestamp);
    journal().outcome(outcome);
    progress.applied(position, engine.lastEventNumber());
    return outcome;
  }

  private Answer refusal(
      long correlationId, long position, long timestamp, UndecodableMessage cause) {
    String reason = String.valueOf(cause.getMessage());
    long timeNs = Math.max(engineTimeNs, timestamp);
    return new Answer(
        correlationId, position, timeNs, null, reason.substring(0, Math.min(500, reason.length())));
  }

  @Override
  public void onTimerEvent(long correlationId, long timestamp) {
    goOnOnlyWhenSound();
    Cluster cluster = cluster();
    try {
      long position = cluster.logPosition();
      journal().command(position, timestamp, 0, 0, advanceTime, 0, advanceTimeBytes);
      apply(position, timestamp, 0, 0, new Command.AdvanceTime());
      scheduleTimeStep(timestamp);
    } catch (AgentTerminationException e) {
      throw e;
    } catch (Throwable e) {
      throw stop("advancing time at log position " + cluster.logPosition(), e);
    }
  }

  @Override
  public void onNewLeadershipTermEvent(
      long leadershipTermId,
      long logPosition,
      long timestamp,
      long termBaseLogPosition,
      int leaderMemberId,
      int logSessionId,
      @Nullable TimeUnit timeUnit,
      int appVersion) {
    scheduleTimeStep(timestamp);
  }

  private void scheduleTimeStep(long timestamp) {
    if (timeStepNs > 0) {
      Cluster cluster = cluster();
      cluster.idleStrategy().reset();
      while (!cluster.scheduleTimer(TIME_STEP, timestamp + timeStepNs)) {
        cluster.idleStrategy().idle();
      }
    }
  }

  @Override
  public void onTakeSnapshot(ExclusivePublication publication) {
    goOnOnlyWhenSound();
    long beganNs = System.nanoTime();
    Cluster cluster = cluster();
    try {
      JournalWriter journal = journal();
      journal.sync();
      Engine engine = engine();
      long position = cluster.logPosition();
      long lastEvent = engine.lastEventNumber();
      SnapshotTaker taker =
          new SnapshotTaker(publication, () -> breathe(cluster), cluster::idleStrategy);
      taker.take(
          new SnapshotCodec.Header(journal.position(), position, cluster.time(), lastEvent, limits),
          sink -> Snapshots.write(engine, sink));
      journal.snapshotTaken(position, lastEvent, taker.stateHash());
      progress.taken(
          new Progress.StateTaken(position, lastEvent, taker.bytes(), taker.stateHash(), beganNs));
    } catch (AgentTerminationException e) {
      throw e;
    } catch (Throwable e) {
      throw stop("writing a snapshot", e);
    }
  }

  /// Called between log entries and while waiting, also during a snapshot.
  @Override
  public int doBackgroundWork(long nowNs) {
    JournalWriter journal = this.journal;
    if (journal != null && !fault.isRaised()) {
      try {
        journal.flush();
      } catch (Throwable e) {
        throw stop("writing the journal", e);
      }
    }
    return 0;
  }

  private static void breathe(Cluster cluster) {
    var invoker = cluster.context().aeron().conductorAgentInvoker();
    if (invoker != null) {
      invoker.invoke();
    }
  }

  @Override
  public void onSessionOpen(ClientSession session, long timestamp) {}

  @Override
  public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
    egress.forget(session);
  }

  @Override
  public void onRoleChange(Cluster.Role newRole) {}

  @Override
  public void onTerminate(Cluster cluster) {
    closeJournal();
  }

  /// Closes the journal, on the engine's thread or after it has ended. After a fault what is still
  /// buffered is dropped: the log tells it again.
  void closeJournal() {
    JournalWriter open = journal;
    journal = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        fault.raise("closing the journal", e);
      }
    }
  }

  private void goOnOnlyWhenSound() {
    if (fault.isRaised()) {
      throw new AgentTerminationException("the node has stopped: " + fault.text());
    }
  }

  private AgentTerminationException stop(String where, Throwable cause) {
    fault.raise(where, cause);
    return new AgentTerminationException(where + ": " + cause);
  }

  private Cluster cluster() {
    return Objects.requireNonNull(cluster, "onStart comes first");
  }

  private Engine engine() {
    return Objects.requireNonNull(engine, "onStart comes first");
  }

  private JournalWriter journal() {
    return Objects.requireNonNull(journal, "onStart comes first, onTerminate last");
  }
}
