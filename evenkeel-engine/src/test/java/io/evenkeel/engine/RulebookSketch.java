package io.evenkeel.engine;

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
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rulebook under construction, with figures that are easy to reckon with by hand: maintenance 5
/// %, initial 10 % of notional (10 % and 20 % above 100,000), search half-way between, release at
/// one and a half times initial. Every trigger runs every step, but nothing is released
/// automatically and no price is doubted unless a test says so.
final class RulebookSketch {
  static final long SECOND_NS = 1_000_000_000L;
  static final long HOUR_NS = 3_600 * SECOND_NS;

  String name = "sketch";
  int version = 1;
  String cashAsset = "USD";
  final List<CollateralTerms> collateral =
      new ArrayList<>(
          List.of(
              terms("USD", "1", "1", "1", Long.MAX_VALUE, "0"),
              terms("BTC", "0.8", "0.9", "1.1", 1_000_000_000_000L, "0.1")));
  final List<Bracket> brackets =
      new ArrayList<>(
          List.of(
              new Bracket(0, decimal("0.05"), decimal("0.1")),
              new Bracket(100_000_000_000L, decimal("0.1"), decimal("0.2"))));
  boolean ordersInMaintenance;
  String profitInitialWeight = "1";
  String dailyMove = "0.04";
  long depthE6 = 1_000_000_000_000L;
  LevelPolicy crossLevels = new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.5"));
  LevelPolicy isolatedLevels = new LevelPolicy.WithoutBands();
  final Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
  boolean siblingsAllowed = true;
  boolean releaseAutomatic;
  long releaseMinimumE6;
  long coolDownNs;
  String profitAllowance = "1";
  boolean callsEnabled = true;
  long callDeadlineNs = HOUR_NS;
  long callUpdateStepE6 = 10_000_000;
  CallPolicy.OnExpiry onExpiry = CallPolicy.OnExpiry.NOTHING;
  List<LossSource> lossSources =
      List.of(LossSource.MARGIN, LossSource.WALLET, LossSource.DEBT, LossSource.INSURANCE);
  List<LiquidationStep> steps =
      List.of(
          new LiquidationStep.CancelOrders(),
          new LiquidationStep.ConvertDebts(),
          new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.INITIAL),
          new LiquidationStep.TakeOver(),
          new LiquidationStep.DrawInsurance(),
          new LiquidationStep.ShareLoss());
  String partialPenalty = "0";
  String takeOverPenalty = "0";
  String insuranceShare = "0.5";
  String backstopShare = "0.25";
  String baseSlippage = "0";
  String impact = "0";
  String maximumSlippage = "0.1";
  ExecutionOrder executionOrder = ExecutionOrder.HEALTH_RATIO;
  String priceCollar = "0";
  MarketDataGuard markGuard = guard(0, "0", "0", 0);
  MarketDataGuard assetGuard = guard(0, "0", "0", 0);
  Map<TradingPhase, Set<CycleStep>> suspended = Map.of();
  List<LendingTerms> lending = List.of();
  MarketConduct conduct = MarketConduct.USUAL;
  RateScaling scaling = RateScaling.NONE;
  SlowInputs slowInputs = SlowInputs.NONE;
  @Nullable RequirementModel requirement;

  RulebookSketch() {
    for (Trigger trigger : Trigger.values()) {
      runs(trigger, false, CycleStep.values());
    }
  }

  RulebookSketch runs(Trigger trigger, boolean secondPass, CycleStep... runSteps) {
    triggers.put(trigger, new TriggerPolicy(Set.of(runSteps), secondPass));
    return this;
  }

  RulebookSketch runsNothing() {
    triggers.clear();
    return this;
  }

  RulebookSketch onlyTakeOver() {
    steps =
        List.of(
            new LiquidationStep.TakeOver(),
            new LiquidationStep.DrawInsurance(),
            new LiquidationStep.ShareLoss());
    return this;
  }

  Rulebook build() {
    BracketTable table = new BracketTable(brackets, decimal(dailyMove), depthE6);
    return new Rulebook(
        name,
        version,
        cashAsset,
        collateral,
        requirement != null
            ? requirement
            : new TieredRates(
                Map.of("main", table),
                Map.of(),
                "main",
                ordersInMaintenance,
                decimal(profitInitialWeight),
                scaling),
        crossLevels,
        isolatedLevels,
        triggers,
        new TopUpPolicy(siblingsAllowed),
        new ReleasePolicy(releaseAutomatic, releaseMinimumE6, coolDownNs, decimal(profitAllowance)),
        new CallPolicy(callsEnabled, callDeadlineNs, callUpdateStepE6, onExpiry),
        lossSources,
        new LiquidationPolicy(
            steps,
            decimal(partialPenalty),
            decimal(takeOverPenalty),
            decimal(insuranceShare),
            decimal(backstopShare),
            new LiquidationPolicy.ClosingMarket(
                decimal(baseSlippage), decimal(impact), decimal(maximumSlippage))),
        new VenuePolicy(
            executionOrder,
            decimal(priceCollar),
            markGuard,
            assetGuard,
            suspended,
            lending,
            conduct,
            slowInputs));
  }

  static CollateralTerms terms(
      String asset,
      String initialWeight,
      String maintenanceWeight,
      String debtWeight,
      long capMinor,
      String conversionHaircut) {
    return new CollateralTerms(
        asset,
        decimal(initialWeight),
        decimal(maintenanceWeight),
        decimal(debtWeight),
        capMinor,
        decimal(conversionHaircut));
  }

  static MarketDataGuard guard(long ageNs, String deviation, String uncertainty, long tolerance) {
    return new MarketDataGuard(ageNs, decimal(deviation), decimal(uncertainty), tolerance);
  }

  static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
