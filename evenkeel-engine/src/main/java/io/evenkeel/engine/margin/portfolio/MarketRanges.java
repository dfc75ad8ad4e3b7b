package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;

/// Spot prices over a box: the published spot where there is one, else the price of the asset.
final class MarketRanges {
  private final Book book;
  private final FactorBox box;

  MarketRanges(Book book, FactorBox box) {
    this.book = book;
    this.box = box;
  }

  /// Whether the box widens only factors that bounds are made for, and only published ones.
  boolean areBounded() {
    for (FactorBox.Range range : box.ranges()) {
      Decimal known =
          switch (range.kind()) {
            case SPOT -> book.factors.ofAsset(FactorKind.SPOT, range.place());
            case MARK_VOLATILITY ->
                book.factors.ofInstrument(FactorKind.MARK_VOLATILITY, range.place());
            case FORWARD_VARIABLE ->
                book.factors.ofExpiry(FactorKind.FORWARD_VARIABLE, range.place());
            default -> null;
          };
      if (known == null || range.lowest().isNegative()) {
        return false;
      }
    }
    return true;
  }

  /// Lowest spot of an asset, numeraire.
  double low(int asset) {
    return spot(asset, false);
  }

  /// Highest spot of an asset, numeraire.
  double high(int asset) {
    return spot(asset, true);
  }

  private double spot(int asset, boolean highest) {
    Decimal spot = book.factors.ofAsset(FactorKind.SPOT, asset);
    if (spot != null) {
      FactorBox.Range range = box.range(FactorKind.SPOT, asset);
      return Crossing.of(range == null ? spot : highest ? range.highest() : range.lowest());
    }
    long units = highest ? box.highestPrice(asset) : box.lowestPrice(asset);
    return Crossing.of(units, book.assets.at(asset).priceScale());
  }
}
