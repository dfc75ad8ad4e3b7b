package io.evenkeel.wire;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy.ClosingMarket;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.StandardOptions;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two rulebooks with values that never change: one that uses everything, one with as little as is
/// allowed.
final class SampleRulebooks {
  private SampleRulebooks() {}

  static Rulebook perpetual() {
    Map<String, BracketTable> tables = new LinkedHashMap<>();
    tables.put("majors", table(5_000_000_000_000L));
    tables.put("altcoins", table(200_000_000_000L));
    Map<String, String> tableOf = new LinkedHashMap<>();
    tableOf.put("SOLUSDT", "altcoins");
    tableOf.put("BTCUSDT", "majors");
    return new Rulebook(
        "perp-cross",
        3,
        "USDT",
        List.of(
            terms("USDT", "1", "1", "1", Long.MAX_VALUE, "0"),
            terms("BTC", "0.9", "0.95", "1.1", 5_000_000_000L, "0.02")),
        new TieredRates(tables, tableOf, "majors", true, decimal("0.5")),
        new LevelPolicy.ScaledMaintenance(decimal("1.1"), decimal("1.3"), decimal("1.6")),
        new LevelPolicy.BetweenRequirements(decimal("0.25"), decimal("1.2")),
        Map.of(
            Trigger.MARKS, new TriggerPolicy(EnumSet.allOf(CycleStep.class), true),
            Trigger.TIME, new TriggerPolicy(Set.of(CycleStep.CALL, CycleStep.CLOSE), false),
            Trigger.REASSESS, TriggerPolicy.NOTHING),
        new TopUpPolicy(true),
        new ReleasePolicy(true, 10_000_000L, 60_000_000_000L, decimal("0.3")),
        new CallPolicy(true, 3_600_000_000_000L, 1_000_000L, CallPolicy.OnExpiry.CLOSE),
        List.of(LossSource.WALLET, LossSource.MARGIN, LossSource.DEBT, LossSource.INSURANCE),
        new LiquidationPolicy(
            List.of(
                new LiquidationStep.CancelOrders(),
                new LiquidationStep.ConvertDebts(),
                new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.INITIAL),
                new LiquidationStep.TakeOver(),
                new LiquidationStep.DrawInsurance(),
                new LiquidationStep.ShareLoss()),
            decimal("0.005"),
            decimal("0.0125"),
            decimal("0.6"),
            decimal("0.25"),
            new ClosingMarket(decimal("0.0005"), decimal("0.01"), decimal("0.05"))),
        new VenuePolicy(
            ExecutionOrder.HEALTH_RATIO,
            decimal("0.1"),
            new MarketDataGuard(5_000_000_000L, decimal("0.2"), decimal("0.01"), 30_000_000_000L),
            new MarketDataGuard(0, decimal("0.15"), Decimal.ZERO, 0),
            Map.of(
                TradingPhase.HALTED, Set.of(CycleStep.CLOSE, CycleStep.RELEASE),
                TradingPhase.AUCTION, Set.of())));
  }

  /// The bare one with a margin model whose parameters are a tree.
  static Rulebook options() {
    return with(
        new StandardOptions(
            StandardOptions.ValueSource.MARK,
            StandardOptions.ReferencePrice.FORWARD,
            StandardOptions.SpreadRelief.MAXIMUM_LOSS,
            Map.of(
                "BTC",
                new StandardOptions.Market(
                    new StandardOptions.OptionRates(
                        decimal("0.15"),
                        decimal("0.1"),
                        decimal("0.075"),
                        decimal("0.08"),
                        decimal("0.5"),
                        decimal("1.01"),
                        decimal("1.2"),
                        Decimal.ONE),
                    new StandardOptions.FutureRates(
                        decimal("0.05"), decimal("0.0001"), decimal("0.03"), Decimal.ZERO),
                    StandardOptions.OracleContingency.NONE)),
            "BTC",
            new StandardOptions.Depeg(decimal("0.98"), decimal("1.5")),
            new MarketProfile(decimal("0.035"), 5_000_000_000_000L, decimal("0.05"))));
  }

  /// The bare one with collateral whose weights move and with assets that are lent.
  static Rulebook lending() {
    Rulebook bare = bare();
    CollateralTerms terms =
        new CollateralTerms(
            "€",
            decimal("0.5"),
            decimal("0.75"),
            decimal("4"),
            0,
            Decimal.ZERO,
            new CollateralScaling(
                List.of(
                    new CollateralScaling.Rule.BySize(decimal("0.003")),
                    new CollateralScaling.Rule.ByDeposits(5_000_000_000L))));
    VenuePolicy venue = bare.venue();
    return new Rulebook(
        bare.name(),
        bare.version(),
        bare.cashAsset(),
        List.of(terms),
        bare.requirement(),
        bare.crossLevels(),
        bare.isolatedLevels(),
        bare.triggers(),
        bare.topUp(),
        bare.release(),
        bare.call(),
        bare.lossSources(),
        bare.liquidation(),
        new VenuePolicy(
            venue.executionOrder(),
            venue.priceCollar(),
            venue.markGuard(),
            venue.assetGuard(),
            venue.suspended(),
            List.of(
                new LendingTerms(
                    "€",
                    decimal("0.01"),
                    decimal("0.05"),
                    decimal("0.8"),
                    decimal("3"),
                    LendingTerms.Compounding.BINOMIAL,
                    LendingTerms.Deposits.LINEAR,
                    decimal("0.1"),
                    LendingTerms.Payee.BACKSTOP,
                    true,
                    1L << 62,
                    3_600_000_000_000L))));
  }

  /// The bare one with rates that rise, and figures of the venue that are stated.
  static Rulebook scaled() {
    Rulebook bare = bare();
    TieredRates rates = (TieredRates) bare.requirement();
    VenuePolicy venue = bare.venue();
    return new Rulebook(
        bare.name(),
        bare.version(),
        bare.cashAsset(),
        bare.collateral(),
        new TieredRates(
            rates.tables(),
            rates.tableOfInstrument(),
            rates.defaultTable(),
            rates.ordersInMaintenance(),
            rates.profitInitialWeight(),
            scaling()),
        bare.crossLevels(),
        bare.isolatedLevels(),
        bare.triggers(),
        bare.topUp(),
        bare.release(),
        bare.call(),
        bare.lossSources(),
        bare.liquidation(),
        new VenuePolicy(
            venue.executionOrder(),
            venue.priceCollar(),
            venue.markGuard(),
            venue.assetGuard(),
            venue.suspended(),
            venue.lending(),
            venue.conduct(),
            slowInputs()));
  }

  static RateScaling scaling() {
    return new RateScaling(
        new Concentration(
            new Ramp(50_000_000L, 250_000_001L, decimal("2.5"), true), 10_000_000_000_000L),
        new Ramp(0, 1L << 60, decimal("0.333333333"), false),
        new Ramp(1_000L, 10_000L, decimal("100"), true),
        new VolatilityRange(decimal("0.75"), decimal("3.5")));
  }

  static SlowInputs slowInputs() {
    return new SlowInputs(
        3_600_000_000_000L,
        decimal("0.05"),
        new SlowInputs.Volatility(
            60_000_000_000L,
            decimal("0.97"),
            decimal("0.5"),
            decimal("4"),
            decimal("0.25"),
            decimal("0.1")));
  }

  static Rulebook bare() {
    return withTable("");
  }

  /// The bare one with a bracket table of this name.
  static Rulebook withTable(String tableName) {
    return with(
        new TieredRates(
            Map.of(
                tableName,
                new BracketTable(
                    List.of(new Bracket(0, Decimal.ONE, Decimal.ONE)), new Decimal(10, 0), 1)),
            Map.of(),
            tableName,
            false,
            Decimal.ZERO));
  }

  /// The bare one with steps of a liquidation and conduct that are trees.
  static Rulebook network() {
    Rulebook bare = bare();
    MarketConduct usual = MarketConduct.USUAL;
    return with(
        bare.requirement(),
        List.of(
            new LiquidationStep.CancelOrders(true),
            new LiquidationStep.Deleverage(LiquidationStep.Ranking.PROFIT_AND_LEVERAGE, true),
            new LiquidationStep.TakeOverAtMark(
                List.of(LiquidationStep.Confiscated.WALLET, LiquidationStep.Confiscated.MARGIN))),
        new MarketConduct(
            MarketConduct.OrderGate.ON_REQUEST,
            true,
            false,
            usual.cashRounding(),
            usual.fundingBasis(),
            false,
            false,
            usual.feeSources(),
            MarketConduct.BackstopCapital.INSTRUMENT_FUNDS,
            false));
  }

  /// The bare one that closes slices.
  static Rulebook slices() {
    Rulebook bare = bare();
    return with(
        bare.requirement(),
        List.of(
            new LiquidationStep.CloseSlices(
                new Decimal(1, 1),
                1,
                Long.MAX_VALUE,
                0,
                Decimal.ONE,
                new Decimal(15, 1),
                Decimal.ZERO),
            new LiquidationStep.TakeOver()),
        MarketConduct.USUAL);
  }

  /// The bare one that closes by health.
  static Rulebook byHealth() {
    Decimal tenth = new Decimal(1, 1);
    Decimal two = new Decimal(2, 0);
    return with(
        new HealthWeights(
            Map.of(
                "m",
                new HealthWeights.Market(
                    Decimal.ZERO,
                    tenth,
                    two,
                    two,
                    Decimal.ZERO,
                    Decimal.ONE,
                    new MarketProfile(tenth, 1, tenth))),
            Map.of(),
            "m",
            Map.of()),
        List.of(
            new LiquidationStep.CloseByHealth(
                new HealthClosing(
                    1,
                    new HealthClosing.Perpetuals(
                        Map.of("m", new HealthClosing.MarketFees(tenth, tenth, tenth, false)),
                        7,
                        tenth),
                    new HealthClosing.Tokens(
                        Map.of("€", new HealthClosing.TokenFees(tenth, Decimal.ZERO)), two),
                    new HealthClosing.Bankruptcy(null, Decimal.ZERO)))),
        MarketConduct.USUAL);
  }

  /// The bare one that auctions accounts.
  static Rulebook auctions() {
    Rulebook bare = bare();
    return with(
        bare.requirement(),
        List.of(
            new LiquidationStep.CancelOrders(),
            new LiquidationStep.AuctionAccount(
                new AuctionTerms(
                    new Decimal(95, 2),
                    new Decimal(7, 1),
                    900,
                    43_200,
                    3_600,
                    new Decimal(15, 2),
                    new Decimal(1, 1),
                    1_000_000)),
            new LiquidationStep.DrawInsurance()),
        MarketConduct.USUAL);
  }

  /// The bare one with this requirement.
  static Rulebook with(RequirementModel requirement) {
    return with(
        requirement,
        List.of(
            new LiquidationStep.PartialClose(LiquidationStep.ExitLevel.SEARCH),
            new LiquidationStep.TakeOver()),
        MarketConduct.USUAL);
  }

  private static Rulebook with(
      RequirementModel requirement, List<LiquidationStep> steps, MarketConduct conduct) {
    MarketDataGuard guard = new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0);
    return new Rulebook(
        "b",
        1,
        "€",
        List.of(terms("€", "0", "0", "4", 0, "0")),
        requirement,
        new LevelPolicy.FullyCollateralised(),
        new LevelPolicy.WithoutBands(),
        Map.of(),
        new TopUpPolicy(false),
        new ReleasePolicy(false, 0, 0, Decimal.ONE),
        new CallPolicy(false, 1, 1, CallPolicy.OnExpiry.NOTHING),
        List.of(LossSource.MARGIN),
        new LiquidationPolicy(
            steps,
            Decimal.ZERO,
            Decimal.ONE,
            Decimal.ZERO,
            Decimal.ZERO,
            new ClosingMarket(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO)),
        new VenuePolicy(ExecutionOrder.ARRIVAL, Decimal.ZERO, guard, guard, Map.of(), conduct));
  }

  private static BracketTable table(long depthE6) {
    return new BracketTable(
        List.of(
            new Bracket(0, decimal("0.004"), decimal("0.01")),
            new Bracket(50_000_000_000L, decimal("0.005"), decimal("0.02"))),
        decimal("0.035"),
        depthE6);
  }

  private static CollateralTerms terms(
      String asset,
      String initial,
      String maintenance,
      String debt,
      long capMinor,
      String haircut) {
    return new CollateralTerms(
        asset, decimal(initial), decimal(maintenance), decimal(debt), capMinor, decimal(haircut));
  }

  private static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
