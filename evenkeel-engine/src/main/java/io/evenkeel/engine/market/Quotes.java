package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.rulebook.MarketDataGuard;
import org.jspecify.annotations.Nullable;

/// The last good price of each target and whether it may still be relied on (`docs/RULES.md`,
/// section 4). A price that is not believed never replaces the last good one.
public final class Quotes {
  private static final int FED = 1;
  private static final int DEGRADED = 2;
  private static final int LOST = 4;

  /// All state bits there are.
  public static final int ALL_FLAGS = FED | DEGRADED | LOST;

  private final LongColumn last;
  private final LongColumn time;
  private final LongColumn candidate;
  private final LongColumn degradedSince;
  private final LongColumn minimum;
  private final LongColumn maximum;
  private final IntColumn flags;
  private final IntColumn uncertainty;

  /// @param ofPrice what its prices bear on
  /// @param ofState what its states bear on
  Quotes(UndoLog undo, Scope ofPrice, Scope ofState) {
    last = new LongColumn(undo, 0).bearingOn(ofPrice);
    time = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    candidate = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    degradedSince = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    minimum = new LongColumn(undo, 1);
    maximum = new LongColumn(undo, 0);
    flags = new IntColumn(undo, 0).bearingOn(ofState);
    uncertainty = new IntColumn(undo, 0).bearingOn(Scope.NOTHING);
  }

  void reserve(int targets) {
    last.reserve(targets);
    time.reserve(targets);
    candidate.reserve(targets);
    degradedSince.reserve(targets);
    minimum.reserve(targets);
    maximum.reserve(targets);
    flags.reserve(targets);
    uncertainty.reserve(targets);
  }

  void define(int target, long initialPriceUnits, long minimumPriceUnits, long maximumPriceUnits) {
    last.set(target, initialPriceUnits);
    minimum.set(target, minimumPriceUnits);
    maximum.set(target, maximumPriceUnits);
  }

  /// Last good price units; 0 when there never was one.
  public long last(int target) {
    return last.get(target);
  }

  /// All last good prices, for sweeps.
  public long[] sweepLast() {
    return last.sweep();
  }

  /// Time of the last good price.
  public long timeNs(int target) {
    return time.get(target);
  }

  /// Uncertainty told with the last good price, millionths of the price; 0 when there never was
  /// one.
  public int uncertaintyE6(int target) {
    return uncertainty.get(target);
  }

  /// A price held back until the next one confirms it; 0 when there is none.
  public long candidate(int target) {
    return candidate.get(target);
  }

  /// Since when the target is degraded; meaningless otherwise.
  public long degradedSinceNs(int target) {
    return degradedSince.get(target);
  }

  /// Whether a feed ever gave a good price.
  public boolean isFed(int target) {
    return (flags.get(target) & FED) != 0;
  }

  /// Whether strict actions must not rely on the price.
  public boolean isDegraded(int target) {
    return (flags.get(target) & DEGRADED) != 0;
  }

  /// Whether the tolerance of a degraded price has run out.
  public boolean isLost(int target) {
    return (flags.get(target) & LOST) != 0;
  }

  /// Why a price cannot be believed now, or null when it can. May keep the price as candidate.
  public @Nullable MarkFault judge(
      int target,
      long priceUnits,
      long markTimeNs,
      int uncertaintyE6,
      long nowNs,
      MarketDataGuard guard) {
    if (priceUnits < minimum.get(target) || priceUnits > maximum.get(target)) {
      return MarkFault.OUT_OF_RANGE;
    }
    if (guard.maximumAgeNs() > 0 && markTimeNs < nowNs - guard.maximumAgeNs()) {
      return MarkFault.STALE;
    }
    if (isFed(target) && markTimeNs < time.get(target)) {
      return MarkFault.OUT_OF_ORDER;
    }
    if (guard.maximumUncertainty().units() > 0
        && Fixed.compareProducts(
                uncertaintyE6,
                guard.maximumUncertainty().divisor(),
                guard.maximumUncertainty().units(),
                1_000_000)
            > 0) {
      return MarkFault.UNCERTAIN;
    }
    if (isFed(target)
        && guard.maximumDeviation().units() > 0
        && !isWithin(priceUnits, last.get(target), guard)) {
      if (candidate.get(target) == 0 || !isWithin(priceUnits, candidate.get(target), guard)) {
        candidate.set(target, priceUnits);
        return MarkFault.DEVIATION;
      }
    }
    return null;
  }

  private static boolean isWithin(long price, long reference, MarketDataGuard guard) {
    return Fixed.compareProducts(
            Math.abs(price - reference),
            guard.maximumDeviation().divisor(),
            guard.maximumDeviation().units(),
            reference)
        <= 0;
  }

  /// Takes a believed price; true when the target was degraded and is not any more.
  public boolean accept(
      int target, long priceUnits, long markTimeNs, int uncertaintyE6, long nowNs) {
    boolean restored = isDegraded(target);
    last.set(target, priceUnits);
    uncertainty.set(target, uncertaintyE6);
    time.set(target, Math.min(markTimeNs, nowNs));
    candidate.set(target, 0);
    flags.set(target, FED);
    return restored;
  }

  /// Supposes a price for as long as a hypothesis lasts: neither judged nor dated.
  public void suppose(int target, long priceUnits) {
    last.set(target, Math.min(priceUnits, maximum.get(target)));
  }

  /// Marks a target as degraded.
  public void degrade(int target, long nowNs) {
    flags.set(target, flags.get(target) | DEGRADED);
    degradedSince.set(target, nowNs);
  }

  /// Marks a degraded target as lost.
  public void lose(int target) {
    flags.set(target, flags.get(target) | LOST);
  }

  /// When the target goes stale, or is lost if it is degraded; `Long.MAX_VALUE` when neither can
  /// happen.
  public long nextDueNs(int target, MarketDataGuard guard) {
    if (isLost(target)) {
      return Long.MAX_VALUE;
    }
    if (isDegraded(target)) {
      return saturated(degradedSince.get(target), guard.toleranceNs());
    }
    return isFed(target) && guard.maximumAgeNs() > 0
        ? saturated(time.get(target), guard.maximumAgeNs() + 1)
        : Long.MAX_VALUE;
  }

  private static long saturated(long timeNs, long durationNs) {
    long sum = timeNs + durationNs;
    return sum < timeNs ? Long.MAX_VALUE : sum;
  }

  /// Flags as a snapshot keeps them.
  public int flags(int target) {
    return flags.get(target);
  }

  /// Puts a target back as a snapshot kept it.
  public void restore(
      int target,
      long lastUnits,
      long timeNs,
      long candidateUnits,
      long sinceNs,
      int flagBits,
      int uncertaintyE6) {
    last.set(target, lastUnits);
    time.set(target, timeNs);
    candidate.set(target, candidateUnits);
    degradedSince.set(target, sinceNs);
    flags.set(target, flagBits);
    uncertainty.set(target, uncertaintyE6);
  }
}
