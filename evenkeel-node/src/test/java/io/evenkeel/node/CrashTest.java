package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.cluster.RecordingLog;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.wire.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes in processes of their own, killed in mid-flight under load. Every acknowledged command is
/// there once with the outcome that was acknowledged, and nothing else is changed: what the journal
/// says, done again in this process, gives the same events, outcomes and states.
///
/// `-Devenkeel.rounds=200` kills more often than the default run does.
@Timeout(3_600)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("evenkeel.rounds", 3);

  private static final int ASKED_AGAIN = 20;

  @TempDir Path folder;

  /// What a child acknowledged.
  private record Acknowledged(Outcome outcome, long logPosition) {}

  private final List<TreeMap<Long, Acknowledged>> acknowledged = new ArrayList<>();
  private final SplittableRandom dice;
  private long lastPosition;

  CrashTest() {
    long seed = Long.getLong("evenkeel.seed", System.nanoTime());
    System.out.println("CrashTest seed " + seed);
    dice = new SplittableRandom(seed);
    for (int session = 0; session <= Load.SESSIONS; session++) {
      acknowledged.add(new TreeMap<>());
    }
  }

  @Test
  void shouldKeepEverythingAcknowledgedThroughKills() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      int acks = killedAfter(100 + dice.nextInt(4_000));
      long tookMs = check();
      System.out.println(
          "round " + round + ": " + acks + " acknowledged, up again in " + tookMs + " ms");
    }
  }

  @Test
  void shouldKeepEverythingAcknowledgedWhenTheLogIsCutAtItsLastSyncedByte() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      killedAfter(100 + dice.nextInt(4_000));
      overwriteBehind(lastSynced(), round % 2 == 0);
      check();
    }
  }

  @Test
  void shouldKeepEverythingAcknowledgedThroughACleanStop() throws Exception {
    Process child = Child.start("load", folder, String.valueOf(nextNumber())).process();
    try (BufferedReader lines = child.inputReader()) {
      int acks = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (note(line) && ++acks == 500) {
          child.outputWriter().append('\n').flush();
        }
        assertThat(line).matches("READY|DONE|ACK .*");
      }
      assertThat(acks).isGreaterThanOrEqualTo(500);
    }
    assertThat(child.waitFor()).isZero();
    check();
  }

  /// Runs a child until it has acknowledged a number of commands, then kills it.
  ///
  /// @return how many it had acknowledged when it was dead
  private int killedAfter(int commands) throws IOException, InterruptedException {
    Process child = Child.start("load", folder, String.valueOf(nextNumber())).process();
    int acks = 0;
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (note(line) && ++acks == commands) {
          // By its handle: the process object would close the pipe and what is still in it.
          child.toHandle().destroyForcibly();
        }
      }
    }
    String errors = new String(child.getErrorStream().readAllBytes());
    child.waitFor();
    assertThat(acks).as("acknowledged before the end: %s", errors).isGreaterThanOrEqualTo(commands);
    return acks;
  }

  /// Every session goes on where all were before; numbers given and lost are given up.
  private long nextNumber() {
    long next = 1;
    for (TreeMap<Long, Acknowledged> session : acknowledged) {
      next = Math.max(next, session.isEmpty() ? 1 : session.lastKey() + 1);
    }
    return next;
  }

  /// @return whether the line tells an acknowledgement; half a line, cut by the kill, does not
  private boolean note(String line) {
    String[] parts = line.split(" ");
    if (parts.length != 7 || !parts[0].equals("ACK")) {
      return false;
    }
    Outcome outcome =
        new Outcome(
            RefusalReason.valueOf(parts[3]), Long.parseLong(parts[4]), Integer.parseInt(parts[5]));
    long position = Long.parseLong(parts[6]);
    acknowledged
        .get(Integer.parseInt(parts[1]))
        .put(Long.parseLong(parts[2]), new Acknowledged(outcome, position));
    lastPosition = Math.max(lastPosition, position);
    return true;
  }

  /// Starts a node on what is left, asks again what was acknowledged last, and replays the journal.
  ///
  /// @return how long the start took
  private long check() {
    long beganNs = System.nanoTime();
    String stateHash;
    long tookNs;
    try (Node node = Venues.start(Venues.config(folder));
        NodeConnection connection = node.connect()) {
      tookNs = System.nanoTime() - beganNs;
      for (int session = 1; session <= Load.SESSIONS; session++) {
        askAgain(connection, session);
      }
      stateHash = node.takeSnapshot(Venues.PATIENCE).stateHash();
    }
    JournalReplay replay = JournalReplay.of(folder.resolve("journal"), Venues.LIMITS);
    assertThat(replay.stateHash()).isEqualTo(stateHash);
    for (int session = 1; session <= Load.SESSIONS; session++) {
      for (var entry : acknowledged.get(session).entrySet()) {
        Acknowledged told = entry.getValue();
        List<JournalReplay.Logged> logged = replay.logged(session, entry.getKey());
        assertThat(logged)
            .as("session %s number %s", session, entry.getKey())
            .isNotEmpty()
            .allMatch(each -> each.outcome().equals(told.outcome()));
        assertThat(told.logPosition()).isIn(-1L, logged.getFirst().logPosition());
      }
    }
    return TimeUnit.NANOSECONDS.toMillis(tookNs);
  }

  /// A client that does not know retries: the first outcome comes again, and so for good.
  private void askAgain(NodeConnection connection, int session) {
    TreeMap<Long, Acknowledged> known = acknowledged.get(session);
    if (known.isEmpty()) {
      return;
    }
    long last = known.lastKey();
    for (int i = 1; i <= Load.IN_FLIGHT / Load.SESSIONS; i++) {
      // In flight when the child died, logged or not: now it is.
      Answer answer = Venues.ask(connection, session, last + i, Load.command(session, last + i));
      known.put(last + i, new Acknowledged(answer.outcome(), -1));
    }
    List<Long> recent = known.descendingKeySet().stream().limit(ASKED_AGAIN).toList();
    for (long number : recent) {
      Answer answer = Venues.ask(connection, session, number, Load.command(session, number));
      assertThat(answer.outcome())
          .as("session %s number %s asked again", session, number)
          .isEqualTo(known.get(number).outcome());
    }
  }

  /// What was acknowledged was synced, and so was what a snapshot contains.
  private long lastSynced() {
    long position = lastPosition;
    try (RecordingLog register = new RecordingLog(folder.resolve("cluster").toFile(), false)) {
      for (RecordingLog.Entry entry : register.entries()) {
        if (entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT) {
          position = Math.max(position, entry.logPosition);
        }
      }
    }
    return position;
  }

  /// Makes everything behind a position of the log what a disk may make of what was not synced.
  private void overwriteBehind(long position, boolean zeros) throws IOException {
    Path archive = folder.resolve("archive");
    long segmentBytes = Venues.small().segmentBytes();
    long base = LogTail.newestSegment(archive, 0);
    long from = Math.max(0, position - base);
    byte[] bytes = new byte[(int) (segmentBytes - from)];
    if (!zeros) {
      dice.nextBytes(bytes);
    }
    Path segment = archive.resolve(LogTail.segmentName(0, base));
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), from);
    }
  }
}
