package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Who gets what rounding towards zero leaves, and who goes without when losers could not pay
/// (`docs/RULES.md`, section 5.1). Amounts are minor units, losses negative, in the order of the
/// settlement.
final class CashShares {
  /// A ratio of collected to expected is taken to this many decimals.
  private static final int RATIO_PLACES = 16;

  private final Positions positions;

  CashShares(Positions positions) {
    this.positions = positions;
  }

  /// Makes gains equal to losses: what losses are more goes one unit each to winners that rounding
  /// left with nothing and the rest to the largest winner; what they are less is borne by the
  /// largest winners.
  void balance(int[] rows, long[] amountsMinor, long[] exactTicks, int count) {
    long difference = 0;
    for (int i = 0; i < count; i++) {
      difference -= amountsMinor[i];
    }
    for (int i = 0; i < count && difference > 0; i++) {
      boolean traded = positions.hasUnsettledTrades(rows[i]);
      boolean winsNothing = amountsMinor[i] == 0 && exactTicks[i] >= 0;
      if (winsNothing && (traded || exactTicks[i] > 0)) {
        amountsMinor[i] = 1;
        difference--;
      }
    }
    if (difference > 0) {
      int largest = largest(exactTicks, count);
      if (exactTicks[largest] > 0) {
        amountsMinor[largest] += difference;
      }
    }
    while (difference < 0) {
      int largest = largest(amountsMinor, count);
      long borne = Math.min(amountsMinor[largest], -difference);
      amountsMinor[largest] -= borne;
      difference += borne;
    }
  }

  private static int largest(long[] values, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /// Lowers gains to what was collected. If losers paid less than they owed, every gain is scaled
  /// by the ratio of collected to owed, rounded to sixteen decimals, and rounded down, and what
  /// that leaves goes to the backstop, if it wins, else to the last winner; else winners take what
  /// is there in order.
  ///
  /// @param backstop place of a backstop with funds behind it, -1 for none
  void limit(long[] amountsMinor, int count, long owedMinor, long collectedMinor, int backstop) {
    long left = collectedMinor;
    if (collectedMinor < owedMinor) {
      long ratio = ratio(collectedMinor, owedMinor);
      int last = -1;
      boolean backstopWins = backstop >= 0 && amountsMinor[backstop] > 0;
      for (int i = 0; i < count; i++) {
        if (amountsMinor[i] > 0) {
          amountsMinor[i] =
              Fixed.mulDiv(amountsMinor[i], ratio, Fixed.pow10(RATIO_PLACES), Rounding.FLOOR);
          amountsMinor[i] = Math.min(amountsMinor[i], left);
          left -= amountsMinor[i];
          last = i;
        }
      }
      if (last >= 0) {
        amountsMinor[backstopWins ? backstop : last] += left;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      if (amountsMinor[i] > 0) {
        amountsMinor[i] = Math.min(amountsMinor[i], left);
        left -= amountsMinor[i];
      }
    }
  }

  /// `part / whole` in units of the last decimal, halves up.
  private static long ratio(long part, long whole) {
    long scale = Fixed.pow10(RATIO_PLACES);
    long down = Fixed.mulDiv(part, scale, whole, Rounding.FLOOR);
    // twice the exact ratio is at least an odd number of halves when it rounds up
    boolean up = Fixed.compareProducts(part, 2 * scale, 2 * down + 1, whole) >= 0;
    return up ? down + 1 : down;
  }
}
