package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;

/// What is known of the volatility of each instrument's mark, and what is stated of it
/// (`docs/RULES.md`, section 4.2): an average of squared simple returns in which older ones fade
/// exponentially. Integers throughout: returns in billionths, their squares in `10^-18`.
public final class RealisedVolatility {
  /// A return, or a day's move, of 1.
  public static final long ONE_E9 = 1_000_000_000;

  private static final long DAY_SECONDS = 86_400;
  private static final long SECOND_NS = 1_000_000_000;

  /// Most intervals that one sample counts for: long before, nothing is left of what was known.
  private static final long MOST_INTERVALS = 1_000;

  private final LongColumn sampledMark;
  private final LongColumn sampledTime;
  private final LongColumn variance;
  private final LongColumn stated;
  private final LongColumn statedTime;

  RealisedVolatility(UndoLog undo) {
    sampledMark = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    sampledTime = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    variance = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    stated = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    statedTime = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
  }

  void reserve(int instruments) {
    sampledMark.reserve(instruments);
    sampledTime.reserve(instruments);
    variance.reserve(instruments);
    stated.reserve(instruments);
    statedTime.reserve(instruments);
  }

  /// Mark of the last sample, price units; 0 when there was none.
  public long sampledMark(int instrument) {
    return sampledMark.get(instrument);
  }

  /// When it was taken.
  public long sampledTimeNs(int instrument) {
    return sampledTime.get(instrument);
  }

  /// Average square of the return of one interval, `10^-18`.
  public long varianceE18(int instrument) {
    return variance.get(instrument);
  }

  /// A day's relative move as stated, billionths; 0 when nothing was stated yet.
  public long statedE9(int instrument) {
    return stated.get(instrument);
  }

  /// When that was stated.
  public long statedTimeNs(int instrument) {
    return statedTime.get(instrument);
  }

  /// Whether anything is known of an instrument.
  public boolean isKnown(int instrument) {
    return sampledMark.get(instrument) != 0;
  }

  /// Begins with a day's move that is supposed until marks say otherwise, and states it.
  ///
  /// @param dailyMoveE9 billionths, above 0
  public void begin(int instrument, long mark, long nowNs, long dailyMoveE9, Volatility measure) {
    long move = Math.min(dailyMoveE9, ONE_E9);
    long seconds = measure.intervalNs() / SECOND_NS;
    sampledMark.set(instrument, mark);
    sampledTime.set(instrument, nowNs);
    variance.set(instrument, Fixed.mulDiv(move, move * seconds, DAY_SECONDS, Rounding.CEILING));
    stated.set(instrument, dailyMoveE9);
    statedTime.set(instrument, nowNs);
  }

  /// Takes a sample, if an interval has passed since the last one.
  public void sample(int instrument, long mark, long nowNs, Volatility measure) {
    long intervals = (nowNs - sampledTime.get(instrument)) / measure.intervalNs();
    if (intervals < 1) {
      return;
    }
    long before = sampledMark.get(instrument);
    long move =
        Fixed.mulDiv(Math.min(Math.abs(mark - before), before), ONE_E9, before, Rounding.FLOOR);
    long square = move * move / intervals;
    Decimal memory = measure.memory();
    Decimal rest = memory.complement();
    long average = variance.get(instrument);
    for (long left = Math.min(intervals, MOST_INTERVALS); left > 0; left--) {
      average = memory.times(average, Rounding.CEILING) + rest.times(square, Rounding.CEILING);
    }
    variance.set(instrument, average);
    sampledMark.set(instrument, mark);
    sampledTime.set(instrument, nowNs);
  }

  /// A day's move by what is known, billionths, rounded up: the least `r` with `r * r * interval >=
  /// variance * day`.
  public long measuredE9(int instrument, Volatility measure) {
    long seconds = measure.intervalNs() / SECOND_NS;
    long average = variance.get(instrument);
    long low = -1;
    // the square root of all there can be: a return of 1 each second, and what rounding adds
    long high = 300 * ONE_E9;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (Fixed.compareProducts(middle, middle * seconds, average, DAY_SECONDS) >= 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /// States the volatility anew where it is time and the change is large enough: towards the one
  /// measured, but no further than it may rise or fall at once.
  ///
  /// @param dailyMoveE9 the move that the range of statements is a multiple of
  /// @return whether it was stated
  public boolean state(
      int instrument,
      long measuredE9,
      long nowNs,
      long dailyMoveE9,
      SlowInputs rules,
      Volatility measure) {
    long before = stated.get(instrument);
    long wanted =
        Math.clamp(
            measuredE9,
            measure.lowest().times(dailyMoveE9, Rounding.CEILING),
            measure.highest().times(dailyMoveE9, Rounding.FLOOR));
    if (wanted == before
        || nowNs - statedTime.get(instrument) < rules.periodNs()
        || Fixed.compareProducts(
                Math.abs(wanted - before), rules.step().divisor(), rules.step().units(), before)
            < 0) {
      return false;
    }
    long rise = Math.max(1, measure.rise().times(before, Rounding.FLOOR));
    long fall = Math.max(1, measure.fall().times(before, Rounding.FLOOR));
    stated.set(instrument, Math.clamp(wanted, before - fall, before + rise));
    statedTime.set(instrument, nowNs);
    return true;
  }

  /// Puts back what a snapshot kept of an instrument.
  public void restore(
      int instrument, long mark, long timeNs, long varianceE18, long moveE9, long movedNs) {
    sampledMark.set(instrument, mark);
    sampledTime.set(instrument, timeNs);
    variance.set(instrument, varianceE18);
    stated.set(instrument, moveE9);
    statedTime.set(instrument, movedNs);
  }
}
