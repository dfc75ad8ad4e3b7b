package io.evenkeel.lab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Restored state plus the rest of the log equals replay of the whole log.
class SnapshotTailTest {
  private static final int COMMANDS = 3_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldGoOnFromASnapshotAsIfNothingHadHappened(long seed) {
    SplittableRandom points = new SplittableRandom(seed);
    RandomHistory history = new RandomHistory(seed);
    List<Event> told = new ArrayList<>();
    List<Event> toldAgain = new ArrayList<>();
    Engine whole = new Engine(history.limits(), (_, _, event) -> told.add(event));
    Engine restored = new Engine(history.limits(), (_, _, event) -> toldAgain.add(event));
    for (int i = 0; i < COMMANDS; i++) {
      if (points.nextInt(100) == 0) {
        restored = restore(restored, history.limits(), toldAgain);
      }
      Step step = history.next();
      Outcome outcome =
          whole.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
      Outcome again =
          restored.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
      assertThat(again).as("seed %d, command %d: %s", seed, i, step).isEqualTo(outcome);
      assertThat(toldAgain).as("seed %d, command %d: %s", seed, i, step).isEqualTo(told);
      history.observe(outcome, List.copyOf(told));
      told.clear();
      toldAgain.clear();
      if (i % 50 == 0) {
        assertThat(Snapshots.stateHash(restored))
            .as("seed %d, after command %d: %s", seed, i, step)
            .isEqualTo(Snapshots.stateHash(whole));
      }
    }
    assertThat(Snapshots.stateHash(restored)).isEqualTo(Snapshots.stateHash(whole));
    assertThat(whole.lastEventNumber()).as("the history did something").isGreaterThan(COMMANDS);
  }

  private static Engine restore(Engine engine, EngineLimits limits, List<Event> told) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(engine, (buffer, length) -> bytes.write(buffer, 0, length));
    byte[] snapshot = bytes.toByteArray();
    int[] at = {0};
    return Snapshots.read(
        buffer -> {
          int length = Math.min(buffer.length, snapshot.length - at[0]);
          System.arraycopy(snapshot, at[0], buffer, 0, length);
          at[0] += length;
          return length == 0 ? -1 : length;
        },
        limits,
        (_, _, event) -> told.add(event));
  }
}
