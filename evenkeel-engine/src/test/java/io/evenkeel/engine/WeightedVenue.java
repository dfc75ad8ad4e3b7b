package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralScaling.Tier;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SizedRatios;
import io.evenkeel.model.rulebook.SpotPair;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An engine with one random account under a rulebook that weighs many assets. The same seed gives
/// the same account.
final class WeightedVenue {
  static final int USD = 1;
  static final int BTC = 2;
  static final int SOL = 3;
  static final int PERP = 10;
  static final int COIN = 11;
  static final int PAIR = 12;
  static final long BACKSTOP = 1;
  static final long ACCOUNT = 2;

  private static final long PLENTY = 5_000_000_000_000_000L;

  /// Which margin model.
  enum Kind {
    TIERED,
    SIZED,
    HEALTH
  }

  final Engine engine =
      new Engine(new EngineLimits(8, 8, 4, 64, 64, 8, 64, 8, 4), (number, timeNs, event) -> {});
  final Kind kind;
  final LevelPolicy levels;

  /// How much more haircut than usual, hundredths.
  private final int haircut;

  private final boolean split;
  private int version;

  WeightedVenue(Kind kind, long seed) {
    this(kind, seed, 0, false);
  }

  /// @param split whether positions come in two lots
  WeightedVenue(Kind kind, long seed, int haircut, boolean split) {
    this.kind = kind;
    this.haircut = haircut;
    this.split = split;
    levels = new LevelPolicy.BetweenRequirements(new Decimal(5, 1), new Decimal(15, 1));
    Random random = new Random(seed);
    define();
    publish(random);
    trade(random);
    define(requirement(random.nextBoolean()));
  }

  private void define() {
    apply(new Command.DefineAsset(asset(USD, "USD", 6, 6, 1_000_000)));
    apply(new Command.DefineAsset(asset(BTC, "BTC", 8, 2, 5_000_000)));
    apply(new Command.DefineAsset(asset(SOL, "SOL", 9, 4, 1_000_000)));
    apply(new Command.DefineInstrument(contract(PERP, "PERP", USD, 2)));
    apply(new Command.DefineInstrument(contract(COIN, "COIN", SOL, 4)));
    apply(new Command.DefineInstrument(contract(PAIR, "SOL/USD", USD, 2)));
    mark(Target.INSTRUMENT, PERP, 100_000);
    mark(Target.INSTRUMENT, COIN, 20_000);
    mark(Target.INSTRUMENT, PAIR, 10_000);
    define(
        new TieredRates(
            Map.of(
                "all",
                new RequirementModel.BracketTable(
                    List.of(new Bracket(0, new Decimal(1, 12), new Decimal(1, 12))),
                    new Decimal(1, 1),
                    1)),
            Map.of(),
            "all",
            false,
            Decimal.ONE));
    apply(new Command.OpenAccount(BACKSTOP, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    apply(new Command.OpenAccount(ACCOUNT, 2, 1, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  private static Asset asset(int id, String symbol, int scale, int priceScale, long price) {
    long supply =
        Math.min(
            1L << 61,
            (long)
                ((double) Asset.MAXIMUM_VALUE_E6
                    / (4.0 * price)
                    * Math.pow(10, scale + priceScale - 6)));
    return new Asset(id, symbol, scale, supply, priceScale, price, 4 * price);
  }

  private static LinearContract contract(int id, String symbol, int settlement, int priceScale) {
    return new LinearContract(
        id,
        symbol,
        ContractKind.PERPETUAL,
        settlement,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        priceScale,
        3,
        1,
        1_000_000,
        1_000_000,
        10_000_000);
  }

  private void publish(Random random) {
    List<FactorValue> factors = new ArrayList<>();
    factors.add(factor(FactorKind.SLOW_PRICE, USD, 98 + random.nextInt(4), 2));
    factors.add(factor(FactorKind.SLOW_PRICE, BTC, 45_000 + random.nextInt(10_000), 0));
    factors.add(factor(FactorKind.SLOW_PRICE, SOL, 90 + random.nextInt(20), 0));
    factors.add(factor(FactorKind.SLOW_MARK, PERP, 900 + random.nextInt(200), 0));
    factors.add(factor(FactorKind.TOTAL_DEPOSITS, SOL, random.nextInt(1_000_000), 0));
    factors.add(factor(FactorKind.TOTAL_BORROWS, SOL, random.nextInt(1_000_000), 0));
    factors.add(factor(FactorKind.SPOT_CONFIDENCE, BTC, random.nextInt(101), 2));
    factors.add(factor(FactorKind.NET_USER_PROFIT, PERP, random.nextInt(4_000_000), 0));
    apply(new Command.PublishFactors(factors));
  }

  private static FactorValue factor(FactorKind kind, int subject, long units, int scale) {
    return new FactorValue(kind, subject, 0, new Decimal(units, scale));
  }

  private void trade(Random random) {
    apply(new Command.ImportBalance(ACCOUNT, USD, PLENTY));
    apply(new Command.ImportBalance(ACCOUNT, SOL, PLENTY));
    orders(random, PERP, 100_000);
    orders(random, COIN, 20_000);
    orders(random, PAIR, 10_000);
    position(random, PERP, 100_000);
    position(random, COIN, 20_000);
    apply(new Command.ImportBalance(ACCOUNT, USD, -PLENTY));
    apply(new Command.ImportBalance(ACCOUNT, SOL, -PLENTY));
    balance(random, USD, 500_000_000_000L);
    balance(random, BTC, 400_000_000L);
    balance(random, SOL, 3_000_000_000_000L);
  }

  private void orders(Random random, int instrument, long mark) {
    if (random.nextBoolean()) {
      long buys = random.nextBoolean() ? 1 + random.nextInt(50_000) : 0;
      long sells = random.nextBoolean() || buys == 0 ? 1 + random.nextInt(50_000) : 0;
      apply(
          new Command.SetOrderExposure(
              ACCOUNT,
              instrument,
              buys,
              sells,
              buys * (mark - random.nextInt(1_000)),
              sells * (mark + random.nextInt(1_000))));
    }
  }

  /// Ticks are chosen by the scales; a cost of `units * mark * ticksPerUnit` is one without profit.
  private void position(Random random, int instrument, long mark) {
    int index = engine.machine().book.instruments.find(instrument);
    long ticks = engine.machine().book.instruments.ticksPerUnit(index);
    long units = 1 + random.nextInt(40_000);
    long cost = units * (mark + random.nextInt((int) mark / 5) - mark / 10) * ticks;
    boolean isLong = random.nextBoolean();
    long first = split ? units / 2 : 0;
    lot(instrument, isLong, first, first == 0 ? 0 : cost / 3);
    lot(instrument, isLong, units - first, first == 0 ? cost : cost - cost / 3);
  }

  private void lot(int instrument, boolean isLong, long units, long cost) {
    if (units > 0) {
      apply(
          new Command.ImportPosition(
              instrument, isLong ? ACCOUNT : BACKSTOP, isLong ? BACKSTOP : ACCOUNT, units, cost));
    }
  }

  private void balance(Random random, int asset, long most) {
    long amount = (long) ((random.nextDouble() * 1.5 - 0.5) * most);
    if (amount != 0) {
      apply(new Command.ImportBalance(ACCOUNT, asset, amount));
    }
  }

  private void define(RequirementModel requirement) {
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = ++version;
    Rulebook base = sketch.build();
    apply(
        new Command.DefineRulebook(
            1,
            new Rulebook(
                base.name(),
                base.version(),
                base.cashAsset(),
                collateral(),
                requirement,
                levels,
                base.isolatedLevels(),
                Map.of(Trigger.REASSESS, new TriggerPolicy(Set.of(CycleStep.TOP_UP), false)),
                base.topUp(),
                base.release(),
                base.call(),
                base.lossSources(),
                base.liquidation(),
                base.venue()),
            0));
  }

  private List<CollateralTerms> collateral() {
    return List.of(
        terms("USD", 0, 1, 1, List.of()),
        terms("BTC", 10 + haircut, 10, 11, btcRules()),
        terms("SOL", 20 + haircut, 10 + haircut, 11, solRules()));
  }

  private static CollateralTerms terms(
      String asset, int initialHaircut, int maintenanceHaircut, int debtTenths, List<Rule> rules) {
    int maintenance = asset.equals("USD") ? 0 : maintenanceHaircut;
    return new CollateralTerms(
        asset,
        new Decimal(100 - initialHaircut, 2),
        new Decimal(100 - maintenance, 2),
        debtTenths == 1 ? Decimal.ONE : new Decimal(debtTenths, 1),
        1L << 61,
        Decimal.ZERO,
        new CollateralScaling(rules));
  }

  private List<Rule> btcRules() {
    return switch (kind) {
      case TIERED ->
          List.of(
              new Rule.ByConfidence(),
              new Rule.OffPeg(new Decimal(55_000, 0), new Decimal(1, 5)),
              new Rule.ByAmount(
                  List.of(
                      new Tier(Decimal.ZERO, Decimal.ONE),
                      new Tier(Decimal.ONE, new Decimal(9, 1)),
                      new Tier(new Decimal(25, 1), new Decimal(4, 1)))),
              new Rule.NetOfProfit());
      case SIZED -> List.of(new Rule.BySize(new Decimal(1, 1)));
      case HEALTH -> List.of(new Rule.WorseOfSlowPrice());
    };
  }

  private List<Rule> solRules() {
    Rule deposits = new Rule.ByDeposits(50_000_000_000_000L);
    Rule debt = new Rule.InitialDebtWeight(new Decimal(12, 1));
    Rule size = new Rule.BySize(new Decimal(3, 3));
    return switch (kind) {
      case TIERED ->
          List.of(
              deposits,
              debt,
              size,
              new Rule.ByBorrows(40_000_000_000_000L),
              new Rule.WorseOfSlowPrice(),
              new Rule.ProfitWeights(new Decimal(4, 1), new Decimal(8, 1)));
      case SIZED -> List.of(deposits, debt, size);
      case HEALTH ->
          List.of(
              deposits, debt, new Rule.ByBorrows(40_000_000_000_000L), new Rule.WorseOfSlowPrice());
    };
  }

  private RequirementModel requirement(boolean strict) {
    Map<String, SpotPair> pairs = Map.of("SOL/USD", new SpotPair("SOL", "USD"));
    MarketProfile profile = new MarketProfile(new Decimal(5, 2), 1_000_000_000_000L, Decimal.ONE);
    return switch (kind) {
      case TIERED -> new RulebookSketch().build().requirement();
      case SIZED ->
          new SizedRatios(
              "USD",
              strict ? SizedRatios.SlowPrices.ALWAYS : SizedRatios.SlowPrices.INITIAL,
              false,
              strict ? new Decimal(3, 1) : Decimal.ZERO,
              new Decimal(15, 2),
              10_000,
              100_000_000,
              new Decimal(2, 2),
              Map.of(
                  "all",
                  new SizedRatios.Market(
                      new Decimal(1, 1),
                      new Decimal(5, 2),
                      new Decimal(1, 2),
                      new Decimal(9, 1),
                      Decimal.ONE,
                      new Decimal(1, 3),
                      1_000_000_000_000L,
                      Decimal.ZERO,
                      profile)),
              Map.of(),
              "all",
              pairs,
              Map.of());
      case HEALTH ->
          new HealthWeights(
              Map.of(
                  "all",
                  new HealthWeights.Market(
                      new Decimal(8, 1),
                      new Decimal(9, 1),
                      new Decimal(12, 1),
                      new Decimal(11, 1),
                      new Decimal(5, 1),
                      new Decimal(7, 1),
                      profile)),
              Map.of(),
              "all",
              pairs);
    };
  }

  void mark(Target target, int id, long price) {
    apply(new Command.MarkPrices(MarkBatch.builder().add(target, id, price, 0).build()));
  }

  void apply(Command command) {
    RefusalReason reason = engine.apply(0, 0, 0, command).reason();
    if (reason != RefusalReason.NONE) {
      throw new AssertionError(reason + " refused " + command);
    }
  }

  Book book() {
    return engine.machine().book;
  }

  @Nullable MarginModel model() {
    return engine.machine().valuation.model(book().accounts.findOpen(ACCOUNT));
  }
}
