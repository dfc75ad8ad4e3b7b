package io.evenkeel.engine.rebalance;

import java.util.Arrays;

/// A set of account indices that is listed in ascending order, however it was filled: the order in
/// which accounts were found never shows. Reused; allocates only to grow.
///
/// One bit an account, and above them one bit for each word of those that is not zero: a command
/// that concerns two accounts of a million must not look at all of them.
public final class AccountSet {
  private long[] bits = new long[64];
  private long[] wordsInUse = new long[1];
  private int[] members = new int[64];
  private int lowestGroup = Integer.MAX_VALUE;
  private int highestGroup = -1;

  /// Adds an account; adding it twice is adding it once.
  public void add(int account) {
    int word = account >> 6;
    int group = word >> 6;
    if (group >= wordsInUse.length) {
      wordsInUse = Arrays.copyOf(wordsInUse, Math.max(group + 1, 2 * wordsInUse.length));
      bits = Arrays.copyOf(bits, wordsInUse.length << 6);
    }
    bits[word] |= 1L << account;
    wordsInUse[group] |= 1L << word;
    lowestGroup = Math.min(lowestGroup, group);
    highestGroup = Math.max(highestGroup, group);
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
    for (int group = lowestGroup; group <= highestGroup; group++) {
      for (long words = wordsInUse[group]; words != 0; words &= words - 1) {
        int word = (group << 6) + Long.numberOfTrailingZeros(words);
        if (count + 64 > members.length) {
          members = Arrays.copyOf(members, Math.max(count + 64, 2 * members.length));
        }
        for (long left = bits[word]; left != 0; left &= left - 1) {
          members[count++] = (word << 6) + Long.numberOfTrailingZeros(left);
        }
        bits[word] = 0;
      }
      wordsInUse[group] = 0;
    }
    forgetGroups();
    return count;
  }

  /// Empties the set.
  public void clear() {
    for (int group = lowestGroup; group <= highestGroup; group++) {
      Arrays.fill(bits, group << 6, (group + 1) << 6, 0);
      wordsInUse[group] = 0;
    }
    forgetGroups();
  }

  private void forgetGroups() {
    lowestGroup = Integer.MAX_VALUE;
    highestGroup = -1;
  }

  /// The accounts listed by the last [#drain()].
  public int[] members() {
    return members;
  }
}
