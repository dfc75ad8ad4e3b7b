package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import org.jspecify.annotations.Nullable;

/// What the venue holds and lends of an asset: the published total or, for deposits, what came in
/// from outside and has not left, whichever is more.
public final class SpotTotals {
  private final Book book;

  /// Reads factors and the ledger.
  public SpotTotals(Book book) {
    this.book = book;
  }

  /// Value of all deposits at a price, millionths of the numeraire, rounded down.
  ///
  /// @param price numeraire per whole unit
  public long depositsE6(int asset, Decimal price) {
    long own = Math.max(0, -book.ledger.houseBalance(HouseAccount.OUTSIDE_WORLD, asset));
    long held = valueE6(new Decimal(own, book.assets.at(asset).scale()), price);
    return Math.max(held, published(FactorKind.TOTAL_DEPOSITS, asset, price));
  }

  /// Value of all borrows at a price; 0 when none were published.
  public long borrowsE6(int asset, Decimal price) {
    return published(FactorKind.TOTAL_BORROWS, asset, price);
  }

  private long published(FactorKind kind, int asset, Decimal price) {
    Decimal total = book.factors.ofAsset(kind, asset);
    return total == null ? 0 : valueE6(total, price);
  }

  /// The current price.
  public Decimal price(int asset) {
    return new Decimal(book.assets.price(asset), book.assets.at(asset).priceScale());
  }

  /// The slow price, or null when none was published.
  public @Nullable Decimal slowPrice(int asset) {
    return book.factors.ofAsset(FactorKind.SLOW_PRICE, asset);
  }

  /// `amount * price` in millionths, rounded down.
  private static long valueE6(Decimal amount, Decimal price) {
    int places = amount.scale() + price.scale() - 6;
    if (places <= 0) {
      return Math.multiplyExact(
          Math.multiplyExact(amount.units(), price.units()), Fixed.pow10(-places));
    }
    if (places <= 18) {
      return Fixed.mulDiv(amount.units(), price.units(), Fixed.pow10(places), Rounding.FLOOR);
    }
    // both are exact to more places than a value has: the amount is cut to nine first
    long cut = amount.units() / Fixed.pow10(places - 18);
    return Fixed.mulDiv(cut, price.units(), Fixed.pow10(18), Rounding.FLOOR);
  }
}
