package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.wire.sbe.AccrueInterestDecoder;
import io.evenkeel.wire.sbe.AdvanceTimeDecoder;
import io.evenkeel.wire.sbe.ApplyFundingDecoder;
import io.evenkeel.wire.sbe.BidInAuctionDecoder;
import io.evenkeel.wire.sbe.BorrowDecoder;
import io.evenkeel.wire.sbe.BustTradeDecoder;
import io.evenkeel.wire.sbe.ChargeFeeDecoder;
import io.evenkeel.wire.sbe.CloseAccountDecoder;
import io.evenkeel.wire.sbe.CloseInstrumentFundDecoder;
import io.evenkeel.wire.sbe.ContributeInstrumentFundDecoder;
import io.evenkeel.wire.sbe.ContributeInsuranceDecoder;
import io.evenkeel.wire.sbe.CorrectTradeDecoder;
import io.evenkeel.wire.sbe.DefineAssetDecoder;
import io.evenkeel.wire.sbe.DefineLinearContractDecoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder;
import io.evenkeel.wire.sbe.DepositDecoder;
import io.evenkeel.wire.sbe.FillDecoder;
import io.evenkeel.wire.sbe.ImportBalanceDecoder;
import io.evenkeel.wire.sbe.ImportPositionDecoder;
import io.evenkeel.wire.sbe.MarkPricesDecoder;
import io.evenkeel.wire.sbe.OpenAccountDecoder;
import io.evenkeel.wire.sbe.PublishFactorsDecoder;
import io.evenkeel.wire.sbe.ReassessDecoder;
import io.evenkeel.wire.sbe.SecureMarginDecoder;
import io.evenkeel.wire.sbe.SetAccountModeDecoder;
import io.evenkeel.wire.sbe.SetLeverageDecoder;
import io.evenkeel.wire.sbe.SetOrderExposureDecoder;
import io.evenkeel.wire.sbe.SetPartyPolicyDecoder;
import io.evenkeel.wire.sbe.SetPhaseDecoder;
import io.evenkeel.wire.sbe.SetPositionModeDecoder;
import io.evenkeel.wire.sbe.SettleExpiryDecoder;
import io.evenkeel.wire.sbe.SettleInstrumentDecoder;
import io.evenkeel.wire.sbe.TransferDecoder;
import io.evenkeel.wire.sbe.TransferPositionDecoder;
import io.evenkeel.wire.sbe.WithdrawDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/// Commands as SBE messages, message header included. One instance per thread.
public final class CommandCodec {
  private final Frame frame = new Frame();
  private final Frame.Body<Command> body = this::read;
  private final ReferenceCommands references = new ReferenceCommands();
  private final AccountCommands accounts = new AccountCommands();
  private final MarketCommands markets = new MarketCommands();
  private final AuctionMessages auctions = new AuctionMessages();

  /// Writes a command.
  ///
  /// @param buffer expandable, or large enough
  /// @return bytes written
  /// @throws IllegalArgumentException when a name in it is longer than 65534 bytes or is no proper
  ///   Unicode
  public int encode(Command command, MutableDirectBuffer buffer, int offset) {
    return switch (command) {
      case Command.DefineAsset it -> references.encode(it, buffer, offset);
      case Command.DefineInstrument it -> references.encode(it, buffer, offset);
      case Command.DefineRulebook it -> references.encode(it, buffer, offset);
      case Command.OpenAccount it -> accounts.encode(it, buffer, offset);
      case Command.CloseAccount it -> accounts.encode(it, buffer, offset);
      case Command.SetPartyPolicy it -> accounts.encode(it, buffer, offset);
      case Command.Deposit it -> accounts.encode(it, buffer, offset);
      case Command.Withdraw it -> accounts.encode(it, buffer, offset);
      case Command.ContributeInsurance it -> accounts.encode(it, buffer, offset);
      case Command.Transfer it -> accounts.encode(it, buffer, offset);
      case Command.SetLeverage it -> accounts.encode(it, buffer, offset);
      case Command.SetOrderExposure it -> markets.encode(it, buffer, offset);
      case Command.Fill it -> markets.encode(it, buffer, offset);
      case Command.MarkPrices it -> markets.encode(it, buffer, offset);
      case Command.ApplyFunding it -> markets.encode(it, buffer, offset);
      case Command.SettleInstrument it -> markets.encode(it, buffer, offset);
      case Command.SettleExpiry it -> markets.encode(it, buffer, offset);
      case Command.SetPhase it -> markets.encode(it, buffer, offset);
      case Command.PublishFactors it -> markets.encode(it, buffer, offset);
      case Command.SecureMargin it -> accounts.encode(it, buffer, offset);
      case Command.ChargeFee it -> accounts.encode(it, buffer, offset);
      case Command.ContributeInstrumentFund it -> accounts.encode(it, buffer, offset);
      case Command.CloseInstrumentFund it -> accounts.encode(it, buffer, offset);
      case Command.Borrow it -> accounts.encode(it, buffer, offset);
      case Command.BidInAuction it -> auctions.encode(it, buffer, offset);
      case Command.AccrueInterest it -> accounts.encode(it, buffer, offset);
      case Command.ImportBalance it -> accounts.encode(it, buffer, offset);
      case Command.ImportPosition it -> accounts.encode(it, buffer, offset);
      case Command.TransferPosition it -> accounts.encode(it, buffer, offset);
      case Command.BustTrade it -> accounts.encode(it, buffer, offset);
      case Command.CorrectTrade it -> accounts.encode(it, buffer, offset);
      case Command.SetAccountMode it -> accounts.encode(it, buffer, offset);
      case Command.SetPositionMode it -> accounts.encode(it, buffer, offset);
      case Command.Reassess it -> markets.encode(it, buffer, offset);
      case Command.AdvanceTime it -> markets.encode(it, buffer, offset);
    };
  }

  /// Reads a command.
  ///
  /// @throws UndecodableMessage when the bytes are cut short, go on after the end, are of another
  ///   schema or a later version, or hold a value that no command can have
  public Command decode(DirectBuffer buffer, int offset, int length) {
    return frame.read(buffer, offset, length, body);
  }

  private Command read(int templateId) {
    return switch (templateId) {
      case DefineAssetDecoder.TEMPLATE_ID -> references.defineAsset(frame);
      case DefineLinearContractDecoder.TEMPLATE_ID -> references.defineLinearContract(frame);
      case DefineRulebookDecoder.TEMPLATE_ID -> references.defineRulebook(frame);
      case OpenAccountDecoder.TEMPLATE_ID -> accounts.openAccount(frame);
      case CloseAccountDecoder.TEMPLATE_ID -> accounts.closeAccount(frame);
      case SetPartyPolicyDecoder.TEMPLATE_ID -> accounts.setPartyPolicy(frame);
      case DepositDecoder.TEMPLATE_ID -> accounts.deposit(frame);
      case WithdrawDecoder.TEMPLATE_ID -> accounts.withdraw(frame);
      case ContributeInsuranceDecoder.TEMPLATE_ID -> accounts.contributeInsurance(frame);
      case TransferDecoder.TEMPLATE_ID -> accounts.transfer(frame);
      case SetLeverageDecoder.TEMPLATE_ID -> accounts.setLeverage(frame);
      case SetOrderExposureDecoder.TEMPLATE_ID -> markets.setOrderExposure(frame);
      case FillDecoder.TEMPLATE_ID -> markets.fill(frame);
      case MarkPricesDecoder.TEMPLATE_ID -> markets.markPrices(frame);
      case ApplyFundingDecoder.TEMPLATE_ID -> markets.applyFunding(frame);
      case SettleInstrumentDecoder.TEMPLATE_ID -> markets.settleInstrument(frame);
      case SettleExpiryDecoder.TEMPLATE_ID -> markets.settleExpiry(frame);
      case SetPhaseDecoder.TEMPLATE_ID -> markets.setPhase(frame);
      case PublishFactorsDecoder.TEMPLATE_ID -> markets.publishFactors(frame);
      case SecureMarginDecoder.TEMPLATE_ID -> accounts.secureMargin(frame);
      case ChargeFeeDecoder.TEMPLATE_ID -> accounts.chargeFee(frame);
      case ContributeInstrumentFundDecoder.TEMPLATE_ID -> accounts.contributeInstrumentFund(frame);
      case CloseInstrumentFundDecoder.TEMPLATE_ID -> accounts.closeInstrumentFund(frame);
      case BorrowDecoder.TEMPLATE_ID -> accounts.borrow(frame);
      case BidInAuctionDecoder.TEMPLATE_ID -> auctions.bidInAuction(frame);
      case AccrueInterestDecoder.TEMPLATE_ID -> accounts.accrueInterest(frame);
      case ImportBalanceDecoder.TEMPLATE_ID -> accounts.importBalance(frame);
      case ImportPositionDecoder.TEMPLATE_ID -> accounts.importPosition(frame);
      case TransferPositionDecoder.TEMPLATE_ID -> accounts.transferPosition(frame);
      case BustTradeDecoder.TEMPLATE_ID -> accounts.bustTrade(frame);
      case CorrectTradeDecoder.TEMPLATE_ID -> accounts.correctTrade(frame);
      case SetAccountModeDecoder.TEMPLATE_ID -> accounts.setAccountMode(frame);
      case SetPositionModeDecoder.TEMPLATE_ID -> accounts.setPositionMode(frame);
      case ReassessDecoder.TEMPLATE_ID -> markets.reassess(frame);
      case AdvanceTimeDecoder.TEMPLATE_ID -> markets.advanceTime(frame);
      default -> throw frame.unexpected(templateId, "command");
    };
  }
}
