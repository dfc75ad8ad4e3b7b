package io.evenkeel.reader;

import io.evenkeel.engine.AccountSweep;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.number.Fixed;
import java.util.ArrayList;
import java.util.List;

/// Finds the accounts closest to liquidation by going through all of them, some thousand at a time
/// between commands, while somebody asks.
final class ClosestRanking {
  /// Accounts kept; more than are ever shown, because some leave before they are.
  static final int KEPT = 200;

  /// So many accounts are gone through at once.
  static final int SLICE = 4_000;

  private static final long WANTED_NS = 10_000_000_000L;
  private static final long PAUSE_NS = 1_000_000_000L;

  /// One account, with figures in millionths of the numeraire.
  record Candidate(int index, long equityE6, long maintenanceE6) implements Comparable<Candidate> {
    /// By equity / maintenance, exactly; without maintenance, those with negative equity come first
    /// and the others last. Equal ones by order of opening.
    @Override
    public int compareTo(Candidate other) {
      int byKind = Integer.compare(kind(), other.kind());
      if (byKind != 0) {
        return byKind;
      }
      int byRatio =
          kind() == 1
              ? Fixed.compareProducts(equityE6, other.maintenanceE6, other.equityE6, maintenanceE6)
              : Long.compare(equityE6, other.equityE6);
      return byRatio != 0 ? byRatio : Integer.compare(index, other.index);
    }

    private int kind() {
      if (maintenanceE6 > 0) {
        return 1;
      }
      return equityE6 < 0 ? 0 : 2;
    }
  }

  private final EngineView view;
  private final AccountSweep sweep;
  private final Candidate[] heap = new Candidate[KEPT];
  private int size;
  private int next = -1;
  private int[] ranked = new int[0];
  private long rankedTimeNs;
  private long askedNs;
  private long beganNs;
  private boolean wasAsked;
  private boolean wasRanked;

  ClosestRanking(EngineView view) {
    this.view = view;
    sweep = view.sweep();
  }

  /// Goes through some accounts if that is wanted.
  ///
  /// @return whether there is more to do at once
  boolean work(long nowNs) {
    if (!wasAsked || nowNs - askedNs > WANTED_NS) {
      next = -1;
      return false;
    }
    if (next < 0) {
      if (wasRanked && nowNs - beganNs < PAUSE_NS) {
        return false;
      }
      beganNs = nowNs;
      next = 0;
      size = 0;
    }
    int end = Math.min(view.accountCount(), next + SLICE);
    while (next < end) {
      consider(next++);
    }
    if (next < view.accountCount()) {
      return true;
    }
    finish();
    return false;
  }

  private void finish() {
    ranked = new int[size];
    for (int i = 0; i < size; i++) {
      ranked[i] = heap[i].index;
    }
    rankedTimeNs = view.nowNs();
    wasRanked = true;
    next = -1;
  }

  /// The closest, weighed anew and in exact order. A venue of few accounts is gone through at once.
  List<Candidate> closest(int limit, long nowNs) {
    wasAsked = true;
    askedNs = nowNs;
    if (view.accountCount() <= SLICE) {
      next = 0;
      size = 0;
      while (next < view.accountCount()) {
        consider(next++);
      }
      finish();
    }
    List<Candidate> now = new ArrayList<>(ranked.length);
    for (int index : ranked) {
      if (sweep.weighExposed(index)) {
        now.add(new Candidate(index, sweep.equityE6(), sweep.maintenanceE6()));
      }
    }
    now.sort(null);
    return now.subList(0, Math.min(limit, now.size()));
  }

  /// Engine time at which the ranking was finished; 0 when none was.
  long rankedTimeNs() {
    return rankedTimeNs;
  }

  private void consider(int index) {
    if (!sweep.weighExposed(index)) {
      return;
    }
    // the usual case, without allocation: further away than all that are kept
    if (size == KEPT
        && heap[0].kind() == 1
        && sweep.maintenanceE6() > 0
        && Fixed.compareProducts(
                sweep.equityE6(), heap[0].maintenanceE6, heap[0].equityE6, sweep.maintenanceE6())
            > 0) {
      return;
    }
    Candidate candidate = new Candidate(index, sweep.equityE6(), sweep.maintenanceE6());
    if (size < KEPT) {
      heap[size++] = candidate;
      siftUp(size - 1);
    } else if (candidate.compareTo(heap[0]) < 0) {
      heap[0] = candidate;
      siftDown();
    }
  }

  /// The furthest of those kept is on top.
  private void siftUp(int from) {
    int at = from;
    while (at > 0 && heap[(at - 1) / 2].compareTo(heap[at]) < 0) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void siftDown() {
    int at = 0;
    while (true) {
      int largest = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
        if (heap[child].compareTo(heap[largest]) > 0) {
          largest = child;
        }
      }
      if (largest == at) {
        return;
      }
      swap(at, largest);
      at = largest;
    }
  }

  private void swap(int one, int other) {
    Candidate held = heap[one];
    heap[one] = heap[other];
    heap[other] = held;
  }
}
