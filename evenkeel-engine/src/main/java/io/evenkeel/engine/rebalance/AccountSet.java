package io.evenkeel.engine.rebalance;

import java.util.Arrays;

/// A set of account indices that is listed in ascending order, however it was filled: the order in
/// which accounts were found never shows. Reused; allocates only to grow.
public final class AccountSet {
  private long[] bits = new long[16];
  private int[] members = new int[64];
  private int highestWord = -1;

  /// Adds an account; adding it twice is adding it once.
  public void add(int account) {
    int word = account >> 6;
    if (word >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(word + 1, 2 * bits.length));
    }
    bits[word] |= 1L << account;
    highestWord = Math.max(highestWord, word);
  }

  /// Adds the first `count` accounts of an array.
  public void addAll(int[] accounts, int count) {
    for (int i = 0; i < count; i++) {
      add(accounts[i]);
    }
  }

  /// Lists the members into [#members()] in ascending order, empties the set and returns how many
  /// there were.
  public int drain() {
    int count = 0;
    for (int word = 0; word <= highestWord; word++) {
      long left = bits[word];
      bits[word] = 0;
      if (left == 0) {
        continue;
      }
      if (count + 64 > members.length) {
        members = Arrays.copyOf(members, Math.max(count + 64, 2 * members.length));
      }
      for (; left != 0; left &= left - 1) {
        members[count++] = (word << 6) + Long.numberOfTrailingZeros(left);
      }
    }
    highestWord = -1;
    return count;
  }

  /// Empties the set.
  public void clear() {
    Arrays.fill(bits, 0, highestWord + 1, 0);
    highestWord = -1;
  }

  /// The accounts listed by the last [#drain()].
  public int[] members() {
    return members;
  }
}
