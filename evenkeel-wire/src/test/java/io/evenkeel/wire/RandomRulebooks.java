package io.evenkeel.wire;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.ClosingWindow;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/// Makes rulebooks that the model accepts: every list of a random length, every set with random
/// members, every kind of level policy and step.
final class RandomRulebooks {
  private final SplittableRandom random;
  private final RandomValues values;

  RandomRulebooks(SplittableRandom random, RandomValues values) {
    this.random = random;
    this.values = values;
  }

  Rulebook rulebook() {
    if (random.nextInt(10) == 0) {
      return SampleRulebooks.byHealth();
    }
    List<CollateralTerms> collateral = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      collateral.add(terms("A" + i + values.text(0, 8)));
    }
    return new Rulebook(
        "r" + values.text(0, 30),
        random.nextInt(1, Integer.MAX_VALUE),
        collateral.get(random.nextInt(collateral.size())).asset(),
        collateral,
        random.nextInt(4) == 0 ? SampleRulebooks.options().requirement() : requirement(),
        levels(),
        levels(),
        triggers(),
        new TopUpPolicy(random.nextBoolean()),
        new ReleasePolicy(
            random.nextBoolean(), random.nextLong(Long.MAX_VALUE), duration(), share(18)),
        new CallPolicy(
            random.nextBoolean(),
            1 + random.nextLong(1L << 50),
            random.nextLong(1, Long.MAX_VALUE),
            values.oneOf(CallPolicy.OnExpiry.values())),
        lossSources(),
        liquidation(),
        venue());
  }

  private CollateralTerms terms(String asset) {
    Decimal maintenance = share(18);
    return new CollateralTerms(
        asset,
        new Decimal(maintenance.units() / 2, maintenance.scale()),
        maintenance,
        new Decimal(random.nextLong(1_000, 4_001), 3),
        random.nextLong(Long.MAX_VALUE),
        new Decimal(random.nextLong(999), 3),
        random.nextBoolean()
            ? CollateralScaling.NONE
            : new CollateralScaling(
                List.of(
                    new CollateralScaling.Rule.ByDeposits(random.nextLong(1, Long.MAX_VALUE)),
                    new CollateralScaling.Rule.ByBorrows(random.nextLong(1, Long.MAX_VALUE)))));
  }

  private TieredRates requirement() {
    Map<String, BracketTable> tables = new LinkedHashMap<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      tables.put(values.text(0, 6) + i, table());
    }
    List<String> names = List.copyOf(tables.keySet());
    Map<String, String> tableOf = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      tableOf.put(values.text(0, 6) + i, names.get(random.nextInt(names.size())));
    }
    return new TieredRates(
        tables,
        tableOf,
        names.getFirst(),
        random.nextBoolean(),
        share(random.nextInt(19)),
        random.nextBoolean() ? RateScaling.NONE : scaling());
  }

  private RateScaling scaling() {
    return new RateScaling(
        random.nextBoolean()
            ? null
            : new RateScaling.Concentration(
                ramp(random.nextLong(1_000_000_000)), random.nextLong(1_000_000, 1L << 60)),
        random.nextBoolean() ? null : ramp(random.nextLong(1L << 60)),
        random.nextBoolean() ? null : ramp(random.nextLong(1L << 30)));
  }

  private RateScaling.Ramp ramp(long from) {
    Decimal most = new Decimal(random.nextLong(1, 100_000_000_001L), 9);
    return new RateScaling.Ramp(from, from + 1, most, random.nextBoolean());
  }

  private BracketTable table() {
    List<Bracket> brackets = new ArrayList<>();
    long floorE6 = 0;
    int count = random.nextInt(1, 5);
    for (int i = 1; i <= count; i++) {
      brackets.add(new Bracket(floorE6, new Decimal(i, 3), new Decimal(10L * i, 3)));
      floorE6 += random.nextLong(1, 1L << 60);
    }
    return new BracketTable(
        brackets, new Decimal(random.nextLong(1, 10_001), 3), random.nextLong(1, Long.MAX_VALUE));
  }

  private LevelPolicy levels() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new LevelPolicy.ScaledMaintenance(
              new Decimal(random.nextLong(100, 200), 2),
              new Decimal(random.nextLong(200, 300), 2),
              new Decimal(random.nextLong(300, 100_001), 2));
      case 1 ->
          new LevelPolicy.BetweenRequirements(
              share(random.nextInt(19)), new Decimal(random.nextLong(1_000, 1_000_001), 3));
      case 2 -> new LevelPolicy.FullyCollateralised();
      default -> new LevelPolicy.WithoutBands();
    };
  }

  private Map<Trigger, TriggerPolicy> triggers() {
    Map<Trigger, TriggerPolicy> triggers = new HashMap<>();
    for (Trigger trigger : Trigger.values()) {
      if (random.nextBoolean()) {
        triggers.put(trigger, new TriggerPolicy(steps(), random.nextBoolean()));
      }
    }
    return triggers;
  }

  private Set<CycleStep> steps() {
    EnumSet<CycleStep> steps = EnumSet.allOf(CycleStep.class);
    steps.removeIf(step -> random.nextBoolean());
    return steps;
  }

  private List<LossSource> lossSources() {
    List<LossSource> sources = new ArrayList<>(List.of(LossSource.values()));
    sources.removeIf(source -> source != LossSource.MARGIN && random.nextBoolean());
    Collections.shuffle(sources, Random.from(random));
    return sources;
  }

  private LiquidationPolicy liquidation() {
    List<LiquidationStep> steps =
        new ArrayList<>(
            List.of(
                new LiquidationStep.CancelOrders(random.nextInt(4) == 0),
                new LiquidationStep.ConvertDebts(),
                new LiquidationStep.PartialClose(
                    values.oneOf(LiquidationStep.ExitLevel.values()))));
    steps.removeIf(step -> random.nextBoolean());
    if (random.nextInt(3) == 0) {
      steps.add(
          new LiquidationStep.Deleverage(
              values.oneOf(LiquidationStep.Ranking.values()), random.nextBoolean()));
    }
    if (random.nextInt(3) == 0) {
      steps.add(
          new LiquidationStep.CloseSlices(
              Decimal.ONE,
              random.nextLong(1L << 60),
              1 + random.nextLong(1L << 60),
              random.nextLong(1L << 60),
              new Decimal(1_000 + random.nextLong(998_000), 3),
              share(18),
              share(6),
              random.nextBoolean()
                  ? null
                  : new ClosingWindow(1 + random.nextInt(3_600), share(18), share(3), share(18))));
    }
    steps.add(
        random.nextInt(3) > 0
            ? random.nextBoolean() ? new LiquidationStep.TakeOver() : auction()
            : new LiquidationStep.TakeOverAtMark(
                random.nextBoolean()
                    ? List.of(LiquidationStep.Confiscated.values())
                    : List.of(LiquidationStep.Confiscated.MARGIN)));
    if (random.nextBoolean()) {
      steps.add(new LiquidationStep.DrawInsurance());
    }
    if (random.nextBoolean()) {
      steps.add(new LiquidationStep.ShareLoss());
    }
    Decimal slippage = new Decimal(random.nextLong(1_000), 4);
    return new LiquidationPolicy(
        steps,
        share(18),
        share(5),
        new Decimal(random.nextLong(51), 2),
        new Decimal(random.nextLong(51), 2),
        new LiquidationPolicy.ClosingMarket(slippage, share(18), new Decimal(9, 1)));
  }

  private LiquidationStep auction() {
    return new LiquidationStep.AuctionAccount(
        new AuctionTerms(
            Decimal.ONE,
            share(18),
            1 + random.nextLong(AuctionTerms.LONGEST_SECONDS),
            1 + random.nextLong(AuctionTerms.LONGEST_SECONDS),
            1 + random.nextLong(AuctionTerms.LONGEST_SECONDS),
            share(9),
            share(4),
            random.nextLong(1L << 60)));
  }

  private VenuePolicy venue() {
    Map<TradingPhase, Set<CycleStep>> suspended = new HashMap<>();
    for (TradingPhase phase : TradingPhase.values()) {
      Set<CycleStep> steps = steps();
      steps.remove(CycleStep.SETTLE);
      if (phase == TradingPhase.CONTINUOUS) {
        steps.remove(CycleStep.CLOSE);
      }
      if (random.nextBoolean()) {
        suspended.put(phase, steps);
      }
    }
    return new VenuePolicy(
        values.oneOf(ExecutionOrder.values()),
        share(3),
        guard(),
        guard(),
        suspended,
        random.nextBoolean() ? List.of() : List.of(lending("L"), lending("M")),
        MarketConduct.USUAL,
        new SlowInputs(random.nextLong(1, 31_622_401) * 1_000_000_000L, share(18)));
  }

  private LendingTerms lending(String asset) {
    Decimal slope = share(6);
    return new LendingTerms(
        asset,
        share(9),
        slope,
        share(2),
        new Decimal(1 + random.nextLong(999), 0),
        values.oneOf(LendingTerms.Compounding.values()),
        values.oneOf(LendingTerms.Deposits.values()),
        share(18),
        values.oneOf(LendingTerms.Payee.values()),
        random.nextBoolean(),
        random.nextLong((1L << 62) + 1),
        random.nextLong(1, 100_000) * 1_000_000_000L);
  }

  private MarketDataGuard guard() {
    return new MarketDataGuard(duration(), share(6), share(2), duration());
  }

  private long duration() {
    return random.nextLong(CallPolicy.MAXIMUM_DURATION_NS + 1);
  }

  /// From 0 to 1.
  private Decimal share(int scale) {
    return new Decimal(random.nextLong(Fixed.pow10(scale) + 1), scale);
  }
}
