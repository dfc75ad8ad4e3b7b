package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.decimal;
import static io.evenkeel.engine.TestVenue.BACKSTOP;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.MarketProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DebtModelTest {
  private static final int STAKED = 3;
  private static final int POINTS = 4;
  private static final int[] ASSETS = {USD, BTC, STAKED, POINTS};
  private static final long COIN = 100_000_000;
  private static final long ACCOUNT = 3;
  private static final MarketProfile MARKET =
      new MarketProfile(decimal("0.05"), 1_000_000_000_000L, decimal("0.1"));

  private static CollateralisedDebt parameters(
      int decimals, String choice, Map<String, Category> categories) {
    return new CollateralisedDebt(decimals, choice, categories, MARKET);
  }

  private static CollateralisedDebt plain() {
    return parameters(CollateralisedDebt.PER_ASSET, CollateralisedDebt.NONE, Map.of());
  }

  private static Map<String, Category> coins(String priceOf) {
    return Map.of(
        "coins", new Category(List.of("BTC", "STAKED"), decimal("0.93"), decimal("0.95"), priceOf));
  }

  /// Dollars at 0.75 and 0.8, bitcoin at 0.8 and 0.9, staked bitcoin (at 55,000.00) at 0.7 and 0.8,
  /// points (at 2.5) at nothing and 0.5.
  private static TestVenue venue(CollateralisedDebt requirement, Consumer<RulebookSketch> change) {
    TestVenue venue = new TestVenue(TestVenue.LIMITS);
    venue.defineMarket();
    venue.accepted(
        new Command.DefineAsset(
            new Asset(STAKED, "STAKED", 8, 5_000_000_000_000L, 2, 5_500_000, 100_000_000)));
    venue.accepted(
        new Command.DefineAsset(
            new Asset(POINTS, "POINTS", 2, 20_000_000_000L, 4, 25_000, 1_000_000)));
    RulebookSketch sketch = new RulebookSketch();
    sketch.collateral.set(0, RulebookSketch.terms("USD", "0.75", "0.8", "1", 1L << 60, "0"));
    sketch.collateral.add(RulebookSketch.terms("STAKED", "0.7", "0.8", "1.1", 1L << 60, "0.05"));
    sketch.collateral.add(RulebookSketch.terms("POINTS", "0", "0.5", "1", 900_000_000L, "0"));
    sketch.requirement = requirement;
    sketch.crossLevels = new LevelPolicy.WithoutBands();
    change.accept(sketch);
    venue.define(RULES, sketch.build());
    venue.accepted(
        new Command.OpenAccount(
            BACKSTOP,
            TestVenue.HOUSE_PARTY,
            RULES,
            io.evenkeel.model.account.AccountMode.CROSS,
            -1,
            io.evenkeel.model.account.AccountRole.BACKSTOP));
    venue.open(MAKER, TestVenue.MAKER_PARTY);
    venue.open(ACCOUNT, 3_000);
    return venue;
  }

  private static TestVenue venue(CollateralisedDebt requirement) {
    return venue(requirement, _ -> {});
  }

  private static void give(TestVenue venue, int asset, long amount) {
    venue.accepted(new Command.ImportBalance(ACCOUNT, asset, amount));
  }

  private static Term explained(TestVenue venue) {
    return venue.view().explain(ACCOUNT).terms().getFirst();
  }

  @Test
  void shouldCompareCollateralAtThresholdsWithDebts() {
    TestVenue venue = venue(plain());
    give(venue, BTC, 2 * COIN);
    give(venue, USD, -60_000 * ONE_USD);

    Assessment weighed = venue.assess(ACCOUNT);
    assertThat(weighed.equityE6()).isEqualTo(90_000 * ONE_USD);
    assertThat(weighed.initialEquityE6()).isEqualTo(80_000 * ONE_USD);
    assertThat(weighed.maintenanceMarginE6()).isEqualTo(60_000 * ONE_USD);
    assertThat(explained(venue).find("health factor").value()).isEqualByComparingTo("1.5");
    assertThat(explained(venue).find("available borrows").value()).isEqualByComparingTo("20000");
  }

  /// By the schedule's weight of 0.7 a third more would go than the category's 0.93 leaves.
  @Test
  void shouldGiveToSiblingsOnlyWhatItsOwnCategoryLeaves() {
    long needy = 4;
    TestVenue venue =
        venue(
            parameters(CollateralisedDebt.PER_ASSET, CollateralisedDebt.AUTOMATIC, coins("")),
            sketch ->
                sketch.crossLevels =
                    new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1")));
    venue.open(needy, 3_000);
    venue.accepted(new Command.SetPartyPolicy(3_000, true));
    give(venue, STAKED, COIN);
    give(venue, BTC, -COIN / 2);
    venue.accepted(new Command.ImportBalance(needy, STAKED, COIN / 10));
    venue.accepted(new Command.ImportBalance(needy, USD, -60_000 * ONE_USD));
    venue.accepted(new Command.Reassess(List.of(needy), false));

    // 25,000 of debt at 1.1, over 55,000 at 0.93
    assertThat(venue.view().marginMinor(ACCOUNT, STAKED)).isEqualTo(53_763_441);
    Assessment donor = venue.assess(ACCOUNT);
    assertThat(donor.equityE6()).isGreaterThanOrEqualTo(donor.levels().initialE6());
  }

  /// The vault: the liquidation ratio is the debt's weight, and at the ratio exactly it is safe.
  @Test
  void shouldBeUnsafeOnlyBelowTheLiquidationRatio() {
    TestVenue venue =
        venue(
            plain(),
            sketch -> {
              sketch.collateral.set(0, RulebookSketch.terms("USD", "1", "1", "1.5", 1L << 60, "0"));
              sketch.collateral.set(
                  1, RulebookSketch.terms("BTC", "1", "1", "1.5", 1L << 60, "0.11"));
              sketch.steps = List.of(new LiquidationStep.TakeOver());
            });
    give(venue, BTC, 3 * COIN);
    give(venue, USD, -100_000 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).zone()).isNotEqualTo(Zone.LIQUIDATION);
    assertThat(explained(venue).find("health factor").value()).isEqualByComparingTo("1");

    give(venue, USD, -1);
    assertThat(venue.assess(ACCOUNT).zone()).isEqualTo(Zone.LIQUIDATION);
  }

  @Test
  void shouldSwapWeightsWhileAllDebtsAreInTheCategory() {
    TestVenue venue =
        venue(parameters(CollateralisedDebt.PER_ASSET, CollateralisedDebt.AUTOMATIC, coins("")));
    give(venue, STAKED, COIN);
    give(venue, BTC, -COIN / 2);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(52_250 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).initialEquityE6()).isEqualTo(51_150 * ONE_USD);

    give(venue, POINTS, -1);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(44_000 * ONE_USD);
    give(venue, POINTS, 1);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(52_250 * ONE_USD);
    give(venue, USD, -1);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(44_000 * ONE_USD);
  }

  @Test
  void shouldSwapNothingWhereNoCategoryHolds() {
    TestVenue venue =
        venue(parameters(CollateralisedDebt.PER_ASSET, CollateralisedDebt.NONE, coins("")));
    give(venue, STAKED, COIN);
    give(venue, BTC, -COIN / 2);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(44_000 * ONE_USD);
  }

  @Test
  void shouldCountACategoryAtTheAssetItNames() {
    TestVenue venue = venue(parameters(CollateralisedDebt.PER_ASSET, "coins", coins("BTC")));
    give(venue, STAKED, COIN);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(47_500 * ONE_USD);
    give(venue, BTC, -COIN / 2);
    venue.price(STAKED, 1_000_000);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(47_500 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).maintenanceMarginE6()).isEqualTo(27_500 * ONE_USD);
  }

  /// 90 % of 50,000 and 80 % of 20,000 are 87.142857 % on average, cut to 87.14 %.
  @Test
  void shouldCutAveragedWeights() {
    TestVenue venue = venue(parameters(4, CollateralisedDebt.NONE, Map.of()));
    give(venue, BTC, COIN);
    give(venue, USD, 20_000 * ONE_USD);
    assertThat(venue.assess(ACCOUNT).equityE6()).isEqualTo(60_998 * ONE_USD);
    assertThat(explained(venue).find("equity", "weighted collateral", "average threshold").value())
        .isEqualByComparingTo("0.8714");
  }

  @Test
  void shouldRequireTheWholeNotionalOfPositions() {
    TestVenue venue = venue(plain());
    give(venue, USD, 10_000 * ONE_USD);
    venue.accepted(new Command.ImportBalance(MAKER, USD, 1_000_000 * ONE_USD));
    venue.trade(PERP, ACCOUNT, MAKER, 1_000, 100_000);
    venue.mark(PERP, 90_000);

    Assessment weighed = venue.assess(ACCOUNT);
    assertThat(weighed.equityE6()).isEqualTo(7_900 * ONE_USD);
    assertThat(weighed.maintenanceMarginE6()).isEqualTo(900 * ONE_USD);
  }

  /// A withdrawal is bounded by the schedule's weights; a category's are higher, so that more would
  /// leave than the account can spare.
  @Test
  void shouldNotLetGoWhatTheCategoryStillCounts() {
    TestVenue venue =
        venue(parameters(CollateralisedDebt.PER_ASSET, CollateralisedDebt.AUTOMATIC, coins("")));
    give(venue, STAKED, COIN);
    give(venue, BTC, -COIN / 2);
    // 51,150 - 27,500 at 0.7 would be 0.614 of a coin, at 0.93 it is 0.462
    venue.refused(
        io.evenkeel.model.command.RefusalReason.NOT_RELEASABLE,
        new Command.Transfer(ACCOUNT, STAKED, COIN / 2, Command.Direction.TO_WALLET));
    venue.accepted(
        new Command.Transfer(ACCOUNT, STAKED, 46 * COIN / 100, Command.Direction.TO_WALLET));
  }

  @Test
  void shouldHoldWhatThePropertiesSay() {
    for (long seed = 1; seed <= 60; seed++) {
      checkProperties(seed);
    }
  }

  private static void checkProperties(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int decimals = random.nextBoolean() ? CollateralisedDebt.PER_ASSET : 2 + random.nextInt(3);
    String choice = List.of("none", "automatic", "coins").get(random.nextInt(3));
    CollateralisedDebt requirement =
        parameters(decimals, choice, coins(random.nextBoolean() ? "BTC" : ""));
    TestVenue venue = venue(requirement, sketch -> sketch.runsNothing());
    for (int asset : ASSETS) {
      if (random.nextInt(4) > 0) {
        long most = asset == USD ? 1_000_000_000_000L : 10_000_000_000L;
        give(venue, asset, random.nextLong(-most, most) / (random.nextBoolean() ? 1 : 1_000) | 1);
      }
    }
    String place = "seed " + seed;
    Assessment weighed = venue.assess(ACCOUNT);
    assertThat(weighed.maintenanceMarginE6()).as(place).isNotNegative();
    assertThat(weighed.initialEquityE6()).as(place).isLessThanOrEqualTo(weighed.equityE6());
    checkTree(explained(venue), place);
    checkHealth(venue, weighed, place);
    checkBound(venue, random, place);
    checkContinuity(venue, place);
    checkAdding(venue, random, decimals, place);
  }

  private static void checkTree(Term term, String place) {
    BigDecimal computed = term.operation().apply(term.children());
    if (computed != null) {
      assertThat(term.value().subtract(computed).abs())
          .as("%s: %s", place, term.name())
          .isLessThan(new BigDecimal("0.000002"));
    }
    term.children().forEach(child -> checkTree(child, place));
  }

  private static void checkHealth(TestVenue venue, Assessment weighed, String place) {
    Term account = explained(venue);
    assertThat(account.find("equity").value())
        .as(place)
        .isEqualByComparingTo(BigDecimal.valueOf(weighed.equityE6(), 6));
    assertThat(account.find("initial equity").value())
        .as(place)
        .isEqualByComparingTo(BigDecimal.valueOf(weighed.initialEquityE6(), 6));
    assertThat(account.find("maintenance margin").value())
        .as(place)
        .isEqualByComparingTo(BigDecimal.valueOf(weighed.maintenanceMarginE6(), 6));
    if (weighed.maintenanceMarginE6() > 0) {
      double health = account.find("health factor").value().doubleValue();
      boolean clear = Math.abs(health - 1) > 1e-6;
      assertThat(!clear || health < 1 == weighed.equityE6() < weighed.maintenanceMarginE6())
          .as(place)
          .isTrue();
    }
  }

  /// The bound of a random box is never above what the account has at points of it, corners too.
  private static void checkBound(TestVenue venue, SplittableRandom random, String place) {
    Machine machine = venue.engine.machine();
    int account = machine.book.accounts.find(ACCOUNT);
    MarginModel model = Objects.requireNonNull(machine.valuation.model(account));
    long[] low = new long[ASSETS.length];
    long[] high = new long[ASSETS.length];
    FactorBox box = new FactorBox(machine.book);
    long[] before = new long[ASSETS.length];
    for (int i = 0; i < ASSETS.length; i++) {
      before[i] = machine.book.assets.price(i);
      low[i] = 1 + random.nextLong(before[i]);
      high[i] = before[i] + random.nextLong(before[i]);
      box.price(i, low[i], high[i]);
    }
    long bound = model.boundE6(account, box);
    assertThat(bound).as(place).isNotEqualTo(Long.MIN_VALUE);
    for (int point = 0; point < 24; point++) {
      for (int i = 0; i < ASSETS.length; i++) {
        long inside = random.nextLong(low[i], high[i] + 1);
        long price = point < 16 ? ((point >> i & 1) == 0 ? low[i] : high[i]) : inside;
        venue.price(ASSETS[i], price);
      }
      Assessment there = venue.assess(ACCOUNT);
      assertThat(bound)
          .as("%s, point %d", place, point)
          .isLessThanOrEqualTo(there.equityE6() - there.maintenanceMarginE6());
    }
    for (int i = 0; i < ASSETS.length; i++) {
      venue.price(ASSETS[i], before[i]);
    }
  }

  /// One step of a price moves equity and requirement by no more than the step is worth, and where
  /// weights are averaged, by the last place of the average besides.
  private static void checkContinuity(TestVenue venue, String place) {
    for (int asset : ASSETS) {
      int index = venue.engine.machine().book.assets.find(asset);
      long price = venue.engine.machine().book.assets.price(index);
      Assessment before = venue.assess(ACCOUNT);
      long whole = venue.view().fullValueE6(ACCOUNT);
      venue.price(asset, price + 1);
      Assessment after = venue.assess(ACCOUNT);
      long step = Math.abs(venue.view().fullValueE6(ACCOUNT) - whole) * 2;
      venue.price(asset, price);
      // the category may count other assets at this price
      double cliff = 0.01 * Math.max(1, before.equityE6() / 0.5) + 4;
      assertThat(after.equityE6() - before.equityE6())
          .as("%s, %d", place, asset)
          .isCloseTo(0, within((long) (step + cliff)));
    }
  }

  private static void checkAdding(
      TestVenue venue, SplittableRandom random, int decimals, String place) {
    for (int asset : ASSETS) {
      Assessment before = venue.assess(ACCOUNT);
      double total = explained(venue).find("collateral").value().doubleValue() * 1e6;
      give(venue, asset, 1 + random.nextLong(1_000_000));
      Assessment after = venue.assess(ACCOUNT);
      double cliff =
          decimals == CollateralisedDebt.PER_ASSET ? 0 : 2 * total / Math.pow(10, decimals) + 2;
      long surplusBefore = before.equityE6() - before.maintenanceMarginE6();
      long surplusAfter = after.equityE6() - after.maintenanceMarginE6();
      boolean sameCategory =
          before.maintenanceMarginE6() == after.maintenanceMarginE6()
              || after.maintenanceMarginE6() > 0;
      if (sameCategory) {
        assertThat((double) surplusAfter)
            .as("%s: adding asset %d", place, asset)
            .isGreaterThanOrEqualTo(surplusBefore - cliff);
      }
    }
  }

  /// A higher threshold never lowers equity.
  @Test
  void shouldBeMonotoneInTheHaircut() {
    long previous = -1;
    for (int percent = 0; percent <= 100; percent += 5) {
      Decimal weight = new Decimal(percent, 2);
      TestVenue venue =
          venue(
              plain(),
              sketch ->
                  sketch.collateral.set(
                      1,
                      new io.evenkeel.model.rulebook.CollateralTerms(
                          "BTC", Decimal.ZERO, weight, Decimal.ONE, 1L << 60, Decimal.ZERO)));
      give(venue, BTC, 123_456_789);
      give(venue, USD, -1_000 * ONE_USD);
      long equity = venue.assess(ACCOUNT).equityE6();
      assertThat(equity).isGreaterThanOrEqualTo(previous);
      previous = equity;
    }
  }
}
