package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.AccountModeSetDecoder;
import io.evenkeel.wire.sbe.AccountModeSetEncoder;
import io.evenkeel.wire.sbe.CashSettledDecoder;
import io.evenkeel.wire.sbe.CashSettledEncoder;
import io.evenkeel.wire.sbe.FillAppliedDecoder;
import io.evenkeel.wire.sbe.FillAppliedEncoder;
import io.evenkeel.wire.sbe.InterestAccruedDecoder;
import io.evenkeel.wire.sbe.InterestAccruedEncoder;
import io.evenkeel.wire.sbe.InterestIndexesRestartedDecoder;
import io.evenkeel.wire.sbe.InterestIndexesRestartedEncoder;
import io.evenkeel.wire.sbe.LossUnpaidDecoder;
import io.evenkeel.wire.sbe.LossUnpaidEncoder;
import io.evenkeel.wire.sbe.MarkRejectedDecoder;
import io.evenkeel.wire.sbe.MarkRejectedEncoder;
import io.evenkeel.wire.sbe.MarketDataDegradedDecoder;
import io.evenkeel.wire.sbe.MarketDataDegradedEncoder;
import io.evenkeel.wire.sbe.MarketDataLostDecoder;
import io.evenkeel.wire.sbe.MarketDataLostEncoder;
import io.evenkeel.wire.sbe.MarketDataRestoredDecoder;
import io.evenkeel.wire.sbe.MarketDataRestoredEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.MoneyMovedDecoder;
import io.evenkeel.wire.sbe.MoneyMovedEncoder;
import io.evenkeel.wire.sbe.OrderExposureSetDecoder;
import io.evenkeel.wire.sbe.OrderExposureSetEncoder;
import io.evenkeel.wire.sbe.PositionImportedDecoder;
import io.evenkeel.wire.sbe.PositionImportedEncoder;
import io.evenkeel.wire.sbe.PositionModeSetDecoder;
import io.evenkeel.wire.sbe.PositionModeSetEncoder;
import io.evenkeel.wire.sbe.PositionTransferredDecoder;
import io.evenkeel.wire.sbe.PositionTransferredEncoder;
import io.evenkeel.wire.sbe.SlowInputStatedDecoder;
import io.evenkeel.wire.sbe.SlowInputStatedEncoder;
import io.evenkeel.wire.sbe.TradeBustedDecoder;
import io.evenkeel.wire.sbe.TradeBustedEncoder;
import io.evenkeel.wire.sbe.TradeCorrectedDecoder;
import io.evenkeel.wire.sbe.TradeCorrectedEncoder;
import org.agrona.MutableDirectBuffer;

/// Events about trades, prices and money.
final class MarketEvents {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderExposureSetEncoder orderExposureSetEncoder = new OrderExposureSetEncoder();
  private final OrderExposureSetDecoder orderExposureSetDecoder = new OrderExposureSetDecoder();
  private final FillAppliedEncoder fillAppliedEncoder = new FillAppliedEncoder();
  private final FillAppliedDecoder fillAppliedDecoder = new FillAppliedDecoder();
  private final MoneyMovedEncoder moneyMovedEncoder = new MoneyMovedEncoder();
  private final MoneyMovedDecoder moneyMovedDecoder = new MoneyMovedDecoder();
  private final MarkRejectedEncoder markRejectedEncoder = new MarkRejectedEncoder();
  private final MarkRejectedDecoder markRejectedDecoder = new MarkRejectedDecoder();
  private final MarketDataDegradedEncoder marketDataDegradedEncoder =
      new MarketDataDegradedEncoder();
  private final MarketDataDegradedDecoder marketDataDegradedDecoder =
      new MarketDataDegradedDecoder();
  private final MarketDataRestoredEncoder marketDataRestoredEncoder =
      new MarketDataRestoredEncoder();
  private final MarketDataRestoredDecoder marketDataRestoredDecoder =
      new MarketDataRestoredDecoder();
  private final SlowInputStatedEncoder slowInputStatedEncoder = new SlowInputStatedEncoder();
  private final SlowInputStatedDecoder slowInputStatedDecoder = new SlowInputStatedDecoder();
  private final MarketDataLostEncoder marketDataLostEncoder = new MarketDataLostEncoder();
  private final MarketDataLostDecoder marketDataLostDecoder = new MarketDataLostDecoder();
  private final CashSettledEncoder cashSettledEncoder = new CashSettledEncoder();
  private final CashSettledDecoder cashSettledDecoder = new CashSettledDecoder();
  private final LossUnpaidEncoder lossUnpaidEncoder = new LossUnpaidEncoder();
  private final LossUnpaidDecoder lossUnpaidDecoder = new LossUnpaidDecoder();

  private final InterestAccruedEncoder interestAccruedEncoder = new InterestAccruedEncoder();
  private final InterestAccruedDecoder interestAccruedDecoder = new InterestAccruedDecoder();
  private final InterestIndexesRestartedEncoder interestIndexesRestartedEncoder =
      new InterestIndexesRestartedEncoder();
  private final InterestIndexesRestartedDecoder interestIndexesRestartedDecoder =
      new InterestIndexesRestartedDecoder();
  private final PositionImportedEncoder positionImportedEncoder = new PositionImportedEncoder();
  private final PositionImportedDecoder positionImportedDecoder = new PositionImportedDecoder();
  private final PositionTransferredEncoder positionTransferredEncoder =
      new PositionTransferredEncoder();
  private final PositionTransferredDecoder positionTransferredDecoder =
      new PositionTransferredDecoder();
  private final TradeBustedEncoder tradeBustedEncoder = new TradeBustedEncoder();
  private final TradeBustedDecoder tradeBustedDecoder = new TradeBustedDecoder();
  private final TradeCorrectedEncoder tradeCorrectedEncoder = new TradeCorrectedEncoder();
  private final TradeCorrectedDecoder tradeCorrectedDecoder = new TradeCorrectedDecoder();
  private final AccountModeSetEncoder accountModeSetEncoder = new AccountModeSetEncoder();
  private final AccountModeSetDecoder accountModeSetDecoder = new AccountModeSetDecoder();
  private final PositionModeSetEncoder positionModeSetEncoder = new PositionModeSetEncoder();
  private final PositionModeSetDecoder positionModeSetDecoder = new PositionModeSetDecoder();

  int encode(Event.OrderExposureSet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        orderExposureSetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .buyUnits(it.buyUnits())
            .sellUnits(it.sellUnits())
            .buyNotional(it.buyNotional())
            .sellNotional(it.sellNotional())
            .side(WireEnums.POSITION_SIDE.code(it.side())));
  }

  Event.OrderExposureSet orderExposureSet(Frame frame) {
    OrderExposureSetDecoder from = frame.body(orderExposureSetDecoder);
    return new Event.OrderExposureSet(
        from.accountId(),
        from.instrumentId(),
        from.buyUnits(),
        from.sellUnits(),
        from.buyNotional(),
        from.sellNotional(),
        ValueBody.side(from.actingVersion(), from.sideRaw(), "side"));
  }

  int encode(Event.FillApplied it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        fillAppliedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .buyerRealisedMinor(it.buyerRealisedMinor())
            .sellerRealisedMinor(it.sellerRealisedMinor())
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Event.FillApplied fillApplied(Frame frame) {
    FillAppliedDecoder from = frame.body(fillAppliedDecoder);
    return new Event.FillApplied(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.buyerRealisedMinor(),
        from.sellerRealisedMinor(),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Event.MoneyMoved it, MutableDirectBuffer buffer, int offset) {
    MoneyMovedEncoder to =
        moneyMovedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .assetId(it.assetId())
            .amountMinor(it.amountMinor())
            .reason(WireEnums.MONEY_REASON.code(it.reason()));
    ValueBody.put(it.from(), to.from());
    ValueBody.put(it.to(), to.to());
    return Frame.length(to);
  }

  Event.MoneyMoved moneyMoved(Frame frame) {
    MoneyMovedDecoder from = frame.body(moneyMovedDecoder);
    return new Event.MoneyMoved(
        from.assetId(),
        ValueBody.ledgerAccount(from.from(), "from"),
        ValueBody.ledgerAccount(from.to(), "to"),
        from.amountMinor(),
        WireEnums.MONEY_REASON.constant(from.reasonRaw(), "reason"));
  }

  int encode(Event.MarkRejected it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        markRejectedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .target(WireEnums.TARGET.code(it.target()))
            .id(it.id())
            .priceUnits(it.priceUnits())
            .referenceUnits(it.referenceUnits())
            .fault(WireEnums.MARK_FAULT.code(it.fault())));
  }

  Event.MarkRejected markRejected(Frame frame) {
    MarkRejectedDecoder from = frame.body(markRejectedDecoder);
    return new Event.MarkRejected(
        WireEnums.TARGET.constant(from.targetRaw(), "target"),
        from.id(),
        from.priceUnits(),
        from.referenceUnits(),
        WireEnums.MARK_FAULT.constant(from.faultRaw(), "fault"));
  }

  int encode(Event.MarketDataDegraded it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        marketDataDegradedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .target(WireEnums.TARGET.code(it.target()))
            .id(it.id())
            .fault(WireEnums.MARK_FAULT.code(it.fault())));
  }

  Event.MarketDataDegraded marketDataDegraded(Frame frame) {
    MarketDataDegradedDecoder from = frame.body(marketDataDegradedDecoder);
    return new Event.MarketDataDegraded(
        WireEnums.TARGET.constant(from.targetRaw(), "target"),
        from.id(),
        WireEnums.MARK_FAULT.constant(from.faultRaw(), "fault"));
  }

  int encode(Event.MarketDataRestored it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        marketDataRestoredEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .target(WireEnums.TARGET.code(it.target()))
            .id(it.id())
            .priceUnits(it.priceUnits()));
  }

  Event.MarketDataRestored marketDataRestored(Frame frame) {
    MarketDataRestoredDecoder from = frame.body(marketDataRestoredDecoder);
    return new Event.MarketDataRestored(
        WireEnums.TARGET.constant(from.targetRaw(), "target"), from.id(), from.priceUnits());
  }

  int encode(Event.MarketDataLost it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        marketDataLostEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .target(WireEnums.TARGET.code(it.target()))
            .id(it.id()));
  }

  Event.MarketDataLost marketDataLost(Frame frame) {
    MarketDataLostDecoder from = frame.body(marketDataLostDecoder);
    return new Event.MarketDataLost(
        WireEnums.TARGET.constant(from.targetRaw(), "target"), from.id());
  }

  int encode(Event.SlowInputStated it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        slowInputStatedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .input(WireEnums.SLOW_INPUT.code(it.input()))
            .instrumentId(it.instrumentId())
            .measured(it.measured())
            .before(it.before())
            .stated(it.stated()));
  }

  Event.SlowInputStated slowInputStated(Frame frame) {
    SlowInputStatedDecoder from = frame.body(slowInputStatedDecoder);
    return new Event.SlowInputStated(
        WireEnums.SLOW_INPUT.constant(from.inputRaw(), "input"),
        from.instrumentId(),
        from.measured(),
        from.before(),
        from.stated());
  }

  int encode(Event.CashSettled it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        cashSettledEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .kind(WireEnums.CASH_KIND.code(it.kind()))
            .instrumentId(it.instrumentId())
            .priceUnits(it.priceUnits())
            .lossesMinor(it.lossesMinor())
            .collectedMinor(it.collectedMinor())
            .gainsMinor(it.gainsMinor())
            .paidMinor(it.paidMinor())
            .remainderMinor(it.remainderMinor()));
  }

  Event.CashSettled cashSettled(Frame frame) {
    CashSettledDecoder from = frame.body(cashSettledDecoder);
    return new Event.CashSettled(
        WireEnums.CASH_KIND.constant(from.kindRaw(), "kind"),
        from.instrumentId(),
        from.priceUnits(),
        from.lossesMinor(),
        from.collectedMinor(),
        from.gainsMinor(),
        from.paidMinor(),
        from.remainderMinor());
  }

  int encode(Event.LossUnpaid it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        lossUnpaidEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .unpaidMinor(it.unpaidMinor()));
  }

  Event.LossUnpaid lossUnpaid(Frame frame) {
    LossUnpaidDecoder from = frame.body(lossUnpaidDecoder);
    return new Event.LossUnpaid(from.accountId(), from.instrumentId(), from.unpaidMinor());
  }

  int encode(Event.PositionImported it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        positionImportedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .longAccountId(it.longAccountId())
            .shortAccountId(it.shortAccountId())
            .quantityUnits(it.quantityUnits())
            .longCostTicks(it.longCostTicks()));
  }

  Event.PositionImported positionImported(Frame frame) {
    PositionImportedDecoder from = frame.body(positionImportedDecoder);
    return new Event.PositionImported(
        from.instrumentId(),
        from.longAccountId(),
        from.shortAccountId(),
        from.quantityUnits(),
        from.longCostTicks());
  }

  int encode(Event.InterestAccrued it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        interestAccruedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .assetId(it.assetId())
            .seconds(it.seconds())
            .rateE12(it.rateE12())
            .debtIndexE18(it.debtIndexE18())
            .holdingIndexE18(it.holdingIndexE18())
            .interestMinor(it.interestMinor())
            .venueMinor(it.venueMinor()));
  }

  Event.InterestAccrued interestAccrued(Frame frame) {
    InterestAccruedDecoder from = frame.body(interestAccruedDecoder);
    return new Event.InterestAccrued(
        from.assetId(),
        from.seconds(),
        from.rateE12(),
        from.debtIndexE18(),
        from.holdingIndexE18(),
        from.interestMinor(),
        from.venueMinor());
  }

  int encode(Event.InterestIndexesRestarted it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        interestIndexesRestartedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .assetId(it.assetId())
            .remainderMinor(it.remainderMinor()));
  }

  Event.InterestIndexesRestarted interestIndexesRestarted(Frame frame) {
    InterestIndexesRestartedDecoder from = frame.body(interestIndexesRestartedDecoder);
    return new Event.InterestIndexesRestarted(from.assetId(), from.remainderMinor());
  }

  int encode(Event.PositionTransferred it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        positionTransferredEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .fromAccountId(it.fromAccountId())
            .toAccountId(it.toAccountId())
            .quantityUnits(it.quantityUnits())
            .costTicks(it.costTicks())
            .fromRealisedMinor(it.fromRealisedMinor())
            .toRealisedMinor(it.toRealisedMinor())
            .fromSide(WireEnums.POSITION_SIDE.code(it.fromSide()))
            .toSide(WireEnums.POSITION_SIDE.code(it.toSide())));
  }

  Event.PositionTransferred positionTransferred(Frame frame) {
    PositionTransferredDecoder from = frame.body(positionTransferredDecoder);
    return new Event.PositionTransferred(
        from.instrumentId(),
        from.fromAccountId(),
        from.toAccountId(),
        from.quantityUnits(),
        from.costTicks(),
        from.fromRealisedMinor(),
        from.toRealisedMinor(),
        ValueBody.side(from.actingVersion(), from.fromSideRaw(), "fromSide"),
        ValueBody.side(from.actingVersion(), from.toSideRaw(), "toSide"));
  }

  int encode(Event.TradeBusted it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        tradeBustedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .buyerRealisedMinor(it.buyerRealisedMinor())
            .sellerRealisedMinor(it.sellerRealisedMinor())
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Event.TradeBusted tradeBusted(Frame frame) {
    TradeBustedDecoder from = frame.body(tradeBustedDecoder);
    return new Event.TradeBusted(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.buyerRealisedMinor(),
        from.sellerRealisedMinor(),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Event.TradeCorrected it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        tradeCorrectedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .correctedPriceUnits(it.correctedPriceUnits())
            .buyerRealisedMinor(it.buyerRealisedMinor())
            .sellerRealisedMinor(it.sellerRealisedMinor())
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Event.TradeCorrected tradeCorrected(Frame frame) {
    TradeCorrectedDecoder from = frame.body(tradeCorrectedDecoder);
    return new Event.TradeCorrected(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.correctedPriceUnits(),
        from.buyerRealisedMinor(),
        from.sellerRealisedMinor(),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Event.PositionModeSet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        positionModeSetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .mode(WireEnums.POSITION_MODE.code(it.mode())));
  }

  Event.PositionModeSet positionModeSet(Frame frame) {
    PositionModeSetDecoder from = frame.body(positionModeSetDecoder);
    return new Event.PositionModeSet(
        from.accountId(), WireEnums.POSITION_MODE.constant(from.modeRaw(), "mode"));
  }

  int encode(Event.AccountModeSet it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accountModeSetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .rulebookId(it.rulebookId())
            .mode(WireEnums.ACCOUNT_MODE.code(it.mode()))
            .isolatedInstrumentId(it.isolatedInstrumentId()));
  }

  Event.AccountModeSet accountModeSet(Frame frame) {
    AccountModeSetDecoder from = frame.body(accountModeSetDecoder);
    return new Event.AccountModeSet(
        from.accountId(),
        from.rulebookId(),
        WireEnums.ACCOUNT_MODE.constant(from.modeRaw(), "mode"),
        from.isolatedInstrumentId());
  }
}
