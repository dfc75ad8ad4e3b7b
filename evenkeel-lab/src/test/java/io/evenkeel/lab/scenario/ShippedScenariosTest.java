package io.evenkeel.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.scenario.Scenario.Run;
import io.evenkeel.lab.scenario.ScenarioOutcome.Party;
import io.evenkeel.lab.scenario.ScenarioOutcome.Refusal;
import io.evenkeel.model.command.RefusalReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every failure of the past in `scenarios/`, and what its safeguard changes, in numbers worked out
/// by hand where they can be.
class ShippedScenariosTest {
  private static final Path FOLDER = Path.of("..", "scenarios");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldRunBothWaysWithTheTwinInStep(Path file) {
    Scenario scenario = ScenarioFile.read(file);
    ScenarioOutcome off = ScenarioRun.of(scenario, Run.OFF);
    ScenarioOutcome on = ScenarioRun.of(scenario, Run.ON);
    assertThat(off.faults()).isEmpty();
    assertThat(on.faults()).isEmpty();
    assertThat(off.refusals()).as("what goes wrong is allowed").isEmpty();
    assertThat(on.stateHash()).isNotEqualTo(off.stateHash());
    assertThat(ScenarioRun.of(scenario, Run.ON).stateHash()).isEqualTo(on.stateHash());
    assertThat(off.tally().rejectedMarks()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldBeListedInTheReadme(Path file) throws IOException {
    assertThat(Files.readString(FOLDER.resolve("README.md")))
        .contains("(" + file.getFileName() + ")");
  }

  @ParameterizedTest
  @EnumSource(Run.class)
  void shouldLoseNothingOnHyperliquidWhenProfitStaysIn(Run run) {
    ScenarioOutcome outcome = run("hyperliquid-2025-03-12", run);
    boolean isOn = run == Run.ON;
    assertMoney(party(outcome, 7).paidOut(), isOn ? "4000000" : "14500000");
    assertThat(outcome.tally().liquidationsAccountWide()).isEqualTo(isOn ? 0 : 1);
    // 15 - 14.5 million and 30 of profit on each of 105,000: 3.65 million are taken over at 1,830
    // and lose 50 each on the way to 1,780
    assertMoney(party(outcome, 1).gain(), isOn ? "0" : "-1600000");
    // 105,000 that cost 1,800 and are worth 1,780
    assertMoney(party(outcome, 7).gain(), isOn ? "-2100000" : "-500000");
    assertThat(outcome.refusals())
        .extracting(Refusal::reason)
        .isEqualTo(
            isOn
                ? List.of(RefusalReason.NOT_RELEASABLE, RefusalReason.INSUFFICIENT_BALANCE)
                : List.of());
  }

  @Test
  void shouldRefuseOnFtxWhatOnlyTheOwnTokenBacks() {
    ScenarioOutcome off = run("ftx-2022-11", Run.OFF);
    ScenarioOutcome on = run("ftx-2022-11", Run.ON);
    // 3,500 bitcoin from 20,590.67 to 15,922.68
    assertMoney(party(off, 2).gain(), "16337965");
    assertThat(party(off, 1).gain()).as("the backstop pays for it").isLessThan(money("-13000000"));
    assertThat(on.refusals())
        .extracting(Refusal::reason)
        .containsExactly(RefusalReason.INSUFFICIENT_MARGIN);
    assertMoney(party(on, 1).gain(), "0");
    assertMoney(party(on, 2).gain(), "0");
    // a million tokens from 22 to 2.90, which is the fund's own loss
    assertMoney(party(on, 7).gain(), "-19100000");
  }

  @Test
  void shouldCloseLessInTheTroughOfMarch2020WhenLiquidationIsPaced() {
    ScenarioOutcome off = run("bitmex-2020-03-12", Run.OFF);
    ScenarioOutcome on = run("bitmex-2020-03-12", Run.ON);
    assertThat(on.tally().liquidatedNotional()).isLessThan(off.tally().liquidatedNotional());
    for (long comesBack : List.of(8L, 9L)) {
      assertThat(party(on, comesBack).gain()).isGreaterThan(party(off, comesBack).gain());
    }
    // 300 bitcoin that were sold at 7,354.99 and are worth 6,466
    assertMoney(party(on, 2).gain(), "266697");
    // what it costs: the one that does not come back is closed later
    assertMoney(party(on, 7).gain(), "-117680");
    assertThat(on.tally().insuranceUsed()).isGreaterThan(off.tally().insuranceUsed());
  }

  @Test
  void shouldShareNoLossOnOkexWhenMarginGrowsWithSize() {
    ScenarioOutcome off = run("okex-2018-07-31", Run.OFF);
    ScenarioOutcome on = run("okex-2018-07-31", Run.ON);
    // 52,106.437 bitcoin lose 600 each, 31,263,862.20; the long had 21 million, the fund 80,000
    assertMoney(off.tally().insuranceUsed(), "80000");
    assertMoney(off.tally().sharedLoss(), "10183862.20");
    assertMoney(off.insurance(), "-80000");
    assertMoney(on.tally().sharedLoss(), "0");
    assertMoney(on.insurance(), "0");
    assertThat(on.tally().liquidationsStarted()).isZero();
  }

  @Test
  void shouldKeepTheVaultWholeOnJellyWhenOpenInterestIsLimited() {
    ScenarioOutcome off = run("jelly-2025-03-26", Run.OFF);
    ScenarioOutcome on = run("jelly-2025-03-26", Run.ON);
    assertThat(party(off, 1).gain()).isLessThan(money("-11000000"));
    assertMoney(party(on, 1).gain(), "0");
    assertThat(on.refusals()).hasSize(8);
    // 50 million that cost 0.0095 and are worth 0.04 lose 1,525,000; the seller had 1.4 million
    assertMoney(on.tally().sharedLoss(), "125000");
  }

  @Test
  void shouldSpreadWhatDeleveragingTakesOnTheTenthOfOctober() {
    ScenarioOutcome off = run("adl-2025-10-10", Run.OFF);
    ScenarioOutcome on = run("adl-2025-10-10", Run.ON);
    // 40 bitcoin, 1,313.30 below the price at which 460,000 are gone
    for (ScenarioOutcome outcome : List.of(off, on)) {
      assertMoney(outcome.tally().forgone(), "52532");
      assertMoney(outcome.tally().badDebt(), "0");
    }
    // untouched, each of twenty bitcoin won 12,813.30
    BigDecimal untouched = money("256266");
    assertThat(losers(off, untouched)).isEqualTo(2);
    assertThat(losers(on, untouched)).isEqualTo(4);
    assertThat(largest(off, untouched))
        .isGreaterThan(largest(on, untouched).multiply(money("1.9")));
  }

  @Test
  void shouldCountWhatIsLeftUnweighted(@TempDir Path folder) throws IOException {
    String opening =
        Files.readString(FOLDER.resolve("ftx-2022-11.jsonl")).split("# The fund", 2)[0];
    String posted =
        """
        {"type": "deposit", "party": "1", "asset": "FTT", "amount": "1000"}
        {"type": "transfer", "account": "1", "asset": "FTT", "amount": "1000", "direction": "TO_MARGIN"}
        """;
    Path file = Files.writeString(folder.resolve("posted.jsonl"), opening + posted);
    for (Run run : Run.values()) {
      ScenarioOutcome outcome = ScenarioRun.of(ScenarioFile.read(file), run);
      // 20 million and a thousand tokens at 22, whatever they count as margin
      assertMoney(party(outcome, 1).left(), "20022000");
      assertMoney(party(outcome, 1).gain(), "0");
    }
  }

  private static long losers(ScenarioOutcome outcome, BigDecimal untouched) {
    return outcome.parties().stream()
        .filter(party -> party.partyId() > 10 && party.gain().compareTo(untouched) < 0)
        .count();
  }

  private static BigDecimal largest(ScenarioOutcome outcome, BigDecimal untouched) {
    return outcome.parties().stream()
        .filter(party -> party.partyId() > 10)
        .map(party -> untouched.subtract(party.gain()))
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private static ScenarioOutcome run(String name, Run run) {
    return ScenarioRun.of(ScenarioFile.read(FOLDER.resolve(name + ".jsonl")), run);
  }

  private static Party party(ScenarioOutcome outcome, long partyId) {
    return outcome.parties().stream()
        .filter(party -> party.partyId() == partyId)
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal money(String value) {
    return new BigDecimal(value);
  }

  private static void assertMoney(BigDecimal value, String expected) {
    assertThat(value).isEqualByComparingTo(expected);
  }
}
