package io.evenkeel.engine.watch;

import io.evenkeel.model.number.Check;
import java.util.Arrays;

/// Finds the accounts of which something could come when factors move, without looking at the
/// others.
///
/// Each account has a *certificate*: for each of its factors a band of values such that nothing
/// comes of the account while all its factors are inside. The bands share out the slacks of its
/// [AffineBounds]: the losses that all factors at the ends of their bands would bring together
/// never exceed the slack, exactly, in integers. A tick finds the bands that it breaks
/// ([FactorEdges]), evaluates the bounds of those accounts, reports the ones of which something
/// could come and gives the others new bands.
///
/// Use: [#move] for each factor that moves, then [#detect] once, then do what is to be done about
/// the accounts reported and [#certify] them anew, then [#recertify] before factors move again.
/// Nothing of it is state: it can be made anew from accounts and values at any time, and the order
/// in which accounts are reported means nothing.
public final class Watch {
  /// Most factors that can be watched.
  public static final int MOST_FACTORS = 1 << 16;

  private static final int TOUCH_BLOCK = 32;

  private final Certificates certificates = new Certificates();
  private long[] fired = new long[64];
  private int firedCount;

  /// Place of a record and, in the lowest three bits, what of it is to be banded anew.
  private long[] unbanded = new long[64];

  private int unbandedCount;

  /// Place of a record and, in the lower half, its account.
  private long[] reported = new long[64];

  private int reportedCount;
  private long evaluations;

  /// Keeps the reads that only fetch memory from being optimised away; means nothing.
  @SuppressWarnings("UnusedVariable")
  private long fetched;

  /// Adds a factor; it is numbered next.
  ///
  /// @param value 0 or more
  /// @param usualMove how far it moves in some span of time that is the same for all, at least 1;
  ///   only shares depend on it
  public int addFactor(long value, long usualMove) {
    return certificates.addFactor(value, usualMove);
  }

  /// The present value of a factor.
  public long value(int factor) {
    return certificates.value(factor);
  }

  /// The highest value of a factor that bounds must hold for; above it accounts are reported.
  public long ceiling(int factor) {
    return certificates.ceiling(factor);
  }

  /// How close to a level an account with these bounds is; for laying out accounts, which is best
  /// done in rising order of it.
  public int closeness(AffineBounds bounds) {
    return certificates.closeness(bounds);
  }

  /// Gives an account a certificate by what is known of it now, in place of any that it had. Not
  /// between [#move] and [#detect].
  public void certify(int account, AffineBounds bounds) {
    bandPending();
    certificates.certify(account, bounds, true);
  }

  /// The same for an account that the last [#detect] reported; quicker when called for one after
  /// the other.
  ///
  /// @param i as [#reported] takes it
  public void certifyReported(int i, AffineBounds bounds) {
    if (i % TOUCH_BLOCK == 0) {
      for (int next = i; next < Math.min(reportedCount, i + TOUCH_BLOCK); next++) {
        fetched ^= certificates.touchEdges((int) (reported[next] >>> 32));
      }
    }
    certify((int) reported[i], bounds);
  }

  /// Has an account reported on each tick of its factors, for want of bounds. Not between [#move]
  /// and [#detect].
  ///
  /// @param exposures the factors it depends on; the bounds themselves do not matter
  public void watchAlways(int account, AffineBounds exposures) {
    bandPending();
    certificates.certify(account, exposures, false);
  }

  /// Does not watch an account any longer. Not between [#move] and [#detect].
  public void forget(int account) {
    bandPending();
    certificates.forget(account);
  }

  /// A factor takes a value.
  ///
  /// @param value 0 or more
  public void move(int factor, long value) {
    Check.invariant(value >= 0, "factors that are watched are not negative");
    if ((unbandedCount | reportedCount) != 0) {
      recertify();
    }
    FactorEdges moved = certificates.move(factor, value);
    if (!certificates.isWithinReach(factor, value)) {
      certificates.outgrow(
          factor,
          value,
          place -> {
            fired = firedCount == fired.length ? Arrays.copyOf(fired, 2 * firedCount) : fired;
            fired[firedCount++] = (long) factor << 33 | (long) place << 1;
          });
    } else if (moved.reaches(value)) {
      fired = moved.fire(factor, value, fired, firedCount);
      firedCount = moved.firedCount();
    }
  }

  /// Evaluates the accounts whose bands the moves since the last call broke.
  ///
  /// @return how many of them something could come of; see [#reported]
  public int detect() {
    for (int i = 0; i < firedCount; i++) {
      if (i % TOUCH_BLOCK == 0 && firedCount > 1) {
        for (int next = i; next < Math.min(firedCount, i + TOUCH_BLOCK); next++) {
          fetched ^= certificates.touch((int) (fired[next] >>> 1));
        }
      }
      int place = (int) (fired[i] >>> 1);
      int found = certificates.evaluate(fired[i]);
      if (found == Certificates.REPORT) {
        report(certificates.account(place), place);
      } else if (found != Certificates.NONE) {
        pend(place, found);
      }
    }
    evaluations += firedCount;
    firedCount = 0;
    return reportedCount;
  }

  private void report(int account, int place) {
    if (reportedCount == reported.length) {
      reported = Arrays.copyOf(reported, 2 * reportedCount);
    }
    reported[reportedCount++] = (long) place << 32 | account;
  }

  private void pend(int place, int band) {
    if (unbandedCount == unbanded.length) {
      unbanded = Arrays.copyOf(unbanded, 2 * unbandedCount);
    }
    unbanded[unbandedCount++] = (long) place << 3 | band;
  }

  /// How many accounts the last [#detect] reported; 0 after [#recertify].
  public int reportedCount() {
    return reportedCount;
  }

  /// An account of which something could come by the last [#detect]; valid until the next.
  ///
  /// @param i below what that returned
  public int reported(int i) {
    return (int) reported[i];
  }

  /// Gives new bands to whoever still lacks them. A reported account that was neither certified
  /// anew nor forgotten is reported again on each tick of its factors.
  public void recertify() {
    bandPending();
    for (int i = 0; i < reportedCount; i++) {
      certificates.keepReporting((int) reported[i]);
    }
    reportedCount = 0;
  }

  private void bandPending() {
    Check.invariant(firedCount == 0, "moves are detected before accounts change");
    for (int i = 0; i < unbandedCount; i++) {
      if (i % TOUCH_BLOCK == 0 && unbandedCount > 1) {
        for (int next = i; next < Math.min(unbandedCount, i + TOUCH_BLOCK); next++) {
          fetched ^= certificates.touchEdges((int) (unbanded[next] >>> 3));
        }
      }
      certificates.band((int) (unbanded[i] >>> 3), (int) unbanded[i] & 7);
    }
    unbandedCount = 0;
  }

  /// How many times the bounds of an account were evaluated because its band was broken.
  public long evaluations() {
    return evaluations;
  }

  /// Bytes of all arrays, headers left out.
  public long bytes() {
    return certificates.bytes();
  }
}
