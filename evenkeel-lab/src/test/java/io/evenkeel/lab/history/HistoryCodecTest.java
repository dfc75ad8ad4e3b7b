package io.evenkeel.lab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.EventCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command and event of random histories survives its codec, and an engine that is given the
/// decoded commands does the same. `-Devenkeel.histories=500` runs more than the default run does.
class HistoryCodecTest {
  private static final int COMMANDS = 3_000;

  /// Not at zero, so that a codec which forgets its offset is noticed.
  private static final int OFFSET = 24;

  private final CommandCodec commands = new CommandCodec();
  private final EventCodec events = new EventCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final Set<Class<?>> seen = new HashSet<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("evenkeel.histories", 6));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldSurviveTheCodecs(long seed) {
    run(seed);
  }

  @Test
  void shouldMeetEveryCommandAndNearlyEveryEvent() {
    LongStream.rangeClosed(1, 6).forEach(this::run);
    assertThat(seen).contains(Command.class.getPermittedSubclasses());
    long met =
        List.of(Event.class.getPermittedSubclasses()).stream().filter(seen::contains).count();
    assertThat(met).isGreaterThan(Event.class.getPermittedSubclasses().length * 9L / 10);
  }

  private void run(long seed) {
    RandomHistory history = new RandomHistory(seed);
    List<Event> told = new ArrayList<>();
    List<Event> toldDecoded = new ArrayList<>();
    Engine engine = new Engine(history.limits(), (_, _, event) -> told.add(event));
    Engine decoding = new Engine(history.limits(), (_, _, event) -> toldDecoded.add(event));
    for (int i = 0; i < COMMANDS; i++) {
      Step step = history.next();
      Command decoded = throughCodec(step.command());
      assertThat(decoded).as("seed %d, command %d", seed, i).isEqualTo(step.command());
      Outcome outcome =
          engine.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
      assertThat(decoding.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), decoded))
          .as("seed %d, command %d: %s", seed, i, step)
          .isEqualTo(outcome);
      assertThat(toldDecoded).as("seed %d, command %d: %s", seed, i, step).isEqualTo(told);
      for (Event event : told) {
        assertThat(throughCodec(event)).as("seed %d, command %d", seed, i).isEqualTo(event);
      }
      history.observe(outcome, List.copyOf(told));
      told.clear();
      toldDecoded.clear();
    }
    assertThat(Snapshots.stateHash(decoding))
        .as("seed %d", seed)
        .isEqualTo(Snapshots.stateHash(engine));
  }

  private Command throughCodec(Command command) {
    seen.add(command.getClass());
    int length = commands.encode(command, buffer, OFFSET);
    return commands.decode(buffer, OFFSET, length);
  }

  private Event throughCodec(Event event) {
    seen.add(event.getClass());
    int length = events.encode(event, buffer, OFFSET);
    return events.decode(buffer, OFFSET, length);
  }
}
