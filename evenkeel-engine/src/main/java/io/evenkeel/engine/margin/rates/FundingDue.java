package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Funding that positions of one account are due and have not settled: each position's share of the
/// change of its market's index, added up exactly and divided once, rounded down (reference: dYdX
/// v4 funding settlement). Positive is received by the account.
public final class FundingDue {
  private static final int PLACES = 12;
  private static final int MONEY_PLACES = 6;
  private static final long MILLION = 1_000_000;

  private long wholeE6;
  private long restE12;

  /// Starts again from nothing.
  public void clear() {
    wholeE6 = 0;
    restE12 = 0;
  }

  /// Adds a position: `-indexChange * quantity * 10^-places` numeraire, rounded down to the 12th
  /// place, which is exact for an index in millionths of a millionth.
  ///
  /// @param indexChangeUnits by how much the index per quantity unit rose since the position's
  ///   funding was settled; longs pay a rise. Of more than 24 places only 24 count.
  /// @param places decimal places of the index, 0 or more
  /// @param quantityUnits signed
  /// @throws ArithmeticException when it does not fit
  public void add(long indexChangeUnits, int places, long quantityUnits) {
    long index = indexChangeUnits;
    int at = places;
    if (at > PLACES + PLACES) {
      index = Math.floorDiv(index, Fixed.pow10(Math.min(18, at - PLACES - PLACES)));
      at = PLACES + PLACES;
    }
    if (at < MONEY_PLACES) {
      index = Math.multiplyExact(index, Fixed.pow10(MONEY_PLACES - at));
      at = MONEY_PLACES;
    }
    long received = Math.negateExact(index);
    long divisor = Fixed.pow10(at - MONEY_PLACES);
    long quotient = Fixed.mulDiv(received, quantityUnits, divisor, Rounding.FLOOR);
    // the remainder lies in [0, divisor), so the low words alone give it exactly
    long remainder = received * quantityUnits - quotient * divisor;
    wholeE6 = Math.addExact(wholeE6, quotient);
    restE12 +=
        at >= PLACES ? remainder / Fixed.pow10(at - PLACES) : remainder * Fixed.pow10(PLACES - at);
  }

  /// All of it in millionths of a millionth of the numeraire.
  ///
  /// @throws ArithmeticException when it does not fit
  public long sumE12() {
    return Math.addExact(Math.multiplyExact(wholeE6, MILLION), restE12);
  }

  /// What [#flooredE6()] leaves out, in millionths of a millionth: 0 to 999,999.
  long restE12() {
    return Math.floorMod(restE12, MILLION);
  }

  /// All of it in millionths of the numeraire, rounded down.
  public long flooredE6() {
    return Math.addExact(wholeE6, Math.floorDiv(restE12, MILLION));
  }
}
