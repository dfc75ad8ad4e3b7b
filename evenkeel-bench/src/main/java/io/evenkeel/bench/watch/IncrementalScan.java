package io.evenkeel.bench.watch;

import java.util.Arrays;

/// The strong baseline: equity and margin of every account are kept, and a tick adds what it
/// changes to each holder's and looks whether the zone still fits. Equity, margin and zone of an
/// account lie in one cache line; what a holder's line says of the factor is read in sequence.
final class IncrementalScan {
  private static final int STRIDE = 4;

  private final long[] cells;
  private final int[][] holders = new int[LinearVenue.FACTORS][];
  private final long[][] equityBy = new long[LinearVenue.FACTORS][];
  private final long[][] marginBy = new long[LinearVenue.FACTORS][];
  private final long[] values;
  private long touched;

  IncrementalScan(LinearVenue venue) {
    values = venue.values.clone();
    cells = new long[STRIDE * venue.accounts];
    int[] counts = new int[LinearVenue.FACTORS];
    for (int account = 0; account < venue.accounts; account++) {
      for (int i = 0; i < venue.terms(account); i++) {
        counts[venue.factor(account, i)]++;
      }
    }
    for (int factor = 0; factor < LinearVenue.FACTORS; factor++) {
      holders[factor] = new int[counts[factor]];
      equityBy[factor] = new long[counts[factor]];
      marginBy[factor] = new long[counts[factor]];
    }
    Arrays.fill(counts, 0);
    for (int account = 0; account < venue.accounts; account++) {
      for (int i = 0; i < venue.terms(account); i++) {
        int factor = venue.factor(account, i);
        int place = counts[factor]++;
        holders[factor][place] = account;
        equityBy[factor][place] = venue.equityBy(account, i);
        marginBy[factor][place] = venue.marginBy(account, i);
      }
      cells[STRIDE * account] = venue.equity(account);
      cells[STRIDE * account + 1] = venue.margin(account);
      cells[STRIDE * account + 2] =
          LinearVenue.zone(cells[STRIDE * account], cells[STRIDE * account + 1]);
    }
  }

  /// Moves a factor and notes whose zone changes.
  void tick(int factor, long value, ZoneChanges changes) {
    long move = value - values[factor];
    values[factor] = value;
    int[] accounts = holders[factor];
    long[] gains = equityBy[factor];
    long[] requires = marginBy[factor];
    for (int i = 0; i < accounts.length; i++) {
      int at = STRIDE * accounts[i];
      long equity = cells[at] + gains[i] * move;
      long margin = cells[at + 1] + requires[i] * move;
      cells[at] = equity;
      cells[at + 1] = margin;
      int zone = (int) cells[at + 2];
      if (!LinearVenue.isIn(zone, equity, margin)) {
        int now = LinearVenue.zone(equity, margin);
        cells[at + 2] = now;
        changes.add(accounts[i], zone, now);
      }
    }
    touched += accounts.length;
  }

  /// An account pays in or out.
  void deposit(int account, long amount) {
    cells[STRIDE * account] += amount;
    cells[STRIDE * account + 2] =
        LinearVenue.zone(cells[STRIDE * account], cells[STRIDE * account + 1]);
  }

  /// Holders looked at so far.
  long touched() {
    return touched;
  }

  /// How many accounts are exposed to a factor.
  int holders(int factor) {
    return holders[factor].length;
  }
}
