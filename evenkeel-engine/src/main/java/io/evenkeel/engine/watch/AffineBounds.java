package io.evenkeel.engine.watch;

import io.evenkeel.model.number.Check;
import java.util.Arrays;

/// What can be said of one account as long as no event comes of it: some *slacks* (such as equity
/// less the level it must not fall under, or the level it must not reach less equity) are each at
/// least an affine function of the account's factors, `constant + sum of coefficient x value`,
/// wherever each factor lies within its limits; and as long as all these functions are 0 or more,
/// nothing happens.
///
/// The unit is the account's own: only the sign of a slack counts. Values are never negative, so
/// rounding a constant or a coefficient down keeps a function on the safe side; where one does not
/// fit [#LARGEST], all are halved until it does. An instance is filled anew for each account.
public final class AffineBounds {
  /// Most slacks of one account.
  public static final int MOST_SLACKS = 6;

  /// Most factors of one account: a backstop may come to hold every contract of a large venue.
  public static final int MOST_FACTORS = (1 << 13) - 1;

  /// What each function may at most come to, term by term, at the highest values that are allowed
  /// for.
  public static final long LARGEST = 1L << 61;

  /// The highest value that can be allowed for: of as many factors as there can be, each of which
  /// costs no less than 1 where it costs anything, the sum still fits.
  static final long HIGHEST_VALUE = LARGEST / (MOST_FACTORS + 1);

  private static final int INITIAL_FACTORS = 16;

  int slacks;
  int count;
  final long[] constants = new long[MOST_SLACKS];
  int[] factors = new int[INITIAL_FACTORS];
  long[] lowest = new long[INITIAL_FACTORS];
  long[] highest = new long[INITIAL_FACTORS];

  /// Coefficients of all slacks for the first factor, then for the next.
  long[] by = new long[INITIAL_FACTORS * MOST_SLACKS];

  /// Starts an account anew, without slacks and factors: one of which nothing can come.
  public void start() {
    slacks = 0;
    count = 0;
  }

  /// Adds a slack before any factor is added.
  ///
  /// @return its number
  public int addSlack(long constant) {
    Check.invariant(slacks < MOST_SLACKS && count == 0, "slacks come before factors and are few");
    constants[slacks] = constant;
    return slacks++;
  }

  /// Adds a factor, each at most once.
  ///
  /// @return its place, for [#add] and [#limit]
  public int addFactor(int factor) {
    Check.invariant(count < MOST_FACTORS, "no more factors than an account can have");
    if (count == factors.length) {
      factors = Arrays.copyOf(factors, 2 * count);
      lowest = Arrays.copyOf(lowest, 2 * count);
      highest = Arrays.copyOf(highest, 2 * count);
      by = Arrays.copyOf(by, 2 * count * MOST_SLACKS);
    }
    factors[count] = factor;
    lowest[count] = 0;
    highest[count] = Long.MAX_VALUE;
    Arrays.fill(by, count * MOST_SLACKS, (count + 1) * MOST_SLACKS, 0);
    return count++;
  }

  /// Adds to what a slack changes by at least when a factor rises by one.
  ///
  /// @throws ArithmeticException when the sum does not fit
  public void add(int place, int slack, long slackBy) {
    int at = place * MOST_SLACKS + slack;
    by[at] = Math.addExact(by[at], slackBy);
  }

  /// The values of a factor between which the functions hold, both included.
  public void limit(int place, long lowestValue, long highestValue) {
    lowest[place] = Math.max(lowest[place], lowestValue);
    highest[place] = Math.min(highest[place], highestValue);
  }

  /// What a slack changes by when a factor rises by one.
  long by(int place, int slack) {
    return by[place * MOST_SLACKS + slack];
  }

  /// Whether any factor has limits that values allowed for can leave.
  boolean isLimited(long[] ceilings) {
    for (int i = 0; i < count; i++) {
      if (lowest[i] > 0 || highest[i] < ceilings[factors[i]]) {
        return true;
      }
    }
    return false;
  }

  /// Halves the functions until they fit at the highest values allowed for.
  ///
  /// @param ceilings of each factor the highest value, by factor
  void fit(long[] ceilings) {
    int shift = 0;
    for (int slack = 0; slack < slacks; slack++) {
      shift = Math.max(shift, excess(slack, ceilings));
    }
    for (int slack = 0; slack < slacks && shift > 0; slack++) {
      constants[slack] >>= shift;
      for (int i = 0; i < count; i++) {
        by[i * MOST_SLACKS + slack] >>= shift;
      }
    }
  }

  /// By how many bits a function may exceed [#LARGEST].
  private int excess(int slack, long[] ceilings) {
    int bits = bits(constants[slack]);
    for (int i = 0; i < count; i++) {
      bits = Math.max(bits, bits(by(i, slack)) + bits(ceilings[factors[i]]));
    }
    // of n terms of so many bits the sum has at most so many more
    return bits + bits(count) - Long.numberOfTrailingZeros(LARGEST);
  }

  private static int bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
  }

  /// How close the account is to a level: about sixteen times the binary logarithm of the part of
  /// its exposure that the smallest slack is. Accounts laid out in this order lie next to those
  /// that are reached together with them. Call it after [#fit].
  ///
  /// @param values the present value of each factor, by factor
  int closeness(long[] values) {
    int closest = Integer.MAX_VALUE;
    for (int slack = 0; slack < slacks; slack++) {
      long left = constants[slack];
      long exposure = 1;
      for (int i = 0; i < count; i++) {
        long term = by(i, slack) * values[factors[i]];
        left += term;
        exposure += Math.abs(term);
      }
      closest = Math.min(closest, Weights.log(Math.max(left, 1)) - Weights.log(exposure));
    }
    return closest;
  }
}
