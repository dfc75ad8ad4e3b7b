package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareVerbTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "compare");
  private static final String PARTIAL = EXAMPLES.resolve("partial-close.yaml").toString();
  private static final String FULL = EXAMPLES.resolve("full-close.yaml").toString();
  private static final String RANKED = EXAMPLES.resolve("adl-ranked.yaml").toString();
  private static final String PRO_RATA = EXAMPLES.resolve("adl-pro-rata.yaml").toString();

  @TempDir private Path folder;
  private String prices = "";

  @BeforeEach
  void writeTape() {
    prices = SmallTape.write(folder).toString();
  }

  @Test
  void shouldSetDesignsSideBySide() {
    VerbRun run = compare(PARTIAL, FULL);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("2 designs, 2025-10-09 ")
        .contains("200 accounts sized by partial-close 1, seed 1; 2 contracts, 192 ticks")
        .contains("closing moves no marks")
        .containsPattern("\n +partial-close 1 +full-close 1\n")
        .contains("Who was closed", "Time in distress", "What it cost those who were closed")
        .contains("Would have recovered, left alone", "Who paid", "Fairness", "Cascades", "Checks")
        .containsPattern("money conserved +yes +yes\n");
  }

  @Test
  void shouldEndEachDesignAsAPlainReplayDoes() {
    JsonNode report = json(compare(RANKED, PRO_RATA, "--json", "--seed", "4"));
    for (int i = 0; i < 2; i++) {
      JsonNode design = report.path("designs").path(i);
      JsonNode plain =
          json(replay("--rulebook", i == 0 ? RANKED : PRO_RATA, "--json", "--seed", "4"));
      for (String key : List.of("stateHash", "liquidatedNotional", "penalties", "commands")) {
        assertThat(design.path("replay").path(key)).as(key).isEqualTo(plain.path(key));
      }
    }
  }

  @Test
  void shouldDoSoWithPairingAndImpactToo() {
    String[] options = {"--json", "--paired", "--impact", "sqrt", "--impact-depth", "1"};
    JsonNode report = json(compare(PARTIAL, FULL, options));
    List<String> plain = new ArrayList<>(List.of("--rulebook", FULL));
    plain.addAll(List.of(options));
    JsonNode alone = json(replay(plain.toArray(String[]::new)));
    assertThat(report.path("designs").path(1).path("replay").path("stateHash"))
        .isEqualTo(alone.path("stateHash"));
    JsonNode unpaired = json(replay("--rulebook", FULL, "--json"));
    assertThat(alone.path("stateHash")).isNotEqualTo(unpaired.path("stateHash"));
    assertThat(report.path("impact").path("shape").stringValue()).isEqualTo("sqrt");
    assertThat(report.path("impact").path("depthShare").doubleValue()).isEqualTo(0.01);
    assertThat(report.path("impact").path("halfLifeSeconds").doubleValue()).isEqualTo(1800);
    assertThat(
            report
                .path("designs")
                .path(0)
                .path("cascade")
                .path("largestDisplacement")
                .doubleValue())
        .isPositive();
  }

  @Test
  void shouldPrintExactlyOneJsonObject() {
    VerbRun run = compare(PARTIAL, FULL, "--json");
    assertThat(run.err()).isEmpty();
    JsonNode report = json(run);
    assertThat(report.path("sizedBy").stringValue()).isEqualTo("partial-close 1");
    assertThat(report.path("stopped").booleanValue()).isFalse();
    assertThat(report.path("designs").size()).isEqualTo(2);
    for (JsonNode design : report.path("designs")) {
      JsonNode closed = design.path("liquidations");
      assertThat(closed.path("accountIds").size())
          .isEqualTo(closed.path("accounts").intValue())
          .isPositive();
      for (String key :
          List.of("notional", "maintenanceFreed", "penalties", "slippage", "equityTaken")) {
        assertThat(new BigDecimal(closed.path(key).stringValue())).as(key).isNotNegative();
      }
      assertThat(closed.path("penaltyPerMaintenanceFreed").doubleValue())
          .isCloseTo(
              Double.parseDouble(closed.path("penalties").stringValue())
                  / Double.parseDouble(closed.path("maintenanceFreed").stringValue()),
              Offset.offset(1e-9));
      JsonNode recoveries = design.path("recoveries");
      assertThat(recoveries.path("followed").longValue())
          .isEqualTo(closed.path("episodes").longValue());
      assertThat(recoveries.path("within10Minutes").longValue())
          .isLessThanOrEqualTo(recoveries.path("within60Minutes").longValue());
      assertThat(recoveries.path("unlike").longValue()).isZero();
      assertThat(design.path("distress").path("accountSeconds").isNumber()).isTrue();
      assertThat(design.path("burden").path("giniOfAll").isMissingNode()).isFalse();
      assertThat(design.path("deleveraging").path("overshoot").isString()).isTrue();
      assertThat(design.path("cascade").path("steps").isArray()).isTrue();
    }
    JsonNode pair = report.path("overlap").path("pairs").path(0);
    assertThat(pair.path("inBoth")).isEqualTo(report.path("overlap").path("inAll"));
  }

  @Test
  void shouldWriteAPageThatHoldsEveryFigure() throws Exception {
    Path page = folder.resolve("report.html");
    VerbRun run = compare(PARTIAL, FULL, "--html", page.toString());
    String html = Files.readString(page);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));
    assertThat(document.getElementsByTagName("svg").getLength()).isGreaterThanOrEqualTo(4);
    assertThat(html)
        .doesNotContain("<script", "http", "src=", "href=", "@import", "url(", "NaN", "Infinity");
    String text = document.getDocumentElement().getTextContent();
    int cells = 0;
    for (String line : run.out().lines().skip(4).toList()) {
      for (String cell : line.strip().split(" {2,}", -1)) {
        assertThat(text).contains(cell);
        cells++;
      }
    }
    assertThat(cells).as("figures seen on the terminal and on the page").isGreaterThan(80);
  }

  @Test
  void shouldDrawNothingWhereNothingHappened() throws IOException {
    Path page = folder.resolve("quiet.html");
    VerbRun run = compare(PARTIAL, FULL, "--limit-ticks", "2", "--html", page.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(page))
        .contains("Nothing to draw", "Nothing was liquidated")
        .doesNotContain("NaN", "Infinity");
    assertThat(
            json(compare(PARTIAL, FULL, "--limit-ticks", "2", "--json"))
                .path("designs")
                .path(0)
                .path("burden")
                .path("giniOfAll")
                .isNull())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--compare --rulebook perp-cross | --compare needs at least two rulebooks",
        "--rulebook perp-cross --rulebook binance-usdm | --rulebook is given 2 times; add --compare",
        "--html x.html | --html needs --compare",
        "--impact cubic | --impact must be none, linear or sqrt, not 'cubic'",
        "--impact-depth 3 | --impact-depth needs --impact linear or --impact sqrt",
        "--impact-half-life 3 | --impact-half-life needs --impact linear",
        "--impact linear --impact-depth 0 | --impact-depth must be above 0 and up to 100, not 0.0",
        "--impact linear --impact-depth NaN | --impact-depth must be above 0 and up to 100",
        "--impact sqrt --impact-half-life -1 | --impact-half-life must be 0 to 1000000, not -1",
        "--compare --rulebook perp-cross --rulebook perp-cross | --rulebook: two rulebooks are both called perp-cross 1",
        "--compare --rulebook perp-cross --rulebook binance-usdm --follow 1001 | --follow means nothing with --compare",
        "--compare --rulebook perp-cross --rulebook binance-usdm --describe | --describe means nothing with --compare",
        "--url http://127.0.0.1:1 --compare | --compare means nothing with --url",
        "--url http://127.0.0.1:1 --impact sqrt | --impact means nothing with --url"
      })
  void shouldRefuseByName(String options, String message) {
    VerbRun run = replay(options.strip().split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message.strip());
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldSayThatThePageCannotBeWritten() {
    VerbRun run = compare(PARTIAL, FULL, "--html", folder.resolve("no/such/x.html").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("cannot be written (NoSuchFileException)");
  }

  @Test
  void shouldDifferInStepsOnlyWhereExamplesDo() throws IOException {
    for (String other : List.of(FULL, RANKED, PRO_RATA)) {
      List<String> before = body(PARTIAL);
      List<String> after = body(other);
      before.removeAll(body(other));
      after.removeAll(body(PARTIAL));
      assertThat(before).allMatch(line -> line.startsWith("    - {type: "));
      assertThat(after).allMatch(line -> line.startsWith("    - {type: "));
    }
  }

  private static List<String> body(String file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(file)));
    lines.removeIf(line ->
        line.startsWith("#") || line.startsWith("name:") || line.startsWith("description:"));
    return lines;
  }

  private static JsonNode json(VerbRun run) {
    return JsonMapper.builder().build().readTree(run.out());
  }

  private VerbRun compare(String first, String second, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--compare", "--rulebook", first, "--rulebook", second));
    all.addAll(List.of(more));
    return replay(all.toArray(String[]::new));
  }

  private VerbRun replay(String... more) {
    List<String> all = new ArrayList<>(List.of("replay", "--prices", prices));
    List<String> options = List.of(more);
    if (!options.contains("--url")) {
      all.addAll(List.of("--accounts", "200"));
    }
    all.addAll(options);
    return VerbRun.of(all.toArray(String[]::new));
  }
}
