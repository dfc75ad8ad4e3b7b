package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range for each mark, each asset price and each published factor, `lowest <= highest`. Whatever
/// is not widened stays at its present value; time stands still.
public final class FactorBox {
  /// A range of one factor.
  ///
  /// @param place index of the asset or instrument, or the place of the expiry
  public record Range(FactorKind kind, int place, Decimal lowest, Decimal highest) {}

  private final List<Range> ranges = new ArrayList<>();
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

  /// Lets a published factor range.
  ///
  /// @param place index of the asset or instrument; for a factor of an expiry the place of the
  ///   expiry, as [io.evenkeel.engine.market.Factors#findExpiry] gives it
  public FactorBox factor(FactorKind kind, int place, Decimal lowest, Decimal highest) {
    ranges.add(new Range(kind, place, lowest, highest));
    return this;
  }

  /// Whether any published factor ranges: a model that cannot bound that claims nothing.
  public boolean widensFactors() {
    return !ranges.isEmpty();
  }

  /// The factors that range, in the order in which they were let.
  public List<Range> ranges() {
    return ranges;
  }

  /// The range of a factor; null when it stays as it is.
  public @Nullable Range range(FactorKind kind, int place) {
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      if (range.kind() == kind && range.place() == place) {
        return range;
      }
    }
    return null;
  }
}
