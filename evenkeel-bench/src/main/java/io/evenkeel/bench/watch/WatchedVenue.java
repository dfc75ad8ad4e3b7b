package io.evenkeel.bench.watch;

import io.evenkeel.engine.watch.AffineBounds;
import io.evenkeel.engine.watch.Watch;

/// A population behind the watch: accounts are laid out by how close they are to a level, and whose
/// zone changes is valued anew from what it holds.
final class WatchedVenue {
  /// Usual moves are a millionth of the value for every factor: all walks here are alike.
  private static final long USUAL_MOVE = 1_000_000;

  private static final int TOUCH_BLOCK = 32;
  private static final int CLASSES = 1 << 12;

  private final LinearVenue venue;
  private final Watch watch = new Watch();
  private final AffineBounds bounds = new AffineBounds();
  private final byte[] zones;

  /// Keeps the reads that only fetch memory from being optimised away; means nothing.
  @SuppressWarnings("UnusedVariable")
  private long fetched;

  WatchedVenue(LinearVenue venue) {
    this.venue = venue;
    zones = new byte[venue.accounts];
    for (int factor = 0; factor < LinearVenue.FACTORS; factor++) {
      watch.addFactor(venue.values[factor], Math.max(1, venue.values[factor] / USUAL_MOVE));
    }
    for (int account : inOrderOfCloseness()) {
      certify(account);
    }
  }

  private int[] inOrderOfCloseness() {
    int[] starts = new int[CLASSES + 1];
    short[] classes = new short[venue.accounts];
    for (int account = 0; account < venue.accounts; account++) {
      zones[account] = (byte) LinearVenue.zone(venue.equity(account), venue.margin(account));
      venue.describe(account, zones[account], bounds);
      int closeness = watch.closeness(bounds) + CLASSES / 2;
      classes[account] = (short) Math.clamp(closeness, 0, CLASSES - 1);
      starts[classes[account] + 1]++;
    }
    for (int i = 0; i < CLASSES; i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[venue.accounts];
    for (int account = 0; account < venue.accounts; account++) {
      order[starts[classes[account]]++] = account;
    }
    return order;
  }

  private void certify(int account) {
    venue.describe(account, zones[account], bounds);
    watch.certify(account, bounds);
  }

  /// Moves a factor and notes whose zone changes, in no meaningful order; certificates are given
  /// anew by [#recertify].
  void detect(int factor, long value, ZoneChanges changes) {
    venue.values[factor] = value;
    watch.move(factor, value);
    int reported = watch.detect();
    for (int i = 0; i < reported; i++) {
      if (i % TOUCH_BLOCK == 0) {
        for (int next = i; next < Math.min(reported, i + TOUCH_BLOCK); next++) {
          fetched ^= venue.touch(watch.reported(next));
        }
      }
      int account = watch.reported(i);
      int zone = zones[account];
      int now = LinearVenue.zone(venue.equity(account), venue.margin(account));
      if (now != zone) {
        zones[account] = (byte) now;
        changes.add(account, zone, now);
      }
    }
  }

  /// Gives new certificates to whoever the last tick took them from.
  void recertify() {
    int reported = watch.reportedCount();
    for (int i = 0; i < reported; i++) {
      int account = watch.reported(i);
      venue.describe(account, zones[account], bounds);
      watch.certifyReported(i, bounds);
    }
    watch.recertify();
  }

  /// An account pays in or out, and is certified anew.
  void deposit(int account, long amount) {
    venue.deposit(account, amount);
    zones[account] = (byte) LinearVenue.zone(venue.equity(account), venue.margin(account));
    certify(account);
  }

  Watch watch() {
    return watch;
  }
}
