package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SizedRatios;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedRulebooksTest {
  private static final String ALL_RULES =
      """
      \s   conversionHaircut: 0.005
          scaling:
            size: {factor: 0.003}
            deposits: {from: 1_000_000}
            borrows: {from: 500_000}
            confidence: true
            depeg: {from: 0.99, factor: 4}
            tiers: [{from: 0, weight: 1}, {from: 1_000, weight: 90%}]
            initialDebtWeight: 1.5
            slowPrice: true
            netOfProfit: true
            profit: {initialWeight: 0.5, maintenanceWeight: 1}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"drift-v2", "mango-v4"})
  void shouldBeTheSameReadBackFromItsTree(String name) {
    ModelParameters parameters = (ModelParameters) ShippedRulebooks.load(name).requirement();

    assertThat(MarginModelTypes.read(parameters.type(), parameters.toFields()))
        .isEqualTo(parameters);
  }

  @Test
  void shouldReadTheNumbersOfTheVenues() {
    SizedRatios drift = (SizedRatios) ShippedRulebooks.load("drift-v2").requirement();
    assertThat(drift.marketFor("SOL-PERP").initialRatio()).isEqualTo(new Decimal(5, 2));
    assertThat(drift.marketFor("WIF-PERP")).isEqualTo(drift.markets().get("alts"));
    assertThat(drift.orderChargeE6()).isEqualTo(10_000);

    HealthWeights mango = (HealthWeights) ShippedRulebooks.load("mango-v4").requirement();
    assertThat(mango.marketFor("ETH-PERP").initialShortWeight()).isEqualTo(new Decimal(11, 1));

    Rulebook binance = ShippedRulebooks.load("binance-pm");
    assertThat(binance.collateral())
        .allSatisfy(terms -> assertThat(terms.scaling().find(Rule.NetOfProfit.class)).isNotNull());
    assertThat(((RequirementModel.TieredRates) binance.requirement()).tables().values())
        .flatExtracting(table -> table.brackets())
        .allSatisfy(bracket ->
            assertThat(bracket.initialRate())
                .as("nothing but uniMMR decides")
                .isEqualTo(bracket.maintenanceRate()));
  }

  @Test
  void shouldReadEveryRuleOfAScheduleAndWriteItBack() {
    Rulebook rulebook = parsed(ALL_RULES);
    CollateralTerms scaled =
        rulebook.collateral().stream()
            .filter(terms -> !terms.scaling().isNone())
            .findFirst()
            .orElseThrow();

    List<Rule> rules = scaled.scaling().rules();
    assertThat(rules).hasSize(10);
    assertThat(rules.getFirst()).isEqualTo(new Rule.BySize(new Decimal(3, 3)));
    assertThat(CollateralScaling.read(scaled.scaling().toFields())).isEqualTo(scaled.scaling());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size: {factor: 0.003}|size: {factor: -1}|factor: must be 0 to 100",
        "deposits: {from: 1_000_000}|deposits: {from: 0}|from: must be above 0",
        "{from: 0, weight: 1}|{from: 1, weight: 1}|tiers: must begin with a tier from 0",
        "weight: 90%|weight: 110%|weight: must be 0 to 1",
        "initialDebtWeight: 1.5|initialDebtWeight: 5|initialDebtWeight: must be 1 to 4",
        "maintenanceWeight: 1}|maintenanceWeight: 0.2}|must be 0 to maintenanceWeight",
        "slowPrice: true|slowPrices: true|is an unknown key",
      })
  void shouldTellWhatIsOutOfOrder(String good, String bad, String message) {
    assertThat(ALL_RULES).contains(good);

    assertThatThrownBy(() -> parsed(ALL_RULES.replace(good, bad)))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drift-v2|size: {factor: 0.003}|confidence: true|the requirement does not weigh by",
        "mango-v4|borrows: {from: 5_000_000}|size: {factor: 1}|the requirement does not weigh by",
        "mango-v4|base: SOL,|base: EUR,|must be one of the collateral assets",
        "drift-v2|quote: USDC|quote: EUR|quote: must be requirement.quote",
        "drift-v2|defaultMarket: alts|defaultMarket: others|must name one of requirement.markets",
        "drift-v2|maintenanceRatio: 3%|maintenanceRatio: 6%|must be at most initialRatio",
        "drift-v2|slowPrices: initial|slowPrices: sometimes|must be one of never, initial, always",
        "mango-v4|initialLongWeight: 0.9|initialLongWeight: 0.96|must be 0 to maintenanceLongWeight",
        "mango-v4|maintenanceShortWeight: 1.05|maintenanceShortWeight: 0.9|must be 1 to initialShortWeight",
      })
  void shouldRefuseWhatDoesNotFit(String name, String good, String bad, String message) {
    String original = ShippedRulebooks.text(name);
    int at = original.indexOf(good);
    assertThat(at).isPositive();
    String broken = original.substring(0, at) + bad + original.substring(at + good.length());

    assertThatThrownBy(() -> RulebookLoader.parse("mine.yaml", broken, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  private static Rulebook parsed(String rules) {
    return SmallRulebook.parse(SmallRulebook.with("    conversionHaircut: 0.005\n", rules))
        .rulebook();
  }
}
