package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulebookChangesTest {
  private static final Rulebook HOUSE = ShippedRulebooks.load(ShippedRulebooks.DEFAULT);

  @Test
  void shouldBeTheSameWithoutChanges() {
    assertThat(changed(Map.of())).isEqualTo(HOUSE);
  }

  @Test
  void shouldChangeValuesItemsAndListsAndNothingElse() {
    Rulebook changed =
        changed(
            Map.of(
                "release.profitAllowance", "12.5%",
                "collateral[2].cap", "0",
                "liquidation.steps", "[{type: cancelOrders}, {type: takeOver}]"));
    assertThat(changed.release().profitAllowance()).isEqualTo(Decimal.parse("0.125"));
    assertThat(changed.collateral().get(2).capMinor()).isZero();
    assertThat(changed.collateral().get(1)).isEqualTo(HOUSE.collateral().get(1));
    assertThat(changed.liquidation().steps())
        .containsExactly(new LiquidationStep.CancelOrders(), new LiquidationStep.TakeOver());
    assertThat(changed.requirement()).isEqualTo(HOUSE.requirement());
    assertThat(changed.venue()).isEqualTo(HOUSE.venue());
  }

  @Test
  void shouldReplaceAWholeItem() {
    String own =
        "{asset: SOL, maintenanceHaircut: 1%, initialHaircut: 2%, debtWeight: 1, cap: 5, conversionHaircut: 0%}";
    Rulebook changed = changed(Map.of("collateral[3]", own));
    assertThat(changed.collateral()).hasSameSizeAs(HOUSE.collateral());
    assertThat(changed.collateral().get(3).asset()).isEqualTo("SOL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "release.nonsense | 1 | release.nonsense: unknown key",
        "nowhere.at.all | 1 | nowhere.at.all: cannot be changed: the file has no such key",
        "collateral[9].cap | 1 | collateral[9].cap: cannot be changed",
        "collateral[x] | 1 | collateral[x]: cannot be changed",
        "release[0] | 1 | release[0]: cannot be changed",
        "release.profitAllowance | soon | release.profitAllowance: must be a number",
        "release.profitAllowance | [ | is not valid YAML"
      })
  void shouldSayWhatCannotBeChanged(String path, String value, String message) {
    assertThatThrownBy(() -> changed(Map.of(path, value)))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  private static Rulebook changed(Map<String, String> changes) {
    return RulebookLoader.parse(
            "perp-cross.yaml",
            ShippedRulebooks.text(ShippedRulebooks.DEFAULT),
            changes,
            AssetScales.STANDARD)
        .rulebook();
  }
}
