package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `margin` and `conform` as typed, over the files the project ships.
class PortfolioVerbsTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String BASIS_TRADE = EXAMPLES.resolve("basis-trade.yaml").toString();
  private static final Path CASES = Path.of("..", "conformance");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "basis-trade, perp-cross",
    "short-strangle, derive-srm",
    "short-strangle, derive-pmrm2",
    "covered-call-in-coin, derive-srm",
    "staking-loop, aave-v3",
    "coin-hedge, perp-cross",
    "coin-hedge, deribit-sm",
    "coin-hedge, deribit-pm",
  })
  void shouldReportEachExample(String example, String rulebook) {
    String file = EXAMPLES.resolve(example + ".yaml").toString();

    VerbRun run = VerbRun.of("margin", file, "--rulebook", rulebook);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("rulebook ").contains(rulebook, "Liquidation prices under");
  }

  @Test
  void shouldExplainInJsonWhatItPrints() {
    VerbRun run = VerbRun.of("margin", BASIS_TRADE, "--explain", "--json");

    assertThat(run.exitCode()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertThat(json.toString()).contains("64200").contains("1641.25");
    VerbRun text = VerbRun.of("margin", BASIS_TRADE, "--explain");
    assertThat(text.out()).contains("64,200.00", "BTC collateral = 61750 USD  [product of]");
  }

  @Test
  void shouldDrawZones() {
    Path picture = folder.resolve("zones.svg");

    VerbRun run =
        VerbRun.of("margin", BASIS_TRADE, "--heatmap", "--heatmap-file", picture.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Zones under perp-cross");
    assertThat(picture).content().startsWith("<svg").endsWith("</svg>\n");
  }

  /// The picture shows, cell by cell, what the text says: the middle of each cell has the colour of
  /// its letter.
  @Test
  void shouldDrawTheSameZonesAsPng() throws IOException {
    Path picture = folder.resolve("zones.PNG");
    String strangle = EXAMPLES.resolve("short-strangle.yaml").toString();

    VerbRun run =
        VerbRun.of(
            "margin",
            strangle,
            "--rulebook",
            "derive-srm",
            "--heatmap",
            "--heatmap-file",
            picture.toString());

    assertThat(run.err()).isEmpty();
    BufferedImage image = ImageIO.read(picture.toFile());
    Map<Character, Integer> colours =
        Map.of('.', 0x2b7a4b, '+', 0x7cc08f, 'r', 0xf0d264, 'c', 0xf0963c, 'L', 0xc0392b);
    List<String> rows =
        run.out().lines().filter(line -> line.matches(" +\\d+ %  [.+rcL] .*")).toList();
    assertThat(rows).hasSize(7);
    Set<Character> seen = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      String cells = rows.get(row).substring(9).replace(" ", "");
      assertThat(cells).hasSize(25);
      for (int column = 0; column < cells.length(); column++) {
        int rgb = image.getRGB(2 * (90 + 26 * column + 12), 2 * (50 + 26 * row + 12)) & 0xffffff;
        assertThat(rgb).isEqualTo(colours.get(cells.charAt(column)));
        seen.add(cells.charAt(column));
      }
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @Test
  void shouldRefuseAPictureOfAnotherKindBeforeItWorks() {
    VerbRun run = VerbRun.of("margin", BASIS_TRADE, "--heatmap-file", "zones.gif");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--heatmap-file: zones.gif must end in .svg or .png");
  }

  @Test
  void shouldNameTheLineOfAWrongFigure() throws IOException {
    String text = Files.readString(Path.of(BASIS_TRADE)).replace("mark: 65_650", "mark: dear");
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), text);

    VerbRun run = VerbRun.of("margin", wrong.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("instruments.BTC-27MAR26.mark: must be a number (found dear)")
        .containsPattern("wrong\\.yaml:\\d+:\\d+:");
  }

  /// What does not fit the engine's numbers is no defect of the program: mark and entry times the
  /// room that the search for liquidation prices needs, orders, and an account worth too much.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mark: 65_650 | mark: 999999999999999.99 | instruments.BTC-27MAR26: does not fit the engine",
        "price: 65_000 | price: 9999999999999999.9 | assets.BTC.price: is too large",
        "quantity: -1.0 | quantity: -100000000000 | account.positions.BTC-27MAR26: is worth more",
      })
  void shouldRefuseWhatCannotBeCounted(String from, String to, String refusal) throws IOException {
    String text = Files.readString(Path.of(BASIS_TRADE)).replace(from, to);
    Path large = Files.writeString(folder.resolve("large.yaml"), text);

    VerbRun run = VerbRun.of("margin", large.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("evenkeel: " + large + ": " + refusal)
        .contains("(under perp-cross)");
  }

  @Test
  void shouldRunTheCasesThatShip() {
    VerbRun run = VerbRun.of("conform", CASES.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("48 cases: 48 passed, 0 failed, 0 not run");
  }

  @Test
  void shouldEndWithOneWhenACaseDisagrees() throws IOException {
    String text = Files.readString(CASES.resolve("portfolios.json"));
    Path wrong =
        Files.writeString(folder.resolve("wrong.json"), text.replace("1641.25", "1641.26"));

    VerbRun run = VerbRun.of("conform", wrong.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("maintenanceMargin: expected 1641.26, got 1641.25");
  }

  @Test
  void shouldSayWhichLayoutsAreKnown() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": \"x\"}");

    VerbRun run = VerbRun.of("conform", other.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("other.json: has no `cases`");
  }
}
