package io.evenkeel.audit;

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
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rulebook with round figures, of which a test changes what it is about.
///
/// Maintenance is 5 % up to 10,000 USD of notional and 10 % above, initial twice that. Search lies
/// half-way between maintenance and initial, release at one and a half times initial. USD counts in
/// full, BTC 80 % for maintenance, 50 % for initial and 110 % as a debt.
final class RulesOfTest {
  static final long SECOND = 1_000_000_000L;

  int version = 1;
  Decimal bitcoinInitial = decimal("0.5");
  LevelPolicy levels = new LevelPolicy.BetweenRequirements(decimal("0.5"), decimal("1.5"));
  boolean automaticRelease;
  Decimal profitAllowance = Decimal.ONE;
  long coolDownNs;
  boolean siblings;
  CallPolicy.OnExpiry onExpiry = CallPolicy.OnExpiry.CLOSE;
  List<LossSource> lossSources = List.of(LossSource.values());
  List<LiquidationStep> steps =
      List.of(
          new LiquidationStep.TakeOver(),
          new LiquidationStep.DrawInsurance(),
          new LiquidationStep.ShareLoss());
  Decimal partialPenalty = Decimal.ZERO;
  Decimal takeOverPenalty = Decimal.ZERO;
  Decimal slippage = Decimal.ZERO;
  MarketDataGuard guard = new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0);
  Set<CycleStep> cycle = EnumSet.allOf(CycleStep.class);

  static Decimal decimal(String text) {
    return Decimal.parse(text);
  }

  Rulebook build() {
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    for (Trigger trigger : Trigger.values()) {
      triggers.put(trigger, new TriggerPolicy(cycle, false));
    }
    BracketTable table =
        new BracketTable(
            List.of(
                new Bracket(0, decimal("0.05"), decimal("0.1")),
                new Bracket(10_000_000_000L, decimal("0.1"), decimal("0.2"))),
            decimal("0.04"),
            1_000_000_000_000L);
    return new Rulebook(
        "test",
        version,
        "USD",
        List.of(
            terms("USD", Decimal.ONE, Decimal.ONE, Decimal.ONE, "0"),
            terms("BTC", bitcoinInitial, decimal("0.8"), decimal("1.1"), "0.1")),
        new TieredRates(Map.of("all", table), Map.of(), "all", false, Decimal.ONE),
        levels,
        levels,
        triggers,
        new TopUpPolicy(siblings),
        new ReleasePolicy(automaticRelease, 0, coolDownNs, profitAllowance),
        new CallPolicy(true, 60 * SECOND, 1_000_000, onExpiry),
        lossSources,
        new LiquidationPolicy(
            steps,
            partialPenalty,
            takeOverPenalty,
            decimal("0.5"),
            decimal("0.25"),
            new LiquidationPolicy.ClosingMarket(slippage, Decimal.ZERO, decimal("0.1"))),
        new VenuePolicy(
            ExecutionOrder.INDEX,
            Decimal.ZERO,
            guard,
            guard,
            Map.of(TradingPhase.AUCTION, Set.of(CycleStep.RELEASE))));
  }

  private static CollateralTerms terms(
      String asset, Decimal initial, Decimal maintenance, Decimal debt, String haircut) {
    return new CollateralTerms(
        asset, initial, maintenance, debt, 1_000_000_000_000L, decimal(haircut));
  }
}
