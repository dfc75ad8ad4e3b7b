package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.margin.MarginRisk;
import io.evenkeel.engine.margin.MarginRisk.Change;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.FillRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rates of 10 % and 5 %; contracts at 1,000 dollars.
class FillsByRiskTest {
  private static final long ACCOUNT = 5;
  private static final long ONE_USD = TestVenue.ONE_USD;

  private static TestVenue venue(FillRule fills) {
    OpenInterestRates.Tier tier =
        new OpenInterestRates.Tier(
            List.of(),
            decimal("0.1"),
            decimal("0.5"),
            500_000 * ONE_USD,
            1_500_000 * ONE_USD,
            new Decimal(6, 0),
            decimal("0.05"),
            1_000_000 * ONE_USD);
    TestVenue venue =
        TestVenue.with(sketch -> {
          sketch.runsNothing();
          sketch.crossLevels = new LevelPolicy.WithoutBands();
          sketch.requirement = new OpenInterestRates(fills, Map.of("all", tier), "all");
        });
    venue.open(ACCOUNT, 5_000);
    return venue;
  }

  /// 10 contracts bought at 1,000 with 800 dollars: backed at maintenance (500), not at initial.
  private static TestVenue below(FillRule fills) {
    TestVenue venue = venue(fills);
    venue.fund(ACCOUNT, TestVenue.USD, 800 * ONE_USD);
    venue.accepted(
        new Command.ImportPosition(
            TestVenue.PERP, ACCOUNT, TestVenue.MAKER, 10_000, 10_000 * ONE_USD));
    return venue;
  }

  private static Command.Fill sell(long units, long cents) {
    return TestVenue.fill(TestVenue.PERP, TestVenue.MAKER, ACCOUNT, units, cents);
  }

  @Test
  void shouldLetAnAccountReduceWhenItIsNoRiskier() {
    below(FillRule.NO_RISKIER).accepted(sell(1_000, 100_000));
    // 8 % of what is left: 9 contracts need 450, so equity may fall to 720
    below(FillRule.NO_RISKIER).accepted(sell(1_000, 92_000));
  }

  @Test
  void shouldRefuseAReductionThatLosesTooMuch() {
    below(FillRule.NO_RISKIER).refused(RefusalReason.INSUFFICIENT_MARGIN, sell(1_000, 91_990));
    below(FillRule.REDUCING).accepted(sell(1_000, 91_990));
  }

  @Test
  void shouldRefuseWhatAddsRisk() {
    TestVenue venue = below(FillRule.NO_RISKIER);
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN,
        TestVenue.fill(TestVenue.PERP, ACCOUNT, TestVenue.MAKER, 1, 100_000));
    // a profit at once does not make up for more maintenance margin
    venue.refused(
        RefusalReason.INSUFFICIENT_MARGIN,
        TestVenue.fill(TestVenue.PERP, ACCOUNT, TestVenue.MAKER, 1_000, 95_000));
  }

  @Test
  void shouldPullFromTheWalletBeforeItRefuses() {
    TestVenue venue = below(FillRule.NO_RISKIER);
    venue.deposit(5_000, TestVenue.USD, 500 * ONE_USD);

    venue.accepted(sell(1_000, 91_990));

    assertThat(venue.assess(ACCOUNT).equityE6())
        .isEqualTo(venue.assess(ACCOUNT).initialMarginE6());
  }

  @Test
  void shouldRaiseTheInitialRateWithOpenInterestOnly() {
    TestVenue venue = below(FillRule.NO_RISKIER);
    assertThat(venue.assess(ACCOUNT).initialMarginE6()).isEqualTo(1_000 * ONE_USD);

    venue.accepted(
        new Command.PublishFactors(
            List.of(
                new FactorValue(
                    FactorKind.OPEN_INTEREST, TestVenue.PERP, 0, new Decimal(1_000, 0)))));

    // half-way between the caps: 10 % + 45 %
    Assessment account = venue.assess(ACCOUNT);
    assertThat(account.initialMarginE6()).isEqualTo(5_500 * ONE_USD);
    assertThat(account.maintenanceMarginE6()).isEqualTo(500 * ONE_USD);
  }

  @Test
  void shouldCountFundingThatIsDue() {
    TestVenue venue = below(FillRule.NO_RISKIER);
    venue.accepted(
        new Command.PublishFactors(
            List.of(
                new FactorValue(
                    FactorKind.FUNDING_INCREMENT,
                    TestVenue.PERP,
                    0,
                    Decimal.parse("1.00000005")))));

    // 10 contracts pay 10.0000005, rounded against the account
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(790 * ONE_USD - 1);
  }

  @Test
  void shouldNotCloseAnAccountThatOnlyOwes() {
    TestVenue venue = venue(FillRule.NO_RISKIER);
    venue.accepted(new Command.ImportBalance(ACCOUNT, TestVenue.USD, -ONE_USD));

    Assessment owing = venue.assess(ACCOUNT);
    assertThat(owing.zone()).isEqualTo(Zone.RESTRICTED);
    assertThat(owing.levels().maintenanceE6()).isEqualTo(-ONE_USD);

    venue.accepted(
        new Command.ImportPosition(TestVenue.PERP, ACCOUNT, TestVenue.MAKER, 1, ONE_USD));
    assertThat(venue.assess(ACCOUNT).zone()).isEqualTo(Zone.LIQUIDATION);
  }

  /// Every way in which margins can be zero or signs differ.
  @ParameterizedTest
  @CsvSource({
    "100, 50, 50, 90, 45, ACCEPTED",
    "100, 50, 50, 89, 45, NEWLY_UNBACKED",
    "100, 200, 50, 89, 45, STILL_UNBACKED",
    "100, 200, 50, 200, 51, STILL_UNBACKED",
    "-100, 200, 50, -90, 45, ACCEPTED",
    "-100, 200, 50, -91, 45, STILL_UNBACKED",
    "-100, 200, 50, -50, 0, STILL_UNBACKED",
    "-100, 0, 0, -99, 0, ACCEPTED",
    "-100, 0, 0, -100, 0, STILL_UNBACKED",
    "-100, 0, 0, 0, 1, STILL_UNBACKED",
    "0, 0, 0, -1, 0, NEWLY_UNBACKED",
    "9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775806, 9223372036854775806, ACCEPTED",
  })
  void shouldJudgeAChange(
      long equity, long initial, long maintenance, long after, long afterMaintenance, Change is) {
    MarginRisk before = new MarginRisk().add(equity, initial, maintenance);
    MarginRisk next = new MarginRisk().add(after, Long.MAX_VALUE, afterMaintenance);

    assertThat(before.changeTo(next)).isEqualTo(is);
  }

  /// From the safest to the riskiest.
  @Test
  void shouldOrderAccountsByRisk() {
    List<MarginRisk> order =
        List.of(
            risk(200, 0),
            risk(100, 0),
            risk(0, 0),
            risk(100, 50),
            risk(200, 100),
            risk(100, 100),
            risk(0, 50),
            risk(0, 100),
            risk(-100, 150),
            risk(-100, 100),
            risk(-100, 50),
            risk(-1, 0),
            risk(-2, 0));
    for (int i = 0; i < order.size(); i++) {
      for (int j = 0; j < order.size(); j++) {
        // an account with nothing at all compares by margin alone with all that have some
        if (i != 2 && j != 2) {
          assertThat(order.get(i).compareRisk(order.get(j)))
              .as("%d against %d", i, j)
              .isEqualTo(Integer.compare(i, j));
        }
      }
      assertThat(order.get(2).compareRisk(order.get(i))).isEqualTo(Integer.compare(2, i));
    }
  }

  private static MarginRisk risk(long equity, long maintenance) {
    return new MarginRisk().add(equity, 0, maintenance);
  }
}
