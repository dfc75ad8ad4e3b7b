package io.evenkeel.engine.margin.sized;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Balances kept as shares of a pool that grows with interest, as lending venues store them, in the
/// tokens they stand for. Deposits are rounded down, debts up, so that rounding never favours the
/// account (reference: Drift v2 spot balances).
public final class ScaledBalance {
  private static final int INDEX_PLACES = 10;
  private static final int BALANCE_PLACES = 9;

  private ScaledBalance() {}

  /// The signed amount of tokens that a balance stands for.
  ///
  /// @param balanceE9 share of the pool, nine places, 0 or more
  /// @param indexE10 what one share is worth in tokens, ten places
  /// @param scale decimal places of the token's minor unit, 1 to 18
  /// @param debt whether the share is owed
  /// @throws ArithmeticException when it does not fit
  public static long tokensMinor(long balanceE9, long indexE10, int scale, boolean debt) {
    int places = BALANCE_PLACES + INDEX_PLACES - scale;
    Rounding rounding = debt ? Rounding.CEILING : Rounding.FLOOR;
    long amount = Fixed.mulDiv(balanceE9, indexE10, Fixed.pow10(places), rounding);
    return debt ? -amount : amount;
  }
}
