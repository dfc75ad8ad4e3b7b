package io.evenkeel.engine;

import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.number.Check;
import java.util.OptionalLong;

/// Finds how far prices must move until an account falls below maintenance, on the account's own
/// margin model: exact for any model, because nothing but the model itself is asked. The move is
/// followed in steps of about 1 % until the account is below maintenance, and the edge is then
/// bisected to a billionth of the present price. An account that is below maintenance only inside a
/// gap narrower than a step may be missed; models of this field have none.
public final class LiquidationSearch {
  /// Prices are followed up to this many times the present ones.
  public static final int FARTHEST_UP = 20;

  private static final long STEP_DIVISOR = 100;

  /// A thousandth: far below it the rounding of values decides, not the market.
  private static final long LOWEST_E9 = MarketMove.UNMOVED_E9 / 1_000;

  private LiquidationSearch() {}

  /// Where the account falls below maintenance as prices fall.
  ///
  /// @param hypothesis holds what else is supposed; it is as before afterwards
  /// @return the ratio to present prices, billionths, of the first price at which it is below
  ///   maintenance: below [MarketMove#UNMOVED_E9], equal to it when it is already; empty when no
  ///   fall down to a thousandth of the present price does it
  public static OptionalLong down(Hypothesis hypothesis, long accountId, MarketMove move) {
    if (isBelow(hypothesis, accountId, move, MarketMove.UNMOVED_E9)) {
      return OptionalLong.of(MarketMove.UNMOVED_E9);
    }
    long safe = MarketMove.UNMOVED_E9;
    while (safe > LOWEST_E9) {
      long next = Math.max(LOWEST_E9, safe - Math.max(1, safe / STEP_DIVISOR));
      if (isBelow(hypothesis, accountId, move, next)) {
        return OptionalLong.of(bisect(hypothesis, accountId, move, safe, next));
      }
      safe = next;
    }
    return OptionalLong.empty();
  }

  /// Where the account falls below maintenance as prices rise.
  ///
  /// @return as [#down] but above [MarketMove#UNMOVED_E9]; empty when no rise up to [#FARTHEST_UP]
  ///   times the present price does it
  public static OptionalLong up(Hypothesis hypothesis, long accountId, MarketMove move) {
    if (isBelow(hypothesis, accountId, move, MarketMove.UNMOVED_E9)) {
      return OptionalLong.of(MarketMove.UNMOVED_E9);
    }
    long safe = MarketMove.UNMOVED_E9;
    long farthest = FARTHEST_UP * MarketMove.UNMOVED_E9;
    while (safe < farthest) {
      long next = Math.min(farthest, safe + safe / STEP_DIVISOR);
      if (isBelow(hypothesis, accountId, move, next)) {
        return OptionalLong.of(bisect(hypothesis, accountId, move, safe, next));
      }
      safe = next;
    }
    return OptionalLong.empty();
  }

  private static long bisect(
      Hypothesis hypothesis, long accountId, MarketMove move, long safe, long unsafe) {
    long low = safe;
    long high = unsafe;
    while (Math.abs(high - low) > 1) {
      long middle = low + (high - low) / 2;
      if (isBelow(hypothesis, accountId, move, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean isBelow(
      Hypothesis hypothesis, long accountId, MarketMove move, long ratioE9) {
    Check.invariant(ratioE9 > 0, "prices stay positive");
    int point = hypothesis.savepoint();
    try {
      return hypothesis.move(move, ratioE9).isBelowMaintenance(accountId);
    } finally {
      hypothesis.backTo(point);
    }
  }
}
