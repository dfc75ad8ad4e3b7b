package io.evenkeel.wire;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.AverageResult;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// One event of every kind with values that never change: the golden files hold their bytes.
final class SampleEvents {
  private static final Assessment ASSESSMENT =
      new Assessment(
          Zone.CALL,
          105_000_000L,
          98_500_000L,
          100_000_000L,
          120_000_000L,
          new MarginLevels(100_000_000L, 110_000_000L, 136_500_000L, 160_000_000L));
  private static final Evidence EVIDENCE =
      new Evidence(
          Trigger.MARKS,
          2,
          3,
          ASSESSMENT,
          List.of(
              new Evidence.CollateralLine(
                  1,
                  90_000_000L,
                  1_000_000L,
                  Decimal.ONE,
                  new Decimal(95, 2),
                  90_000_000L,
                  85_500_000L,
                  -2_000_000L,
                  -2_000_000L,
                  -2_000_000L)),
          List.of(
              new Evidence.PositionLine(
                  7,
                  -25,
                  -125_000_250L,
                  4_999_950L,
                  0,
                  30,
                  1_500L,
                  124_998_750L,
                  149_998_500L,
                  624_994L,
                  1_499_985L)));
  private static final List<SourcedAmount> AMOUNTS =
      List.of(
          new SourcedAmount(new LedgerAccount.Wallet(42), 1, 20_000_000L),
          new SourcedAmount(new LedgerAccount.Margin(502), 1, 11_500_000L));

  private SampleEvents() {}

  static List<Sample> all() {
    Stream<Sample> plain =
        Stream.of(references(), markets(), decisions(), liquidations())
            .flatMap(List::stream)
            .map(event -> Sample.event(event.getClass().getSimpleName(), event));
    return Stream.of(plain, explained(), hedged()).flatMap(Function.identity()).toList();
  }

  /// What tells of accounts with a long and a short side.
  private static Stream<Sample> hedged() {
    PositionSide one = PositionSide.LONG;
    PositionSide other = PositionSide.SHORT;
    Evidence evidence =
        new Evidence(
            Trigger.MARKS,
            2,
            3,
            ASSESSMENT,
            List.of(),
            List.of(
                new Evidence.PositionLine(7, 25, 125_000_250L, 2, 0, 5, -1, 3, 4, 5, 6, one),
                new Evidence.PositionLine(7, -5, -25_000_250L, 2, 9, 0, 1, 3, 4, 5, 6, other)));
    return Stream.of(
            new Event.OrderExposureSet(501, 7, 30, 0, 150_000_000L, 0, one),
            new Event.FillApplied(7, 501, 502, 25, 5_000_010L, 0, 2_250L, one, other),
            new Event.PositionTransferred(7, 501, 502, -25, -125_000_250L, 0, 0, other, other),
            new Event.TradeBusted(7, 501, 502, 25, 5_000_010L, 0, 0, one, other),
            new Event.TradeCorrected(7, 501, 502, 25, 5_000_010L, 5_000_100L, 0, 0, other, one),
            new Event.PositionReduced(501, 7, 10, 50L, 49L, -12L, 2L, 499_995_000L, other),
            new Event.Deleveraged(501, 502, 7, 10, 50L, -49L, -12L, 9L, 2L, one, other),
            new Event.ProfitReduced(502, 7, 300_000L, 7_500L, one),
            new Event.ToppedUp(501, 31_500_000L, AMOUNTS, evidence),
            new Event.Released(501, 12_000_000L, AMOUNTS, evidence),
            new Event.MarginCallIssued(501, 88, 38_000_000L, 1, 2, evidence),
            new Event.LiquidationStarted(501, LiquidationCause.BELOW_MAINTENANCE, evidence))
        .map(event -> Sample.event(event.getClass().getSimpleName() + "-sides", event));
  }

  private static List<Event> references() {
    return List.of(
        new Event.AssetDefined(1, "USDT"),
        new Event.InstrumentDefined(7, "BTCUSDT"),
        new Event.RulebookAnnounced(2, 3, SampleCommands.TIME_NS),
        new Event.RulebookInForce(2, "perp-cross", 3),
        new Event.AccountOpened(501, 42, 2, AccountMode.CROSS, AccountRole.BACKSTOP),
        new Event.AccountClosed(501),
        new Event.PartyPolicySet(42, false),
        new Event.LeverageSet(501, 2_000),
        new Event.AccountModeSet(501, 2, AccountMode.ISOLATED, 7),
        new Event.PositionModeSet(501, PositionMode.HEDGE),
        new Event.PhaseSet(7, TradingPhase.HALTED),
        new Event.SettlementPriceStated(1, SampleCommands.TIME_NS, new Decimal(5_012_345, 2)),
        new Event.SettlementAveraged(
            1,
            SampleCommands.TIME_NS,
            1_800_000_000_000L,
            5_012_345,
            1_799_500_000_000L,
            412,
            AverageResult.COVERAGE_TOO_SMALL),
        new Event.InstrumentSettled(7, 5_100_000L),
        new Event.AccountFrozen(501),
        new Event.InstrumentFrozen(7),
        new Event.AlarmRaised("Σ balances of USDT = 0, not −3"));
  }

  private static List<Event> markets() {
    return List.of(
        new Event.OrderExposureSet(501, 7, 30, 0, 150_000_000L, 0, PositionSide.NET),
        new Event.FillApplied(
            7, 501, 502, 25, 5_000_010L, -1_500L, 2_250L, PositionSide.NET, PositionSide.NET),
        new Event.PositionImported(7, 501, 502, 25, 125_000_250L),
        new Event.PositionTransferred(
            7, 501, 502, -25, -125_000_250L, -1_500L, 2_250L, PositionSide.NET, PositionSide.NET),
        new Event.TradeBusted(
            7, 501, 502, 25, 5_000_010L, -1_500L, 2_250L, PositionSide.NET, PositionSide.NET),
        new Event.TradeCorrected(
            7,
            501,
            502,
            25,
            5_000_010L,
            5_000_100L,
            0L,
            2_250L,
            PositionSide.NET,
            PositionSide.NET),
        new Event.InterestAccrued(
            1,
            3_600,
            52_500_000_000L,
            1_000_005_993_150_684_932L,
            1_000_002_000_000_000_000L,
            5_993L,
            599L),
        new Event.InterestIndexesRestarted(1, 3L),
        new Event.MoneyMoved(
            1,
            new LedgerAccount.House(HouseAccount.INSURANCE_FUND),
            new LedgerAccount.Clearing(7),
            3_000_000L,
            MoneyReason.BAD_DEBT),
        new Event.MarkRejected(Target.INSTRUMENT, 7, 0, 4_999_950L, MarkFault.OUT_OF_RANGE),
        new Event.MarketDataDegraded(Target.ASSET, 1, MarkFault.STALE),
        new Event.MarketDataRestored(Target.ASSET, 1, 999_800L),
        new Event.MarketDataLost(Target.INSTRUMENT, 7),
        new Event.SlowInputStated(
            Event.SlowInput.REALISED_VOLATILITY, 7, 61_234_567L, 40_000_000L, 50_000_000L),
        new Event.CashSettled(
            Event.CashKind.FUNDING, 7, 4_999_950L, 9_000L, 8_500L, 9_000L, 8_499L, 1L),
        new Event.LossUnpaid(501, 7, 500L));
  }

  private static List<Event> decisions() {
    return List.of(
        new Event.ZoneChanged(501, Zone.HEALTHY, Zone.CALL, ASSESSMENT),
        new Event.ToppedUp(501, 31_500_000L, AMOUNTS, EVIDENCE),
        new Event.OrderMarginSecured(501, 31_500_000L, AMOUNTS),
        new Event.Released(501, 12_000_000L, AMOUNTS, EVIDENCE),
        new Event.MarginCallIssued(
            501,
            88,
            38_000_000L,
            SampleCommands.TIME_NS + 3_600_000_000_000L,
            7_200_000_000_000L,
            EVIDENCE),
        new Event.MarginCallUpdated(501, 88, 38_000_000L, 41_000_000L, 5_400_000_000_000L),
        new Event.MarginCallEnded(501, 88, CallEnd.SUPERSEDED, 99_000_000L, 136_500_000L),
        new Event.LiquidationStarted(501, LiquidationCause.CALL_EXPIRED, EVIDENCE));
  }

  /// Decisions by a model that explains itself in terms.
  private static Stream<Sample> explained() {
    Evidence evidence =
        new Evidence(
            Trigger.MARKS,
            4,
            1,
            ASSESSMENT,
            List.of(),
            List.of(),
            List.of(
                new Term(
                    "equity",
                    Operation.DIFFERENCE,
                    new BigDecimal("105.00"),
                    "USD",
                    List.of(
                        Term.input("cash", new BigDecimal("1E+2"), "USDT"),
                        Term.input("\"debt\" €", new BigDecimal("-5.00"), "1")))));
    return Stream.of(
            new Event.ToppedUp(501, 31_500_000L, AMOUNTS, evidence),
            new Event.Released(501, 12_000_000L, AMOUNTS, evidence),
            new Event.MarginCallIssued(501, 88, 38_000_000L, 1, 2, evidence),
            new Event.LiquidationStarted(501, LiquidationCause.BELOW_MAINTENANCE, evidence))
        .map(event -> Sample.event(event.getClass().getSimpleName() + "-terms", event));
  }

  private static List<Event> liquidations() {
    return List.of(
        new Event.OrdersCancelled(501, 2),
        new Event.CollateralConverted(501, 2, 4_000L, 1, 190_000_000L),
        new Event.PositionReduced(
            501, 7, 10, 4_999_950L, 4_995_000L, -12_000L, 2_500L, 499_995_000L, PositionSide.NET),
        new Event.Deleveraged(
            501,
            502,
            7,
            10,
            4_999_950L,
            -49_950_000L,
            -12_000L,
            9_500L,
            2_500L,
            PositionSide.NET,
            PositionSide.NET),
        new Event.AccountTakenOver(501, 1, -3_000_000L, 749_992_500L, 1, 0),
        new Event.AuctionStarted(
            501, 12, false, 400_000_000L, 1, 1_810_444L, 1_700_000_007_800_000_000L, ASSESSMENT),
        new Event.AuctionBidTaken(
            501,
            12,
            502,
            new Decimal(226_305_609_284_332_689L, 18),
            400_000_000L,
            1,
            90_522_244L,
            40_000_000L,
            ASSESSMENT),
        new Event.AuctionEnded(501, 12, AuctionEnd.SOLD, ASSESSMENT),
        new Event.InsuranceDrawn(501, 1, 3_000_000L, 2_999_999L),
        new Event.LossShared(7, 2, 10_000L, 400_000L, 9_999L, 12),
        new Event.ProfitReduced(502, 7, 300_000L, 7_500L, PositionSide.NET),
        new Event.BadDebtRecorded(-1, 1, 1L),
        new Event.LiquidationEnded(501, LiquidationResult.TAKEN_OVER, ASSESSMENT));
  }
}
