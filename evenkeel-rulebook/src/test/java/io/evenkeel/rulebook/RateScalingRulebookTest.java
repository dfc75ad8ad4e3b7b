package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SlowInputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rates that rise beyond their tables, as a rulebook writes them.
class RateScalingRulebookTest {
  private static final String SCALING =
      """
        scaling:
          concentration: {from: 5%, to: 25%, most: 2, maintenance: true, least: 10_000_000}
          openInterest: {from: 500_000_000, to: 2_000_000_000, most: 1, maintenance: false}
          uncertainty: {from: 0.1%, to: 1%, most: 0.5, maintenance: false}
          volatility: {lowest: 0.75, highest: 3}
      """;
  private static final String SLOW =
      """
        slowInputs:
          period: 1h
          step: 5%
          volatility: {interval: 1m, memory: 0.97, lowest: 0.5, highest: 4, rise: 25%, fall: 10%}
      """;

  private static String text(String scaling, String slow) {
    String text = SmallRulebook.text();
    int at = text.indexOf("  type: tieredRates\n");
    assertThat(at).as("the requirement of the small rulebook").isPositive();
    text = text.substring(0, at) + scaling + text.substring(at);
    int venue = text.indexOf("venue:\n") + "venue:\n".length();
    return text.substring(0, venue) + slow + text.substring(venue);
  }

  @Test
  void shouldReadThemAsWritten() {
    Rulebook rulebook = SmallRulebook.parse(text(SCALING, SLOW)).rulebook();

    assertThat(((TieredRates) rulebook.requirement()).scaling())
        .isEqualTo(
            new RateScaling(
                new Concentration(
                    new Ramp(50_000_000, 250_000_000, Decimal.parse("2"), true),
                    10_000_000_000_000L),
                new Ramp(500_000_000_000_000L, 2_000_000_000_000_000L, Decimal.ONE, false),
                new Ramp(1_000, 10_000, Decimal.parse("0.5"), false),
                new VolatilityRange(Decimal.parse("0.75"), Decimal.parse("3"))));
    assertThat(rulebook.venue().slowInputs())
        .isEqualTo(
            new SlowInputs(
                3_600_000_000_000L,
                Decimal.parse("0.05"),
                new SlowInputs.Volatility(
                    60_000_000_000L,
                    Decimal.parse("0.97"),
                    Decimal.parse("0.5"),
                    Decimal.parse("4"),
                    Decimal.parse("0.25"),
                    Decimal.parse("0.1"))));
  }

  @Test
  void shouldWriteThemBackAsTheyWere() {
    Rulebook rulebook = SmallRulebook.parse(text(SCALING, SLOW)).rulebook();
    RateScaling scaling = ((TieredRates) rulebook.requirement()).scaling();

    assertThat(RateScaling.read(scaling.toFields())).isEqualTo(scaling);
    assertThat(SlowInputs.read(rulebook.venue().slowInputs().toFields()))
        .isEqualTo(rulebook.venue().slowInputs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          to: 25%            | to: 5%              | requirement.scaling.concentration.to    | must be above from
          to: 25%            | to: 125%            | requirement.scaling.concentration.to    | must be at most 1
          from: 5%           | from: -0.05         | requirement.scaling.concentration.from  | must not be negative
          from: 5%           | from: 0.0000000001  | requirement.scaling.concentration.from  | at most 9 decimal places
          most: 2            | most: 0             | requirement.scaling.concentration.most  | must be above 0
          least: 10_000_000  | least: 0.5          | requirement.scaling.concentration.least | must be at least 1
          from: 0.1%         | from: 0.00001%      | requirement.scaling.uncertainty.from    | at most 6 decimal places
          most: 1,           | mostly: 1,          | requirement.scaling.openInterest        | most
          uncertainty:       | certainty:          | requirement.scaling                     | certainty
          period: 1h         | period: 500ms       | venue.slowInputs.period                 | whole number of seconds
          lowest: 0.75       | lowest: 0           | requirement.scaling.volatility.lowest   | must be above 0
          highest: 3         | highest: 0.9        | requirement.scaling.volatility.highest  | must be 1 to 100
          interval: 1m       | interval: 2d        | venue.slowInputs.volatility.interval    | at most a day
          memory: 0.97       | memory: 1           | venue.slowInputs.volatility.memory      | at most 0.9999
          lowest: 0.5        | lowest: 1.5         | venue.slowInputs.volatility.lowest      | at most 1
          highest: 4         | highest: 101        | venue.slowInputs.volatility.highest     | must be 1 to 100
          rise: 25%          | rise: 0             | venue.slowInputs.volatility.rise        | must be above 0
          fall: 10%          | fall: 1             | venue.slowInputs.volatility.fall        | below 1
          volatility: {inter | vola: {inter        | venue.slowInputs                        | vola
          step: 5%           | step: 101%          | venue.slowInputs.step                   | must be 0 to 1
          """)
  void shouldSayWhatIsWrong(String right, String wrong, String parameter, String remedy) {
    String text = text(SCALING, SLOW).replace(right, wrong);

    assertThatThrownBy(() -> SmallRulebook.parse(text))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(parameter)
        .hasMessageContaining(remedy);
  }

  @Test
  void shouldAskForTheFiguresTheyGoBy() {
    assertThatThrownBy(() -> SmallRulebook.parse(text(SCALING, "")))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("venue.slowInputs must then state; add that section");
  }
}
