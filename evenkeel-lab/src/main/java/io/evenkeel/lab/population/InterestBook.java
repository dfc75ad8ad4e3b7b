package io.evenkeel.lab.population;

import java.util.Arrays;

/// Positions that wait for somebody to take the other side, first come first served, one queue per
/// contract. A queue holds one side only: an opposite interest is matched at once.
final class InterestBook {
  private final Queue[] queues;

  InterestBook(int contractCount) {
    queues = new Queue[contractCount];
    Arrays.setAll(queues, _ -> new Queue());
  }

  /// Takes one match.
  interface Matches {
    /// @param units quantity of the match, greater than 0
    void match(int instrumentId, long buyerAccountId, long sellerAccountId, long units);
  }

  /// Matches an interest with what waits, oldest first; what is left over waits in its turn.
  ///
  /// @param units signed quantity wanted, long positive, not 0
  void add(int instrumentId, long accountId, long units, Matches matches) {
    Queue queue = queues[instrumentId];
    long left = units;
    while (left != 0 && queue.size > 0 && (queue.units[queue.head] > 0) != (left > 0)) {
      long waiting = queue.units[queue.head];
      long matched = Math.min(Math.abs(left), Math.abs(waiting));
      long other = queue.accountIds[queue.head];
      matches.match(
          instrumentId, left > 0 ? accountId : other, left > 0 ? other : accountId, matched);
      left -= left > 0 ? matched : -matched;
      queue.reduceHead(waiting > 0 ? matched : -matched);
    }
    if (left != 0) {
      queue.push(accountId, left);
    }
  }

  /// Matches everything that still waits with one account, contract by contract.
  void matchRest(long accountId, Matches matches) {
    for (int instrumentId = 0; instrumentId < queues.length; instrumentId++) {
      Queue queue = queues[instrumentId];
      while (queue.size > 0) {
        add(instrumentId, accountId, -queue.units[queue.head], matches);
      }
    }
  }

  /// A ring of signed interests.
  private static final class Queue {
    private long[] accountIds = new long[64];
    private long[] units = new long[64];
    private int head;
    private int size;

    void push(long accountId, long interest) {
      if (size == units.length) {
        grow();
      }
      int tail = (head + size) % units.length;
      accountIds[tail] = accountId;
      units[tail] = interest;
      size++;
    }

    void reduceHead(long matched) {
      units[head] -= matched;
      if (units[head] == 0) {
        head = (head + 1) % units.length;
        size--;
      }
    }

    private void grow() {
      long[] widerIds = new long[2 * size];
      long[] widerUnits = new long[2 * size];
      for (int i = 0; i < size; i++) {
        widerIds[i] = accountIds[(head + i) % size];
        widerUnits[i] = units[(head + i) % size];
      }
      accountIds = widerIds;
      units = widerUnits;
      head = 0;
    }
  }
}
