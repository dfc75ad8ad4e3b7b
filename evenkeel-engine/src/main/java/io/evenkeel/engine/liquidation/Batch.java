package io.evenkeel.engine.liquidation;

import java.util.Arrays;
import java.util.BitSet;

/// The accounts being liquidated in one cycle, in execution order, with why they are.
final class Batch {
  private int[] accounts = new int[16];
  private boolean[] callExpired = new boolean[16];
  private boolean[] done = new boolean[16];
  private final BitSet members = new BitSet();
  private final BitSet leftInNeed = new BitSet();
  private int size;

  void clear() {
    size = 0;
    members.clear();
    leftInNeed.clear();
  }

  void add(int account, boolean becauseCallExpired) {
    if (size == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * size);
      callExpired = Arrays.copyOf(callExpired, 2 * size);
      done = Arrays.copyOf(done, 2 * size);
    }
    members.set(account);
    accounts[size] = account;
    callExpired[size] = becauseCallExpired;
    done[size] = false;
    size++;
  }

  int size() {
    return size;
  }

  int account(int place) {
    return accounts[place];
  }

  /// Whether a call expired unmet, rather than equity being below maintenance.
  boolean isCallExpired(int place) {
    return callExpired[place];
  }

  /// Whether the account has left the batch.
  boolean isDone(int place) {
    return done[place];
  }

  /// Whether an account is or was in the batch.
  boolean contains(int account) {
    return members.get(account);
  }

  /// Whether an account left the batch still in need.
  boolean isLeftInNeed(int account) {
    return leftInNeed.get(account);
  }

  /// Takes an account out of the batch that is still in need.
  void leaveInNeed(int place) {
    leftInNeed.set(accounts[place]);
    finish(place);
  }

  /// Takes an account out of the batch.
  void finish(int place) {
    done[place] = true;
  }
}
