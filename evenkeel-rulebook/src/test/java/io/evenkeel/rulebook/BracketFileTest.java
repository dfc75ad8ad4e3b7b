package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.BracketFile.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketFileTest {
  static final String TWO_CONTRACTS =
      """
      {
        "ABC/USDT:USDT": [
          {"tier": 1.0, "currency": "USDT", "minNotional": 0.0, "maxNotional": 5000.0,
           "maintenanceMarginRate": 0.01, "maxLeverage": 50.0, "info": {"bracket": "1", "cum": "0.0"}},
          {"tier": 2.0, "currency": "USDT", "minNotional": 5000.0, "maxNotional": 600000.0,
           "maintenanceMarginRate": 0.025, "maxLeverage": 26.0, "info": {"bracket": "2", "cum": "75.0"}},
          {"tier": 3.0, "currency": "USDT", "minNotional": 600000.0, "maxNotional": 9.223372036854776e+18,
           "maintenanceMarginRate": 0.5, "maxLeverage": 1.0, "info": {"bracket": "3", "cum": "285075.0"}}
        ],
        "ABC/BTC:BTC-250328": [
          {"tier": 1.0, "currency": "BTC", "minNotional": 0.0, "maxNotional": 25.0,
           "maintenanceMarginRate": 0.02, "maxLeverage": 20.0, "other": [1, {"deep": null}]}
        ]
      }
      """;

  private static final String TABLE_KEYS =
      """
        tables:
          usual:
            instruments: [BTCUSDT]
      """;
  private static final String BRACKET_FILE =
      """
        bracketFile:
          path: venue.json
          currencies: [USDT]
          dailyMove: 9%
          depth: 100_000
          overrides: {}
      """;

  @TempDir Path folder;

  @Test
  void shouldReadTiersAsBrackets() {
    BracketFile file = BracketFile.parse("venue.json", TWO_CONTRACTS);

    assertThat(file.contracts())
        .extracting(Contract::instrument)
        .containsExactly("ABCUSDT", "ABCBTC_250328");
    Contract first = file.find("ABCUSDT").orElseThrow();
    assertThat(first.venueSymbol()).isEqualTo("ABC/USDT:USDT");
    assertThat(first.currency()).isEqualTo("USDT");
    assertThat(first.brackets())
        .containsExactly(
            new Bracket(0, Decimal.parse("0.01"), Decimal.parse("0.02")),
            // 1/26 has no end: rounded up at the last of 18 places.
            new Bracket(
                5_000_000_000L, Decimal.parse("0.025"), Decimal.parse("0.038461538461538462")),
            new Bracket(600_000_000_000L, Decimal.parse("0.5"), Decimal.ONE));
    assertThat(file.find("NONE")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"minNotional\": 5000.0 | \"minNotional\": 5001.0 |"
            + " venue.json:5:54: ABC/USDT:USDT[1].minNotional: must be 5000, where the tier before ends (found 5001.0)",
        "\"cum\": \"75.0\" | \"cum\": \"75.1\" |"
            + " venue.json:6:91: ABC/USDT:USDT[1].info.cum: must be 75, which is what the rates imply (found '75.1')",
        "\"maxLeverage\": 26.0 | \"maxLeverage\": 0.5 |"
            + " venue.json:6:53: ABC/USDT:USDT[1].maxLeverage: must be at least 1 (found 0.5)",
        "\"maxLeverage\": 26.0 | \"leverage\": 26.0 |"
            + " venue.json:5:5: ABC/USDT:USDT[1].maxLeverage: is missing; add the key",
        "\"maxLeverage\": 1.0 | \"maxLeverage\": 4.0 |"
            + " venue.json:7:5: ABC/USDT:USDT[2]: must be at least maintenanceRate",
        "\"maxLeverage\": 26.0 | \"maxLeverage\": \"x\" |"
            + " venue.json:6:53: ABC/USDT:USDT[1].maxLeverage: must be a number (found 'x')",
        "\"currency\": \"USDT\", \"minNotional\": 600000.0 | \"currency\": \"BTC\", \"minNotional\": 600000.0 |"
            + " venue.json:7:31: ABC/USDT:USDT[2].currency: must be that of the other tiers (found 'BTC')",
        "ABC/BTC:BTC-250328 | ABC/USDT |"
            + " venue.json:10:15: ABC/USDT: would have the same symbol as ABC/USDT:USDT: ABCUSDT",
      })
  void shouldRefuseABrokenExport(String from, String to, String message) {
    String text = SmallRulebook.replaceOnce(TWO_CONTRACTS, from, to);

    assertThatThrownBy(() -> BracketFile.parse("venue.json", text))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldGiveEveryContractOfARulebookItsTable() throws IOException {
    Files.writeString(folder.resolve("venue.json"), TWO_CONTRACTS);

    TieredRates rates = rates(BRACKET_FILE);

    assertThat(rates.tableFor("ABCUSDT").brackets()).hasSize(3);
    assertThat(rates.tableFor("ABCUSDT").dailyMove()).isEqualTo(Decimal.parse("0.09"));
    assertThat(rates.tableFor("ABCUSDT").depthE6()).isEqualTo(100_000_000_000L);
    assertThat(rates.tableOfInstrument())
        .as("floors in BTC are not in the numeraire")
        .containsOnlyKeys("BTCUSDT", "ABCUSDT");
  }

  @Test
  void shouldLetTheRulebookOverrideTheFile() throws IOException {
    Files.writeString(folder.resolve("venue.json"), TWO_CONTRACTS);
    String overriding =
        SmallRulebook.replaceOnce(
            BRACKET_FILE, "overrides: {}", "overrides: {ABCUSDT: {dailyMove: 2%, depth: 7}}");

    assertThat(rates(overriding).tableFor("ABCUSDT").dailyMove()).isEqualTo(Decimal.parse("0.02"));
    assertThat(rates(overriding).tableFor("ABCUSDT").depthE6()).isEqualTo(7_000_000L);

    String text =
        SmallRulebook.replaceOnce(withBracketFile(BRACKET_FILE), "[BTCUSDT]", "[BTCUSDT, ABCUSDT]");
    TieredRates written = (TieredRates) load(text).requirement();
    assertThat(written.tableFor("ABCUSDT")).isEqualTo(written.tables().get("usual"));
  }

  @Test
  void shouldTellWhatIsWrongWithTheFileNamed() throws IOException {
    assertRefused(
        BRACKET_FILE,
        "rules.yaml:18:11: requirement.bracketFile.path: cannot be used, because of 1 problem(s) in it"
            + " (found venue.json)\n",
        "venue.json: no such file; check the path");

    Files.writeString(folder.resolve("venue.json"), TWO_CONTRACTS.replace("0.025", "0.0026"));
    assertRefused(BRACKET_FILE, "cannot be used, because of 2 problem(s)", "venue.json:6:92: ");

    Files.writeString(folder.resolve("venue.json"), TWO_CONTRACTS);
    assertRefused(
        SmallRulebook.replaceOnce(BRACKET_FILE, "{}", "{XYZ: {dailyMove: 1%, depth: 1}}"),
        "requirement.bracketFile.overrides.XYZ: is not an instrument of venue.json; remove it");
    assertRefused(
        SmallRulebook.replaceOnce(BRACKET_FILE, "9%", "0"),
        "requirement.bracketFile.dailyMove: must be greater than 0 and at most 10 (found 0)");
    assertThatThrownBy(() -> SmallRulebook.parse(withBracketFile(BRACKET_FILE)))
        .hasMessageContaining(
            "is looked for beside the rulebook's own file, but the rulebook has none");
  }

  private void assertRefused(String bracketFile, String... parts) {
    assertThatThrownBy(() -> rates(bracketFile))
        .isInstanceOf(RulebookException.class)
        .message()
        .contains(parts);
  }

  private TieredRates rates(String bracketFile) throws IOException {
    return (TieredRates) load(withBracketFile(bracketFile)).requirement();
  }

  private Rulebook load(String text) throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, text);
    return RulebookLoader.load(file, AssetScales.STANDARD);
  }

  private static String withBracketFile(String bracketFile) {
    return SmallRulebook.with(TABLE_KEYS, bracketFile + TABLE_KEYS);
  }
}
