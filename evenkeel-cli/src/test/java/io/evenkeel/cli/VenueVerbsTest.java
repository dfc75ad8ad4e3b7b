package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verbs that talk to a running venue, when there is none or the command line is wrong.
class VenueVerbsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "snapshot",
        "tail --limit 1",
        "rulebook preview 1",
        "rulebook preview 1 perp-cross",
        "submit FILE",
        "replay --prices TAPE --quiet"
      })
  void shouldSayInOneLineThatNobodyListens(String verb) throws IOException {
    Path commands = folder.resolve("commands.jsonl");
    Files.writeString(commands, "{\"type\": \"advanceTime\"}\n");
    Path tape = SmallTape.write(folder);
    String url = "http://127.0.0.1:" + freePort();
    String line = verb.replace("FILE", commands.toString()).replace("TAPE", tape.toString());
    VerbRun run = VerbRun.of((line + " --url " + url).split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("evenkeel: ").contains(url).doesNotContain("Exception");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void shouldRefuseWrongCommandLines() {
    for (List<String> wrong :
        List.of(
            List.of("status", "--url", "not an address"),
            List.of("status", "--url", "ftp://127.0.0.1"),
            List.of("submit", "x", "--batch", "0"),
            List.of("submit", "x", "--first-number", "0"),
            List.of("tail", "--from", "-1"),
            List.of("rulebook", "preview", "70000"),
            List.of("rulebook", "preview", "1", "--limit", "-1"),
            List.of("serve"),
            List.of("demo", "--ticks", "5"),
            List.of("demo", "--plain"),
            List.of("demo", "--speed", "0"),
            List.of("demo", "--port", "65536"),
            List.of("demo", "--accounts", "0"),
            List.of("demo", "--offline", "--fresh"),
            List.of("replay", "--prices", "x", "--speed", "2"),
            List.of("replay", "--prices", "x", "--url", "http://127.0.0.1:1", "--audit"))) {
      VerbRun run = VerbRun.of(wrong.toArray(String[]::new));
      assertThat(run.exitCode()).as("%s", wrong).isEqualTo(Failures.USAGE);
      assertThat(run.err().lines()).as("%s", wrong).hasSize(1);
    }
  }

  @Test
  void shouldNameTheLineThatIsNoCommand() throws IOException {
    Path file = folder.resolve("commands.jsonl");
    Files.writeString(file, "# first\n\n{\"type\": \"deposit\", }\n");
    VerbRun run = VerbRun.of("submit", file.toString(), "--url", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(run.err()).startsWith("evenkeel: " + file + ":3: ");
    VerbRun missing = VerbRun.of("submit", folder.resolve("none").toString());
    assertThat(missing.err()).contains("no such file; check the path");
  }
}
