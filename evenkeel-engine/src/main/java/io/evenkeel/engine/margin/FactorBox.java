package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import java.util.Arrays;

/// A range for each mark and each asset price, `lowest <= highest`. Whatever is not widened stays
/// at its present value; published factors and time stay as they are.
public final class FactorBox {
  private final long[] lowestMark;
  private final long[] highestMark;
  private final long[] lowestPrice;
  private final long[] highestPrice;

  /// The box that holds only the present market.
  public FactorBox(Book book) {
    lowestMark = new long[book.instruments.size()];
    lowestPrice = new long[book.assets.size()];
    Arrays.setAll(lowestMark, book.instruments::mark);
    Arrays.setAll(lowestPrice, book.assets::price);
    highestMark = lowestMark.clone();
    highestPrice = lowestPrice.clone();
  }

  /// Lets a mark range, price units.
  public FactorBox mark(int instrument, long lowestUnits, long highestUnits) {
    lowestMark[instrument] = lowestUnits;
    highestMark[instrument] = highestUnits;
    return this;
  }

  /// Lets an asset's price range, price units.
  public FactorBox price(int asset, long lowestUnits, long highestUnits) {
    lowestPrice[asset] = lowestUnits;
    highestPrice[asset] = highestUnits;
    return this;
  }

  /// Lowest mark of an instrument.
  public long lowestMark(int instrument) {
    return lowestMark[instrument];
  }

  /// Highest mark of an instrument.
  public long highestMark(int instrument) {
    return highestMark[instrument];
  }

  /// Lowest price of an asset.
  public long lowestPrice(int asset) {
    return lowestPrice[asset];
  }

  /// Highest price of an asset.
  public long highestPrice(int asset) {
    return highestPrice[asset];
  }
}
