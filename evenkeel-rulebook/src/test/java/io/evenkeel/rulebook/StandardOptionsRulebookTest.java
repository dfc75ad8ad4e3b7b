package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.StandardOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOptionsRulebookTest {
  @ParameterizedTest
  @ValueSource(strings = {"derive-srm", "deribit-sm"})
  void shouldBeTheSameReadBackFromItsTree(String name) {
    StandardOptions parameters = parameters(name);

    assertThat(MarginModelTypes.read(parameters.type(), parameters.toFields()))
        .isEqualTo(parameters);
  }

  @Test
  void shouldReadTheNumbersOfTheVenue() {
    StandardOptions derive = parameters("derive-srm");
    assertThat(derive.marketOf("ETH").option().minimumRate()).isEqualTo(new Decimal(13, 2));
    assertThat(derive.marketOf("SOL")).isEqualTo(derive.marketOf("ETH"));
    assertThat(derive.depeg().factor()).isEqualTo(new Decimal(2, 0));

    StandardOptions deribit = parameters("deribit-sm");
    assertThat(deribit.marketOf("BTC").future().initialRatePerCoin()).isEqualTo(new Decimal(5, 5));
    assertThat(deribit.marketOf("SOL").future().maintenanceRate()).isEqualTo(new Decimal(2, 2));
  }

  /// Relations, each told at the line and key where it stands; the first market is meant.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minimumRate: 13%|minimumRate: 16%|markets.ETH.option.minimumRate: must be 0 to maximumRate",
        "maintenanceCallRate: 9%|maintenanceCallRate: 14%|markets.ETH.option.maintenanceCallRate: must be 0 to minimumRate",
        "initialPutFactor: 1.05|initialPutFactor: 0.9|markets.ETH.option.initialPutFactor: must be 1 to 10",
        "unpairedMaintenanceFactor: 1.1|unpairedMaintenanceFactor: 0.9|markets.ETH.option.unpairedMaintenanceFactor: must be at least 1",
        "unpairedInitialFactor: 1.2|unpairedInitialFactor: 1.05|markets.ETH.option.unpairedInitialFactor: must be unpairedMaintenanceFactor to 10",
        "maintenanceRate: 6.5%|maintenanceRate: 11%|markets.ETH.future.maintenanceRate: must be 0 to initialRate",
        "optionThreshold: 0.55|optionThreshold: 1.55|markets.ETH.oracle.optionThreshold: must be 0 to 1",
        "threshold: 0.99|threshold: 99|depeg.threshold: must be 0 to 1",
        "defaultMarket: ETH|defaultMarket: SOL|defaultMarket: must name one of requirement.markets",
        "spreadRelief: maximumLoss|spreadRelief: all|spreadRelief: must be one of none, maximumLoss",
      })
  void shouldTellWhatIsOutOfOrderAndWhere(String good, String bad, String message) {
    String original = ShippedRulebooks.text("derive-srm");
    int at = original.indexOf(good);
    String broken = original.substring(0, at) + bad + original.substring(at + good.length());
    long line = original.substring(0, at).lines().count();
    boolean startsLine = original.charAt(at - 1) == '\n';

    assertThatThrownBy(() -> RulebookLoader.parse("mine.yaml", broken, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("requirement." + message)
        .hasMessageStartingWith("mine.yaml:" + (startsLine ? line + 1 : line) + ":");
  }

  @Test
  void shouldKnowItsType() {
    assertThat(MarginModelTypes.names()).containsAll(List.of(StandardOptions.TYPE));
  }

  private static StandardOptions parameters(String name) {
    return (StandardOptions) ShippedRulebooks.load(name).requirement();
  }
}
