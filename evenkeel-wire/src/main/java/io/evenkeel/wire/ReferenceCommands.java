package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.wire.sbe.DefineAssetDecoder;
import io.evenkeel.wire.sbe.DefineAssetEncoder;
import io.evenkeel.wire.sbe.DefineLinearContractDecoder;
import io.evenkeel.wire.sbe.DefineLinearContractEncoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder;
import io.evenkeel.wire.sbe.DefineRulebookEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/// Commands that define what is traded and by which rules.
final class ReferenceCommands {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final DefineAssetEncoder defineAssetEncoder = new DefineAssetEncoder();
  private final DefineAssetDecoder defineAssetDecoder = new DefineAssetDecoder();
  private final DefineLinearContractEncoder defineLinearContractEncoder =
      new DefineLinearContractEncoder();
  private final DefineLinearContractDecoder defineLinearContractDecoder =
      new DefineLinearContractDecoder();
  private final DefineRulebookEncoder defineRulebookEncoder = new DefineRulebookEncoder();
  private final DefineRulebookDecoder defineRulebookDecoder = new DefineRulebookDecoder();

  int encode(Command.DefineAsset it, MutableDirectBuffer buffer, int offset) {
    Asset asset = it.asset();
    byte[] symbol = ValueBody.name(asset.symbol(), "symbol");
    return Frame.length(
        defineAssetEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .assetId(asset.assetId())
            .scale(asset.scale())
            .maximumSupplyMinor(asset.maximumSupplyMinor())
            .priceScale(asset.priceScale())
            .initialPriceUnits(asset.initialPriceUnits())
            .maximumPriceUnits(asset.maximumPriceUnits())
            .putSymbol(symbol, 0, symbol.length));
  }

  Command.DefineAsset defineAsset(Frame frame) {
    DefineAssetDecoder from = frame.body(defineAssetDecoder);
    return new Command.DefineAsset(
        new Asset(
            from.assetId(),
            frame.text("symbol", from.symbolLength(), from::getSymbol),
            from.scale(),
            from.maximumSupplyMinor(),
            from.priceScale(),
            from.initialPriceUnits(),
            from.maximumPriceUnits()));
  }

  int encode(Command.DefineInstrument it, MutableDirectBuffer buffer, int offset) {
    return switch (it.instrument()) {
      case Instrument.LinearContract contract -> encode(contract, buffer, offset);
    };
  }

  private int encode(Instrument.LinearContract it, MutableDirectBuffer buffer, int offset) {
    byte[] symbol = ValueBody.name(it.symbol(), "symbol");
    return Frame.length(
        defineLinearContractEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .instrumentId(it.instrumentId())
            .kind(WireEnums.CONTRACT_KIND.code(it.kind()))
            .settlementAssetId(it.settlementAssetId())
            .variation(WireEnums.VARIATION.code(it.variation()))
            .contractSize(it.contractSize())
            .priceScale(it.priceScale())
            .quantityScale(it.quantityScale())
            .lotSize(it.lotSize())
            .maximumPriceUnits(it.maximumPriceUnits())
            .maximumPositionUnits(it.maximumPositionUnits())
            .maximumOpenInterestUnits(it.maximumOpenInterestUnits())
            .putSymbol(symbol, 0, symbol.length));
  }

  Command.DefineInstrument defineLinearContract(Frame frame) {
    DefineLinearContractDecoder from = frame.body(defineLinearContractDecoder);
    return new Command.DefineInstrument(
        new Instrument.LinearContract(
            from.instrumentId(),
            frame.text("symbol", from.symbolLength(), from::getSymbol),
            WireEnums.CONTRACT_KIND.constant(from.kindRaw(), "kind"),
            from.settlementAssetId(),
            WireEnums.VARIATION.constant(from.variationRaw(), "variation"),
            from.contractSize(),
            from.priceScale(),
            from.quantityScale(),
            from.lotSize(),
            from.maximumPriceUnits(),
            from.maximumPositionUnits(),
            from.maximumOpenInterestUnits()));
  }

  int encode(Command.DefineRulebook it, MutableDirectBuffer buffer, int offset) {
    DefineRulebookEncoder to =
        defineRulebookEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .rulebookId(it.rulebookId())
            .effectiveTimeNs(it.effectiveTimeNs());
    RulebookEncoding.put(it.rulebook(), to);
    return Frame.length(to);
  }

  Command.DefineRulebook defineRulebook(Frame frame) {
    DefineRulebookDecoder from = frame.body(defineRulebookDecoder);
    return new Command.DefineRulebook(
        from.rulebookId(), RulebookDecoding.rulebook(from, frame), from.effectiveTimeNs());
  }
}
