package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;

/// What is settled between an account and the insurance fund when a slice is filled (reference:
/// dYdX v4 insurance fund delta). Minor units of the settlement asset.
public final class SliceFee {
  private SliceFee() {}

  /// What the account pays, or, negative, what the fund pays for it: what the fill brings beyond
  /// the bankruptcy value, at most `maximumFee` of the fill, rounded down.
  ///
  /// @param receivedMinor what the fill brings the account, negative where it pays
  /// @param bankruptcyMinor what it had to bring so that nothing is left
  /// @param maximumFee share of the fill, 0 to 1
  public static long minor(long receivedMinor, long bankruptcyMinor, Decimal maximumFee) {
    long beyond = Math.subtractExact(receivedMinor, bankruptcyMinor);
    return Math.min(beyond, Math.max(0, maximumFee.times(Math.abs(receivedMinor), Rounding.FLOOR)));
  }

  /// What a fill brings an account, cut towards zero; negative where it pays.
  ///
  /// @param changeUnits signed change of its position
  public static long receivedMinor(
      Book book, Trades trades, int instrument, long changeUnits, long priceUnits) {
    return -trades.costTicks(instrument, changeUnits, priceUnits)
        / book.instruments.ticksPerMinor(instrument);
  }

  /// Whether a fund can pay: it always can where the account does.
  public static boolean isCovered(long fundMinor, long feeMinor) {
    return feeMinor >= 0 || Math.addExact(fundMinor, feeMinor) >= 0;
  }
}
