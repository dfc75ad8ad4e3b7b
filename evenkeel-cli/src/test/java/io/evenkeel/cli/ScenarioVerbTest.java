package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScenarioVerbTest {
  private static final String OKEX = "../scenarios/okex-2018-07-31.jsonl";

  @TempDir private Path folder;

  @Test
  void shouldSetBothRunsSideBySide() {
    VerbRun run = VerbRun.of("scenario", OKEX);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("OKEx, 31 July 2018")
        .contains("Safeguard: margin that grows with the size of a position")
        .containsPattern("\n +off +on\n")
        .containsPattern("shared by winners +10,183,862.20 +0.00\n")
        .containsPattern("the long +-21,000,000.00 +-10,")
        .containsPattern("twin and ledger agree +yes +yes\n")
        .contains("with the safeguard on, the engine refused the fill of " + OKEX + ":")
        .contains("(INSUFFICIENT_MARGIN)")
        .doesNotContain("taken over as a whole");
  }

  @Test
  void shouldTellTheStoriesWhenAsked() {
    assertThat(VerbRun.of("scenario", OKEX, "--story").out())
        .containsPattern(
            "Safeguard off\n(?s:.*)2018-07-31 00:10:00 {2}account 7 taken over as a whole(?s:.*)Safeguard on\n");
  }

  @Test
  void shouldPrintExactlyOneJsonObject() {
    VerbRun run = VerbRun.of("scenario", OKEX, "--json");
    assertThat(run.err()).isEmpty();
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    JsonNode off = report.path("off");
    JsonNode on = report.path("on");
    assertThat(off.path("sharedLoss").stringValue()).isEqualTo("10183862.2");
    assertThat(on.path("sharedLoss").stringValue()).isEqualTo("0");
    assertThat(off.path("insuranceGain").stringValue()).isEqualTo("-80000");
    assertThat(off.path("refusals").isEmpty()).isTrue();
    assertThat(on.path("refusals").path(0).path("reason").stringValue())
        .isEqualTo("INSUFFICIENT_MARGIN");
    assertThat(off.path("parties").path(3).path("name").stringValue()).isEqualTo("the long");
    assertThat(off.path("parties").path(3).path("gain").stringValue()).isEqualTo("-21000000");
    assertThat(off.path("isSound").booleanValue()).isTrue();
    assertThat(off.path("story").size()).isPositive();
    assertThat(off.path("stateHash")).isNotEqualTo(on.path("stateHash"));
  }

  @Test
  void shouldSayWhatIsWrongWithTheFile() throws IOException {
    VerbRun missing = VerbRun.of("scenario", folder.resolve("none.jsonl").toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("none.jsonl: cannot be read (NoSuchFileException)");
    Path broken =
        Files.writeString(
            folder.resolve("x.jsonl"), "{\"scenario\": \"s\", \"safeguard\": \"g\"}\n{}\n");
    VerbRun run = VerbRun.of("scenario", broken.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("x.jsonl:2: /at: is missing");
    assertThat(run.out()).isEmpty();
  }
}
