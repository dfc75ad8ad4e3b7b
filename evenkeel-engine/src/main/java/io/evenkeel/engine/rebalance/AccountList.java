package io.evenkeel.engine.rebalance;

import java.util.Arrays;

/// A reusable list of account indices; allocates only to grow.
public final class AccountList {
  private int[] accounts = new int[64];
  private int size;

  /// Appends an account.
  public void add(int account) {
    if (size == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * size);
    }
    accounts[size++] = account;
  }

  /// Empties the list.
  public void clear() {
    size = 0;
  }

  /// How many accounts it holds.
  public int size() {
    return size;
  }

  /// The account at a place.
  public int get(int place) {
    return accounts[place];
  }

  /// The accounts themselves, valid below [#size()] until the next change.
  int[] accounts() {
    return accounts;
  }
}
