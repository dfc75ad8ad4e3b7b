package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.wire.sbe.CycleStepSetDecoder;
import io.evenkeel.wire.sbe.CycleStepSetEncoder;
import io.evenkeel.wire.sbe.ZoneCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a number of the schema stands for never changes, and nothing of the model lacks one.
class SchemaTest {
  private static final String NUMBERS = "numbers.txt";
  private static final String FIELDS = "fields.txt";

  @Test
  void shouldGiveEveryNumberOneMeaningForEver() {
    shouldOnlyGrow(NUMBERS, SchemaText.read().numbers());
  }

  @Test
  void shouldKeepEveryFieldWhereItWas() {
    shouldOnlyGrow(FIELDS, SchemaText.read().fields());
  }

  private static void shouldOnlyGrow(String file, List<String> lines) {
    List<String> before = GoldenFile.read(file).lines().toList();
    requireAllKept(file, before, lines);
    if (GoldenFile.WRITES) {
      GoldenFile.write(file, String.join("\n", lines) + "\n");
    } else {
      assertThat(lines)
          .as("%s lacks what was added; docs/WIRE.md says how to write it", file)
          .isEqualTo(before);
    }
  }

  private static void requireAllKept(String file, List<String> before, List<String> lines) {
    assertThat(lines.stream().filter(before::contains))
        .as("%s: lines may be added, none may change or move", file)
        .containsExactlyElementsOf(before);
  }

  @Test
  void shouldUseNoNumberTwice() {
    SchemaText schema = SchemaText.read();
    assertThat(schema.messages().values()).doesNotHaveDuplicates();
    assertThat(schema.numbers().stream().map(line -> line.replaceFirst("\\.\\w+ =", " =")).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepCommandsAndEventsApart() {
    SchemaText schema = SchemaText.read();
    for (Sample sample : SampleCommands.all()) {
      assertThat(schema.messages().get(sample.messageName())).isBetween(1, 99);
    }
    for (Sample sample : SampleEvents.all()) {
      assertThat(schema.messages().get(sample.messageName())).isBetween(101, 199);
    }
  }

  @Test
  void shouldStandForNothingWhenZeroed() {
    assertThat(SchemaText.read().numbers().stream().filter(line -> line.startsWith("enum ")))
        .isNotEmpty()
        .noneMatch(line -> line.endsWith("= 0"));
  }

  @Test
  void shouldPairEveryConstantOfTheModel() {
    // loading the class pairs all enumerations or fails
    assertThat(WireEnums.ZONE.byNumber()).containsExactly(Zone.values());
    Stream.of(Zone.values())
        .forEach(zone -> assertThat(WireEnums.ZONE.code(zone).name()).isEqualTo(zone.name()));
  }

  @Test
  void shouldNotLoadWhenAConstantLacksItsNumber() {
    assertThatThrownBy(() -> WireEnum.of(AccountMode.values(), ZoneCode.values(), ZoneCode::value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("io.evenkeel.model.account.AccountMode");
  }

  @ParameterizedTest
  @EnumSource(CycleStep.class)
  void shouldGiveEveryStepABit(CycleStep step) {
    UnsafeBuffer bits = new UnsafeBuffer(new byte[1]);
    ValueBody.put(Set.of(step), new CycleStepSetEncoder().wrap(bits, 0));

    assertThat(Integer.bitCount(bits.getByte(0))).isEqualTo(1);
    assertThat(ValueBody.steps(new CycleStepSetDecoder().wrap(bits, 0), "steps"))
        .isEqualTo(EnumSet.of(step));
  }

  @Test
  void shouldNoticeAChangedLine() {
    List<String> before = List.of("enum A.X = 1", "enum A.Y = 2");

    requireAllKept("file", before, List.of("enum A.X = 1", "enum A.Y = 2", "enum A.Z = 3"));
    for (List<String> changed :
        List.of(
            List.of("enum A.X = 1"),
            List.of("enum A.X = 1", "enum A.Y = 3"),
            List.of("enum A.Y = 2", "enum A.X = 1"))) {
      assertThatThrownBy(() -> requireAllKept("file", before, changed))
          .isInstanceOf(AssertionError.class);
    }
  }
}
