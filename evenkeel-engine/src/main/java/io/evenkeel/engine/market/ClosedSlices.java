package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.rulebook.ClosingWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What was closed of each instrument by slices, by the instant, for as long as the longest window
/// may ask: one list for each instrument, newest first, in columns whose rows are used again.
public final class ClosedSlices {
  private static final int NONE = -1;
  private static final long SECOND_NS = 1_000_000_000L;

  private final IntColumn newest;
  private final IntColumn oldest;
  private final IntColumn older;
  private final IntColumn newer;
  private final LongColumn timeNs;
  private final LongColumn units;
  private final LongCell used;
  private final LongCell unused;

  /// Starts empty.
  public ClosedSlices(UndoLog undo) {
    newest = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
    oldest = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
    older = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
    newer = new IntColumn(undo, NONE).bearingOn(Scope.NOTHING);
    timeNs = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    units = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    used = new LongCell(undo, 0).bearingOn(Scope.NOTHING);
    unused = new LongCell(undo, NONE).bearingOn(Scope.NOTHING);
  }

  /// What a window lets through of an instrument: `(makerFee + takerFee) * multiplier * seconds *
  /// scale`, rounded down.
  ///
  /// @param scaleUnits quantity units that stand for the size of the market
  public static BigInteger capacityUnits(ClosingWindow window, BigInteger scaleUnits) {
    BigDecimal fees =
        BigDecimal.valueOf(window.makerFee().units(), window.makerFee().scale())
            .add(BigDecimal.valueOf(window.takerFee().units(), window.takerFee().scale()));
    return fees.multiply(
            BigDecimal.valueOf(window.multiplier().units(), window.multiplier().scale()))
        .multiply(BigDecimal.valueOf(window.seconds()))
        .multiply(new BigDecimal(scaleUnits))
        .setScale(0, RoundingMode.FLOOR)
        .toBigInteger();
  }

  /// The most of `wanted` that may be closed now: what the window's capacity leaves beside what was
  /// closed later than its length ago.
  ///
  /// @param nowNs engine time
  public BigInteger most(
      int instrument, BigInteger wanted, BigInteger capacity, ClosingWindow window, long nowNs) {
    BigInteger closed = BigInteger.valueOf(unitsAfter(instrument, ago(nowNs, window.seconds())));
    return wanted.min(capacity.subtract(closed).max(BigInteger.ZERO));
  }

  /// An instant some time ago, or the first there is.
  private static long ago(long nowNs, long seconds) {
    long length = seconds * SECOND_NS;
    return nowNs < Long.MIN_VALUE + length ? Long.MIN_VALUE : nowNs - length;
  }

  private long unitsAfter(int instrument, long afterNs) {
    newest.reserve(instrument + 1);
    long sum = 0;
    for (int row = newest.get(instrument); row != NONE; row = older.get(row)) {
      if (timeNs.get(row) <= afterNs) {
        return sum;
      }
      sum = Math.addExact(sum, units.get(row));
    }
    return sum;
  }

  /// Notes that so much was closed, and forgets what no window can ask for any more.
  ///
  /// @param closedUnits > 0
  public void add(int instrument, long nowNs, long closedUnits) {
    newest.reserve(instrument + 1);
    oldest.reserve(instrument + 1);
    long forgotten = ago(nowNs, ClosingWindow.LONGEST_SECONDS);
    for (int row = oldest.get(instrument);
        row != NONE && timeNs.get(row) <= forgotten;
        row = oldest.get(instrument)) {
      forgetOldest(instrument, row);
    }
    int last = newest.get(instrument);
    if (last != NONE && timeNs.get(last) == nowNs) {
      units.set(last, Math.addExact(units.get(last), closedUnits));
      return;
    }
    int row = take();
    timeNs.set(row, nowNs);
    units.set(row, closedUnits);
    older.set(row, last);
    newer.set(row, NONE);
    newest.set(instrument, row);
    if (last == NONE) {
      oldest.set(instrument, row);
    } else {
      newer.set(last, row);
    }
  }

  private void forgetOldest(int instrument, int row) {
    int next = newer.get(row);
    oldest.set(instrument, next);
    if (next == NONE) {
      newest.set(instrument, NONE);
    } else {
      older.set(next, NONE);
    }
    newer.set(row, unused.getInt());
    unused.set(row);
  }

  private int take() {
    int row = unused.getInt();
    if (row != NONE) {
      unused.set(newer.get(row));
      return row;
    }
    int fresh = used.getInt();
    used.increment(1);
    older.reserve(fresh + 1);
    newer.reserve(fresh + 1);
    timeNs.reserve(fresh + 1);
    units.reserve(fresh + 1);
    return fresh;
  }

  /// How many instants an instrument has.
  public int count(int instrument) {
    newest.reserve(instrument + 1);
    int count = 0;
    for (int row = newest.get(instrument); row != NONE; row = older.get(row)) {
      count++;
    }
    return count;
  }

  /// Walks the instants of an instrument, oldest first.
  public void forEach(int instrument, Visitor visitor) {
    oldest.reserve(instrument + 1);
    for (int row = oldest.get(instrument); row != NONE; row = newer.get(row)) {
      visitor.visit(timeNs.get(row), units.get(row));
    }
  }

  /// Is told of an instant and what was closed then.
  @FunctionalInterface
  public interface Visitor {
    /// @param timeNs engine time
    /// @param units > 0
    void visit(long timeNs, long units);
  }
}
