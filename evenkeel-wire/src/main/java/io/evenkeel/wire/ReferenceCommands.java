package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.wire.sbe.DefineAssetDecoder;
import io.evenkeel.wire.sbe.DefineAssetEncoder;
import io.evenkeel.wire.sbe.DefineLinearContractDecoder;
import io.evenkeel.wire.sbe.DefineLinearContractEncoder;
import io.evenkeel.wire.sbe.DefineRulebookDecoder;
import io.evenkeel.wire.sbe.DefineRulebookEncoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.OptionRightCode;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

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
    DefineLinearContractEncoder to =
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
            .maximumOpenInterestUnits(it.maximumOpenInterestUnits());
    ContractTerms terms = it.terms();
    OptionTerms option = terms.option();
    to.underlyingAssetId(terms.underlyingAssetId())
        .expiryNs(terms.expiryNs())
        .inverse(ValueBody.flag(terms.inverse()))
        .optionRight(right(option));
    ValueBody.put(option == null ? Decimal.ZERO : option.strike(), to.strike());
    to.minimumPriceUnits(it.minimumPriceUnits());
    SettlementAverage average = terms.average();
    to.settlementWindowNs(average == null ? 0 : average.windowNs());
    ValueBody.put(average == null ? Decimal.ZERO : average.leastCoverage(), to.leastCoverage());
    return Frame.length(to.putSymbol(symbol, 0, symbol.length));
  }

  private static OptionRightCode right(@Nullable OptionTerms option) {
    if (option == null) {
      return OptionRightCode.NONE;
    }
    return option.isCall() ? OptionRightCode.CALL : OptionRightCode.PUT;
  }

  /// A contract of version 1 says nothing of what it is written on.
  private static ContractTerms terms(DefineLinearContractDecoder from) {
    if (from.actingVersion() < DefineLinearContractDecoder.underlyingAssetIdSinceVersion()) {
      return ContractTerms.UNSTATED;
    }
    short right = from.optionRightRaw();
    Decimal strike = ValueBody.decimal(from.strike(), "strike");
    OptionTerms option = null;
    if (right == OptionRightCode.CALL.value() || right == OptionRightCode.PUT.value()) {
      option =
          new OptionTerms(right == OptionRightCode.CALL.value() ? Right.CALL : Right.PUT, strike);
    } else if (right != OptionRightCode.NONE.value() || !strike.equals(Decimal.ZERO)) {
      throw new InvalidParameter("optionRight", "holds " + right + " and strike " + strike);
    }
    return new ContractTerms(
        from.underlyingAssetId(),
        from.expiryNs(),
        ValueBody.flag(from.inverseRaw(), "inverse"),
        option,
        average(from));
  }

  private static @Nullable SettlementAverage average(DefineLinearContractDecoder from) {
    if (from.actingVersion() < DefineLinearContractDecoder.settlementWindowNsSinceVersion()) {
      return null;
    }
    Decimal coverage = ValueBody.decimal(from.leastCoverage(), "leastCoverage");
    if (from.settlementWindowNs() == 0 && coverage.equals(Decimal.ZERO)) {
      return null;
    }
    return new SettlementAverage(from.settlementWindowNs(), coverage);
  }

  Command.DefineInstrument defineLinearContract(Frame frame) {
    DefineLinearContractDecoder from = frame.body(defineLinearContractDecoder);
    boolean stated =
        from.actingVersion() >= DefineLinearContractDecoder.minimumPriceUnitsSinceVersion();
    Instrument.LinearContract contract =
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
            stated ? from.minimumPriceUnits() : 1,
            from.maximumPriceUnits(),
            from.maximumPositionUnits(),
            from.maximumOpenInterestUnits(),
            terms(from));
    return new Command.DefineInstrument(stated ? contract : contract.withUsualPrices());
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
