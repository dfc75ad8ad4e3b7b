package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.model.number.Rounding;

/// The least of equity less maintenance margin over a box of marks and prices. A linear account's
/// surplus is linear in each mark and, at given marks, in the price of each settlement asset, so it
/// is least at a corner. Where money is at par the corner is exact to the unit; elsewhere what
/// rounding can add is taken off.
final class LinearBound {
  private static final long ROUNDINGS_PER_ROW = 4;
  private static final long ROUNDINGS_PER_ASSET = 4;

  private final Book book;
  private final LinearContracts contracts;
  private final LinearEquity equity;
  private final RowMargin margin;
  private final boolean exactAtPar;

  /// Maintenance margin of a row at a notional: linear in it but for rounding.
  interface RowMargin {
    long maintenanceE6(int row, int instrument, long notionalE6);
  }

  /// @param exactAtPar whether a unit of notional never adds more than a unit of margin, so that
  ///   nothing need be taken off for rounding where money is at par
  LinearBound(
      Book book,
      LinearContracts contracts,
      LinearEquity equity,
      RowMargin margin,
      boolean exactAtPar) {
    this.book = book;
    this.contracts = contracts;
    this.equity = equity;
    this.margin = margin;
    this.exactAtPar = exactAtPar;
  }

  /// `Long.MIN_VALUE` for a box of prices of collateral that is not proportional to its price.
  long lowestE6(int account, FactorBox box) {
    long lowest = equity.fundingE6(account);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long low = box.lowestPrice(asset);
      long high = box.highestPrice(asset);
      if (!isBounded(account, asset, low, high)) {
        return Long.MIN_VALUE;
      }
      long worst = ofAssetE6(account, asset, box, low);
      if (high != low) {
        worst = Math.min(worst, ofAssetE6(account, asset, box, high));
      }
      lowest = Math.addExact(lowest, worst - noise(account, asset, low, high));
    }
    return lowest;
  }

  private boolean isBounded(int account, int asset, long lowPrice, long highPrice) {
    return equity.isProportional(asset)
        || book.ledger.marginBalance(account, asset) == 0
        || (lowPrice == highPrice && lowPrice == book.assets.price(asset));
  }

  /// Surplus in one asset at a price: its balance, and each row that settles in it at its worse
  /// mark.
  private long ofAssetE6(int account, int asset, FactorBox box, long price) {
    long balance = book.ledger.marginBalance(account, asset);
    long sum = 0;
    if (balance != 0) {
      sum =
          equity.isProportional(asset)
              ? equity.maintenanceAtE6(asset, balance, price)
              : equity.maintenanceE6(asset, balance);
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (book.instruments.settlementAsset(instrument) == asset) {
        long atLow = surplusE6(row, instrument, box.lowestMark(instrument), asset, price);
        long atHigh = surplusE6(row, instrument, box.highestMark(instrument), asset, price);
        sum = Math.addExact(sum, Math.min(atLow, atHigh));
      }
    }
    return sum;
  }

  private long surplusE6(int row, int instrument, long mark, int asset, long price) {
    long profit = contracts.profitMinor(row, instrument, mark);
    long size = Math.abs(book.positions.quantity(row)) * mark;
    long notional = contracts.valueMinor(instrument, size);
    return book.assets.valueAtE6(asset, profit, price, Rounding.FLOOR)
        - margin.maintenanceE6(
            row, instrument, book.assets.valueAtE6(asset, notional, price, Rounding.FLOOR));
  }

  private long noise(int account, int asset, long lowPrice, long highPrice) {
    if (exactAtPar && lowPrice == highPrice && lowPrice == book.assets.divisor(asset)) {
      return 0;
    }
    long rows = 0;
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      if (book.instruments.settlementAsset(positions.instrument(row)) == asset) {
        rows++;
      }
    }
    return rows == 0 ? 0 : rows * ROUNDINGS_PER_ROW + ROUNDINGS_PER_ASSET;
  }
}
