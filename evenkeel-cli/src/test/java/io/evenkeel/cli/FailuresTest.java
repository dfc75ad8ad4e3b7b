package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong is said in one line that names the place and the remedy.
class FailuresTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    SmallTape.write(Files.createDirectory(folder.resolve("good")));
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(
        folder.resolve("BTCUSDT_1m.csv"),
        "open_time,open,high,low,close\n1760000000000,100,101,99,100\n1760000060000,100,xx,99,100\n");
    RulebookText.write(folder, "crossed.yaml", "searchShare: 0.5", "searchShare: 1.5");
    Files.writeString(folder.resolve("people.csv"), "not a population\n");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(1, "replay --prices @/none_1m.csv", "@/none_1m.csv", "check the path"),
        Arguments.of(1, "replay --prices @/BTCUSDT_1m.csv", "@/BTCUSDT_1m.csv:3", "high"),
        Arguments.of(1, "replay --prices @/empty", "@/empty: no candle file", "*.csv"),
        Arguments.of(
            1, "replay --prices @/good --rulebook nope", "unknown rulebook 'nope'", "perp-cross"),
        Arguments.of(
            1, "replay --prices @/good --rulebook @/crossed.yaml", "crossed.yaml:", "searchShare"),
        Arguments.of(1, "replay --prices @/good --population @/people.csv", "@/people.csv", "1"),
        Arguments.of(
            1, "replay --prices @/good --accounts 5 --follow 9", "no account 9", "1001 to 1005"),
        Arguments.of(1, "rulebook check @/crossed.yaml", "crossed.yaml:", "searchShare"),
        Arguments.of(1, "rulebook check @/none.yaml", "none.yaml", ""),
        Arguments.of(1, "rulebook show nope", "unknown rulebook 'nope'", "perp-cross"),
        Arguments.of(2, "replay", "--prices", "evenkeel replay --help"),
        Arguments.of(2, "replay --prices @/good --accounts 0", "--accounts", "at least 1"),
        Arguments.of(2, "replay --prices @/good --accounts x", "'x' is not an int", "--help"),
        Arguments.of(2, "replay --prices @/good --limit-ticks -1", "--limit-ticks", "negative"),
        Arguments.of(2, "replay --prices @/good --funding 2", "--funding", "-1 to 1"),
        Arguments.of(2, "replay --prices @/good --funding 1e-4", "--funding", "0.0001"),
        Arguments.of(2, "demo --offline --ticks 0", "--ticks", "at least 1"),
        Arguments.of(2, "demo --offline --speed -1", "--speed", "0 to"),
        Arguments.of(2, "completion fish", "fish", "bash"),
        Arguments.of(2, "rulebook", "no verb given", "check, list, preview, show"),
        Arguments.of(2, "rulebook check perp-cross --asset SOL", "--asset", "SYMBOL=PLACES"),
        Arguments.of(2, "replays", "replays", "--help"),
        Arguments.of(2, "", "no verb given", "demo, serve, status"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void shouldNamePlaceAndRemedyInOneLine(
      int exitCode, String commandLine, String place, String remedy) {
    String at = folder.toString();
    String[] arguments =
        commandLine.isEmpty() ? new String[0] : commandLine.replace("@", at).split(" ");
    VerbRun run = VerbRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("evenkeel: ")
        .contains(place.replace("@", at))
        .contains(remedy)
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void shouldListEveryProblemOfARulebook() {
    String file =
        RulebookText.write(folder, "two.yaml", "coolDown: 1m", "coolDown: soon\n  surprise: 1");
    VerbRun run = VerbRun.of("rulebook", "check", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("evenkeel: "));
  }
}
