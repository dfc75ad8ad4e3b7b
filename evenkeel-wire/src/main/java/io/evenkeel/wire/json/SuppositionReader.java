package io.evenkeel.wire.json;

import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.command.Supposition;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.wire.words.UnknownReference;
import java.util.List;

/// Reads one step of a what-if: `{"type": "trade", "instrument": ..., "quantity": "-0.5", "price":
/// ..., "fee": ...}`, `transfer` (`asset`, signed `amount`), `price` (`asset` or `instrument`,
/// `price`), `move` (`asset`, `instrument` or neither for everything, `ratio`).
public final class SuppositionReader {
  private static final int RATIO_SCALE = 9;

  private final Symbols symbols;
  private final Catalogue catalogue;

  /// @param catalogue gives names and scales
  public SuppositionReader(Catalogue catalogue) {
    symbols = new Symbols(catalogue);
    this.catalogue = catalogue;
  }

  /// Reads one step.
  ///
  /// @throws InvalidJson naming the field and the remedy
  public Supposition read(JsonFields fields) {
    String type = fields.text("type");
    try {
      Supposition supposition =
          switch (type) {
            case "trade" -> trade(fields);
            case "transfer" -> transfer(fields);
            case "price" -> price(fields);
            case "move" -> move(fields);
            default ->
                throw fields.invalid(
                    "type", "must be one of " + List.of("trade", "transfer", "price", "move"));
          };
      fields.end();
      return supposition;
    } catch (InvalidParameter e) {
      throw fields.invalid(e.parameter(), e.remedy());
    }
  }

  private Supposition trade(JsonFields fields) {
    LinearContract contract = symbols.contract(fields, "instrument");
    int moneyScale = UnknownReference.asset(catalogue, contract.settlementAssetId()).scale();
    return new Supposition.Trade(
        contract.instrumentId(),
        fields.units("quantity", contract.quantityScale()),
        fields.units("price", contract.priceScale(), 0),
        fields.units("fee", moneyScale, 0));
  }

  private Supposition transfer(JsonFields fields) {
    Asset asset = symbols.asset(fields, "asset");
    return new Supposition.Transfer(asset.assetId(), fields.units("amount", asset.scale()));
  }

  private Supposition price(JsonFields fields) {
    if (fields.has("asset")) {
      Asset asset = symbols.asset(fields, "asset");
      return new Supposition.Price(asset.assetId(), fields.units("price", asset.priceScale()));
    }
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Supposition.Mark(
        contract.instrumentId(), fields.units("price", contract.priceScale()));
  }

  private Supposition move(JsonFields fields) {
    MarketMove move =
        fields.has("asset")
            ? MarketMove.ofUnderlying(symbols.asset(fields, "asset").assetId())
            : fields.has("instrument")
                ? MarketMove.ofInstrument(symbols.contract(fields, "instrument").instrumentId())
                : MarketMove.ALL;
    return new Supposition.Move(move, fields.units("ratio", RATIO_SCALE));
  }
}
