package io.evenkeel.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.Scenario.Step;
import io.evenkeel.model.command.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
  private static final String HEAD = "{\"scenario\": \"s\", \"safeguard\": \"g\"}\n";
  private static final String USDC =
      "{\"at\": \"2025-01-01T00:00:00Z\", \"type\": \"defineAsset\", \"assetId\": 0, \"symbol\": \"USDC\", \"scale\": 6, \"maximumSupply\": \"1000000\", \"priceScale\": 6, \"initialPrice\": \"1\", \"maximumPrice\": \"2\"}\n";

  @TempDir private Path folder;

  @Test
  void shouldReadHeadCommentsTimesAndRuns() throws IOException {
    Scenario scenario =
        read(
            """
            # what happened

            {"scenario": "s", "safeguard": "g", "off": {"a.b": "1"}, "parties": {"7": "whale"}}
            {"at": "2025-01-01T00:00:00Z", "type": "advanceTime"}
            # later
            {"only": "ON", "mayBeRefused": true, "type": "advanceTime"}
            {"at": "2025-01-01T00:00:02Z", "only": "OFF", "type": "advanceTime"}
            """);
    assertThat(scenario.title()).isEqualTo("s");
    assertThat(scenario.safeguard()).isEqualTo("g");
    assertThat(scenario.parties()).containsOnly(entry(7L, "whale"));
    assertThat(scenario.changes().get(Run.OFF)).containsEntry("a.b", "1");
    assertThat(scenario.changes().get(Run.ON)).isEmpty();
    assertThat(scenario.steps()).extracting(Step::line).containsExactly(4, 6, 7);
    assertThat(scenario.steps()).extracting(Step::only).containsExactly(null, Run.ON, Run.OFF);
    assertThat(scenario.steps()).extracting(Step::mayBeRefused).containsExactly(false, true, false);
    long beganNs = scenario.steps().getFirst().timeNs();
    assertThat(scenario.steps().get(1).timeNs()).isEqualTo(beganNs);
    assertThat(scenario.steps().get(2).timeNs() - beganNs).isEqualTo(2_000_000_000L);
    assertThat(scenario.steps().get(1).command().toString())
        .isEqualTo("{\"type\":\"advanceTime\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | x.jsonl:1: /scenario: is missing",
        "{\"scenario\": \"s\", \"safeguard\": \"g\", \"of\": {}} | x.jsonl:1: /of",
        "{\"scenario\": \"s\", \"safeguard\": \"g\", \"off\": {\"a\": 1}} | /off/a: must be a string",
        "{\"scenario\": \"s\", \"safeguard\": \"g\", \"parties\": {\"a\": \"b\"}} | must name parties by number, not 'a'",
        "# nothing | x.jsonl: holds no scenario",
        "{\"scenario\": | x.jsonl:1: "
      })
  void shouldSayWhatIsWrongWithTheHead(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"advanceTime\"} | x.jsonl:2: /at: is missing; the first command",
        "{\"at\": \"soon\", \"type\": \"advanceTime\"} | x.jsonl:2: /at",
        "{\"at\": \"2025-01-01T00:00:00Z\", \"only\": \"BOTH\", \"type\": \"advanceTime\"} | /only: there is no",
        "[] | x.jsonl:2: must be an object"
      })
  void shouldSayWhatIsWrongWithALine(String line, String message) {
    assertThatThrownBy(() -> read(HEAD + line))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseTimeThatRunsBackwards() {
    String line = "{\"at\": \"2024-12-31T23:59:59Z\", \"type\": \"advanceTime\"}";
    assertThatThrownBy(() -> read(HEAD + USDC + line))
        .hasMessageContaining("x.jsonl:3: /at: must not be earlier than the line before");
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThatThrownBy(() -> ScenarioFile.read(folder.resolve("none.jsonl")))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("none.jsonl: cannot be read (NoSuchFileException)");
  }

  @Test
  void shouldNameTheLineThatIsNoCommand() throws IOException {
    Scenario scenario = read(HEAD + USDC + "\n{\"type\": \"deposit\", \"party\": \"7\"}");
    assertThatThrownBy(() -> ScenarioRun.of(scenario, Run.OFF))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("x.jsonl:4: /asset: is missing");
  }

  @Test
  void shouldEndAtARefusalThatIsNotMeant() throws IOException {
    String line =
        "{\"type\": \"withdraw\", \"party\": \"7\", \"asset\": \"USDC\", \"amount\": \"1\"}";
    Scenario scenario = read(HEAD + USDC + line);
    assertThatThrownBy(() -> ScenarioRun.of(scenario, Run.ON))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(
            "x.jsonl:3: the engine refused the withdraw with the safeguard on: UNKNOWN_PARTY");
  }

  @Test
  void shouldTellOfARefusalThatIsMeantAndOnlyInItsRun() throws IOException {
    String line =
        "{\"only\": \"ON\", \"mayBeRefused\": true, \"type\": \"withdraw\", \"party\": \"7\", \"asset\": \"USDC\", \"amount\": \"1\"}";
    Scenario scenario = read(HEAD + USDC + line);
    assertThat(ScenarioRun.of(scenario, Run.OFF).refusals()).isEmpty();
    assertThat(ScenarioRun.of(scenario, Run.ON).refusals())
        .isEqualTo(
            List.of(new ScenarioOutcome.Refusal(3, "withdraw", RefusalReason.UNKNOWN_PARTY)));
  }

  private Scenario read(String text) throws IOException {
    return ScenarioFile.read(Files.writeString(folder.resolve("x.jsonl"), text));
  }
}
