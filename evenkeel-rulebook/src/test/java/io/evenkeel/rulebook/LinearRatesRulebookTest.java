package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.SizeScaledRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRatesRulebookTest {
  @ParameterizedTest
  @ValueSource(strings = {"dydx-v4", "synthetix-v3"})
  void shouldBeTheSameReadBackFromItsTree(String name) {
    ModelParameters parameters = (ModelParameters) ShippedRulebooks.load(name).requirement();

    assertThat(MarginModelTypes.read(parameters.type(), parameters.toFields()))
        .isEqualTo(parameters);
    assertThat(parameters.market("unknown").depthE6()).isPositive();
  }

  @Test
  void shouldReadTheNumbersOfTheVenues() {
    OpenInterestRates dydx = (OpenInterestRates) ShippedRulebooks.load("dydx-v4").requirement();
    assertThat(dydx.tierOf("SOL-USD").initialPpm()).isEqualTo(100_000);
    assertThat(dydx.tierOf("BTC-USD").maintenanceSharePpm()).isEqualTo(600_000);
    assertThat(dydx.tierOf("NEW-USD").upperCapE6()).isEqualTo(20_000_000_000_000L);
    assertThat(dydx.takesNoRiskierFills()).isTrue();

    SizeScaledRates synthetix =
        (SizeScaledRates) ShippedRulebooks.load("synthetix-v3").requirement();
    assertThat(synthetix.marketOf("LINK-PERP").fraction()).isEqualTo(new Decimal(673, 2));
    assertThat(synthetix.marketOf("NEW-PERP")).isEqualTo(synthetix.marketOf("PENDLEUSD"));
    assertThat(synthetix.discounts().keySet()).containsExactly("ETH", "BTC");
    assertThat(synthetix.takesNoRiskierFills()).isFalse();

    TieredRates hyperliquid = (TieredRates) ShippedRulebooks.load("hyperliquid").requirement();
    assertThat(hyperliquid.tableFor("BTC").brackets().getLast().maintenanceRate())
        .isEqualTo(new Decimal(25, 3));
  }

  /// Relations, each told at the key where it stands.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dydx-v4|maintenanceShare: 60%|maintenanceShare: 101%|tiers.largeCap.maintenanceShare: must be 0 to 1 with at most 6 decimal places",
        "dydx-v4|initialRate: 5%|initialRate: 0.0500001|tiers.largeCap.initialRate: must be 0 to 1 with at most 6 decimal places",
        "dydx-v4|openInterestUpper: 50_000_000|openInterestUpper: 20_000_000|tiers.midCap.openInterestUpper: must be 0 or at least openInterestLower",
        "dydx-v4|defaultTier: longTail|defaultTier: none|defaultTier: must name one of requirement.tiers",
        "dydx-v4|fills: noRiskier|fills: any|fills: must be one of reducing, noRiskier",
        "dydx-v4|SOL-USD, XRP-USD|SOL-USD, BTC-USD|tiers.midCap.instruments: must not list BTC-USD, which another tier lists",
        "dydx-v4|fundingFactor: 6|fundingFactor: 10001|tiers.largeCap.fundingFactor: must be 0 to 10000 with at most 6 decimal places",
        "synthetix-v3|skewScale: 1_406_250|skewScale: 0|markets.SOL.skewScale: must be above 0",
        "synthetix-v3|maintenanceScalar: 0.33|maintenanceScalar: 1.33|markets.SOL.maintenanceScalar: must be 0 to 1 with at most 12 decimal places",
        "synthetix-v3|lowest: 1%, highest: 10%|lowest: 11%, highest: 10%|discounts.ETH.lowest: must be 0 to highest with at most 12 decimal places",
        "synthetix-v3|defaultMarket: PENDLE|defaultMarket: NONE|defaultMarket: must name one of requirement.markets",
        "synthetix-v3|minimumProfit: 30%|minimumProfit: 130%|reward.minimumProfit: must be 0 to 1 with at most 12 decimal places",
        "synthetix-v3|maximumShare: 50%|maximumShare: 81%|reward.maximumShare: must be at most 1 less twice the highest discount",
        "synthetix-v3|flat: 50|flat: 1_000_000_001|markets.SOL.flat: must be 0 to 1000000000",
      })
  void shouldTellWhatIsOutOfOrder(String name, String good, String bad, String message) {
    String original = ShippedRulebooks.text(name);
    int at = original.indexOf(good);
    assertThat(at).as(good).isNotNegative();
    String broken = original.substring(0, at) + bad + original.substring(at + good.length());

    assertThatThrownBy(() -> RulebookLoader.parse("mine.yaml", broken, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("requirement." + message)
        .hasMessageStartingWith("mine.yaml:");
  }
}
