package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebtRulebooksTest {
  @ParameterizedTest
  @ValueSource(strings = {"aave-v3", "maker-vault"})
  void shouldBeTheSameReadBackFromItsTree(String name) {
    CollateralisedDebt parameters = parameters(name);

    assertThat(MarginModelTypes.read(parameters.type(), parameters.toFields()))
        .isEqualTo(parameters);
  }

  @Test
  void shouldReadTheNumbersOfThePool() {
    Rulebook pool = ShippedRulebooks.load("aave-v3");
    CollateralTerms ether =
        pool.collateral().stream().filter(terms -> terms.asset().equals("ETH")).findFirst().get();
    assertThat(ether.maintenanceWeight()).isEqualTo(new Decimal(83, 2));
    assertThat(ether.initialWeight()).isEqualTo(new Decimal(805, 3));

    CollateralisedDebt debt = parameters("aave-v3");
    assertThat(debt.averageDecimals()).isEqualTo(4);
    assertThat(debt.choice()).isEqualTo(CollateralisedDebt.AUTOMATIC);
    assertThat(debt.categories().get("ether"))
        .isEqualTo(
            new Category(List.of("ETH", "wstETH"), new Decimal(93, 2), new Decimal(95, 2), ""));

    LendingTerms dollars = pool.venue().lending().getFirst();
    assertThat(dollars.asset()).isEqualTo("USDC");
    assertThat(dollars.compounding()).isEqualTo(LendingTerms.Compounding.BINOMIAL);
    assertThat(dollars.ceilingMinor()).isEqualTo(1_000_000_000_000_000L);
    assertThat(dollars.intervalNs()).isEqualTo(12_000_000_000L);
  }

  @Test
  void shouldReadTheNumbersOfTheVault() {
    Rulebook vault = ShippedRulebooks.load("maker-vault");
    assertThat(vault.collateral().getFirst().debtWeight()).isEqualTo(new Decimal(15, 1));
    assertThat(parameters("maker-vault").averageDecimals()).isEqualTo(CollateralisedDebt.PER_ASSET);
    assertThat(vault.venue().lending().getFirst().minted()).isTrue();
  }

  /// Relations, each told at the line and key where it stands.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "category: automatic|category: eth|requirement.category: must be none, automatic or the name of one",
        "averageDecimals: 4|averageDecimals: 2|must have at most requirement.averageDecimals decimal places",
        "loanToValue: 93%|loanToValue: 96%|loanToValue: must be 0 to threshold",
        "threshold: 95%|threshold: 101%|threshold: must be at most 1",
        "[ETH, wstETH]|[ETH, ETH]|must not share ETH with another",
        "[ETH, wstETH]|[ETH, BTC]|must name assets of the collateral schedule",
        "    ether: #|    none: #|must have another name",
        "automatic: false|automatic: true|must be false where categories change the weights",
        "highSlope: 6|highSlope: 0.01|highSlope: must be at least slope",
        "venueShare: 10%|venueShare: 110%|venueShare: must be 0 to 1",
        "interval: 12s|interval: 1500ms|interval: must be a whole number of seconds",
        "- asset: USDT # optimum|- asset: USDC # optimum|must name each asset once",
      })
  void shouldTellWhatIsOutOfOrder(String good, String bad, String message) {
    String original = ShippedRulebooks.text("aave-v3");
    int at = original.indexOf(good);
    assertThat(at).as(good).isNotNegative();
    String text = original.substring(0, at) + bad + original.substring(at + good.length());

    assertThatThrownBy(() -> RulebookLoader.parse("mine.yaml", text, AssetScales.STANDARD))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  private static CollateralisedDebt parameters(String name) {
    return (CollateralisedDebt) ShippedRulebooks.load(name).requirement();
  }
}
