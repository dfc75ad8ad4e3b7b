package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.wire.sbe.AdvanceTimeDecoder;
import io.evenkeel.wire.sbe.AdvanceTimeEncoder;
import io.evenkeel.wire.sbe.ApplyFundingDecoder;
import io.evenkeel.wire.sbe.ApplyFundingEncoder;
import io.evenkeel.wire.sbe.FillDecoder;
import io.evenkeel.wire.sbe.FillEncoder;
import io.evenkeel.wire.sbe.MarkPricesDecoder;
import io.evenkeel.wire.sbe.MarkPricesEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.PublishFactorsDecoder;
import io.evenkeel.wire.sbe.PublishFactorsEncoder;
import io.evenkeel.wire.sbe.ReassessDecoder;
import io.evenkeel.wire.sbe.ReassessEncoder;
import io.evenkeel.wire.sbe.SetOrderExposureDecoder;
import io.evenkeel.wire.sbe.SetOrderExposureEncoder;
import io.evenkeel.wire.sbe.SetPhaseDecoder;
import io.evenkeel.wire.sbe.SetPhaseEncoder;
import io.evenkeel.wire.sbe.SettleExpiryDecoder;
import io.evenkeel.wire.sbe.SettleExpiryEncoder;
import io.evenkeel.wire.sbe.SettleInstrumentDecoder;
import io.evenkeel.wire.sbe.SettleInstrumentEncoder;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// Commands about trading, prices and time.
final class MarketCommands {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SetOrderExposureEncoder setOrderExposureEncoder = new SetOrderExposureEncoder();
  private final SetOrderExposureDecoder setOrderExposureDecoder = new SetOrderExposureDecoder();
  private final FillEncoder fillEncoder = new FillEncoder();
  private final FillDecoder fillDecoder = new FillDecoder();
  private final MarkPricesEncoder markPricesEncoder = new MarkPricesEncoder();
  private final MarkPricesDecoder markPricesDecoder = new MarkPricesDecoder();
  private final ApplyFundingEncoder applyFundingEncoder = new ApplyFundingEncoder();
  private final ApplyFundingDecoder applyFundingDecoder = new ApplyFundingDecoder();
  private final SettleExpiryEncoder settleExpiryEncoder = new SettleExpiryEncoder();
  private final SettleExpiryDecoder settleExpiryDecoder = new SettleExpiryDecoder();
  private final SettleInstrumentEncoder settleInstrumentEncoder = new SettleInstrumentEncoder();
  private final SettleInstrumentDecoder settleInstrumentDecoder = new SettleInstrumentDecoder();
  private final SetPhaseEncoder setPhaseEncoder = new SetPhaseEncoder();
  private final SetPhaseDecoder setPhaseDecoder = new SetPhaseDecoder();
  private final ReassessEncoder reassessEncoder = new ReassessEncoder();
  private final ReassessDecoder reassessDecoder = new ReassessDecoder();
  private final PublishFactorsEncoder publishFactorsEncoder = new PublishFactorsEncoder();
  private final PublishFactorsDecoder publishFactorsDecoder = new PublishFactorsDecoder();
  private final AdvanceTimeEncoder advanceTimeEncoder = new AdvanceTimeEncoder();
  private final AdvanceTimeDecoder advanceTimeDecoder = new AdvanceTimeDecoder();

  int encode(Command.SetOrderExposure it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setOrderExposureEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .accountId(it.accountId())
            .instrumentId(it.instrumentId())
            .buyUnits(it.buyUnits())
            .sellUnits(it.sellUnits())
            .buyNotional(it.buyNotional())
            .sellNotional(it.sellNotional())
            .side(WireEnums.POSITION_SIDE.code(it.side())));
  }

  Command.SetOrderExposure setOrderExposure(Frame frame) {
    SetOrderExposureDecoder from = frame.body(setOrderExposureDecoder);
    return new Command.SetOrderExposure(
        from.accountId(),
        from.instrumentId(),
        from.buyUnits(),
        from.sellUnits(),
        from.buyNotional(),
        from.sellNotional(),
        ValueBody.side(from.actingVersion(), from.sideRaw(), "side"));
  }

  int encode(Command.Fill it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        fillEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .buyerAccountId(it.buyerAccountId())
            .sellerAccountId(it.sellerAccountId())
            .quantityUnits(it.quantityUnits())
            .priceUnits(it.priceUnits())
            .buyerFeeMinor(it.buyerFeeMinor())
            .sellerFeeMinor(it.sellerFeeMinor())
            .buyerOrder(ValueBody.flag(it.buyerOrder()))
            .sellerOrder(ValueBody.flag(it.sellerOrder()))
            .buyerSide(WireEnums.POSITION_SIDE.code(it.buyerSide()))
            .sellerSide(WireEnums.POSITION_SIDE.code(it.sellerSide())));
  }

  Command.Fill fill(Frame frame) {
    FillDecoder from = frame.body(fillDecoder);
    return new Command.Fill(
        from.instrumentId(),
        from.buyerAccountId(),
        from.sellerAccountId(),
        from.quantityUnits(),
        from.priceUnits(),
        from.buyerFeeMinor(),
        from.sellerFeeMinor(),
        ValueBody.flag(from.buyerOrderRaw(), "buyerOrder"),
        ValueBody.flag(from.sellerOrderRaw(), "sellerOrder"),
        ValueBody.side(from.actingVersion(), from.buyerSideRaw(), "buyerSide"),
        ValueBody.side(from.actingVersion(), from.sellerSideRaw(), "sellerSide"));
  }

  int encode(Command.MarkPrices it, MutableDirectBuffer buffer, int offset) {
    MarkBatch batch = it.batch();
    MarkPricesEncoder to = markPricesEncoder.wrapAndApplyHeader(buffer, offset, header);
    MarkPricesEncoder.MarksEncoder marks = to.marksCount(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      marks
          .next()
          .target(WireEnums.TARGET.code(batch.target(i)))
          .id(batch.id(i))
          .priceUnits(batch.priceUnits(i))
          .timeNs(batch.timeNs(i))
          .uncertaintyE6(batch.uncertaintyE6(i));
    }
    return Frame.length(to);
  }

  Command.MarkPrices markPrices(Frame frame) {
    MarkPricesDecoder from = frame.body(markPricesDecoder);
    MarkPricesDecoder.MarksDecoder marks = from.marks();
    frame.entries(
        "marks",
        marks.count(),
        marks.actingBlockLength(),
        MarkPricesDecoder.MarksDecoder.sbeBlockLength());
    MarkBatch.Builder batch = MarkBatch.builder();
    while (marks.hasNext()) {
      marks.next();
      batch.add(
          WireEnums.TARGET.constant(marks.targetRaw(), "target"),
          marks.id(),
          marks.priceUnits(),
          marks.timeNs(),
          marks.uncertaintyE6());
    }
    return new Command.MarkPrices(batch.build());
  }

  int encode(Command.ApplyFunding it, MutableDirectBuffer buffer, int offset) {
    ApplyFundingEncoder to =
        applyFundingEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId());
    ValueBody.put(it.rate(), to.rate());
    return Frame.length(to);
  }

  Command.ApplyFunding applyFunding(Frame frame) {
    ApplyFundingDecoder from = frame.body(applyFundingDecoder);
    return new Command.ApplyFunding(from.instrumentId(), ValueBody.decimal(from.rate(), "rate"));
  }

  int encode(Command.SettleInstrument it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        settleInstrumentEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .settlementPriceUnits(it.settlementPriceUnits()));
  }

  Command.SettleInstrument settleInstrument(Frame frame) {
    SettleInstrumentDecoder from = frame.body(settleInstrumentDecoder);
    return new Command.SettleInstrument(from.instrumentId(), from.settlementPriceUnits());
  }

  int encode(Command.SettleExpiry it, MutableDirectBuffer buffer, int offset) {
    SettleExpiryEncoder to =
        settleExpiryEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .underlyingAssetId(it.underlyingAssetId())
            .expiryNs(it.expiryNs());
    ValueBody.put(it.settlementPrice(), to.settlementPrice());
    return Frame.length(to);
  }

  Command.SettleExpiry settleExpiry(Frame frame) {
    SettleExpiryDecoder from = frame.body(settleExpiryDecoder);
    return new Command.SettleExpiry(
        from.underlyingAssetId(),
        from.expiryNs(),
        ValueBody.decimal(from.settlementPrice(), "settlementPrice"));
  }

  int encode(Command.SetPhase it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        setPhaseEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .phase(WireEnums.TRADING_PHASE.code(it.phase())));
  }

  Command.SetPhase setPhase(Frame frame) {
    SetPhaseDecoder from = frame.body(setPhaseDecoder);
    return new Command.SetPhase(
        from.instrumentId(), WireEnums.TRADING_PHASE.constant(from.phaseRaw(), "phase"));
  }

  int encode(Command.Reassess it, MutableDirectBuffer buffer, int offset) {
    ReassessEncoder to =
        reassessEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .mayClose(ValueBody.flag(it.mayClose()));
    ReassessEncoder.AccountsEncoder accounts = to.accountsCount(it.accountIds().size());
    for (long accountId : it.accountIds()) {
      accounts.next().accountId(accountId);
    }
    return Frame.length(to);
  }

  Command.Reassess reassess(Frame frame) {
    ReassessDecoder from = frame.body(reassessDecoder);
    ReassessDecoder.AccountsDecoder accounts = from.accounts();
    List<Long> accountIds =
        frame.list(
            "accounts",
            accounts.count(),
            accounts.actingBlockLength(),
            ReassessDecoder.AccountsDecoder.sbeBlockLength(),
            accounts,
            entry -> entry.accountId());
    return new Command.Reassess(accountIds, ValueBody.flag(from.mayCloseRaw(), "mayClose"));
  }

  int encode(Command.PublishFactors it, MutableDirectBuffer buffer, int offset) {
    PublishFactorsEncoder to = publishFactorsEncoder.wrapAndApplyHeader(buffer, offset, header);
    PublishFactorsEncoder.FactorsEncoder factors = to.factorsCount(it.factors().size());
    for (FactorValue factor : it.factors()) {
      factors
          .next()
          .kind(WireEnums.FACTOR_KIND.code(factor.kind()))
          .subjectId(factor.subjectId())
          .expiryNs(factor.expiryNs());
      ValueBody.put(factor.value(), factors.value());
    }
    return Frame.length(to);
  }

  Command.PublishFactors publishFactors(Frame frame) {
    PublishFactorsDecoder from = frame.body(publishFactorsDecoder);
    PublishFactorsDecoder.FactorsDecoder factors = from.factors();
    return new Command.PublishFactors(
        frame.list(
            "factors",
            factors.count(),
            factors.actingBlockLength(),
            PublishFactorsDecoder.FactorsDecoder.sbeBlockLength(),
            factors,
            entry ->
                new FactorValue(
                    WireEnums.FACTOR_KIND.constant(entry.kindRaw(), "kind"),
                    entry.subjectId(),
                    entry.expiryNs(),
                    ValueBody.decimal(entry.value(), "value"))));
  }

  int encode(Command.AdvanceTime it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(advanceTimeEncoder.wrapAndApplyHeader(buffer, offset, header));
  }

  Command.AdvanceTime advanceTime(Frame frame) {
    frame.body(advanceTimeDecoder);
    return new Command.AdvanceTime();
  }
}
