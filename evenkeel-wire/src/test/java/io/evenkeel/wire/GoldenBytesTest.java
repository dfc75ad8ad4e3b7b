package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.RequirementModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that were written once are written and read for ever. With `-Devenkeel.golden=write` a
/// file that is missing is written; one that is there never is. `docs/WIRE.md` says what to do
/// then.
class GoldenBytesTest {
  private static final int VERSION_AT = 6;

  static Stream<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldWriteAndReadTheBytesOnFile(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    String name = sample.name() + ".hex";
    if (GoldenFile.WRITES && GoldenFile.read(name).isEmpty()) {
      GoldenFile.write(name, GoldenFile.hex(sample, bytes));
      return;
    }
    byte[] golden = GoldenFile.bytes(GoldenFile.read(name));
    assertThat(GoldenFile.lines(bytes)).as(name).isEqualTo(GoldenFile.lines(golden));
    assertThat(sample.form().decode(golden)).isEqualTo(sample.message());
  }

  /// What earlier versions wrote, each in a folder of its own: the same messages, without what came
  /// later.
  @ParameterizedTest
  @ValueSource(bytes = {1, 2, 3, 4, 5})
  void shouldReadTheBytesOfEarlierVersions(byte version) {
    samplesOfVersion(version)
        .forEach(sample -> {
          byte[] golden = GoldenFile.bytes(GoldenFile.read(nameIn(version, sample)));

          assertThat(golden[VERSION_AT]).as(sample.name()).isEqualTo(version);
          assertThat(sample.form().decode(golden)).isEqualTo(sample.message());
        });
  }

  private static Stream<Sample> samplesOfVersion(int version) {
    return Sample.all().filter(sample -> !GoldenFile.read(nameIn(version, sample)).isEmpty());
  }

  private static String nameIn(int version, Sample sample) {
    return "version-" + version + "/" + sample.name() + ".hex";
  }

  @Test
  void shouldReadAllThatEarlierVersionsWrote() {
    assertThat(samplesOfVersion(1)).hasSize(66);
    assertThat(samplesOfVersion(2)).hasSize(85);
    assertThat(samplesOfVersion(3)).hasSize(95);
    assertThat(samplesOfVersion(4)).hasSize(100);
    assertThat(samplesOfVersion(5)).hasSize(119);
  }

  @Test
  void shouldHaveASampleOfEveryCommandAndEvent() {
    assertThat(missing(Command.class, SampleCommands.all(), Sample::message)).isEmpty();
    assertThat(missing(Event.class, SampleEvents.all(), Sample::message)).isEmpty();
  }

  @Test
  void shouldHaveASampleOfEveryKindOfInstrumentAndRule() {
    String rulebooks =
        SampleRulebooks.perpetual()
            + " "
            + SampleRulebooks.bare()
            + " "
            + SampleRulebooks.network()
            + " "
            + SampleRulebooks.slices()
            + " "
            + SampleRulebooks.byHealth()
            + " "
            + SampleRulebooks.auctions();

    for (Class<?> family : List.of(LevelPolicy.class, LiquidationStep.class)) {
      for (Class<?> kind : family.getPermittedSubclasses()) {
        assertThat(rulebooks).contains(kind.getSimpleName() + "[");
      }
    }
    assertThat(
            missing(
                RequirementModel.class,
                SampleCommands.all(),
                sample ->
                    sample.message() instanceof Command.DefineRulebook it
                        ? it.rulebook().requirement()
                        : sample.message()))
        .isEmpty();
    assertThat(
            missing(
                Instrument.class,
                SampleCommands.all(),
                sample ->
                    sample.message() instanceof Command.DefineInstrument it
                        ? it.instrument()
                        : sample.message()))
        .isEmpty();
  }

  @Test
  void shouldHaveASampleOfEveryMessageOfTheSchema() {
    Set<String> sampled =
        Sample.all().map(Sample::messageName).collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(SchemaText.read().messages().keySet())).isEqualTo(sampled);
  }

  private static List<String> missing(
      Class<?> family, List<Sample> samples, Function<Sample, Object> subject) {
    Predicate<Class<?>> isMissing =
        kind -> samples.stream().noneMatch(sample -> kind.isInstance(subject.apply(sample)));
    return Stream.of(family.getPermittedSubclasses())
        .filter(isMissing)
        .map(Class::getSimpleName)
        .toList();
  }
}
