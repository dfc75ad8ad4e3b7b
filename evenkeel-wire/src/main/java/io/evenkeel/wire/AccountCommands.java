package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.sbe.AccrueInterestDecoder;
import io.evenkeel.wire.sbe.AccrueInterestEncoder;
import io.evenkeel.wire.sbe.BorrowDecoder;
import io.evenkeel.wire.sbe.BorrowEncoder;
import io.evenkeel.wire.sbe.BustTradeDecoder;
import io.evenkeel.wire.sbe.BustTradeEncoder;
import io.evenkeel.wire.sbe.ChargeFeeDecoder;
import io.evenkeel.wire.sbe.ChargeFeeEncoder;
import io.evenkeel.wire.sbe.CloseAccountDecoder;
import io.evenkeel.wire.sbe.CloseAccountEncoder;
import io.evenkeel.wire.sbe.CloseInstrumentFundDecoder;
import io.evenkeel.wire.sbe.CloseInstrumentFundEncoder;
import io.evenkeel.wire.sbe.ContributeInstrumentFundDecoder;
import io.evenkeel.wire.sbe.ContributeInstrumentFundEncoder;
import io.evenkeel.wire.sbe.ContributeInsuranceDecoder;
import io.evenkeel.wire.sbe.ContributeInsuranceEncoder;
import io.evenkeel.wire.sbe.CorrectTradeDecoder;
import io.evenkeel.wire.sbe.CorrectTradeEncoder;
import io.evenkeel.wire.sbe.DepositDecoder;
import io.evenkeel.wire.sbe.DepositEncoder;
import io.evenkeel.wire.sbe.ImportBalanceDecoder;
import io.evenkeel.wire.sbe.ImportBalanceEncoder;
import io.evenkeel.wire.sbe.ImportPositionDecoder;
import io.evenkeel.wire.sbe.ImportPositionEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.OpenAccountDecoder;
import io.evenkeel.wire.sbe.OpenAccountEncoder;
import io.evenkeel.wire.sbe.SecureMarginDecoder;
import io.evenkeel.wire.sbe.SecureMarginEncoder;
import io.evenkeel.wire.sbe.SetAccountModeDecoder;
import io.evenkeel.wire.sbe.SetAccountModeEncoder;
import io.evenkeel.wire.sbe.SetLeverageDecoder;
import io.evenkeel.wire.sbe.SetLeverageEncoder;
import io.evenkeel.wire.sbe.SetPartyPolicyDecoder;
import io.evenkeel.wire.sbe.SetPartyPolicyEncoder;
import io.evenkeel.wire.sbe.SetPositionModeDecoder;
import io.evenkeel.wire.sbe.SetPositionModeEncoder;
import io.evenkeel.wire.sbe.TransferDecoder;
import io.evenkeel.wire.sbe.TransferEncoder;
import io.evenkeel.wire.sbe.TransferPositionDecoder;
import io.evenkeel.wire.sbe.TransferPositionEncoder;
import io.evenkeel.wire.sbe.WithdrawDecoder;
import io.evenkeel.wire.sbe.WithdrawEncoder;
import org.agrona.MutableDirectBuffer;

/// Commands about accounts, parties and money.
final class AccountCommands {
  private static final int NO_INSTRUMENT = -1;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OpenAccountEncoder openAccountEncoder = new OpenAccountEncoder();
  private final OpenAccountDecoder openAccountDecoder = new OpenAccountDecoder();
  private final CloseAccountEncoder closeAccountEncoder = new CloseAccountEncoder();
  private final CloseAccountDecoder closeAccountDecoder = new CloseAccountDecoder();
  private final SetPartyPolicyEncoder setPartyPolicyEncoder = new SetPartyPolicyEncoder();
  private final SetPartyPolicyDecoder setPartyPolicyDecoder = new SetPartyPolicyDecoder();
  private final SetLeverageEncoder setLeverageEncoder = new SetLeverageEncoder();
  private final SetLeverageDecoder setLeverageDecoder = new SetLeverageDecoder();
  private final DepositEncoder depositEncoder = new DepositEncoder();
  private final DepositDecoder depositDecoder = new DepositDecoder();
  private final WithdrawEncoder withdrawEncoder = new WithdrawEncoder();
  private final WithdrawDecoder withdrawDecoder = new WithdrawDecoder();
  private final ContributeInsuranceEncoder contributeInsuranceEncoder =
      new ContributeInsuranceEncoder();
  private final ContributeInsuranceDecoder contributeInsuranceDecoder =
      new ContributeInsuranceDecoder();
  private final TransferEncoder transferEncoder = new TransferEncoder();
  private final TransferDecoder transferDecoder = new TransferDecoder();

  private final SecureMarginEncoder secureMarginEncoder = new SecureMarginEncoder();
  private final SecureMarginDecoder secureMarginDecoder = new SecureMarginDecoder();
  private final ChargeFeeEncoder chargeFeeEncoder = new ChargeFeeEncoder();
  private final ChargeFeeDecoder chargeFeeDecoder = new ChargeFeeDecoder();
  private final ContributeInstrumentFundEncoder contributeInstrumentFundEncoder =
      new ContributeInstrumentFundEncoder();
  private final ContributeInstrumentFundDecoder contributeInstrumentFundDecoder =
      new ContributeInstrumentFundDecoder();
  private final CloseInstrumentFundEncoder closeInstrumentFundEncoder =
      new CloseInstrumentFundEncoder();
  private final CloseInstrumentFundDecoder closeInstrumentFundDecoder =
      new CloseInstrumentFundDecoder();
  private final BorrowEncoder borrowEncoder = new BorrowEncoder();
  private final BorrowDecoder borrowDecoder = new BorrowDecoder();
  private final AccrueInterestEncoder accrueInterestEncoder = new AccrueInterestEncoder();
  private final AccrueInterestDecoder accrueInterestDecoder = new AccrueInterestDecoder();
  private final ImportBalanceEncoder importBalanceEncoder = new ImportBalanceEncoder();
  private final ImportBalanceDecoder importBalanceDecoder = new ImportBalanceDecoder();
  private final ImportPositionEncoder importPositionEncoder = new ImportPositionEncoder();
  private final ImportPositionDecoder importPositionDecoder = new ImportPositionDecoder();
  private final TransferPositionEncoder transferPositionEncoder = new TransferPositionEncoder();
  private final TransferPositionDecoder transferPositionDecoder = new TransferPositionDecoder();
  private final BustTradeEncoder bustTradeEncoder = new BustTradeEncoder();
  private final BustTradeDecoder bustTradeDecoder = new BustTradeDecoder();
  private final CorrectTradeEncoder correctTradeEncoder = new CorrectTradeEncoder();
  private final CorrectTradeDecoder correctTradeDecoder = new CorrectTradeDecoder();
  private final SetAccountModeEncoder setAccountModeEncoder = new SetAccountModeEncoder();
  private final SetAccountModeDecoder setAccountModeDecoder = new SetAccountModeDecoder();
  private final SetPositionModeEncoder setPositionModeEncoder = new SetPositionModeEncoder();
  private final SetPositionModeDecoder setPositionModeDecoder = new SetPositionModeDecoder();

  int encode(Command.OpenAccount it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        openAccountEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .partyId(it.partyId())
            .rulebookId(it.rulebookId())
            .mode(WireEnums.ACCOUNT_MODE.code(it.mode()))
            .isolatedInstrumentId(it.isolatedInstrumentId())
            .role(WireEnums.ACCOUNT_ROLE.code(it.role())));
  }

  Command.OpenAccount openAccount(Frame frame) {
    OpenAccountDecoder from = frame.body(openAccountDecoder);
    return new Command.OpenAccount(
        from.accountId(),
        from.partyId(),
        from.rulebookId(),
        WireEnums.ACCOUNT_MODE.constant(from.modeRaw(), "mode"),
        from.isolatedInstrumentId(),
        WireEnums.ACCOUNT_ROLE.constant(from.roleRaw(), "role"));
  }

  int encode(Command.CloseAccount it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        closeAccountEncoder.wrapAndApplyHeader(buffer, offset, header).accountId(it.accountId()));
  }

  Command.CloseAccount closeAccount(Frame frame) {
    CloseAccountDecoder from = frame.body(closeAccountDecoder);
    return new Command.CloseAccount(from.accountId());
  }

  int encode(Command.SetPartyPolicy it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setPartyPolicyEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .partyId(it.partyId())
            .siblingTopUp(ValueBody.flag(it.siblingTopUp())));
  }

  Command.SetPartyPolicy setPartyPolicy(Frame frame) {
    SetPartyPolicyDecoder from = frame.body(setPartyPolicyDecoder);
    return new Command.SetPartyPolicy(
        from.partyId(), ValueBody.flag(from.siblingTopUpRaw(), "siblingTopUp"));
  }

  int encode(Command.SetLeverage it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setLeverageEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .leverageE2(it.leverageE2()));
  }

  Command.SetLeverage setLeverage(Frame frame) {
    SetLeverageDecoder from = frame.body(setLeverageDecoder);
    return new Command.SetLeverage(from.accountId(), from.leverageE2());
  }

  int encode(Command.Deposit it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        depositEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .partyId(it.partyId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Command.Deposit deposit(Frame frame) {
    DepositDecoder from = frame.body(depositDecoder);
    return new Command.Deposit(from.partyId(), from.assetId(), from.amountMinor());
  }

  int encode(Command.Withdraw it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        withdrawEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .partyId(it.partyId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Command.Withdraw withdraw(Frame frame) {
    WithdrawDecoder from = frame.body(withdrawDecoder);
    return new Command.Withdraw(from.partyId(), from.assetId(), from.amountMinor());
  }

  int encode(Command.ContributeInsurance it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        contributeInsuranceEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Command.ContributeInsurance contributeInsurance(Frame frame) {
    ContributeInsuranceDecoder from = frame.body(contributeInsuranceDecoder);
    return new Command.ContributeInsurance(from.assetId(), from.amountMinor());
  }

  int encode(Command.Transfer it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        transferEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor())
            .direction(WireEnums.DIRECTION.code(it.direction())));
  }

  Command.Transfer transfer(Frame frame) {
    TransferDecoder from = frame.body(transferDecoder);
    return new Command.Transfer(
        from.accountId(),
        from.assetId(),
        from.amountMinor(),
        WireEnums.DIRECTION.constant(from.directionRaw(), "direction"));
  }

  int encode(Command.ImportBalance it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        importBalanceEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Command.ImportBalance importBalance(Frame frame) {
    ImportBalanceDecoder from = frame.body(importBalanceDecoder);
    return new Command.ImportBalance(from.accountId(), from.assetId(), from.amountMinor());
  }

  int encode(Command.ImportPosition it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        importPositionEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .longAccountId(it.longAccountId())
            .shortAccountId(it.shortAccountId())
            .quantityUnits(it.quantityUnits())
            .longCostTicks(it.longCostTicks()));
  }

  Command.ImportPosition importPosition(Frame frame) {
    ImportPositionDecoder from = frame.body(importPositionDecoder);
    return new Command.ImportPosition(
        from.instrumentId(),
        from.longAccountId(),
        from.shortAccountId(),
        from.quantityUnits(),
        from.longCostTicks());
  }

  int encode(Command.Borrow it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        borrowEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Command.Borrow borrow(Frame frame) {
    BorrowDecoder from = frame.body(borrowDecoder);
    return new Command.Borrow(from.accountId(), from.assetId(), from.amountMinor());
  }

  int encode(Command.AccrueInterest it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accrueInterestEncoder.wrapAndApplyHeader(buffer, offset, header).assetId(it.assetId()));
  }

  Command.AccrueInterest accrueInterest(Frame frame) {
    AccrueInterestDecoder from = frame.body(accrueInterestDecoder);
    return new Command.AccrueInterest(from.assetId());
  }

  int encode(Command.SecureMargin it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        secureMarginEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .priceUnits(it.priceUnits()));
  }

  Command.SecureMargin secureMargin(Frame frame) {
    SecureMarginDecoder from = frame.body(secureMarginDecoder);
    return new Command.SecureMargin(from.accountId(), from.instrumentId(), from.priceUnits());
  }

  int encode(Command.ChargeFee it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        chargeFeeEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor())
            .receivingPartyId(it.receivingPartyId())
            .instrumentId(it.instrumentId()));
  }

  Command.ChargeFee chargeFee(Frame frame) {
    ChargeFeeDecoder from = frame.body(chargeFeeDecoder);
    boolean statesInstrument = from.actingVersion() >= ChargeFeeDecoder.instrumentIdSinceVersion();
    return new Command.ChargeFee(
        from.accountId(),
        from.assetId(),
        from.amountMinor(),
        from.receivingPartyId(),
        statesInstrument ? from.instrumentId() : NO_INSTRUMENT);
  }

  int encode(Command.ContributeInstrumentFund it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        contributeInstrumentFundEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .amountMinor(it.amountMinor()));
  }

  Command.ContributeInstrumentFund contributeInstrumentFund(Frame frame) {
    ContributeInstrumentFundDecoder from = frame.body(contributeInstrumentFundDecoder);
    return new Command.ContributeInstrumentFund(from.instrumentId(), from.amountMinor());
  }

  int encode(Command.CloseInstrumentFund it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        closeInstrumentFundEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId()));
  }

  Command.CloseInstrumentFund closeInstrumentFund(Frame frame) {
    CloseInstrumentFundDecoder from = frame.body(closeInstrumentFundDecoder);
    return new Command.CloseInstrumentFund(from.instrumentId());
  }

  int encode(Command.TransferPosition it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        transferPositionEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .fromAccountId(it.fromAccountId())
            .toAccountId(it.toAccountId())
            .quantityUnits(it.quantityUnits())
            .basis(WireEnums.TRANSFER_BASIS.code(it.basis()))
            .priceUnits(it.priceUnits())
            .fromSide(WireEnums.POSITION_SIDE.code(it.fromSide())));
  }

  Command.TransferPosition transferPosition(Frame frame) {
    TransferPositionDecoder from = frame.body(transferPositionDecoder);
    return new Command.TransferPosition(
        from.instrumentId(),
        from.fromAccountId(),
        from.toAccountId(),
        from.quantityUnits(),
        WireEnums.TRANSFER_BASIS.constant(from.basisRaw(), "basis"),
        from.priceUnits(),
        ValueBody.side(from.actingVersion(), from.fromSideRaw(), "fromSide"));
  }

  int encode(Command.BustTrade it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        bustTradeEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .buyerFeeMinor(it.buyerFeeMinor())
            .sellerFeeMinor(it.sellerFeeMinor())
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Command.BustTrade bustTrade(Frame frame) {
    BustTradeDecoder from = frame.body(bustTradeDecoder);
    return new Command.BustTrade(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.buyerFeeMinor(),
        from.sellerFeeMinor(),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Command.CorrectTrade it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        correctTradeEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .correctedPriceUnits(it.correctedPriceUnits())
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Command.CorrectTrade correctTrade(Frame frame) {
    CorrectTradeDecoder from = frame.body(correctTradeDecoder);
    return new Command.CorrectTrade(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.correctedPriceUnits(),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Command.SetPositionMode it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setPositionModeEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .mode(WireEnums.POSITION_MODE.code(it.mode())));
  }

  Command.SetPositionMode setPositionMode(Frame frame) {
    SetPositionModeDecoder from = frame.body(setPositionModeDecoder);
    return new Command.SetPositionMode(
        from.accountId(), WireEnums.POSITION_MODE.constant(from.modeRaw(), "mode"));
  }

  int encode(Command.SetAccountMode it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setAccountModeEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .rulebookId(it.rulebookId())
            .mode(WireEnums.ACCOUNT_MODE.code(it.mode()))
            .isolatedInstrumentId(it.isolatedInstrumentId()));
  }

  Command.SetAccountMode setAccountMode(Frame frame) {
    SetAccountModeDecoder from = frame.body(setAccountModeDecoder);
    return new Command.SetAccountMode(
        from.accountId(),
        from.rulebookId(),
        WireEnums.ACCOUNT_MODE.constant(from.modeRaw(), "mode"),
        from.isolatedInstrumentId());
  }
}
