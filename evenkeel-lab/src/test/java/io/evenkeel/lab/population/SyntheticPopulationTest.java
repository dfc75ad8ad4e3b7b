package io.evenkeel.lab.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticPopulationTest {
  private static final Rulebook RULEBOOK = TestRulebook.crossMargin(1);
  private static final long START_NS = SyntheticMarket.Plan.STANDARD_START_NS;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeAcceptedWhole(long seed) {
    SketchVenue venue = new SketchVenue();
    SyntheticPopulation population = population(seed, 1_500);
    SetUpReport report = population.setUp(START_NS, venue);
    assertThat(report.refusals()).as("seed %d", seed).isEmpty();
    assertThat(report.refused()).isZero();
    assertThat(report.commands()).isGreaterThan(1_500 * 3);
    for (SketchBooks.Account account : venue.accounts.values()) {
      SketchBooks.Weighed weighed = venue.weigh(account);
      assertThat(weighed.equityE6())
          .as("seed %d, account %d", seed, account.id)
          .isGreaterThanOrEqualTo(weighed.initialE6());
    }
  }

  /// Isolated accounts post nearly all they brought, so what their entries cost must be left out.
  @Test
  void shouldBeAcceptedWholeWhenAllAreIsolated() {
    PopulationParameters.Shares isolated =
        new PopulationParameters.Shares(0, 1, 0.3, 0.1, 0.2, 0.5, 0.9, 0.3);
    for (long seed = 1; seed <= 5; seed++) {
      PopulationParameters parameters =
          new PopulationParameters(
              seed, 2_000, 1.5, 25, 100_000_000L, 20_000_000_000L, 0.1, 5, isolated);
      SketchVenue venue = new SketchVenue();
      SyntheticPopulation population = new SyntheticPopulation(parameters, listing(), RULEBOOK);
      assertThat(population.setUp(START_NS, venue).refusals()).as("seed %d", seed).isEmpty();
      assertThat(population.isolatedInstrumentId(7)).isBetween(0, 5);
      assertThat(venue.account(1_008).rows).containsOnlyKeys(population.isolatedInstrumentId(7));
    }
  }

  @Test
  void shouldHaveAsManyLongsAsShorts() {
    SketchVenue venue = setUp(population(21, 2_000));
    long[] net = new long[6];
    long[] gross = new long[6];
    for (SketchBooks.Account account : venue.accounts.values()) {
      account.rows.forEach((instrumentId, row) -> {
        net[instrumentId] += row.units;
        gross[instrumentId] += Math.abs(row.units);
      });
    }
    assertThat(net).containsOnly(0);
    for (int instrumentId = 0; instrumentId < 6; instrumentId++) {
      assertThat(gross[instrumentId]).as("traded in every contract").isPositive();
      long makers = Math.abs(venue.positionUnits(2, instrumentId));
      assertThat((double) makers / gross[instrumentId])
          .as("traders face traders, the market maker takes the rest")
          .isLessThan(0.1);
    }
  }

  @Test
  void shouldKeepToItsStatedDistributions() {
    PopulationParameters parameters = PopulationParameters.standard(3, 8_000);
    PartyLayout parties = new PartyLayout(parameters);
    AccountPlanner planner = new AccountPlanner(parameters, listing(), parties, RULEBOOK);
    AccountPlan plan = new AccountPlan(4);
    int[] counts = new int[9];
    int hedged = 0;
    int isolated = 0;
    int leveraged = 0;
    int ordered = 0;
    int empty = 0;
    int other = 0;
    int withoutCash = 0;
    List<Double> leverages = new ArrayList<>();
    for (int trader = 0; trader < parameters.accounts(); trader++) {
      planner.plan(trader, plan);
      counts[plan.positionCount]++;
      hedged += plan.isHedged ? 1 : 0;
      isolated += plan.isIsolated ? 1 : 0;
      leveraged += plan.leverageE2 > 0 ? 1 : 0;
      ordered += plan.orderInstrumentId >= 0 ? 1 : 0;
      empty += plan.walletE6 == 0 ? 1 : 0;
      other += plan.hasOtherCollateral ? 1 : 0;
      withoutCash += plan.depositMinor[0] == 0 ? 1 : 0;
      leverages.add((double) plan.notionalE6 / plan.marginE6);
      assertThat(plan.isIsolated).isEqualTo(planner.isIsolated(trader));
      if (plan.isHedged) {
        assertThat(Long.signum(plan.units[0])).isEqualTo(-Long.signum(plan.units[1]));
        assertThat(plan.instrumentIds[0]).isNotEqualTo(plan.instrumentIds[1]);
      }
    }
    double all = parameters.accounts();
    assertThat(hedged / all).isCloseTo(0.19, within(0.02));
    assertThat(isolated / all).isCloseTo(0.05, within(0.01));
    assertThat(leveraged / all).isCloseTo(0.3, within(0.02));
    assertThat(ordered / all).isCloseTo(0.1, within(0.015));
    assertThat(empty / all).isCloseTo(0.35, within(0.02));
    assertThat(other / all).isCloseTo(0.29, within(0.03));
    assertThat(withoutCash / all).isCloseTo(0.23, within(0.03));
    leverages.sort(Double::compare);
    assertThat(leverages.getFirst()).isBetween(0.7, 1.6);
    assertThat(leverages.get(4_000)).isBetween(4.5, 7.5);
    assertThat(leverages.get(7_600)).isBetween(13.0, 25.0);
    assertThat(leverages.getLast()).isLessThanOrEqualTo(25.5);
    // up to six contracts exist
    assertThat(counts[0]).isZero();
    for (int positions = 1; positions <= 6; positions++) {
      assertThat(counts[positions]).as("%d positions", positions).isGreaterThan(100);
    }
  }

  @Test
  void shouldHavePartiesWithSeveralAccounts() {
    SyntheticPopulation population = population(9, 5_000);
    SketchVenue venue = setUp(population);
    int several = 0;
    int helping = 0;
    int parties = 0;
    for (int trader = 0; trader < population.traderCount(); ) {
      int next = trader;
      while (next < population.traderCount()
          && population.partyId(next) == population.partyId(trader)) {
        next++;
      }
      parties++;
      assertThat(next - trader).isBetween(1, 4);
      several += next - trader > 1 ? 1 : 0;
      helping += population.allowsSiblingTopUp(trader) ? 1 : 0;
      trader = next;
    }
    assertThat(several / (double) parties).isCloseTo(0.1, within(0.02));
    assertThat(helping / (double) several).isCloseTo(0.5, within(0.12));
    assertThat(venue.wallets).hasSize(parties + 2);
  }

  @Test
  void shouldGiveTheSameAccountsHoweverManyThereAre() {
    Listing listing = listing();
    PopulationParameters few = PopulationParameters.standard(5, 100);
    PopulationParameters many = PopulationParameters.standard(5, 4_000);
    AccountPlanner fewPlans = new AccountPlanner(few, listing, new PartyLayout(few), RULEBOOK);
    AccountPlanner manyPlans = new AccountPlanner(many, listing, new PartyLayout(many), RULEBOOK);
    AccountPlan one = new AccountPlan(4);
    AccountPlan other = new AccountPlan(4);
    // the last party may be cut short
    for (int trader = 0; trader < 95; trader++) {
      fewPlans.plan(trader, one);
      manyPlans.plan(trader, other);
      assertThat(one).as("trader %d", trader).usingRecursiveComparison().isEqualTo(other);
    }
  }

  @Test
  void shouldShrinkAccountsWhenOpenInterestWouldNotFit() {
    Listing listing = listing();
    PopulationParameters parameters = PopulationParameters.standard(5, 1_000_000);
    AccountPlanner planner =
        new AccountPlanner(parameters, listing, new PartyLayout(parameters), RULEBOOK);
    assertThat(planner.marginScale()).isLessThan(0.2).isGreaterThan(0.001);
    PopulationParameters few = PopulationParameters.standard(5, 1_000);
    assertThat(new AccountPlanner(few, listing, new PartyLayout(few), RULEBOOK).marginScale())
        .isEqualTo(1);
  }

  @Test
  void shouldGiveTheSameCommandsForTheSameSeed() {
    assertThat(commands(6)).isEqualTo(commands(6)).isNotEqualTo(commands(7));
  }

  @Test
  void shouldFundTheHouseFirst() {
    SketchVenue venue = setUp(population(2, 50));
    SketchBooks.Account backstop = venue.account(1);
    assertThat(backstop.role).isEqualTo(AccountRole.BACKSTOP);
    assertThat(backstop.margin[0]).isGreaterThanOrEqualTo(50_000_000_000L);
    assertThat(venue.insurance[0]).isPositive();
    assertThat(venue.walletMinor(2, 0)).isPositive();
  }

  @Test
  void shouldFitATapeOfOneSymbol() {
    QuotedSymbol only = new QuotedSymbol("BTCUSDT", 2, 855_500, 380_000, 6_900_000);
    Listing listing = Listing.of(List.of(only), RULEBOOK);
    SyntheticPopulation population =
        new SyntheticPopulation(PopulationParameters.standard(1, 500), listing, RULEBOOK);
    SketchVenue venue = new SketchVenue();
    assertThat(population.setUp(START_NS, venue).refusals()).isEmpty();
    assertThat(population.describe()).contains("hedged 0.0 %");
  }

  @Test
  void shouldTellWhatWasStatedAndMeasured() {
    SyntheticPopulation population = population(1, 300);
    assertThat(population.describe())
        .contains("300 trader accounts", "leverage              1.5 to 25.0")
        .doesNotContain("measured");
    setUp(population);
    assertThat(population.describe()).contains("measured when set up", "hedged");
    String once = population.describe();
    setUp(population);
    assertThat(population.describe()).as("measured anew, not twice").isEqualTo(once);
  }

  @Test
  void shouldCountWhatOtherRulesRefuse() {
    List<CollateralTerms> cashOnly = List.of(TestRulebook.terms("USDT", "1", "1", Long.MAX_VALUE));
    SketchVenue venue = new SketchVenue();
    SetUpReport report =
        population(1, 300).setUp(START_NS, TestRulebook.crossMargin(1, cashOnly), venue);
    assertThat(report.refused()).isPositive();
    assertThat(report.refusals()).hasSizeLessThanOrEqualTo(SetUpReport.MOST_REFUSALS_TOLD);
    assertThat(report.refusals().getFirst()).startsWith("INSUFFICIENT_MARGIN answered Fill[");
  }

  @Test
  void shouldNeedTheSettlementAssetAsCollateral() {
    Rulebook rulebook =
        TestRulebook.crossMargin(
            1,
            List.of(
                TestRulebook.terms("USDT", "0", "1", 1_000),
                TestRulebook.terms("BTC", "0.9", "0.95", 1_000)));
    assertThatThrownBy(() ->
            new SyntheticPopulation(PopulationParameters.standard(1, 10), listing(), rulebook))
        .hasMessageContaining("accept USDT");
  }

  @Test
  void shouldRefuseParametersOutOfOrder() {
    assertThatThrownBy(() -> PopulationParameters.standard(1, 0)).hasMessageContaining("accounts");
    assertThatThrownBy(() ->
            new PopulationParameters(1, 1, 5, 2, 1, 1, 1, 1, PopulationParameters.Shares.STANDARD))
        .hasMessageContaining("leverage");
    assertThatThrownBy(() -> new PopulationParameters.Shares(0, 0, 0, 1.1, 0, 0, 0, 0))
        .hasMessageContaining("shares must be 0 to 1");
  }

  private static List<Command> commands(long seed) {
    List<Command> commands = new ArrayList<>();
    population(seed, 100)
        .setUp(
            START_NS,
            (_, command) -> {
              commands.add(command);
              return new Outcome(RefusalReason.NONE, 0, 0);
            });
    return commands;
  }

  private static SketchVenue setUp(SyntheticPopulation population) {
    SketchVenue venue = new SketchVenue();
    assertThat(population.setUp(START_NS, venue).refusals()).isEmpty();
    return venue;
  }

  private static SyntheticPopulation population(long seed, int accounts) {
    return new SyntheticPopulation(
        PopulationParameters.standard(seed, accounts), listing(), RULEBOOK);
  }

  private static Listing listing() {
    return Listing.of(
        new SyntheticMarket(SyntheticMarket.Plan.standard(1, 10)).symbols(), RULEBOOK);
  }
}
