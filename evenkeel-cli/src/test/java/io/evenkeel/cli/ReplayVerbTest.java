package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayVerbTest {
  private static final List<String> COUNTS =
      List.of(
          "accounts",
          "instruments",
          "ticks",
          "marks",
          "topUps",
          "releases",
          "commands",
          "fills",
          "zoneChanges",
          "conservationChecks",
          "valuations",
          "alarms");
  private static final List<String> MONEY =
      List.of(
          "toppedUp",
          "released",
          "liquidatedNotional",
          "penalties",
          "insuranceUsed",
          "sharedLoss",
          "badDebt",
          "fundingMoved");

  @TempDir private Path folder;
  private String prices = "";

  @BeforeEach
  void writeTape() {
    prices = SmallTape.write(folder).toString();
  }

  @Test
  void shouldPrintExactlyOneJsonObject() {
    VerbRun run = replay("--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    assertThat(report.isObject()).isTrue();
    assertThat(run.out().strip()).startsWith("{").endsWith("}");
    for (String key : COUNTS) {
      assertThat(report.path(key).isIntegralNumber()).as(key).isTrue();
    }
    for (String key : MONEY) {
      assertThat(report.path(key).isString()).as(key).isTrue();
      assertThat(new BigDecimal(report.path(key).stringValue())).as(key).isNotNegative();
      assertThat(report.path(key).stringValue()).as(key).doesNotContain("E");
    }
    for (String key : List.of("issued", "met", "expired", "cancelled", "superseded")) {
      assertThat(report.path("marginCalls").path(key).isIntegralNumber()).as(key).isTrue();
    }
    for (String key : List.of("started", "partial", "accountWide", "rescued")) {
      assertThat(report.path("liquidations").path(key).isIntegralNumber()).as(key).isTrue();
    }
  }

  @Test
  void shouldReportWhatHappenedInTheCrash() {
    JsonNode report = json("--seed", "1");
    assertThat(report.path("accounts").intValue()).isEqualTo(200);
    assertThat(report.path("instruments").intValue()).isEqualTo(2);
    assertThat(report.path("ticks").intValue()).isEqualTo(192);
    assertThat(report.path("marks").intValue()).as("two contracts and BTC").isEqualTo(576);
    assertThat(report.path("topUps").intValue()).isPositive();
    assertThat(report.path("marginCalls").path("issued").intValue()).isPositive();
    assertThat(report.path("liquidations").path("started").intValue()).isPositive();
    assertThat(report.path("ledgerConserved").booleanValue()).isTrue();
    assertThat(report.path("stateHash").stringValue()).matches("[0-9a-f]{64}");
    assertThat(report.path("wallSeconds").doubleValue()).isPositive();
    assertThat(report.path("marksPerSecond").doubleValue()).isPositive();
    long zones = 0;
    for (JsonNode count : report.path("zoneCounts")) {
      zones += count.longValue();
    }
    assertThat(zones).isEqualTo(200);
  }

  @Test
  void shouldGiveTheSameHashForTheSameSeedOnly() {
    String hash = json("--seed", "5").path("stateHash").stringValue();
    assertThat(json("--seed", "5").path("stateHash").stringValue()).isEqualTo(hash);
    assertThat(json("--seed", "6").path("stateHash").stringValue()).isNotEqualTo(hash);
  }

  @Test
  void shouldTakeFilesInAnyOrderAndRepeatedOptions() {
    String hash = json().path("stateHash").stringValue();
    VerbRun run =
        VerbRun.of(
            "replay",
            "--prices",
            folder.resolve("venue_SOLUSDT_1m.csv").toString(),
            "--prices",
            folder.resolve("venue_BTCUSDT_1m.csv").toString(),
            "--accounts",
            "200",
            "--json");
    assertThat(JsonMapper.builder().build().readTree(run.out()).path("stateHash").stringValue())
        .isEqualTo(hash);
  }

  @Test
  void shouldPrintAReportForPeople() {
    VerbRun run = replay();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).as("no terminal, no progress").isEmpty();
    assertThat(run.out())
        .contains("200 accounts, seed 1; 2 contracts, 192 ticks, 576 marks")
        .contains("What happened", "Who paid", "Accounts at the end", "Checks", "Speed")
        .contains("money conserved      yes, counted 194 times");
  }

  @Test
  void shouldTellTheStoryOfOneAccount() {
    VerbRun run = replay("--follow", "1003");
    assertThat(run.out())
        .startsWith("following account 1003 of party ")
        .contains("begins with")
        .contains("What happened");
  }

  @Test
  void shouldTellTheStoryOnStderrWhenStdoutIsJson() {
    VerbRun run = replay("--follow", "1003", "--json");
    assertThat(run.err()).startsWith("following account 1003");
    assertThat(run.out()).startsWith("{");
  }

  @Test
  void shouldDescribeThePopulation() {
    assertThat(replay("--describe").out())
        .startsWith("population: 200 trader accounts")
        .contains("measured when set up");
    VerbRun run = replay("--describe", "--json");
    assertThat(run.err()).startsWith("population: 200 trader accounts");
    assertThat(run.out()).startsWith("{");
  }

  @Test
  void shouldSayHowManyCommandsTheTwinAgreedOn() {
    JsonNode report = json("--audit", "--limit-ticks", "100");
    long commands =
        report.path("commands").longValue() + report.path("setUp").path("commands").longValue();
    assertThat(report.path("audit").path("equalCommands").longValue()).isEqualTo(commands);
    assertThat(report.path("audit").path("difference").isNull()).isTrue();
    assertThat(replay("--audit", "--limit-ticks", "10").out())
        .containsPattern("audited +[0-9,]+ commands equal\n");
  }

  @Test
  void shouldSayThatTheGuardWasRaised() {
    VerbRun run = replay("--rulebook", strictRulebook());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("evenkeel: note: prices come 15 s apart");
    assertThat(run.out()).contains("note: prices come 15 s apart");
    assertThat(replay("--rulebook", strictRulebook(), "--quiet").err()).isEmpty();
  }

  private String strictRulebook() {
    return RulebookText.write(folder, "strict.yaml", "maximumAge: 15m", "maximumAge: 20s");
  }

  private JsonNode json(String... more) {
    String[] options = new String[more.length + 1];
    System.arraycopy(more, 0, options, 0, more.length);
    options[more.length] = "--json";
    return JsonMapper.builder().build().readTree(replay(options).out());
  }

  private VerbRun replay(String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "replay";
    arguments[1] = "--prices";
    arguments[2] = prices;
    arguments[3] = "--accounts";
    arguments[4] = "200";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return VerbRun.of(arguments);
  }
}
