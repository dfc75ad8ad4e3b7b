package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.rulebook.ShippedRulebooks.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRulebooksTest {
  static final Path FOLDER = Path.of("..", "rulebooks");

  @TempDir Path folder;

  static Stream<Shipped> shipped() {
    return ShippedRulebooks.list().stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shouldLoadUnderItsOwnNameAndDescription(Shipped shipped) {
    RulebookDocument document = ShippedRulebooks.read(shipped.name(), AssetScales.STANDARD);

    assertThat(document.rulebook().name()).isEqualTo(shipped.name());
    assertThat(document.description()).isEqualTo(shipped.description());
    assertThat(document.provenance()).as("where the numbers come from").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shouldShipTheFileAtTheRoot(Shipped shipped) throws IOException {
    Path file = FOLDER.resolve(shipped.name() + ".yaml");

    assertThat(ShippedRulebooks.text(shipped.name())).isEqualTo(Files.readString(file));
    assertThat(ShippedRulebooks.load(file.toString()))
        .isEqualTo(ShippedRulebooks.load(shipped.name()));
  }

  @Test
  void shouldListEveryFileAtTheRoot() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(n -> n.endsWith(".yaml"))
              .toList();
      assertThat(names)
          .containsExactlyInAnyOrderElementsOf(
              shipped().map(shipped -> shipped.name() + ".yaml").toList());
    }
    assertThat(ShippedRulebooks.schema())
        .isEqualTo(Files.readString(FOLDER.resolve("rulebook.schema.json")));
  }

  @Test
  void shouldLoadAFileByItsPath() throws IOException {
    Path file = folder.resolve("mine.yml");
    Files.writeString(file, SmallRulebook.text());
    Path bare = folder.resolve("bare");
    Files.writeString(bare, SmallRulebook.text());

    assertThat(ShippedRulebooks.load(file.toString()).name()).isEqualTo("small");
    assertThat(ShippedRulebooks.load(bare.toString()).name()).isEqualTo("small");
  }

  @Test
  void shouldSayWhatIsShippedWhenANameIsUnknown() {
    assertThatThrownBy(() -> ShippedRulebooks.load("perp-corss"))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith(
            "unknown rulebook 'perp-corss': shipped are perp-cross (house rules: ")
        .hasMessageEndingWith("; or give a path to a YAML file");
    assertThatThrownBy(() -> ShippedRulebooks.load("nul\0.yaml"))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith("unknown rulebook 'nul .yaml'");
    assertThatThrownBy(() -> ShippedRulebooks.load("none.yaml"))
        .isInstanceOf(RulebookException.class)
        .hasMessage("none.yaml: no such file; check the path");
    assertThatThrownBy(() -> ShippedRulebooks.text("none"))
        .isInstanceOf(RulebookException.class)
        .hasMessageStartingWith("unknown rulebook 'none'");
  }

  @Test
  void shouldKeepTheHousePromises() {
    Rulebook house = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);

    for (Trigger trigger : Trigger.values()) {
      assertThat(house.onTrigger(trigger).steps())
          .as("%s runs the whole cycle", trigger)
          .isEqualTo(EnumSet.allOf(CycleStep.class));
    }
    assertThat(house.levels(AccountMode.ISOLATED)).isInstanceOf(LevelPolicy.WithoutBands.class);
    assertThat(house.liquidation().steps())
        .as("cancelling orders must be able to free maintenance")
        .contains(new LiquidationStep.CancelOrders());
    TieredRates rates = (TieredRates) house.requirement();
    assertThat(rates.ordersInMaintenance()).isTrue();
    assertThat(rates.tables().get("majors")).isEqualTo(rates.tableFor("BTCUSDT"));
    assertThat(rates.tables().get("alts")).isEqualTo(rates.tableFor("ANYTHINGUSDT"));
    assertThat(house.release().profitAllowance()).isEqualTo(Decimal.ZERO);
    assertThat(house.venue().suspends(TradingPhase.AUCTION, CycleStep.RELEASE)).isTrue();
    assertThat(house.venue().suspends(TradingPhase.AUCTION, CycleStep.CLOSE)).isFalse();
    assertThat(house.venue().suspends(TradingPhase.HALTED, CycleStep.CLOSE)).isTrue();
  }

  /// A partial close that frees less margin than it costs would never be chosen: the bottom bracket
  /// must leave room.
  @Test
  void shouldFreeMoreMarginThanAPartialCloseCosts() {
    Rulebook house = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
    Decimal base = house.liquidation().closing().baseSlippage();
    Decimal penalty = house.liquidation().partialPenalty();
    double cost = Double.parseDouble(base.toString()) + Double.parseDouble(penalty.toString());

    ((TieredRates) house.requirement())
        .tables()
        .forEach((name, table) ->
            assertThat(Double.parseDouble(table.brackets().getFirst().initialRate().toString()))
                .as(name)
                .isGreaterThan(1.5 * cost));
  }

  @Test
  void shouldDrawOnTheAssetThatBacksMostFirst() {
    List<CollateralTerms> collateral = ShippedRulebooks.load(ShippedRulebooks.DEFAULT).collateral();

    for (int i = 1; i < collateral.size(); i++) {
      assertThat(collateral.get(i).initialWeight())
          .as(collateral.get(i).asset())
          .isLessThanOrEqualTo(collateral.get(i - 1).initialWeight());
    }
  }
}
