package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.AccountTakenOverDecoder;
import io.evenkeel.wire.sbe.AccountTakenOverEncoder;
import io.evenkeel.wire.sbe.BadDebtRecordedDecoder;
import io.evenkeel.wire.sbe.BadDebtRecordedEncoder;
import io.evenkeel.wire.sbe.CollateralConvertedDecoder;
import io.evenkeel.wire.sbe.CollateralConvertedEncoder;
import io.evenkeel.wire.sbe.DeleveragedDecoder;
import io.evenkeel.wire.sbe.DeleveragedEncoder;
import io.evenkeel.wire.sbe.InsuranceDrawnDecoder;
import io.evenkeel.wire.sbe.InsuranceDrawnEncoder;
import io.evenkeel.wire.sbe.LiquidationEndedDecoder;
import io.evenkeel.wire.sbe.LiquidationEndedEncoder;
import io.evenkeel.wire.sbe.LossSharedDecoder;
import io.evenkeel.wire.sbe.LossSharedEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.OrdersCancelledDecoder;
import io.evenkeel.wire.sbe.OrdersCancelledEncoder;
import io.evenkeel.wire.sbe.PositionReducedDecoder;
import io.evenkeel.wire.sbe.PositionReducedEncoder;
import io.evenkeel.wire.sbe.ProfitReducedDecoder;
import io.evenkeel.wire.sbe.ProfitReducedEncoder;
import org.agrona.MutableDirectBuffer;

/// Events of a liquidation and of losses.
final class LiquidationEvents {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrdersCancelledEncoder ordersCancelledEncoder = new OrdersCancelledEncoder();
  private final OrdersCancelledDecoder ordersCancelledDecoder = new OrdersCancelledDecoder();
  private final CollateralConvertedEncoder collateralConvertedEncoder =
      new CollateralConvertedEncoder();
  private final CollateralConvertedDecoder collateralConvertedDecoder =
      new CollateralConvertedDecoder();
  private final DeleveragedEncoder deleveragedEncoder = new DeleveragedEncoder();
  private final DeleveragedDecoder deleveragedDecoder = new DeleveragedDecoder();
  private final PositionReducedEncoder positionReducedEncoder = new PositionReducedEncoder();
  private final PositionReducedDecoder positionReducedDecoder = new PositionReducedDecoder();
  private final AccountTakenOverEncoder accountTakenOverEncoder = new AccountTakenOverEncoder();
  private final AccountTakenOverDecoder accountTakenOverDecoder = new AccountTakenOverDecoder();
  private final InsuranceDrawnEncoder insuranceDrawnEncoder = new InsuranceDrawnEncoder();
  private final InsuranceDrawnDecoder insuranceDrawnDecoder = new InsuranceDrawnDecoder();
  private final LossSharedEncoder lossSharedEncoder = new LossSharedEncoder();
  private final LossSharedDecoder lossSharedDecoder = new LossSharedDecoder();
  private final ProfitReducedEncoder profitReducedEncoder = new ProfitReducedEncoder();
  private final ProfitReducedDecoder profitReducedDecoder = new ProfitReducedDecoder();
  private final BadDebtRecordedEncoder badDebtRecordedEncoder = new BadDebtRecordedEncoder();
  private final BadDebtRecordedDecoder badDebtRecordedDecoder = new BadDebtRecordedDecoder();
  private final LiquidationEndedEncoder liquidationEndedEncoder = new LiquidationEndedEncoder();
  private final LiquidationEndedDecoder liquidationEndedDecoder = new LiquidationEndedDecoder();

  int encode(Event.OrdersCancelled it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        ordersCancelledEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instruments(it.instruments()));
  }

  Event.OrdersCancelled ordersCancelled(Frame frame) {
    OrdersCancelledDecoder from = frame.body(ordersCancelledDecoder);
    return new Event.OrdersCancelled(from.accountId(), from.instruments());
  }

  int encode(Event.CollateralConverted it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        collateralConvertedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .soldAssetId(it.soldAssetId())
            .soldMinor(it.soldMinor())
            .debtAssetId(it.debtAssetId())
            .coveredMinor(it.coveredMinor()));
  }

  Event.CollateralConverted collateralConverted(Frame frame) {
    CollateralConvertedDecoder from = frame.body(collateralConvertedDecoder);
    return new Event.CollateralConverted(
        from.accountId(),
        from.soldAssetId(),
        from.soldMinor(),
        from.debtAssetId(),
        from.coveredMinor());
  }

  int encode(Event.PositionReduced it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        positionReducedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .closedUnits(it.closedUnits())
            .markUnits(it.markUnits())
            .priceUnits(it.priceUnits())
            .realisedMinor(it.realisedMinor())
            .penaltyMinor(it.penaltyMinor())
            .notionalE6(it.notionalE6())
            .side(WireEnums.POSITION_SIDE.code(it.side())));
  }

  Event.PositionReduced positionReduced(Frame frame) {
    PositionReducedDecoder from = frame.body(positionReducedDecoder);
    return new Event.PositionReduced(
        from.accountId(),
        from.instrumentId(),
        from.closedUnits(),
        from.markUnits(),
        from.priceUnits(),
        from.realisedMinor(),
        from.penaltyMinor(),
        from.notionalE6(),
        ValueBody.side(from.actingVersion(), from.sideRaw(), "side"));
  }

  int encode(Event.Deleveraged it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        deleveragedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .counterpartyAccountId(it.counterpartyAccountId())
            .instrumentId(it.instrumentId())
            .closedUnits(it.closedUnits())
            .markUnits(it.markUnits())
            .costTicks(it.costTicks())
            .realisedMinor(it.realisedMinor())
            .counterpartyRealisedMinor(it.counterpartyRealisedMinor())
            .forgoneMinor(it.forgoneMinor())
            .side(WireEnums.POSITION_SIDE.code(it.side()))
            .counterpartySide(WireEnums.POSITION_SIDE.code(it.counterpartySide())));
  }

  Event.Deleveraged deleveraged(Frame frame) {
    DeleveragedDecoder from = frame.body(deleveragedDecoder);
    return new Event.Deleveraged(
        from.accountId(),
        from.counterpartyAccountId(),
        from.instrumentId(),
        from.closedUnits(),
        from.markUnits(),
        from.costTicks(),
        from.realisedMinor(),
        from.counterpartyRealisedMinor(),
        from.forgoneMinor(),
        ValueBody.side(from.actingVersion(), from.sideRaw(), "side"),
        ValueBody.side(from.actingVersion(), from.counterpartySideRaw(), "counterpartySide"));
  }

  int encode(Event.AccountTakenOver it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        accountTakenOverEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .backstopAccountId(it.backstopAccountId())
            .valueE6(it.valueE6())
            .notionalE6(it.notionalE6())
            .cashAssetId(it.cashAssetId())
            .penaltyMinor(it.penaltyMinor()));
  }

  Event.AccountTakenOver accountTakenOver(Frame frame) {
    AccountTakenOverDecoder from = frame.body(accountTakenOverDecoder);
    return new Event.AccountTakenOver(
        from.accountId(),
        from.backstopAccountId(),
        from.valueE6(),
        from.notionalE6(),
        from.cashAssetId(),
        from.penaltyMinor());
  }

  int encode(Event.InsuranceDrawn it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        insuranceDrawnEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .deficitMinor(it.deficitMinor())
            .paidMinor(it.paidMinor()));
  }

  Event.InsuranceDrawn insuranceDrawn(Frame frame) {
    InsuranceDrawnDecoder from = frame.body(insuranceDrawnDecoder);
    return new Event.InsuranceDrawn(
        from.accountId(), from.assetId(), from.deficitMinor(), from.paidMinor());
  }

  int encode(Event.LossShared it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        lossSharedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .deficits(it.deficits())
            .lossMinor(it.lossMinor())
            .profitMinor(it.profitMinor())
            .sharedMinor(it.sharedMinor())
            .winners(it.winners()));
  }

  Event.LossShared lossShared(Frame frame) {
    LossSharedDecoder from = frame.body(lossSharedDecoder);
    return new Event.LossShared(
        from.instrumentId(),
        from.deficits(),
        from.lossMinor(),
        from.profitMinor(),
        from.sharedMinor(),
        from.winners());
  }

  int encode(Event.ProfitReduced it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        profitReducedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .profitMinor(it.profitMinor())
            .reductionMinor(it.reductionMinor())
            .side(WireEnums.POSITION_SIDE.code(it.side())));
  }

  Event.ProfitReduced profitReduced(Frame frame) {
    ProfitReducedDecoder from = frame.body(profitReducedDecoder);
    return new Event.ProfitReduced(
        from.accountId(),
        from.instrumentId(),
        from.profitMinor(),
        from.reductionMinor(),
        ValueBody.side(from.actingVersion(), from.sideRaw(), "side"));
  }

  int encode(Event.BadDebtRecorded it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        badDebtRecordedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .assetId(it.assetId())
            .amountMinor(it.amountMinor()));
  }

  Event.BadDebtRecorded badDebtRecorded(Frame frame) {
    BadDebtRecordedDecoder from = frame.body(badDebtRecordedDecoder);
    return new Event.BadDebtRecorded(from.accountId(), from.assetId(), from.amountMinor());
  }

  int encode(Event.LiquidationEnded it, MutableDirectBuffer buffer, int offset) {
    LiquidationEndedEncoder to =
        liquidationEndedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .result(WireEnums.LIQUIDATION_RESULT.code(it.result()));
    EvidenceBody.put(it.assessment(), to.assessment());
    return Frame.length(to);
  }

  Event.LiquidationEnded liquidationEnded(Frame frame) {
    LiquidationEndedDecoder from = frame.body(liquidationEndedDecoder);
    return new Event.LiquidationEnded(
        from.accountId(),
        WireEnums.LIQUIDATION_RESULT.constant(from.resultRaw(), "result"),
        EvidenceBody.assessment(from.assessment()));
  }
}
