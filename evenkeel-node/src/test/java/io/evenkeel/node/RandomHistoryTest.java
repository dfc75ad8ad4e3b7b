package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.cluster.service.ClusterClock;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.history.RandomHistory;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderConfig;
import io.evenkeel.reader.Venue;
import io.evenkeel.wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories through codecs, log, snapshots and restarts, at about the times they were made
/// for: the same outcomes, events and states as in-process at the times that the log gave them.
@Timeout(90)
class RandomHistoryTest {
  private static final int STEPS = 800;

  @TempDir Path folder;

  /// Says the time of the history and goes on from there, as a clock must for the log to work.
  private static final class HistoryClock implements ClusterClock {
    /// Shortly before every history.
    static final long BEGIN_NS = 1_699_999_000_000_000_000L;

    private volatile long aheadNs = Long.MIN_VALUE / 2;

    void advanceTo(long timeNs) {
      aheadNs = Math.max(aheadNs, timeNs - System.nanoTime());
    }

    @Override
    public TimeUnit timeUnit() {
      return TimeUnit.NANOSECONDS;
    }

    @Override
    public long time() {
      return System.nanoTime() + aheadNs;
    }
  }

  private final HistoryClock clock = new HistoryClock();

  private Node start(EngineLimits limits) {
    NodeConfig config =
        new NodeConfig(folder, limits, Duration.ZERO, Duration.ZERO, 0, false, false);
    LogSettings small = Venues.small();
    return Node.start(
        config,
        new LogSettings(
            small.logTermBytes(),
            small.segmentBytes(),
            small.ingressTermBytes(),
            clock,
            Long.MAX_VALUE / 4),
        fault -> {
          throw new AssertionError("the node stopped by itself", fault);
        });
  }

  /// `-Devenkeel.histories=100` runs more than the default run does.
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("evenkeel.histories", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldEqualTheEngineInProcess(long seed) throws Exception {
    System.out.println("RandomHistoryTest seed " + seed);
    RandomHistory history = new RandomHistory(seed);
    SplittableRandom dice = new SplittableRandom(seed);
    List<Event> happened = new ArrayList<>();
    Engine engine = new Engine(history.limits(), (number, timeNs, event) -> happened.add(event));
    clock.advanceTo(HistoryClock.BEGIN_NS);
    Node node = start(history.limits());
    long lastPosition = 0;
    try (Reader reader =
        Reader.start(
            new ReaderConfig(
                node.journalFolder(), folder.resolve("reader"), history.limits(), 16))) {
      NodeConnection connection = node.connect();
      for (int i = 0; i < STEPS; i++) {
        RandomHistory.Step step = history.next();
        happened.clear();
        clock.advanceTo(step.logTimeNs());
        Answer answer =
            Venues.ask(connection, step.sessionId(), step.commandNumber(), step.command());
        Outcome expected =
            engine.apply(answer.timeNs(), step.sessionId(), step.commandNumber(), step.command());
        history.observe(expected, List.copyOf(happened));
        assertThat(answer.outcome()).as("step %s of seed %s", i, seed).isEqualTo(expected);
        assertThat(answer.timeNs()).isEqualTo(engine.view().nowNs());
        lastPosition = answer.logPosition();
        if (dice.nextInt(100) == 0) {
          assertThat(node.takeSnapshot(Venues.PATIENCE).stateHash())
              .as("state after step %s of seed %s", i, seed)
              .isEqualTo(Snapshots.stateHash(engine));
        }
        if (dice.nextInt(200) == 0) {
          node.close();
          node = start(history.limits());
          connection = node.connect();
        }
      }
      assertThat(reader.reached(lastPosition, Venues.PATIENCE).get())
          .as("the reader of seed %s: %s", seed, reader.status())
          .isTrue();
      assertThat(reader.ask(Venue::stateHash).get())
          .as("state of the reader after seed %s", seed)
          .isEqualTo(Snapshots.stateHash(engine));
    } finally {
      node.close();
    }
    JournalReplay replay = JournalReplay.of(node.journalFolder(), history.limits());
    assertThat(replay.stateHash()).isEqualTo(Snapshots.stateHash(engine));
    assertThat(replay.lastEventNumber()).isEqualTo(engine.lastEventNumber()).isGreaterThan(500);
  }
}
