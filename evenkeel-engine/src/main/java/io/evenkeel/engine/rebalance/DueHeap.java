package io.evenkeel.engine.rebalance;

import java.util.Arrays;

/// Accounts by the time at which something may fall due for them. Entries are hints: whoever takes
/// one asks the state whether it still holds, so a stale entry does no harm and the heap is neither
/// undone, hashed nor kept in snapshots.
public final class DueHeap {
  private long[] times = new long[64];
  private int[] accounts = new int[64];
  private int size;

  /// Adds a hint.
  public void add(long timeNs, int account) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      accounts = Arrays.copyOf(accounts, 2 * size);
    }
    int at = size++;
    while (at > 0 && times[(at - 1) >> 1] > timeNs) {
      times[at] = times[(at - 1) >> 1];
      accounts[at] = accounts[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    times[at] = timeNs;
    accounts[at] = account;
  }

  /// Earliest time, or `Long.MAX_VALUE` when empty.
  public long earliestNs() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /// An account of the earliest time; the heap must not be empty.
  public int firstAccount() {
    return accounts[0];
  }

  /// Takes one account of the earliest time.
  public int take() {
    int taken = accounts[0];
    size--;
    long time = times[size];
    int account = accounts[size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      times[at] = times[child];
      accounts[at] = accounts[child];
      at = child;
    }
    times[at] = time;
    accounts[at] = account;
    return taken;
  }

  /// Forgets everything.
  public void clear() {
    size = 0;
  }
}
