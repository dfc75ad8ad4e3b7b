package io.evenkeel.node;

import static io.evenkeel.node.Venues.PATIENCE;
import static io.evenkeel.node.Venues.USD;
import static io.evenkeel.node.Venues.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.cluster.RecordingLog;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NodeTest {
  private static final long SESSION = 77;

  @TempDir Path folder;

  private static Command contribute(long amountMinor) {
    return new Command.ContributeInsurance(USD, amountMinor);
  }

  @Test
  void shouldAnswerWithTheOutcomeOfTheEngine() {
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      Answer asset = ask(connection, 0, 0, new Command.DefineAsset(Venues.usd()));
      Answer refused = ask(connection, 0, 0, contribute(0));
      Answer accepted = ask(connection, 0, 0, contribute(3));

      assertThat(asset.outcome()).isEqualTo(new Outcome(RefusalReason.NONE, 1, 1));
      assertThat(refused.outcome().isAccepted()).isFalse();
      assertThat(accepted.outcome()).isEqualTo(new Outcome(RefusalReason.NONE, 2, 1));
      assertThat(accepted.logPosition()).isGreaterThan(refused.logPosition());
      assertThat(accepted.timeNs()).isGreaterThanOrEqualTo(asset.timeNs());
      assertThat(node.status().lastEventNumber()).isEqualTo(2);
      assertThat(node.status().commands()).isEqualTo(3);
      assertThat(node.status().logPosition()).isEqualTo(accepted.logPosition());
      assertThat(node.status().fault()).isEmpty();
      assertThat(connection.pending()).isZero();
    }
    assertThat(JournalReplay.of(folder.resolve("journal"), Venues.LIMITS).lastEventNumber())
        .isEqualTo(2);
  }

  @Test
  void shouldGoOnFromTheLogAloneAndFromASnapshotWithTheSameState() {
    NodeConfig config = Venues.config(folder);
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      Venues.opening().forEach(command -> ask(connection, 0, 0, command));
      for (int i = 1; i <= 50; i++) {
        ask(connection, SESSION, i, contribute(i));
      }
    }
    SnapshotReport first;
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      assertThat(node.status().commands()).as("replayed from the log").isEqualTo(51);
      assertThat(node.status().lastSnapshotPosition()).isEqualTo(-1);
      first = node.takeSnapshot(PATIENCE);
      assertThat(node.status().snapshots()).isEqualTo(1);
      assertThat(node.status().lastSnapshotPosition()).isEqualTo(first.logPosition());
      ask(connection, SESSION, 51, contribute(51));
    }
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      assertThat(node.status().commands()).as("only what came after").isEqualTo(1);
      assertThat(node.status().lastEventNumber()).isEqualTo(52);
      assertThat(node.status().lastSnapshotPosition()).isEqualTo(first.logPosition());
      assertThat(ask(connection, SESSION, 50, contribute(999)).outcome())
          .as("a number repeated after two restarts")
          .isEqualTo(new Outcome(RefusalReason.NONE, 51, 1));
      SnapshotReport second = node.takeSnapshot(PATIENCE);
      assertThat(second.stateHash()).isNotEqualTo(first.stateHash());
      JournalReplay replay = JournalReplay.of(node.journalFolder(), Venues.LIMITS);
      assertThat(replay.snapshots).isEqualTo(2);
      assertThat(replay.stateHash()).isEqualTo(second.stateHash());
      assertThat(second.bytes()).isPositive();
      assertThat(second.pauseNs()).isPositive();
    }
  }

  @Test
  void shouldGoOnFromTheSnapshotBeforeTheNewestWhenThatIsInvalidated() {
    NodeConfig config = Venues.config(folder);
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      Venues.opening().forEach(command -> ask(connection, 0, 0, command));
      node.takeSnapshot(PATIENCE);
      ask(connection, SESSION, 1, contribute(1));
      node.takeSnapshot(PATIENCE);
      ask(connection, SESSION, 2, contribute(2));
    }
    try (RecordingLog register = new RecordingLog(folder.resolve("cluster").toFile(), false)) {
      assertThat(register.invalidateLatestSnapshot()).isTrue();
    }
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      assertThat(node.status().commands()).as("from the first snapshot on").isEqualTo(2);
      assertThat(ask(connection, SESSION, 1, contribute(1)).outcome())
          .isEqualTo(new Outcome(RefusalReason.NONE, 2, 1));
      String stateHash = node.takeSnapshot(PATIENCE).stateHash();
      JournalReplay replay = JournalReplay.of(node.journalFolder(), Venues.LIMITS);
      assertThat(replay.snapshots).isEqualTo(3);
      assertThat(replay.stateHash()).isEqualTo(stateHash);
    }
  }

  @Test
  void shouldRefuseADamagedSnapshotAndSayWhichWayIsBack() throws Exception {
    NodeConfig config = Venues.config(folder);
    long recording;
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      Venues.opening().forEach(command -> ask(connection, 0, 0, command));
      node.takeSnapshot(PATIENCE);
    }
    try (RecordingLog register = new RecordingLog(folder.resolve("cluster").toFile(), false)) {
      recording = register.getLatestSnapshot(0).recordingId;
    }
    Path file = folder.resolve("archive").resolve(LogTail.segmentName(recording, 0));
    byte[] content = Files.readAllBytes(file);
    int symbol = new String(content, StandardCharsets.ISO_8859_1).indexOf("USD");
    assertThat(symbol).isPositive();
    content[symbol] = 'X';
    Files.write(file, content);
    assertThatThrownBy(() -> Venues.start(config))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void shouldWriteASnapshotOnACleanStop() {
    NodeConfig quiet = Venues.config(folder);
    NodeConfig config =
        new NodeConfig(folder, quiet.limits(), Duration.ZERO, Duration.ZERO, 0, true, true);
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      Venues.opening().forEach(command -> ask(connection, 0, 0, command));
      ask(connection, 0, 0, contribute(1));
    }
    try (Node node = Venues.start(config)) {
      assertThat(node.status().commands()).as("nothing to replay").isZero();
      assertThat(node.status().lastEventNumber()).isEqualTo(2);
    }
    JournalReplay replay = JournalReplay.of(folder.resolve("journal"), Venues.LIMITS);
    assertThat(replay.snapshots).isEqualTo(2);
  }

  @Test
  void shouldTakeSnapshotsOnScheduleAndDeleteWhatTheyReplace() throws Exception {
    NodeConfig config =
        new NodeConfig(
            folder, Venues.LIMITS, Duration.ofMillis(200), Duration.ofMillis(20), 0, false, false);
    try (Node node = Venues.start(config);
        NodeConnection connection = node.connect()) {
      Path firstFile = folder.resolve("archive").resolve(LogTail.segmentName(0, 0));
      assertThat(firstFile).exists();
      long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
      while (firstFile.toFile().exists() || node.status().snapshots() < 4) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadlineNs);
        assertThat(node.status().fault()).isEmpty();
        flood(connection, 1_000);
      }
    }
    try (Node node = Venues.start(config)) {
      SnapshotReport report = node.takeSnapshot(PATIENCE);
      JournalReplay replay = JournalReplay.of(node.journalFolder(), Venues.LIMITS);
      assertThat(replay.snapshots).isGreaterThan(4);
      assertThat(report.stateHash()).isNotEmpty();
    }
  }

  private static void flood(NodeConnection connection, int count) {
    List<Venues.Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Venues.Reply reply = new Venues.Reply();
      connection.submit(0, 0, new Command.AdvanceTime(), reply);
      replies.add(reply);
    }
    replies.forEach(Venues.Reply::answer);
  }

  @Test
  void shouldPutTimeInTheLogWhenNobodySaysAnything() throws Exception {
    NodeConfig config =
        new NodeConfig(folder, Venues.LIMITS, Duration.ZERO, Duration.ofMillis(5), 0, true, true);
    for (int run = 1; run <= 3; run++) {
      try (Node node = Venues.start(config)) {
        long before = node.status().commands();
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (node.status().commands() < before + 5) {
          assertThat(System.nanoTime()).as("in time, run %s", run).isLessThan(deadlineNs);
          Thread.sleep(1);
        }
      }
    }
    JournalReplay replay = JournalReplay.of(folder.resolve("journal"), Venues.LIMITS);
    assertThat(replay.withoutSession).isGreaterThanOrEqualTo(15);
  }

  @Test
  void shouldAnswerBytesThatAreNoCommandWithAFaultAndGoOn() {
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      Venues.Reply reply = new Venues.Reply();
      connection.submit(
          9,
          1,
          (buffer, offset) -> {
            buffer.setMemory(offset, 24, (byte) 0x5A);
            return 24;
          },
          reply);
      assertThat(reply.answer().outcome()).isNull();
      assertThat(reply.answer().fault()).isNotEmpty();
      assertThat(ask(connection, 9, 1, new Command.AdvanceTime()).outcome())
          .as("the number is still free")
          .isEqualTo(Outcome.QUIET);
      assertThat(node.status().commands()).isEqualTo(1);
    }
    JournalReplay replay = JournalReplay.of(folder.resolve("journal"), Venues.LIMITS);
    assertThat(replay.positions).hasSize(1);
  }

  @Test
  void shouldTakeLongCommandsAndRefuseTooLongOnesWithTheSizes() {
    List<Long> many = LongStream.range(0, 12_000).boxed().toList();
    List<Long> tooMany = LongStream.range(0, 20_000).boxed().toList();
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      assertThat(ask(connection, 0, 0, new Command.Reassess(many, true)).outcome().reason())
          .isEqualTo(RefusalReason.UNKNOWN_ACCOUNT);
      assertThatThrownBy(() ->
              connection.submit(0, 0, new Command.Reassess(tooMany, true), new Venues.Reply()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(Venues.small().longestSubmissionBytes()));
      assertThat(connection.pending()).isZero();
    }
  }

  @Test
  void shouldRefuseMoreThanFitsAndAnswerAllThatWasTaken() {
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      List<Venues.Reply> taken = new ArrayList<>();
      List<Long> accounts = LongStream.range(0, 1_000).boxed().toList();
      NodeConnection.Admission admission = NodeConnection.Admission.TAKEN;
      while (admission == NodeConnection.Admission.TAKEN) {
        Venues.Reply reply = new Venues.Reply();
        admission = connection.submit(0, 0, new Command.Reassess(accounts, true), reply);
        if (admission == NodeConnection.Admission.TAKEN) {
          taken.add(reply);
        }
      }
      assertThat(admission).isEqualTo(NodeConnection.Admission.BUSY);
      assertThat(taken).hasSizeGreaterThan(1_000);
      long position = 0;
      for (Venues.Reply reply : taken) {
        assertThat(reply.answer().logPosition()).as("in order").isGreaterThan(position);
        position = reply.answer().logPosition();
      }
      assertThat(ask(connection, 0, 0, new Command.AdvanceTime()).outcome())
          .isEqualTo(Outcome.QUIET);
    }
  }

  @Test
  void shouldServeSeveralConnectionsEachInItsOwnOrder() throws Exception {
    try (Node node = Venues.start(Venues.config(folder))) {
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        long session = i;
        Thread thread =
            new Thread(() -> {
              try (NodeConnection connection = node.connect()) {
                for (int number = 1; number <= 100; number++) {
                  ask(connection, session, number, new Command.AdvanceTime());
                }
              }
            });
        thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      assertThat(node.status().commands()).isEqualTo(300);
    }
  }

  @Test
  void shouldStopTakingWhenClosedAndLeaveNobodyWithoutAWord() {
    Node node = Venues.start(Venues.config(folder));
    NodeConnection connection = node.connect();
    List<Venues.Reply> replies = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Venues.Reply reply = new Venues.Reply();
      connection.submit(0, 0, new Command.AdvanceTime(), reply);
      replies.add(reply);
    }
    node.close();
    node.close();
    assertThat(replies).allSatisfy(reply -> assertThat(reply.uncertainty()).isEmpty());
    assertThat(connection.submit(0, 0, new Command.AdvanceTime(), new Venues.Reply()))
        .isEqualTo(NodeConnection.Admission.STOPPED);
    assertThatThrownBy(node::connect).isInstanceOf(NodeException.class);
    assertThatThrownBy(() -> node.takeSnapshot(PATIENCE)).isInstanceOf(NodeException.class);
    connection.close();
  }

  @Test
  void shouldReportWhatWasUnderWayWhenAConnectionIsClosed() {
    try (Node node = Venues.start(Venues.config(folder))) {
      NodeConnection connection = node.connect();
      List<Venues.Reply> replies = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        Venues.Reply reply = new Venues.Reply();
        connection.submit(0, 0, new Command.AdvanceTime(), reply);
        replies.add(reply);
      }
      connection.close();
      assertThat(connection.pending()).isZero();
      assertThat(replies)
          .anySatisfy(reply -> assertThat(reply.uncertainty()).contains("closed"))
          .allSatisfy(reply -> reply.uncertainty());
    }
  }
}
