package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is written is read back equal, for every kind of command and event there is.
class RoundTripTest {
  private static final int ROUNDS = 300;

  static Stream<Class<?>> commands() {
    return Arrays.stream(Command.class.getPermittedSubclasses());
  }

  static Stream<Class<?>> events() {
    return Arrays.stream(Event.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldReadEveryCommandBack(Class<?> kind) {
    shouldReadBack(WireForm.COMMAND, kind);
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldReadEveryEventBack(Class<?> kind) {
    shouldReadBack(WireForm.EVENT, kind);
  }

  @ParameterizedTest
  @ValueSource(classes = {WireForm.Submitted.class})
  void shouldReadSubmissionsBack(Class<?> kind) {
    shouldReadBack(WireForm.SUBMISSION, kind);
  }

  @ParameterizedTest
  @ValueSource(classes = {SnapshotCodec.Header.class})
  void shouldReadSnapshotHeadersBack(Class<?> kind) {
    shouldReadBack(WireForm.SNAPSHOT, kind);
  }

  @Test
  void shouldReadAnswersBack() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      RandomValues random = new RandomValues(seed);
      Outcome outcome = seed % 5 == 0 ? null : (Outcome) random.of(Outcome.class);
      Answer answer =
          new Answer(
              (long) random.of(long.class),
              (long) random.of(long.class),
              (long) random.of(long.class),
              outcome,
              random.text(0, 90));

      assertThat(WireForm.ANSWER.decode(WireForm.ANSWER.encode(answer)))
          .as("seed %d", seed)
          .isEqualTo(answer);
    }
  }

  private static void shouldReadBack(WireForm form, Class<?> kind) {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      Object message = new RandomValues(seed).of(kind);

      assertThat(form.decode(form.encode(message))).as("seed %d", seed).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, 70_000})
  void shouldReadBatchesOfMarksBackOfAnySize(int size) {
    Command.MarkPrices command = new Command.MarkPrices(new RandomValues(size).markBatch(size));

    assertThat(WireForm.COMMAND.decode(WireForm.COMMAND.encode(command))).isEqualTo(command);
  }

  @Test
  void shouldReadALongListOfAccountsBack() {
    List<Long> accounts = LongStream.range(0, 200_000).boxed().toList();
    Command.Reassess command = new Command.Reassess(accounts, false);

    assertThat(WireForm.COMMAND.decode(WireForm.COMMAND.encode(command))).isEqualTo(command);
  }

  @Test
  void shouldKeepTheOrderOfTablesAndInstruments() {
    Command.DefineRulebook command = new Command.DefineRulebook(2, SampleRulebooks.perpetual(), 0);
    Command.DefineRulebook read =
        (Command.DefineRulebook) WireForm.COMMAND.decode(WireForm.COMMAND.encode(command));

    // maps are equal in whatever order; their text is not
    assertThat(read.rulebook().requirement())
        .hasToString(command.rulebook().requirement().toString());
  }

  @Test
  void shouldRefuseToWriteANameWithHalfACharacter() {
    Command command = new Command.DefineAsset(new Asset(1, "A\uD83D", 6, 1, 6, 1, 1));

    assertThatThrownBy(() -> WireForm.COMMAND.encode(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("symbol")
        .hasMessageContaining("surrogate");
  }

  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535})
  void shouldRefuseToWriteANameThatIsTooLong(int bytes) {
    Command command =
        new Command.DefineRulebook(1, SampleRulebooks.withTable("t".repeat(bytes)), 0);

    if (bytes == 65_534) {
      assertThat(WireForm.COMMAND.decode(WireForm.COMMAND.encode(command))).isEqualTo(command);
    } else {
      assertThatThrownBy(() -> WireForm.COMMAND.encode(command))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tableName has 65535 bytes; at most 65534 can be written");
    }
  }

  @Test
  void shouldWriteAnAlarmWhateverItsWords() {
    byte[] bytes = WireForm.EVENT.encode(new Event.AlarmRaised("half \uD83D a character"));

    assertThat(WireForm.EVENT.decode(bytes)).isEqualTo(new Event.AlarmRaised("half ? a character"));
  }

  @Test
  void shouldWriteAnAlarmOfAnyLength() {
    Event.AlarmRaised alarm = new Event.AlarmRaised("x".repeat(100_000));

    assertThat(WireForm.EVENT.decode(WireForm.EVENT.encode(alarm))).isEqualTo(alarm);
  }

  @Test
  void shouldRefuseToWriteAChunkWithoutState() {
    assertThatThrownBy(() -> WireForm.SNAPSHOT.encode(new WireForm.State("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz"})
  void shouldRefuseToWriteAnythingButAHash(String hash) {
    assertThatThrownBy(() -> WireForm.SNAPSHOT.encode(new SnapshotCodec.End(1, hash)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSaySizesThatOthersRelyOn() {
    assertThat(
            WireForm.SUBMISSION.encode(new WireForm.Submitted(1, 2, 3, new Command.AdvanceTime())))
        .hasSize(Submission.HEADER_LENGTH + 8);
    assertThat(WireForm.SNAPSHOT.encode(new WireForm.State("0102")))
        .hasSize(SnapshotCodec.CHUNK_OVERHEAD_BYTES + 2);
  }
}
