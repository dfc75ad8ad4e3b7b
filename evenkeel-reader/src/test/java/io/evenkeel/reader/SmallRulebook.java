package io.evenkeel.reader;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rulebook with everything switched on: maintenance 5 % and initial 10 % of notional, search
/// half-way between, release at one and a half times initial.
final class SmallRulebook {
  private static final MarketDataGuard GUARD =
      new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0);

  private SmallRulebook() {}

  static Rulebook version(int version) {
    return version(version, "0.05", "0.1");
  }

  /// The same with other rates.
  static Rulebook version(int version, String maintenanceRate, String initialRate) {
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      triggers.put(trigger, new TriggerPolicy(Set.of(CycleStep.values()), false));
    }
    Bracket bracket = new Bracket(0, decimal(maintenanceRate), decimal(initialRate));
    BracketTable table = new BracketTable(List.of(bracket), decimal("0.04"), 1_000_000_000_000L);
    return new Rulebook(
        "small",
        version,
        "USD",
        List.of(terms("USD", "1", "1", "1"), terms("BTC", "0.8", "0.9", "1.1")),
        new TieredRates(Map.of("main", table), Map.of(), "main", false, decimal("1")),
        new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.5")),
        new LevelPolicy.WithoutBands(),
        triggers,
        new TopUpPolicy(true),
        new ReleasePolicy(true, 1, 0, decimal("1")),
        new CallPolicy(true, 3_600_000_000_000L, 10_000_000, CallPolicy.OnExpiry.NOTHING),
        List.of(LossSource.MARGIN, LossSource.WALLET, LossSource.DEBT, LossSource.INSURANCE),
        liquidation(),
        new VenuePolicy(ExecutionOrder.HEALTH_RATIO, Decimal.ZERO, GUARD, GUARD, Map.of()));
  }

  private static LiquidationPolicy liquidation() {
    return new LiquidationPolicy(
        List.of(
            new LiquidationStep.CancelOrders(),
            new LiquidationStep.ConvertDebts(),
            new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.INITIAL),
            new LiquidationStep.TakeOver(),
            new LiquidationStep.DrawInsurance(),
            new LiquidationStep.ShareLoss()),
        Decimal.ZERO,
        Decimal.ZERO,
        decimal("0.5"),
        decimal("0.25"),
        new LiquidationPolicy.ClosingMarket(Decimal.ZERO, Decimal.ZERO, decimal("0.1")));
  }

  private static CollateralTerms terms(
      String asset, String initialWeight, String maintenanceWeight, String debtWeight) {
    return new CollateralTerms(
        asset,
        decimal(initialWeight),
        decimal(maintenanceWeight),
        decimal(debtWeight),
        Long.MAX_VALUE,
        Decimal.ZERO);
  }

  private static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
