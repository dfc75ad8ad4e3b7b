package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.DefineRulebook;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.ClosingWindow;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.Confiscated;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketConduct.BackstopCapital;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.FillRule;
import io.evenkeel.model.rulebook.OpenInterestRates.Tier;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rulebooks with every kind of policy.
final class RulebookChoices {
  private static final long SECOND = 1_000_000_000L;

  private final HistoryWorld world;
  private final Dice dice;
  private final ScalingChoices scalings;
  private final LendingChoices lending;

  /// Announced before, so that now and then two versions come into force at one instant.
  private long lastEffectiveNs;

  RulebookChoices(HistoryWorld world, LendingChoices lending) {
    this.lending = lending;
    this.world = world;
    this.dice = world.dice;
    this.scalings = new ScalingChoices(world.dice);
  }

  /// A new rulebook while there is room, else a new version of one: at once or later.
  Command next() {
    boolean fresh =
        world.rulebookVersions.isEmpty()
            || (world.rulebookVersions.size() < world.limits.rulebooks() && dice.chance(0.5));
    if (fresh) {
      int id = 40 - 11 * world.rulebookVersions.size();
      return new DefineRulebook(id, rulebook(id, 1), world.nowNs + 99 * SECOND);
    }
    OpenAccount called = world.anyCalled();
    int id =
        called != null && dice.chance(0.5)
            ? called.rulebookId()
            : dice.pick(new ArrayList<>(world.rulebookVersions.keySet()));
    int version = world.rulebookVersions.getOrDefault(id, 0) + 1;
    long effectiveNs = world.nowNs + dice.oneOf(-5, 0, 1, 30, 30, 240) * SECOND;
    effectiveNs = dice.chance(0.3) ? lastEffectiveNs : effectiveNs;
    lastEffectiveNs = effectiveNs;
    if (dice.chance(0.04)) {
      effectiveNs = dice.oneOf(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    return new DefineRulebook(id, rulebook(id, version), effectiveNs);
  }

  private Rulebook rulebook(int id, int version) {
    List<Asset> listed = dice.shuffled(new ArrayList<>(world.assets.values()));
    int count = Math.max(1, listed.size() - dice.below(3));
    List<CollateralTerms> collateral = new ArrayList<>();
    for (Asset asset : listed.subList(0, count)) {
      collateral.add(terms(asset));
    }
    RequirementModel requirement = requirement(collateral);
    boolean mayRelease = DebtChoices.mayRelease(requirement);
    return new Rulebook(
        "book-" + id,
        version,
        dice.pick(collateral).asset(),
        collateral,
        requirement,
        levels(),
        levels(),
        triggers(),
        new TopUpPolicy(dice.chance(0.85)),
        new ReleasePolicy(
            mayRelease && dice.chance(0.85),
            dice.oneOf(0L, 1_000_000L, 50_000_000L),
            dice.oneOf(0, 1, 10, 60) * SECOND,
            dice.decimal("0", "0", "0.5", "0.333333", "1")),
        new CallPolicy(
            dice.chance(world.calledAccounts.isEmpty() ? 0.95 : 0.65),
            dice.oneOf(1, 10, 30, 120) * SECOND,
            dice.oneOf(1L, 1_000_000L, 20_000_000L),
            dice.chance(0.6) ? CallPolicy.OnExpiry.CLOSE : CallPolicy.OnExpiry.NOTHING),
        lossSources(),
        liquidation(),
        venue());
  }

  private CollateralTerms terms(Asset asset) {
    boolean main = asset.symbol().equals("USD") || dice.chance(0.2);
    Decimal maintenance =
        main ? Decimal.ONE : dice.decimal("0.95", "0.9", "0.923", "0.7777777", "0.5");
    Decimal initial =
        main ? dice.decimal("1", "0.999") : dice.decimal("0.5", "0.4321", "0", "0.45");
    double capValue = dice.chance(0.2) ? 2_000 : 50_000_000;
    return new CollateralTerms(
        asset.symbol(),
        initial,
        maintenance,
        dice.decimal("1", "1", "1.05", "1.1234567", "1.3"),
        (long) (capValue / world.minorValue(asset.assetId())),
        dice.decimal("0", "0.01", "0.0333", "0.1"));
  }

  private RequirementModel requirement(List<CollateralTerms> collateral) {
    if (dice.chance(0.2)) {
      return DebtChoices.debts(world, collateral);
    }
    if (dice.chance(0.25)) {
      return FactorChoices.rates(world);
    }
    if (dice.chance(0.25)) {
      return SizeChoices.rates(world);
    }
    return dice.chance(0.3) ? openInterestRates() : tieredRates();
  }

  private OpenInterestRates openInterestRates() {
    Map<String, Tier> tiers = new LinkedHashMap<>();
    List<String> minor = new ArrayList<>();
    for (var contract : world.instruments.values()) {
      if (dice.chance(0.4)) {
        minor.add(contract.symbol());
      }
    }
    tiers.put("major", tier(List.of()));
    tiers.put("minor", tier(minor));
    return new OpenInterestRates(dice.oneOf(FillRule.values()), tiers, "major");
  }

  private Tier tier(List<String> instruments) {
    long lower = dice.oneOf(0L, 1_000_000_000L, 30_000_000_001L);
    return new Tier(
        instruments,
        dice.decimal("0.05", "0.033333", "0.1", "0.2", "0"),
        dice.decimal("0.5", "0.6", "0.333333", "1", "0"),
        lower,
        dice.oneOf(0L, lower, lower + 7_000_000_003L, lower + 100_000_000_000L),
        dice.decimal("6"),
        dice.decimal("0.02", "0.045", "0.8"),
        dice.oneOf(1_000_000_000L, 100_000_000_000L));
  }

  private TieredRates tieredRates() {
    Map<String, BracketTable> tables = new LinkedHashMap<>();
    Map<String, String> tableOf = new LinkedHashMap<>();
    tables.put("major", table());
    tables.put("minor", table());
    for (var contract : world.instruments.values()) {
      if (dice.chance(0.4)) {
        tableOf.put(contract.symbol(), "minor");
      }
    }
    return new TieredRates(
        tables,
        tableOf,
        "major",
        dice.chance(0.4),
        dice.decimal("1", "1", "0.5", "0.123456", "0"),
        dice.chance(0.4) ? RateScaling.NONE : scalings.rates());
  }

  private BracketTable table() {
    List<Bracket> brackets = new ArrayList<>();
    brackets.add(
        new Bracket(
            0, dice.decimal("0.005", "0.01", "0.0123"), dice.decimal("0.02", "0.05", "0.033")));
    if (dice.chance(0.7)) {
      brackets.add(
          new Bracket(
              dice.oneOf(3_000_000_000L, 20_000_000_001L),
              dice.decimal("0.02", "0.0251"),
              dice.decimal("0.06", "0.1")));
    }
    if (dice.chance(0.4)) {
      brackets.add(
          new Bracket(100_000_000_003L, dice.decimal("0.05", "0.1"), dice.decimal("0.2", "1")));
    }
    return new BracketTable(
        brackets,
        dice.decimal("0.02", "0.045", "0.8"),
        dice.oneOf(1_000_000_000L, 100_000_000_000L, 3_333_333_333_333L));
  }

  private LevelPolicy levels() {
    return switch (dice.below(9)) {
      case 0 -> new LevelPolicy.WithoutBands();
      case 1 -> new LevelPolicy.FullyCollateralised();
      case 2, 3, 4 ->
          new LevelPolicy.ScaledMaintenance(
              dice.decimal("1", "1.1", "1.25"),
              dice.decimal("1.5", "2", "2.3333"),
              dice.decimal("2.3333", "3", "5"));
      default ->
          new LevelPolicy.BetweenRequirements(
              dice.decimal("0", "0.2", "0.5", "0.87654", "1"), dice.decimal("1", "1.2", "1.777"));
    };
  }

  private Map<Trigger, TriggerPolicy> triggers() {
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      EnumSet<CycleStep> steps = EnumSet.allOf(CycleStep.class);
      if (dice.chance(0.15)) {
        steps.remove(dice.pick(List.of(CycleStep.values())));
      }
      if (!dice.chance(0.04)) {
        triggers.put(trigger, new TriggerPolicy(steps, dice.chance(0.3)));
      }
    }
    return triggers;
  }

  private List<LossSource> lossSources() {
    List<LossSource> sources = dice.shuffled(List.of(LossSource.values()));
    if (dice.chance(0.6)) {
      sources = new ArrayList<>(List.of(LossSource.values()));
    }
    sources.removeIf(source -> source != LossSource.MARGIN && dice.chance(0.3));
    return sources;
  }

  private LiquidationPolicy liquidation() {
    List<LiquidationStep> closing = new ArrayList<>();
    closing.add(new LiquidationStep.CancelOrders(dice.chance(0.3)));
    closing.add(new LiquidationStep.ConvertDebts());
    closing.add(
        new LiquidationStep.PartialClose(
            dice.oneOf(LiquidationStep.ExitLevel.SEARCH, LiquidationStep.ExitLevel.INITIAL)));
    if (dice.chance(0.4)) {
      closing.add(2, slices());
    }
    closing = dice.chance(0.6) ? closing : dice.shuffled(closing);
    closing.removeIf(_ -> dice.chance(0.2));
    List<LiquidationStep> bearing = new ArrayList<>();
    bearing.add(new LiquidationStep.DrawInsurance());
    bearing.add(new LiquidationStep.ShareLoss());
    bearing = dice.chance(0.8) ? bearing : dice.shuffled(bearing);
    bearing.removeIf(_ -> dice.chance(0.2));
    List<LiquidationStep> steps = new ArrayList<>(closing);
    if (dice.chance(0.3)) {
      steps.add(
          new LiquidationStep.Deleverage(
              dice.oneOf(LiquidationStep.Ranking.values()), dice.chance(0.5)));
    }
    steps.add(disposal());
    steps.addAll(bearing);
    return new LiquidationPolicy(
        steps,
        dice.decimal("0", "0.003", "0.01234"),
        dice.decimal("0", "0.005", "0.02"),
        dice.decimal("0", "0.5", "0.3333"),
        dice.decimal("0.1", "0.5", "0.25"),
        new LiquidationPolicy.ClosingMarket(
            dice.decimal("0", "0.0005", "0.002"),
            dice.decimal("0", "0.01", "0.2"),
            dice.decimal("0.01", "0.05")));
  }

  private LiquidationStep slices() {
    return new LiquidationStep.CloseSlices(
        dice.decimal("0.1", "0.333333", "1"),
        dice.oneOf(0L, 1_000_000_000L, 20_000_000_000L),
        dice.oneOf(1_000_003L, 5_000_000_000L, 100_000_000_000L),
        dice.oneOf(0L, 10_000_000L, 1_000_000_000_000L),
        dice.decimal("1", "1.5", "1000"),
        dice.decimal("0", "0.5", "1.5", "10"),
        dice.decimal("0", "0.015", "1"),
        dice.chance(0.6) ? null : window());
  }

  private ClosingWindow window() {
    return new ClosingWindow(
        dice.oneOf(1L, 30L, 3_600L),
        dice.decimal("0", "0.0002", "0.00033333"),
        dice.decimal("0", "0.0005"),
        dice.decimal("0.01", "0.1234567", "1", "3"));
  }

  private LiquidationStep disposal() {
    if (dice.chance(0.35)) {
      return new LiquidationStep.AuctionAccount(
          new AuctionTerms(
              dice.decimal("0.98", "1", "0.777777"),
              dice.decimal("0.7", "0", "0.3333333"),
              dice.oneOf(1L, 30L, 900L),
              dice.oneOf(1L, 60L, 7_200L),
              dice.oneOf(1L, 45L, 3_600L),
              dice.decimal("0", "0.15", "1.234567"),
              dice.decimal("0", "0.02", "0.111111"),
              dice.oneOf(0L, 0L, 500_000_000L)));
    }
    return dice.chance(0.7) ? new LiquidationStep.TakeOver() : takeOverAtMark();
  }

  private LiquidationStep takeOverAtMark() {
    List<Confiscated> sources = dice.shuffled(List.of(Confiscated.values()));
    sources.removeIf(_ -> dice.chance(0.2));
    return new LiquidationStep.TakeOverAtMark(sources);
  }

  private MarketConduct conduct() {
    MarketConduct usual = MarketConduct.USUAL;
    return new MarketConduct(
        usual.orderGate(),
        usual.takesUnmarked(),
        usual.unpricedOrders(),
        usual.cashRounding(),
        usual.fundingBasis(),
        usual.factorsRunCycle(),
        usual.settlesAtZero(),
        usual.feeSources(),
        dice.chance(0.7) ? BackstopCapital.OWN_ACCOUNT : BackstopCapital.INSTRUMENT_FUNDS,
        dice.chance(0.7));
  }

  private VenuePolicy venue() {
    Map<TradingPhase, Set<CycleStep>> suspended = new EnumMap<>(TradingPhase.class);
    suspended.put(TradingPhase.AUCTION, EnumSet.of(CycleStep.RELEASE));
    EnumSet<CycleStep> halted = EnumSet.of(CycleStep.RELEASE, CycleStep.TOP_UP, CycleStep.CALL);
    halted.removeIf(_ -> dice.chance(0.5));
    if (dice.chance(0.5)) {
      halted.add(CycleStep.CLOSE);
    }
    suspended.put(TradingPhase.HALTED, halted);
    if (dice.chance(0.1)) {
      suspended.put(TradingPhase.CONTINUOUS, EnumSet.of(CycleStep.RELEASE));
    }
    return new VenuePolicy(
        dice.oneOf(ExecutionOrder.values()),
        dice.decimal("0", "0.05", "0.1", "0.3333"),
        guard("0", "0", "0.1", "0.2"),
        guard("0", "0", "0.05", "0.1"),
        suspended,
        lending.terms(),
        conduct(),
        scalings.slowInputs());
  }

  private MarketDataGuard guard(String... deviations) {
    return new MarketDataGuard(
        dice.oneOf(0, 0, 60, 600) * SECOND,
        dice.decimal(deviations),
        dice.decimal("0", "0.01", "0.0333333"),
        dice.oneOf(0, 1, 20, 300) * SECOND);
  }
}
