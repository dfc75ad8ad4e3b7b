package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.ReferenceColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;

/// The assets defined, with their prices in the numeraire.
public final class Assets {
  private final IdIndex index;
  private final ReferenceColumn<Asset> assets;
  private final LongColumn divisors;
  private final Quotes quotes;

  /// Starts empty.
  public Assets(UndoLog undo) {
    index = new IdIndex(undo);
    assets = new ReferenceColumn<>(undo);
    divisors = new LongColumn(undo, 1);
    quotes = new Quotes(undo, Scope.PRICE, Scope.PRICE_STATE);
  }

  /// Prices and whether they may be believed, by asset index.
  public Quotes quotes() {
    return quotes;
  }

  /// How many are defined.
  public int size() {
    return index.size();
  }

  /// Index of an asset, or [IdIndex#ABSENT].
  public int find(int assetId) {
    return index.find(assetId);
  }

  /// Index by symbol, or [IdIndex#ABSENT]. Scans; assets are few and this is for definitions only.
  public int findSymbol(String symbol) {
    for (int i = 0; i < size(); i++) {
      if (assets.get(i).symbol().equals(symbol)) {
        return i;
      }
    }
    return IdIndex.ABSENT;
  }

  /// The asset at an index.
  public Asset at(int asset) {
    return assets.get(asset);
  }

  /// Identifier of the asset at an index.
  public int idAt(int asset) {
    return (int) index.idAt(asset);
  }

  /// Adds an asset.
  public int add(Asset asset) {
    int at = index.add(asset.assetId());
    assets.set(at, asset);
    divisors.reserve(at + 1);
    divisors.set(at, asset.valueDivisor());
    quotes.reserve(at + 1);
    quotes.define(at, asset.initialPriceUnits(), 1, asset.maximumPriceUnits());
    return at;
  }

  /// Current price units.
  public long price(int asset) {
    return quotes.last(asset);
  }

  /// What `amountMinor * price` is divided by to give millionths of the numeraire.
  public long divisor(int asset) {
    return divisors.get(asset);
  }

  /// Value of an amount in millionths of the numeraire, signed.
  public long valueE6(int asset, long amountMinor, Rounding rounding) {
    return valueAtE6(asset, amountMinor, quotes.last(asset), rounding);
  }

  /// The same at a price that is supposed, price units.
  public long valueAtE6(int asset, long amountMinor, long price, Rounding rounding) {
    long divisor = divisors.get(asset);
    // a stable coin at par is what most amounts are in, and needs no division
    return price == divisor ? amountMinor : Fixed.mulDiv(amountMinor, price, divisor, rounding);
  }

  /// Amount that is worth a value.
  ///
  /// @throws ArithmeticException when it does not fit a long; callers bound it first, see
  ///   [#covers(int, long, long)]
  public long amountMinor(int asset, long valueE6, Rounding rounding) {
    return Fixed.mulDiv(valueE6, divisors.get(asset), quotes.last(asset), rounding);
  }

  /// Whether `amountMinor` is worth at least `valueE6`, exactly and without a quotient that could
  /// overflow.
  public boolean covers(int asset, long amountMinor, long valueE6) {
    return Fixed.compareProducts(amountMinor, quotes.last(asset), valueE6, divisors.get(asset))
        >= 0;
  }
}
