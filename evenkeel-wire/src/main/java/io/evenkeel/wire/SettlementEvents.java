package io.evenkeel.wire;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.SettlementAveragedDecoder;
import io.evenkeel.wire.sbe.SettlementAveragedEncoder;
import io.evenkeel.wire.sbe.SettlementPriceStatedDecoder;
import io.evenkeel.wire.sbe.SettlementPriceStatedEncoder;
import org.agrona.MutableDirectBuffer;

/// Events about the prices at which contracts end.
final class SettlementEvents {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SettlementPriceStatedEncoder statedEncoder = new SettlementPriceStatedEncoder();
  private final SettlementPriceStatedDecoder statedDecoder = new SettlementPriceStatedDecoder();
  private final SettlementAveragedEncoder averagedEncoder = new SettlementAveragedEncoder();
  private final SettlementAveragedDecoder averagedDecoder = new SettlementAveragedDecoder();

  int encode(Event.SettlementPriceStated it, MutableDirectBuffer buffer, int offset) {
    SettlementPriceStatedEncoder to =
        statedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .underlyingAssetId(it.underlyingAssetId())
            .expiryNs(it.expiryNs());
    ValueBody.put(it.settlementPrice(), to.settlementPrice());
    return Frame.length(to);
  }

  Event.SettlementPriceStated stated(Frame frame) {
    SettlementPriceStatedDecoder from = frame.body(statedDecoder);
    return new Event.SettlementPriceStated(
        from.underlyingAssetId(),
        from.expiryNs(),
        ValueBody.decimal(from.settlementPrice(), "settlementPrice"));
  }

  int encode(Event.SettlementAveraged it, MutableDirectBuffer buffer, int offset) {
    return Frame.length(
        averagedEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .underlyingAssetId(it.underlyingAssetId())
            .expiryNs(it.expiryNs())
            .windowNs(it.windowNs())
            .averagePriceUnits(it.averagePriceUnits())
            .coveredNs(it.coveredNs())
            .observations(it.observations())
            .result(WireEnums.AVERAGE_RESULT.code(it.result())));
  }

  Event.SettlementAveraged averaged(Frame frame) {
    SettlementAveragedDecoder from = frame.body(averagedDecoder);
    return new Event.SettlementAveraged(
        from.underlyingAssetId(),
        from.expiryNs(),
        from.windowNs(),
        from.averagePriceUnits(),
        from.coveredNs(),
        from.observations(),
        WireEnums.AVERAGE_RESULT.constant(from.resultRaw(), "result"));
  }
}
