package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import io.evenkeel.rulebook.RulebookDocument.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulebookLoaderTest {
  @TempDir Path folder;

  @Test
  void shouldReadEveryParameterAsWritten() {
    assertThat(SmallRulebook.parse(SmallRulebook.text()).rulebook())
        .isEqualTo(
            new Rulebook(
                "small",
                3,
                "USDT",
                List.of(
                    terms("USDT", "1", "1", "1", 1_000_000_000_000L, "0.005"),
                    terms("BTC", "0.9", "0.95", "1.1", 2_000_000_000L, "0.01")),
                requirement(),
                new LevelPolicy.ScaledMaintenance(decimal("1.1"), decimal("1.2"), decimal("1.4")),
                new LevelPolicy.FullyCollateralised(),
                triggers(),
                new TopUpPolicy(false),
                new ReleasePolicy(false, 1, 500_000_000L, decimal("0.25")),
                new CallPolicy(true, 7_200_000_000_000L, 500_000, CallPolicy.OnExpiry.NOTHING),
                List.of(LossSource.WALLET, LossSource.MARGIN),
                liquidation(),
                venue()));
  }

  private static CollateralTerms terms(
      String asset, String initial, String maintenance, String debt, long cap, String conversion) {
    return new CollateralTerms(
        asset, decimal(initial), decimal(maintenance), decimal(debt), cap, decimal(conversion));
  }

  private static RequirementModel requirement() {
    return new RequirementModel.TieredRates(
        Map.of(
            "usual",
            new BracketTable(
                List.of(
                    new Bracket(0, decimal("0.005"), decimal("0.01")),
                    new Bracket(50_000_000_000L, decimal("0.01"), decimal("0.02")),
                    new Bracket(250_000_500_000L, decimal("0.025"), decimal("0.05"))),
                decimal("0.04"),
                1_000_000_000_000L)),
        Map.of("BTCUSDT", "usual"),
        "usual",
        false,
        Decimal.ONE);
  }

  private static Map<Trigger, TriggerPolicy> triggers() {
    TriggerPolicy none = new TriggerPolicy(Set.of(), false);
    return Map.of(
        Trigger.MARKS,
        new TriggerPolicy(Set.of(CycleStep.values()), true),
        Trigger.FILL,
        new TriggerPolicy(Set.of(CycleStep.TOP_UP, CycleStep.CALL), false),
        Trigger.ORDER_CHANGE,
        none,
        Trigger.DEPOSIT,
        new TriggerPolicy(Set.of(CycleStep.TOP_UP), false),
        Trigger.WITHDRAWAL,
        none,
        Trigger.FUNDING,
        new TriggerPolicy(Set.of(CycleStep.CLOSE), false),
        Trigger.SETTLEMENT,
        new TriggerPolicy(Set.of(CycleStep.SETTLE), false),
        Trigger.PARAMETER_CHANGE,
        none,
        Trigger.TIME,
        new TriggerPolicy(Set.of(CycleStep.CALL, CycleStep.CLOSE), false),
        Trigger.REASSESS,
        none);
  }

  private static LiquidationPolicy liquidation() {
    return new LiquidationPolicy(
        List.of(
            new LiquidationStep.CancelOrders(),
            new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.SEARCH),
            new LiquidationStep.TakeOver(),
            new LiquidationStep.ShareLoss()),
        Decimal.ZERO,
        decimal("0.015"),
        decimal("0.6"),
        decimal("0.4"),
        new LiquidationPolicy.ClosingMarket(decimal("0.001"), decimal("0.02"), decimal("0.1")));
  }

  private static VenuePolicy venue() {
    return new VenuePolicy(
        ExecutionOrder.ARRIVAL,
        Decimal.ZERO,
        new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 86_400_000_000_000L),
        new MarketDataGuard(30_000_000_000L, decimal("0.05"), decimal("0.01"), 0),
        Map.of(
            TradingPhase.CONTINUOUS,
            Set.of(),
            TradingPhase.AUCTION,
            Set.of(CycleStep.RELEASE, CycleStep.CLOSE),
            TradingPhase.HALTED,
            Set.of(CycleStep.RELEASE, CycleStep.TOP_UP, CycleStep.CALL, CycleStep.CLOSE)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "10%, 0.1",
    "10.0%, 0.1",
    "'\"10%\"', 0.1",
    "0.100, 0.1",
    "0.000000000000000001, 0.000000000000000001",
    "0.0000000000000001%, 0.000000000000000001",
    "1, 1",
    "100%, 1",
    "0, 0",
  })
  void shouldReadRatesExactly(String written, String value) {
    Rulebook rulebook =
        SmallRulebook.parse(
                SmallRulebook.with("profitInitialWeight: 1", "profitInitialWeight: " + written))
            .rulebook();

    assertThat(((RequirementModel.TieredRates) rulebook.requirement()).profitInitialWeight())
        .isEqualTo(decimal(value));
  }

  @ParameterizedTest
  @CsvSource({
    "2500, 2500000000",
    "2_500, 2500000000",
    "1_000_000.25, 1000000250000",
    "0.000001, 1",
    "9223372036854.775807, 9223372036854775807",
  })
  void shouldReadAmountsExactly(String written, long millionths) {
    Rulebook rulebook =
        SmallRulebook.parse(SmallRulebook.with("minimum: 0.000001", "minimum: " + written))
            .rulebook();

    assertThat(rulebook.release().minimumE6()).isEqualTo(millionths);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500000000",
    "30s, 30000000000",
    "15m, 900000000000",
    "2h, 7200000000000",
    "1d, 86400000000000",
    "3650d, 315360000000000000"
  })
  void shouldReadDurations(String written, long nanoseconds) {
    Rulebook rulebook =
        SmallRulebook.parse(SmallRulebook.with("deadline: 2h", "deadline: " + written)).rulebook();

    assertThat(rulebook.call().deadlineNs()).isEqualTo(nanoseconds);
  }

  @Test
  void shouldCountCapsInTheMinorUnitOfTheAsset() {
    AssetScales scales = AssetScales.STANDARD.with("USDT", 2).with("SOL", 9);
    String text = SmallRulebook.with("asset: BTC", "asset: SOL");

    List<CollateralTerms> collateral =
        RulebookLoader.parse("x", text, scales).rulebook().collateral();

    assertThat(collateral).extracting(CollateralTerms::asset).containsExactly("USDT", "SOL");
    assertThat(collateral)
        .extracting(CollateralTerms::capMinor)
        .containsExactly(100_000_000L, 20_000_000_000L);
  }

  @Test
  void shouldKeepTheOrderOfCollateral() {
    List<String> symbols =
        ShippedRulebooks.load("perp-cross").collateral().stream()
            .map(CollateralTerms::asset)
            .toList();

    assertThat(symbols).containsExactly("USDT", "USDC", "BTC", "ETH");
  }

  @Test
  void shouldTellWhereParametersComeFrom() {
    RulebookDocument document =
        SmallRulebook.parse(
            SmallRulebook.with(
                "name: small", "name: small\ndescription: two tables\nasOf: 2025-12-31"));

    assertThat(document.description()).isEqualTo("two tables");
    assertThat(document.provenance())
        .containsExactlyInAnyOrder(
            new Provenance("", "", LocalDate.of(2025, 12, 31)),
            new Provenance("levels.cross", "a decision", LocalDate.of(2026, 2, 28)));
  }

  @Test
  void shouldReadTheOtherLevelPolicies() {
    String isolated = "isolated: {type: fullyCollateralised}";

    assertThat(levels(SmallRulebook.with(isolated, "isolated: {type: withoutBands}")))
        .isEqualTo(new LevelPolicy.WithoutBands());
    assertThat(
            levels(
                SmallRulebook.with(
                    isolated,
                    "isolated: {type: betweenRequirements, searchShare: 1, releaseFactor: 1}")))
        .isEqualTo(new LevelPolicy.BetweenRequirements(Decimal.ONE, Decimal.ONE));
  }

  private static LevelPolicy levels(String text) {
    return SmallRulebook.parse(text).rulebook().isolatedLevels();
  }

  @Test
  void shouldReadAFileWithByteOrderMarkAndWindowsLineEnds() throws IOException {
    Path file = folder.resolve("own.yaml");
    Files.writeString(file, "\uFEFF" + SmallRulebook.text().replace("\n", "\r\n"));

    assertThat(RulebookLoader.load(file, AssetScales.STANDARD))
        .isEqualTo(SmallRulebook.parse(SmallRulebook.text()).rulebook());
  }

  @Test
  void shouldReadAnyCharacterAnywhereInAComment() {
    Rulebook expected = SmallRulebook.parse(SmallRulebook.text()).rulebook();
    for (int before = 1_000; before < 1_050; before++) {
      String comment = "#" + "x".repeat(before) + "\uD83D\uDE00\uD83D\uDE00\n";
      assertThat(SmallRulebook.parse(comment + SmallRulebook.text()).rulebook())
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldNameAFileThatCannotBeRead() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: small\nsource: für\n".getBytes(StandardCharsets.ISO_8859_1));
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(RulebookLoader.MAXIMUM_BYTES + 1));

    assertProblem(folder.resolve("none.yaml"), ": no such file; check the path");
    assertProblem(folder, ": is a folder; give the path of a file");
    assertProblem(latin, ":2:10: byte 0xfc is not UTF-8; save the file as UTF-8");
    assertProblem(large, ": is larger than 1048576 bytes; is it the right file?");
  }

  private static void assertProblem(Path file, String message) {
    assertThatThrownBy(() -> RulebookLoader.load(file, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessage(file + message);
  }

  private static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
