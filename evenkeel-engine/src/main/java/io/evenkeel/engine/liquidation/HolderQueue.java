package io.evenkeel.engine.liquidation;

import java.util.Arrays;

/// Holders of one side of an instrument, taken in the order of their scores, highest first, and of
/// accounts where scores are equal. Building it costs one look at each; only those that are taken
/// are sorted.
final class HolderQueue {
  private int[] accounts = new int[64];
  private long[] scores = new long[64];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void add(int account, long score) {
    if (size == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
    }
    accounts[size] = account;
    scores[size] = score;
    size++;
  }

  /// Makes what was added ready to be taken.
  void order() {
    for (int parent = size / 2 - 1; parent >= 0; parent--) {
      sink(parent);
    }
  }

  /// Takes the next account; -1 when there is none.
  int take() {
    if (size == 0) {
      return -1;
    }
    int next = accounts[0];
    size--;
    accounts[0] = accounts[size];
    scores[0] = scores[size];
    sink(0);
    return next;
  }

  private void sink(int from) {
    int parent = from;
    while (true) {
      int best = parent;
      for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < size; child++) {
        best = comesBefore(child, best) ? child : best;
      }
      if (best == parent) {
        return;
      }
      swap(parent, best);
      parent = best;
    }
  }

  private boolean comesBefore(int a, int b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : accounts[a] < accounts[b];
  }

  private void swap(int a, int b) {
    int account = accounts[a];
    long score = scores[a];
    accounts[a] = accounts[b];
    scores[a] = scores[b];
    accounts[b] = account;
    scores[b] = score;
  }
}
