package io.evenkeel.lab.population;

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

/// A rulebook of the usual shape: brackets, haircuts, the whole cycle on every trigger, a collar of
/// 10 %.
public final class TestRulebook {
  private static final long HOUR_NS = 3_600_000_000_000L;

  private TestRulebook() {}

  public static Rulebook crossMargin(int version) {
    return crossMargin(
        version,
        List.of(
            terms("USDT", "1", "1", Long.MAX_VALUE),
            terms("USDC", "0.99", "0.995", 50_000_000_000_000L),
            terms("BTC", "0.9", "0.95", 100_000_000_000L),
            terms("ETH", "0.88", "0.93", 1_000_000_000_000L)));
  }

  public static Rulebook crossMargin(int version, List<CollateralTerms> collateral) {
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      triggers.put(trigger, new TriggerPolicy(Set.of(CycleStep.values()), false));
    }
    MarketDataGuard guard =
        new MarketDataGuard(HOUR_NS / 4, decimal("0.3"), decimal("0.02"), HOUR_NS / 6);
    return new Rulebook(
        "cross",
        version,
        "USDT",
        collateral,
        requirement(),
        new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.25")),
        new LevelPolicy.WithoutBands(),
        triggers,
        new TopUpPolicy(true),
        new ReleasePolicy(true, 10_000_000, HOUR_NS / 60, Decimal.ZERO),
        new CallPolicy(true, HOUR_NS / 2, 100_000_000, CallPolicy.OnExpiry.CLOSE),
        List.of(LossSource.MARGIN, LossSource.WALLET, LossSource.DEBT, LossSource.INSURANCE),
        liquidation(),
        new VenuePolicy(ExecutionOrder.HEALTH_RATIO, decimal("0.1"), guard, guard, Map.of()));
  }

  public static CollateralTerms terms(
      String asset, String initialWeight, String maintenanceWeight, long capMinor) {
    return new CollateralTerms(
        asset,
        decimal(initialWeight),
        decimal(maintenanceWeight),
        decimal(asset.equals("USDT") ? "1" : "1.1"),
        capMinor,
        decimal("0.01"));
  }

  private static TieredRates requirement() {
    BracketTable majors =
        new BracketTable(
            List.of(
                bracket(0, "0.005", "0.01"),
                bracket(300_000, "0.01", "0.02"),
                bracket(3_000_000, "0.025", "0.05"),
                bracket(20_000_000, "0.05", "0.1"),
                bracket(100_000_000, "0.1", "0.2")),
            decimal("0.03"),
            50_000_000_000_000L);
    BracketTable others =
        new BracketTable(
            List.of(
                bracket(0, "0.025", "0.05"),
                bracket(500_000, "0.05", "0.1"),
                bracket(5_000_000, "0.125", "0.25")),
            decimal("0.06"),
            5_000_000_000_000L);
    return new TieredRates(
        Map.of("majors", majors, "others", others),
        Map.of("BTCUSDT", "majors", "ETHUSDT", "majors"),
        "others",
        true,
        decimal("0.5"));
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
        decimal("0.005"),
        decimal("0.01"),
        decimal("0.5"),
        decimal("0.3"),
        new LiquidationPolicy.ClosingMarket(decimal("0.0005"), decimal("0.01"), decimal("0.05")));
  }

  private static Bracket bracket(long floor, String maintenanceRate, String initialRate) {
    return new Bracket(floor * 1_000_000, decimal(maintenanceRate), decimal(initialRate));
  }

  private static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
