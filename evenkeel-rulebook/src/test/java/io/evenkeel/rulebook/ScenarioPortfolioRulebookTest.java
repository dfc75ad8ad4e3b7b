package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.model.rulebook.portfolio.StaticDiscount;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioPortfolioRulebookTest {
  @ParameterizedTest
  @ValueSource(strings = {"derive-pmrm2", "derive-pmrm", "deribit-pm", "paradex-pm", "okx-pm"})
  void shouldBeTheSameReadBackFromItsTree(String name) {
    ScenarioPortfolio parameters = parameters(name);

    assertThat(MarginModelTypes.read(parameters.type(), parameters.toFields()))
        .isEqualTo(parameters);
  }

  /// What the model itself does not demand, because venues set it otherwise in tests, holds in what
  /// is shipped: initial asks at least as much as maintenance, discounts do not favour the account,
  /// and nothing moving is among the scenarios.
  @ParameterizedTest
  @ValueSource(strings = {"derive-pmrm2", "derive-pmrm", "deribit-pm", "paradex-pm", "okx-pm"})
  void shouldKeepTheUsualOrder(String name) {
    for (RiskUnit unit : parameters(name).units().values()) {
      assertThat(unit.initialFactor()).isGreaterThanOrEqualTo(unit.maintenanceFactor());
      StaticDiscount discount = unit.discount();
      if (discount != null) {
        assertThat(discount.longSide().base()).isLessThanOrEqualTo(Decimal.ONE);
        assertThat(discount.shortSide().base()).isGreaterThanOrEqualTo(Decimal.ONE);
      }
      assertThat(unit.scenarios()).extracting(Scenario::spot).contains(Decimal.ONE);
    }
  }

  @Test
  void shouldReadTheNumbersOfTheVenues() {
    RiskUnit derive = Objects.requireNonNull(parameters("derive-pmrm2").units().get("ETH"));
    assertThat(derive.scenarios()).hasSize(33);
    assertThat(derive.scenarios().getFirst().spot()).isEqualTo(new Decimal(118, 2));
    assertThat(Objects.requireNonNull(derive.peg()).factor()).isEqualTo(new Decimal(4, 0));

    RiskUnit deribit = Objects.requireNonNull(parameters("deribit-pm").units().get("BTC"));
    assertThat(deribit.scenarios()).hasSize(27);
    assertThat(Objects.requireNonNull(deribit.extended()).moves()).hasSize(8);
    assertThat(Objects.requireNonNull(deribit.delta()).sizeSlope()).isEqualTo(new Decimal(5, 5));

    assertThat(Objects.requireNonNull(parameters("paradex-pm").units().get("BTC")).scenarios())
        .hasSize(24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spot: 1.18, volatility: up|spot: 0, volatility: up|spot: must be above 0",
        "spot: 1.18, volatility: up|spot: 1.18, volatility: abs|volatility: linear and abs only go with spot 1",
        "maintenanceFactor: 0.8|maintenanceFactor: -0.8|maintenanceFactor: must not be negative",
        "floorSeconds: 86_400|floorSeconds: 0|volatility.floorSeconds: must be above 0",
        "spotUp: 1.045|spotUp: 0|basis.spotUp: must be above 0",
        "confidence: {threshold: 0.55|confidence: {threshold: 1.55|confidence.threshold: must be 0 to 1",
        "maintenanceHaircut: 2%, initialHaircut: 1%|maintenanceHaircut: 20%, initialHaircut: 81%|initialHaircut: must be 0 or more, and at most 1",
        "valuedIn: numeraire|valuedIn: gold|valuedIn: must be one of numeraire, coin",
      })
  void shouldTellWhatIsOutOfOrder(String good, String bad, String message) {
    String original = ShippedRulebooks.text("derive-pmrm2");
    int at = original.indexOf(good);
    assertThat(at).isPositive();
    String broken = original.substring(0, at) + bad + original.substring(at + good.length());

    assertThatThrownBy(() -> RulebookLoader.parse("mine.yaml", broken, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  private static ScenarioPortfolio parameters(String name) {
    return (ScenarioPortfolio) ShippedRulebooks.load(name).requirement();
  }
}
