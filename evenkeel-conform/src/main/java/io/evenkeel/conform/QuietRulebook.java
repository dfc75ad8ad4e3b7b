package io.evenkeel.conform;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// A rulebook around a case's own margin parameters whose cycle does nothing, so that an account
/// stays as the case describes it while it is valued.
public final class QuietRulebook {
  /// For models that want to know of closing, which no case reaches.
  public static final MarketProfile MARKET =
      new MarketProfile(new Decimal(5, 2), 1_000_000_000_000L, new Decimal(1, 1));

  private static final MarketDataGuard NO_GUARD =
      new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0);

  private QuietRulebook() {}

  /// @param collateral the first one is the cash asset
  public static Rulebook of(
      String name, List<CollateralTerms> collateral, RequirementModel requirement) {
    return of(name, collateral, requirement, new LevelPolicy.WithoutBands());
  }

  /// @param collateral the first one is the cash asset
  public static Rulebook of(
      String name,
      List<CollateralTerms> collateral,
      RequirementModel requirement,
      LevelPolicy levels) {
    return new Rulebook(
        name,
        1,
        collateral.getFirst().asset(),
        collateral,
        requirement,
        levels,
        new LevelPolicy.WithoutBands(),
        Map.of(),
        new TopUpPolicy(false),
        new ReleasePolicy(false, 0, 0, Decimal.ZERO),
        new CallPolicy(false, 1, 1, CallPolicy.OnExpiry.NOTHING),
        List.of(LossSource.MARGIN),
        new LiquidationPolicy(
            List.of(new LiquidationStep.TakeOver()),
            Decimal.ZERO,
            Decimal.ZERO,
            Decimal.ZERO,
            Decimal.ZERO,
            new LiquidationPolicy.ClosingMarket(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO)),
        new VenuePolicy(ExecutionOrder.INDEX, Decimal.ZERO, NO_GUARD, NO_GUARD, Map.of()));
  }

  /// The same rulebook under the next version.
  public static Rulebook next(Rulebook rulebook, RequirementModel requirement) {
    return new Rulebook(
        rulebook.name(),
        rulebook.version() + 1,
        rulebook.cashAsset(),
        rulebook.collateral(),
        requirement,
        rulebook.crossLevels(),
        rulebook.isolatedLevels(),
        rulebook.triggers(),
        rulebook.topUp(),
        rulebook.release(),
        rulebook.call(),
        rulebook.lossSources(),
        rulebook.liquidation(),
        rulebook.venue());
  }

  /// Next to no requirement, so that a case's orders are accepted before its own rules come into
  /// force.
  public static RequirementModel lenient() {
    Decimal least = new Decimal(1, 12);
    return new TieredRates(
        Map.of(
            "all", new BracketTable(List.of(new Bracket(0, least, least)), new Decimal(1, 1), 1)),
        Map.of(),
        "all",
        false,
        Decimal.ONE);
  }

  /// The same rulebook, but accounts below maintenance are closed by these steps, whatever sets the
  /// cycle going; penalties are the insurance fund's.
  public static Rulebook closing(Rulebook rulebook, List<LiquidationStep> steps) {
    TriggerPolicy close = new TriggerPolicy(EnumSet.of(CycleStep.CLOSE), false);
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      triggers.put(trigger, close);
    }
    LiquidationPolicy quiet = rulebook.liquidation();
    return new Rulebook(
        rulebook.name(),
        rulebook.version(),
        rulebook.cashAsset(),
        rulebook.collateral(),
        rulebook.requirement(),
        rulebook.crossLevels(),
        rulebook.isolatedLevels(),
        triggers,
        rulebook.topUp(),
        rulebook.release(),
        rulebook.call(),
        rulebook.lossSources(),
        new LiquidationPolicy(
            steps,
            quiet.partialPenalty(),
            quiet.takeOverPenalty(),
            Decimal.ONE,
            Decimal.ZERO,
            quiet.closing()),
        rulebook.venue());
  }

  /// The same rulebook with assets that are lent.
  public static Rulebook lending(Rulebook rulebook, List<LendingTerms> lending) {
    return new Rulebook(
        rulebook.name(),
        rulebook.version(),
        rulebook.cashAsset(),
        rulebook.collateral(),
        rulebook.requirement(),
        rulebook.crossLevels(),
        rulebook.isolatedLevels(),
        rulebook.triggers(),
        rulebook.topUp(),
        rulebook.release(),
        rulebook.call(),
        rulebook.lossSources(),
        rulebook.liquidation(),
        new VenuePolicy(ExecutionOrder.INDEX, Decimal.ZERO, NO_GUARD, NO_GUARD, Map.of(), lending));
  }

  /// Collateral that counts in full, without a cap.
  public static CollateralTerms fullValue(String asset) {
    return new CollateralTerms(
        asset, Decimal.ONE, Decimal.ONE, Decimal.ONE, 1L << 62, Decimal.ZERO);
  }
}
