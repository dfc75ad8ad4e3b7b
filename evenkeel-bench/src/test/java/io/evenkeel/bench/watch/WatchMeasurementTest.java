package io.evenkeel.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WatchMeasurementTest {
  static Stream<Arguments> populationsAndWalks() {
    return Arrays.stream(LinearVenue.Population.values())
        .flatMap(population ->
            Arrays.stream(Walk.Kind.values()).map(walk -> Arguments.of(population, walk)));
  }

  /// A block looks at some 200 million holders in all these runs together.
  @ParameterizedTest
  @MethodSource("populationsAndWalks")
  void shouldFindTheSameZoneChangesAsTheScan(LinearVenue.Population population, Walk.Kind walk) {
    WatchOptions options = new WatchOptions(20_000, 12_000, 3, walk, population, true);
    WatchFigures figures = new WatchMeasurement(options).run();
    assertThat(figures.identical()).as(figures.json()).isTrue();
    assertThat(figures.crash().changes()).isPositive();
    assertThat(figures.json()).contains("\"identical\":true").doesNotContain("NaN");
    long evaluations = figures.blocks().stream().mapToLong(block -> block.evaluations()).sum();
    long changes = figures.blocks().stream().mapToLong(block -> block.changes()).sum();
    if (walk == Walk.Kind.INDEPENDENT || walk == Walk.Kind.CORRELATED) {
      assertThat(evaluations).isLessThan(12 * changes);
    }
    if (population == LinearVenue.Population.ONE_FACTOR) {
      assertThat(evaluations).isEqualTo(changes);
    }
  }

  @Test
  void shouldNameWhatAnOptionTakes() {
    assertThatThrownBy(() -> WatchOptions.of(new String[] {"--walk", "sideways"}))
        .hasMessageContaining(
            "--walk takes one of independent|correlated|tiny|small, not sideways");
    assertThatThrownBy(() -> WatchOptions.of(new String[] {"--accounts", "0"}))
        .hasMessageContaining("--accounts takes a number from 1 to 20000000, not 0");
    assertThatThrownBy(() -> WatchOptions.of(new String[] {"--accounts"}))
        .hasMessageContaining("--accounts needs a value");
    assertThat(WatchMeasurement.run(new String[] {"--what", "1"})).isEqualTo(2);
  }
}
