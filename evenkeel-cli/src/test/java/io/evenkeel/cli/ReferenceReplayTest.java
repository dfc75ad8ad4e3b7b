package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replays over recorded market data.
class ReferenceReplayTest {
  private Path data = Path.of("");

  @BeforeEach
  void findData() {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set: no market data to replay");
    data = Path.of(String.valueOf(reference), "data");
  }

  @Test
  void shouldAgreeWithTheTwinOnAThousandAccounts() {
    JsonNode report =
        replay(
            data.resolve("crash_2025-10-10_5m"),
            "--accounts",
            "1000",
            "--limit-ticks",
            "60",
            "--audit");
    assertThat(report.path("audit").path("difference").isNull())
        .as(report.path("audit").path("difference").toString())
        .isTrue();
    assertThat(report.path("audit").path("equalCommands").longValue())
        .isEqualTo(
            report.path("commands").longValue()
                + report.path("setUp").path("commands").longValue());
    assertThat(report.path("topUps").longValue()).isPositive();
  }

  @Test
  void shouldAgreeWithTheTwinThroughTheWorstHours() {
    JsonNode report =
        replay(
            data.resolve("crash_2025-10-10_5m"),
            "--accounts",
            "120",
            "--limit-ticks",
            "2250",
            "--audit");
    assertThat(report.path("audit").path("difference").isNull())
        .as(report.path("audit").path("difference").toString())
        .isTrue();
    assertThat(report.path("liquidations").path("accountWide").longValue()).isPositive();
    assertThat(report.path("sharedLoss").stringValue()).isNotEqualTo("0");
  }

  @Test
  void shouldShowEveryKindOfDecisionInTheCrash() {
    JsonNode report = replay(data.resolve("crash_2025-10-10_5m"), "--accounts", "1000");
    assertThat(report.path("instruments").intValue()).isEqualTo(13);
    assertThat(report.path("topUps").longValue()).isPositive();
    assertThat(report.path("releases").longValue()).isPositive();
    JsonNode calls = report.path("marginCalls");
    assertThat(calls.path("met").longValue()).isPositive();
    assertThat(calls.path("expired").longValue()).isPositive();
    JsonNode liquidations = report.path("liquidations");
    assertThat(liquidations.path("partial").longValue()).isPositive();
    assertThat(liquidations.path("accountWide").longValue()).isPositive();
    assertThat(report.path("ledgerConserved").booleanValue()).isTrue();
    assertThat(report.path("setUp").path("refused").longValue()).isLessThanOrEqualTo(5);
  }

  @Test
  void shouldReplayEveryCandleFile() throws IOException {
    List<Path> files = candleFiles();
    assertThat(files).hasSizeGreaterThanOrEqualTo(20);
    for (Path file : files) {
      JsonNode report = replay(file, "--accounts", "100", "--limit-ticks", "20");
      assertThat(report.path("ticks").intValue()).as("%s", file).isEqualTo(20);
      assertThat(report.path("ledgerConserved").booleanValue()).as("%s", file).isTrue();
    }
  }

  private List<Path> candleFiles() throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(file -> file.getFileName().toString().matches(".*_(1m|5m|1h)(_.*)?\\.csv"))
          .sorted()
          .toList();
    }
  }

  private static JsonNode replay(Path prices, String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "replay";
    arguments[1] = "--json";
    arguments[2] = "--quiet";
    arguments[3] = "--prices";
    arguments[4] = prices.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    VerbRun run = VerbRun.of(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return JsonMapper.builder().build().readTree(run.out());
  }
}
