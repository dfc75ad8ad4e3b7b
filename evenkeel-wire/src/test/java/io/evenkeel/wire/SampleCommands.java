package io.evenkeel.wire;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.List;

/// One command of every kind with values that never change: the golden files hold their bytes.
final class SampleCommands {
  static final long TIME_NS = 1_772_323_200_000_000_000L;

  private SampleCommands() {}

  static List<Sample> all() {
    List<Sample> all = new ArrayList<>(definitions());
    all.addAll(requests());
    all.addAll(hedged());
    return all;
  }

  private static List<Sample> definitions() {
    return List.of(
        of(new Command.DefineAsset(new Asset(1, "USDT", 6, 1L << 54, 6, 1_000_000, 2_000_000))),
        Sample.command(
            "DefineLinearContract",
            new Command.DefineInstrument(
                new Instrument.LinearContract(
                    7,
                    "BTCUSDT",
                    ContractKind.PERPETUAL,
                    1,
                    Variation.UNREALISED_UNTIL_CLOSED,
                    1,
                    2,
                    3,
                    1,
                    100_000_000L,
                    1_000_000L,
                    1_000_000_000L))),
        Sample.command("DefineLinearContract-option", new Command.DefineInstrument(option())),
        Sample.command("DefineLinearContract-average", new Command.DefineInstrument(averaged())),
        of(new Command.DefineRulebook(2, SampleRulebooks.perpetual(), TIME_NS)),
        Sample.command(
            "DefineRulebook-lending", new Command.DefineRulebook(5, SampleRulebooks.lending(), 0)),
        Sample.command(
            "DefineRulebook-model", new Command.DefineRulebook(4, SampleRulebooks.options(), 0)),
        Sample.command(
            "DefineRulebook-steps", new Command.DefineRulebook(6, SampleRulebooks.network(), 0)),
        Sample.command(
            "DefineRulebook-scaled", new Command.DefineRulebook(7, SampleRulebooks.scaled(), 0)),
        Sample.command(
            "DefineRulebook-slices", new Command.DefineRulebook(8, SampleRulebooks.slices(), 0)),
        Sample.command(
            "DefineRulebook-auctions",
            new Command.DefineRulebook(9, SampleRulebooks.auctions(), 0)),
        Sample.command(
            "DefineRulebook-bare",
            new Command.DefineRulebook(65_535, SampleRulebooks.bare(), Long.MIN_VALUE)));
  }

  /// Commands about accounts with a long and a short side.
  private static List<Sample> hedged() {
    PositionSide buyer = PositionSide.LONG;
    PositionSide seller = PositionSide.SHORT;
    return List.of(
        Sample.command(
            "SetOrderExposure-sides",
            new Command.SetOrderExposure(501, 7, 0, 30, 0, 150_000_000L, buyer)),
        Sample.command(
            "Fill-sides",
            new Command.Fill(7, 501, 502, 25, 5_000_010L, 0, 0, false, true, buyer, seller)),
        Sample.command(
            "TransferPosition-sides",
            new Command.TransferPosition(7, 501, 502, 25, Command.TransferBasis.MARK, 0, seller)),
        Sample.command(
            "BustTrade-sides",
            new Command.BustTrade(7, 501, 502, 25, 5_000_010L, 0, 0, buyer, seller)),
        Sample.command(
            "CorrectTrade-sides",
            new Command.CorrectTrade(7, 501, 502, 25, 5_000_010L, 5_000_100L, seller, buyer)));
  }

  private static List<Sample> requests() {
    return List.of(
        of(new Command.OpenAccount(501, 42, 2, AccountMode.ISOLATED, 7, AccountRole.TRADER)),
        of(new Command.CloseAccount(501)),
        of(new Command.SetPartyPolicy(42, true)),
        of(new Command.Deposit(42, 1, 2_500_000_000L)),
        of(new Command.Withdraw(42, 1, 1_000_000L)),
        of(new Command.ContributeInsurance(1, 90_000_000_000L)),
        of(new Command.Transfer(501, 1, 700_000_000L, Command.Direction.TO_MARGIN)),
        of(new Command.SetLeverage(501, 2_000)),
        of(new Command.SetOrderExposure(501, 7, 30, 0, 150_000_000L, 0)),
        of(new Command.Fill(7, 501, 502, 25, 5_000_010L, 1_250L, -300L, true, false)),
        of(
            new Command.MarkPrices(
                MarkBatch.builder()
                    .add(Target.INSTRUMENT, 7, 4_999_950L, TIME_NS, 120)
                    .add(Target.ASSET, 1, 999_800L, TIME_NS - 5_000_000L)
                    .build())),
        of(new Command.ApplyFunding(7, new Decimal(-125, 6))),
        of(new Command.SettleInstrument(7, 5_100_000L)),
        of(new Command.SettleExpiry(1, TIME_NS, new Decimal(5_012_345, 2))),
        of(new Command.SetPhase(7, TradingPhase.AUCTION)),
        of(factors()),
        of(new Command.ImportBalance(501, 1, -700_000_000L)),
        of(new Command.ImportPosition(7, 501, 502, 25, 125_000_250L)),
        of(new Command.TransferPosition(7, 501, 502, 25, Command.TransferBasis.PRICE, 5_000_010L)),
        of(new Command.BustTrade(7, 501, 502, 25, 5_000_010L, 1_250L, -300L)),
        of(new Command.CorrectTrade(7, 501, 502, 25, 5_000_010L, 5_000_100L)),
        of(new Command.SetAccountMode(501, 2, AccountMode.ISOLATED, 7)),
        of(new Command.SetPositionMode(501, PositionMode.HEDGE)),
        of(new Command.Borrow(501, 1, 250_000_000L)),
        of(new Command.BidInAuction(501, 502, new Decimal(125, 3), 1, -40_000_000L)),
        of(new Command.AccrueInterest(1)),
        of(new Command.SecureMargin(501, 7, 5_000_010L)),
        of(new Command.ChargeFee(501, 1, 1_250L, 43)),
        Sample.command("ChargeFee-instrument", new Command.ChargeFee(501, 1, 1_250L, -1, 7)),
        of(new Command.ContributeInstrumentFund(7, 90_000_000L)),
        of(new Command.CloseInstrumentFund(7)),
        of(new Command.Reassess(List.of(501L, 502L, 9_000_000_000L), true)),
        of(new Command.AdvanceTime()));
  }

  private static Command factors() {
    return new Command.PublishFactors(
        List.of(
            new FactorValue(FactorKind.FORWARD_FIXED, 1, TIME_NS + 1, new Decimal(60_125, 1)),
            new FactorValue(FactorKind.FUNDING_INCREMENT, 7, 0, new Decimal(-25, 6))));
  }

  private static Instrument option() {
    return new Instrument.LinearContract(
        9,
        "BTC-27MAR26-60000-P",
        ContractKind.OPTION,
        1,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        4,
        1,
        1,
        20_000L,
        1_000_000L,
        1_000_000_000L,
        new ContractTerms(
            2, TIME_NS + 1, true, new OptionTerms(OptionTerms.Right.PUT, new Decimal(60_000, 0))));
  }

  private static Instrument averaged() {
    return new Instrument.LinearContract(
        10,
        "BTC-27MAR26",
        ContractKind.DATED_FUTURE,
        1,
        Variation.CASH_AT_EACH_MARK,
        1,
        2,
        3,
        1,
        20_000_000L,
        1_000_000L,
        1_000_000_000L,
        new ContractTerms(
            2,
            TIME_NS + 1,
            false,
            null,
            new SettlementAverage(1_800_000_000_000L, new Decimal(9, 1))));
  }

  private static Sample of(Command command) {
    return Sample.command(command.getClass().getSimpleName(), command);
  }
}
