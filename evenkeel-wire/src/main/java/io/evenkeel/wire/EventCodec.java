package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.AccountClosedDecoder;
import io.evenkeel.wire.sbe.AccountFrozenDecoder;
import io.evenkeel.wire.sbe.AccountModeSetDecoder;
import io.evenkeel.wire.sbe.AccountOpenedDecoder;
import io.evenkeel.wire.sbe.AccountTakenOverDecoder;
import io.evenkeel.wire.sbe.AlarmRaisedDecoder;
import io.evenkeel.wire.sbe.AssetDefinedDecoder;
import io.evenkeel.wire.sbe.AuctionBidTakenDecoder;
import io.evenkeel.wire.sbe.AuctionEndedDecoder;
import io.evenkeel.wire.sbe.AuctionStartedDecoder;
import io.evenkeel.wire.sbe.BadDebtRecordedDecoder;
import io.evenkeel.wire.sbe.CashSettledDecoder;
import io.evenkeel.wire.sbe.CollateralConvertedDecoder;
import io.evenkeel.wire.sbe.DeleveragedDecoder;
import io.evenkeel.wire.sbe.FillAppliedDecoder;
import io.evenkeel.wire.sbe.InstrumentDefinedDecoder;
import io.evenkeel.wire.sbe.InstrumentFrozenDecoder;
import io.evenkeel.wire.sbe.InstrumentSettledDecoder;
import io.evenkeel.wire.sbe.InsuranceDrawnDecoder;
import io.evenkeel.wire.sbe.InterestAccruedDecoder;
import io.evenkeel.wire.sbe.InterestIndexesRestartedDecoder;
import io.evenkeel.wire.sbe.LeverageSetDecoder;
import io.evenkeel.wire.sbe.LiquidationEndedDecoder;
import io.evenkeel.wire.sbe.LiquidationStartedDecoder;
import io.evenkeel.wire.sbe.LossSharedDecoder;
import io.evenkeel.wire.sbe.LossUnpaidDecoder;
import io.evenkeel.wire.sbe.MarginCallEndedDecoder;
import io.evenkeel.wire.sbe.MarginCallIssuedDecoder;
import io.evenkeel.wire.sbe.MarginCallUpdatedDecoder;
import io.evenkeel.wire.sbe.MarkRejectedDecoder;
import io.evenkeel.wire.sbe.MarketDataDegradedDecoder;
import io.evenkeel.wire.sbe.MarketDataLostDecoder;
import io.evenkeel.wire.sbe.MarketDataRestoredDecoder;
import io.evenkeel.wire.sbe.MoneyMovedDecoder;
import io.evenkeel.wire.sbe.OrderExposureSetDecoder;
import io.evenkeel.wire.sbe.OrderMarginSecuredDecoder;
import io.evenkeel.wire.sbe.OrdersCancelledDecoder;
import io.evenkeel.wire.sbe.PartyPolicySetDecoder;
import io.evenkeel.wire.sbe.PhaseSetDecoder;
import io.evenkeel.wire.sbe.PositionImportedDecoder;
import io.evenkeel.wire.sbe.PositionModeSetDecoder;
import io.evenkeel.wire.sbe.PositionReducedDecoder;
import io.evenkeel.wire.sbe.PositionTransferredDecoder;
import io.evenkeel.wire.sbe.ProfitReducedDecoder;
import io.evenkeel.wire.sbe.ReleasedDecoder;
import io.evenkeel.wire.sbe.RulebookAnnouncedDecoder;
import io.evenkeel.wire.sbe.RulebookInForceDecoder;
import io.evenkeel.wire.sbe.SettlementAveragedDecoder;
import io.evenkeel.wire.sbe.SettlementPriceStatedDecoder;
import io.evenkeel.wire.sbe.SlowInputStatedDecoder;
import io.evenkeel.wire.sbe.ToppedUpDecoder;
import io.evenkeel.wire.sbe.TradeBustedDecoder;
import io.evenkeel.wire.sbe.TradeCorrectedDecoder;
import io.evenkeel.wire.sbe.ZoneChangedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/// Events as SBE messages, message header included. One instance per thread.
public final class EventCodec {
  private final Frame frame = new Frame();
  private final Frame.Body<Event> body = this::read;
  private final ReferenceEvents references = new ReferenceEvents();
  private final MarketEvents markets = new MarketEvents();
  private final SettlementEvents settlements = new SettlementEvents();
  private final DecisionEvents decisions = new DecisionEvents();
  private final LiquidationEvents liquidations = new LiquidationEvents();
  private final AuctionMessages auctions = new AuctionMessages();

  /// Writes an event.
  ///
  /// @param buffer expandable, or large enough
  /// @return bytes written
  /// @throws IllegalArgumentException when a name in it is longer than 65534 bytes or is no proper
  ///   Unicode, which no event of a command that was decoded has
  public int encode(Event event, MutableDirectBuffer buffer, int offset) {
    return switch (event) {
      case Event.AssetDefined it -> references.encode(it, buffer, offset);
      case Event.InstrumentDefined it -> references.encode(it, buffer, offset);
      case Event.RulebookAnnounced it -> references.encode(it, buffer, offset);
      case Event.RulebookInForce it -> references.encode(it, buffer, offset);
      case Event.AccountOpened it -> references.encode(it, buffer, offset);
      case Event.AccountClosed it -> references.encode(it, buffer, offset);
      case Event.PartyPolicySet it -> references.encode(it, buffer, offset);
      case Event.LeverageSet it -> references.encode(it, buffer, offset);
      case Event.OrderExposureSet it -> markets.encode(it, buffer, offset);
      case Event.FillApplied it -> markets.encode(it, buffer, offset);
      case Event.InterestAccrued it -> markets.encode(it, buffer, offset);
      case Event.InterestIndexesRestarted it -> markets.encode(it, buffer, offset);
      case Event.PositionTransferred it -> markets.encode(it, buffer, offset);
      case Event.TradeBusted it -> markets.encode(it, buffer, offset);
      case Event.TradeCorrected it -> markets.encode(it, buffer, offset);
      case Event.AccountModeSet it -> markets.encode(it, buffer, offset);
      case Event.PositionModeSet it -> markets.encode(it, buffer, offset);
      case Event.PositionImported it -> markets.encode(it, buffer, offset);
      case Event.MoneyMoved it -> markets.encode(it, buffer, offset);
      case Event.MarkRejected it -> markets.encode(it, buffer, offset);
      case Event.MarketDataDegraded it -> markets.encode(it, buffer, offset);
      case Event.MarketDataRestored it -> markets.encode(it, buffer, offset);
      case Event.SlowInputStated it -> markets.encode(it, buffer, offset);
      case Event.MarketDataLost it -> markets.encode(it, buffer, offset);
      case Event.PhaseSet it -> references.encode(it, buffer, offset);
      case Event.CashSettled it -> markets.encode(it, buffer, offset);
      case Event.LossUnpaid it -> markets.encode(it, buffer, offset);
      case Event.SettlementPriceStated it -> settlements.encode(it, buffer, offset);
      case Event.SettlementAveraged it -> settlements.encode(it, buffer, offset);
      case Event.InstrumentSettled it -> references.encode(it, buffer, offset);
      case Event.ZoneChanged it -> decisions.encode(it, buffer, offset);
      case Event.ToppedUp it -> decisions.encode(it, buffer, offset);
      case Event.OrderMarginSecured it -> decisions.encode(it, buffer, offset);
      case Event.Released it -> decisions.encode(it, buffer, offset);
      case Event.MarginCallIssued it -> decisions.encode(it, buffer, offset);
      case Event.MarginCallUpdated it -> decisions.encode(it, buffer, offset);
      case Event.MarginCallEnded it -> decisions.encode(it, buffer, offset);
      case Event.LiquidationStarted it -> decisions.encode(it, buffer, offset);
      case Event.OrdersCancelled it -> liquidations.encode(it, buffer, offset);
      case Event.CollateralConverted it -> liquidations.encode(it, buffer, offset);
      case Event.PositionReduced it -> liquidations.encode(it, buffer, offset);
      case Event.Deleveraged it -> liquidations.encode(it, buffer, offset);
      case Event.AccountTakenOver it -> liquidations.encode(it, buffer, offset);
      case Event.AuctionStarted it -> auctions.encode(it, buffer, offset);
      case Event.AuctionBidTaken it -> auctions.encode(it, buffer, offset);
      case Event.AuctionEnded it -> auctions.encode(it, buffer, offset);
      case Event.InsuranceDrawn it -> liquidations.encode(it, buffer, offset);
      case Event.LossShared it -> liquidations.encode(it, buffer, offset);
      case Event.ProfitReduced it -> liquidations.encode(it, buffer, offset);
      case Event.BadDebtRecorded it -> liquidations.encode(it, buffer, offset);
      case Event.LiquidationEnded it -> liquidations.encode(it, buffer, offset);
      case Event.AccountFrozen it -> references.encode(it, buffer, offset);
      case Event.InstrumentFrozen it -> references.encode(it, buffer, offset);
      case Event.AlarmRaised it -> references.encode(it, buffer, offset);
    };
  }

  /// Reads an event.
  ///
  /// @throws UndecodableMessage as [CommandCodec#decode]
  public Event decode(DirectBuffer buffer, int offset, int length) {
    return frame.read(buffer, offset, length, body);
  }

  private Event read(int templateId) {
    return switch (templateId) {
      case AssetDefinedDecoder.TEMPLATE_ID -> references.assetDefined(frame);
      case InstrumentDefinedDecoder.TEMPLATE_ID -> references.instrumentDefined(frame);
      case RulebookAnnouncedDecoder.TEMPLATE_ID -> references.rulebookAnnounced(frame);
      case RulebookInForceDecoder.TEMPLATE_ID -> references.rulebookInForce(frame);
      case AccountOpenedDecoder.TEMPLATE_ID -> references.accountOpened(frame);
      case AccountClosedDecoder.TEMPLATE_ID -> references.accountClosed(frame);
      case PartyPolicySetDecoder.TEMPLATE_ID -> references.partyPolicySet(frame);
      case LeverageSetDecoder.TEMPLATE_ID -> references.leverageSet(frame);
      case OrderExposureSetDecoder.TEMPLATE_ID -> markets.orderExposureSet(frame);
      case InterestAccruedDecoder.TEMPLATE_ID -> markets.interestAccrued(frame);
      case InterestIndexesRestartedDecoder.TEMPLATE_ID -> markets.interestIndexesRestarted(frame);
      case PositionTransferredDecoder.TEMPLATE_ID -> markets.positionTransferred(frame);
      case TradeBustedDecoder.TEMPLATE_ID -> markets.tradeBusted(frame);
      case TradeCorrectedDecoder.TEMPLATE_ID -> markets.tradeCorrected(frame);
      case AccountModeSetDecoder.TEMPLATE_ID -> markets.accountModeSet(frame);
      case PositionModeSetDecoder.TEMPLATE_ID -> markets.positionModeSet(frame);
      case PositionImportedDecoder.TEMPLATE_ID -> markets.positionImported(frame);
      case FillAppliedDecoder.TEMPLATE_ID -> markets.fillApplied(frame);
      case MoneyMovedDecoder.TEMPLATE_ID -> markets.moneyMoved(frame);
      case MarkRejectedDecoder.TEMPLATE_ID -> markets.markRejected(frame);
      case MarketDataDegradedDecoder.TEMPLATE_ID -> markets.marketDataDegraded(frame);
      case MarketDataRestoredDecoder.TEMPLATE_ID -> markets.marketDataRestored(frame);
      case SlowInputStatedDecoder.TEMPLATE_ID -> markets.slowInputStated(frame);
      case MarketDataLostDecoder.TEMPLATE_ID -> markets.marketDataLost(frame);
      case PhaseSetDecoder.TEMPLATE_ID -> references.phaseSet(frame);
      case CashSettledDecoder.TEMPLATE_ID -> markets.cashSettled(frame);
      case LossUnpaidDecoder.TEMPLATE_ID -> markets.lossUnpaid(frame);
      case SettlementPriceStatedDecoder.TEMPLATE_ID -> settlements.stated(frame);
      case SettlementAveragedDecoder.TEMPLATE_ID -> settlements.averaged(frame);
      case InstrumentSettledDecoder.TEMPLATE_ID -> references.instrumentSettled(frame);
      case ZoneChangedDecoder.TEMPLATE_ID -> decisions.zoneChanged(frame);
      case ToppedUpDecoder.TEMPLATE_ID -> decisions.toppedUp(frame);
      case OrderMarginSecuredDecoder.TEMPLATE_ID -> decisions.orderMarginSecured(frame);
      case ReleasedDecoder.TEMPLATE_ID -> decisions.released(frame);
      case MarginCallIssuedDecoder.TEMPLATE_ID -> decisions.marginCallIssued(frame);
      case MarginCallUpdatedDecoder.TEMPLATE_ID -> decisions.marginCallUpdated(frame);
      case MarginCallEndedDecoder.TEMPLATE_ID -> decisions.marginCallEnded(frame);
      case LiquidationStartedDecoder.TEMPLATE_ID -> decisions.liquidationStarted(frame);
      case OrdersCancelledDecoder.TEMPLATE_ID -> liquidations.ordersCancelled(frame);
      case CollateralConvertedDecoder.TEMPLATE_ID -> liquidations.collateralConverted(frame);
      case PositionReducedDecoder.TEMPLATE_ID -> liquidations.positionReduced(frame);
      case DeleveragedDecoder.TEMPLATE_ID -> liquidations.deleveraged(frame);
      case AccountTakenOverDecoder.TEMPLATE_ID -> liquidations.accountTakenOver(frame);
      case AuctionStartedDecoder.TEMPLATE_ID -> auctions.auctionStarted(frame);
      case AuctionBidTakenDecoder.TEMPLATE_ID -> auctions.auctionBidTaken(frame);
      case AuctionEndedDecoder.TEMPLATE_ID -> auctions.auctionEnded(frame);
      case InsuranceDrawnDecoder.TEMPLATE_ID -> liquidations.insuranceDrawn(frame);
      case LossSharedDecoder.TEMPLATE_ID -> liquidations.lossShared(frame);
      case ProfitReducedDecoder.TEMPLATE_ID -> liquidations.profitReduced(frame);
      case BadDebtRecordedDecoder.TEMPLATE_ID -> liquidations.badDebtRecorded(frame);
      case LiquidationEndedDecoder.TEMPLATE_ID -> liquidations.liquidationEnded(frame);
      case AccountFrozenDecoder.TEMPLATE_ID -> references.accountFrozen(frame);
      case InstrumentFrozenDecoder.TEMPLATE_ID -> references.instrumentFrozen(frame);
      case AlarmRaisedDecoder.TEMPLATE_ID -> references.alarmRaised(frame);
      default -> throw frame.unexpected(templateId, "event");
    };
  }
}
