package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `import` as typed, over the books the project ships.
class ImportVerbTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "opening");

  @TempDir private Path folder;
  private Path book;

  @BeforeEach
  void copyExample() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    book = folder.resolve("book.yaml");
  }

  private void replace(String file, String part, String other) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(part);
    Files.writeString(path, text.replace(part, other));
  }

  @Test
  void shouldAgreeWithTheExample() {
    VerbRun run = VerbRun.of("import", EXAMPLE.resolve("book.yaml").toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "6 accounts, 10 balances, 6 positions, 2 rows of orders at 2026-02-06T04:30:00Z")
        .containsPattern("1002 +EXCESS +equity +9,652\\.125 +9,652\\.13 +-0\\.005 +5\\.2e-07 +ok")
        .containsPattern("ETH-PERP +30 +-26\\.5 +3\\.5 +-3\\.5 +0 +ok")
        .containsPattern(
            "USDT +570326 +4250\\.5 +2777\\.375 +25000 +602353\\.875 +602353\\.875 +0 +ok")
        .endsWith("25 figures compared, 0 beyond tolerance; nothing is stated of 1 accounts\n")
        .doesNotContain("BEYOND");
  }

  @Test
  void shouldEndWithOneWhenAFigureIsBeyondTolerance() {
    VerbRun run =
        VerbRun.of(
            "import",
            book.toString(),
            "--beyond",
            "--absolute",
            "0.004",
            "--relative",
            "0.0000005");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("1002 +EXCESS +equity +9,652\\.125 .* BEYOND")
        .doesNotContain("1001 ");
    assertThat(VerbRun.of("import", book.toString(), "--relative", "0.00005").exitCode()).isZero();
  }

  @Test
  void shouldSayInJsonWhatItPrints() throws IOException {
    replace("stated.csv", "1001,53512.75", "1001,53512.25");

    VerbRun run = VerbRun.of("import", book.toString(), "--json");

    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertThat(json.get("beyond").asInt()).isEqualTo(1);
    JsonNode equity = json.get("accounts").get(1).get("figures").get(0);
    assertThat(equity.get("figure").asString()).isEqualTo("equity");
    assertThat(equity.get("ours").asString()).isEqualTo("53512.75");
    assertThat(equity.get("theirs").asString()).isEqualTo("53512.25");
    assertThat(equity.get("difference").asString()).isEqualTo("0.5");
    assertThat(equity.get("within").asBoolean()).isFalse();
    assertThat(json.get("instruments").get(1).get("byHouse").asString()).isEqualTo("-3.5");
    assertThat(json.get("assets").get(0).get("theirs").asString()).isEqualTo("602353.875");
  }

  @Test
  void shouldSayWhenTheBooksDoNotNetOut() throws IOException {
    replace("book.yaml", "house: house ", "# none: ");

    VerbRun run = VerbRun.of("import", book.toString(), "--beyond");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("ETH-PERP +30 +-26\\.5 +3\\.5 +0 +3\\.5 +BEYOND");
  }

  @Test
  void shouldTellEveryMistakeWithItsPlace() throws IOException {
    replace("balances.csv", "1001,BTC,margin,0.5", "1001,BTC,margin,half");
    replace("balances.csv", "1002,USDT", "1002,EUR");

    VerbRun run = VerbRun.of("import", book.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("evenkeel: ")
        .contains("balances.csv:4:17: amount: must be a plain decimal", "(found half)");
    assertThat(VerbRun.of("import", book.toString(), "--absolute", "a cent").exitCode())
        .isEqualTo(2);
  }

  @Test
  void shouldAgreeWithItsOwnExportToTheLastUnit() throws IOException {
    assertThat(VerbRun.of("import", book.toString(), "--export", folder.toString()).exitCode())
        .isZero();
    assertThat(folder.resolve("positions.csv")).content().contains("house,ETH-PERP,-3.5,");
    replace("book.yaml", "orders.json", "orders.csv");

    VerbRun run = VerbRun.of("import", book.toString(), "--absolute", "0", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(JsonMapper.shared().readTree(run.out()).get("compared").asInt())
        .isEqualTo(6 * 5 + 2 + 3);
  }
}
