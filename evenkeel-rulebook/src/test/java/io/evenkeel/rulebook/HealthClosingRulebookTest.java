package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthClosing.Bankruptcy;
import io.evenkeel.model.rulebook.HealthClosing.MarketFees;
import io.evenkeel.model.rulebook.HealthClosing.Perpetuals;
import io.evenkeel.model.rulebook.HealthClosing.TokenFees;
import io.evenkeel.model.rulebook.HealthClosing.Tokens;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.CloseByHealth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The step that closes by health: what it says, and what it must not say.
class HealthClosingRulebookTest {
  private static final String FULL =
      """
      \s     exitTolerance: 0.5
            perpetuals: {fees: {majors: {base: 1%, platform: 2%, result: 3%, insured: false}}, mostLots: 7, mostResult: 8.5}
            tokens: {fees: {SOL: {fee: 4%}}, mostDebt: 0}
            bankruptcy: {mostSettled: 9, mostTaken: 0.25}
      """;

  private static String with(String from, String to) {
    return SmallRulebook.replaceOnce(ShippedRulebooks.text("mango-v4"), from, to);
  }

  private static LiquidationPolicy parse(String text) {
    return RulebookLoader.parse("mango-v4.yaml", text, AssetScales.STANDARD)
        .rulebook()
        .liquidation();
  }

  @Test
  void shouldReadWhatTheVenueSays() {
    HealthClosing closing =
        Objects.requireNonNull(ShippedRulebooks.load("mango-v4").liquidation().healthClosing());
    assertThat(closing.exitToleranceE6()).isEqualTo(1_000);
    Perpetuals perpetuals = Objects.requireNonNull(closing.perpetuals());
    assertThat(perpetuals.feesOf("majors").insured()).isTrue();
    assertThat(perpetuals.mostLots()).isEqualTo(HealthClosing.NO_LIMIT);
    assertThat(closing.bankruptcy()).isEqualTo(new Bankruptcy(null, null));
  }

  @Test
  void shouldReadEveryKeyAndWriteItBack() {
    String text = ShippedRulebooks.text("mango-v4");
    int from = text.indexOf("      exitTolerance");
    int to = text.indexOf("      bankruptcy: {}\n") + "      bankruptcy: {}\n".length();
    HealthClosing closing =
        Objects.requireNonNull(
            parse(text.substring(0, from) + FULL + text.substring(to)).healthClosing());
    Decimal one = new Decimal(1, 2);
    assertThat(closing)
        .isEqualTo(
            new HealthClosing(
                500_000,
                new Perpetuals(
                    Map.of(
                        "majors", new MarketFees(one, new Decimal(2, 2), new Decimal(3, 2), false)),
                    7,
                    new Decimal(85, 1)),
                new Tokens(
                    Map.of("SOL", new TokenFees(new Decimal(4, 2), Decimal.ZERO)), Decimal.ZERO),
                new Bankruptcy(new Decimal(9, 0), new Decimal(25, 2))));
    List<LiquidationStep> steps = List.of(new CloseByHealth(closing));
    assertThat(LiquidationPolicy.readSteps(LiquidationPolicy.stepsToFields(steps)))
        .isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exitTolerance: 0.001    | exitTolerance: 0     | must be above 0
          majors: {base: 2.5%     | minors: {base: 2.5%  | must name one of requirement.markets
          majors: {base: 2.5%     | majors: {base: 7.5%  | closing would cost health
          majors: {base: 2.5%     | majors: {base: 50.1% | must be 0 to 0.5
          bankruptcy: {}          | bankruptcy: {mostTaken: -1} | must not be negative
          USDT: {fee: 1.5%        | XRP: {fee: 1.5%      | must name one of the collateral assets
          """)
  void shouldSayWhatIsWrong(String from, String to, String remedy) {
    assertThatThrownBy(() -> parse(with(from, to))).hasMessageContaining(remedy);
  }

  @Test
  void shouldBeRefusedWithoutHealthWeights() {
    String text =
        SmallRulebook.text()
            .replaceAll(
                "(?m)^ +- \\{type: takeOver}.*$", "    - {type: closeByHealth, exitTolerance: 1}");
    assertThatThrownBy(() -> RulebookLoader.parse("small.yaml", text, AssetScales.STANDARD))
        .hasMessageContaining("healthWeights");
  }
}
