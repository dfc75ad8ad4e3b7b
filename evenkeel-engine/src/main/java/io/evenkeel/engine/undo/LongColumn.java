package io.evenkeel.engine.undo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of longs. Reads of rows never written give the column's initial value.
public final class LongColumn implements UndoLog.Undoable {
  private final UndoLog undo;
  private Scope scope = Scope.EVERYTHING;
  private final long initialValue;
  private long[] values;

  /// @param initialValue what a row holds before its first write
  public LongColumn(UndoLog undo, long initialValue) {
    this.undo = undo;
    this.initialValue = initialValue;
    this.values = new long[16];
    Arrays.fill(values, initialValue);
  }

  /// The value of a row; the row must have been reserved.
  public long get(int row) {
    return values[row];
  }

  /// Writes a reserved row.
  public void set(int row, long value) {
    long old = values[row];
    if (old != value) {
      undo.record(this, row, old);
      values[row] = value;
    }
  }

  /// Adds to a reserved row.
  ///
  /// @throws ArithmeticException when the sum does not fit
  public void add(int row, long amount) {
    set(row, Math.addExact(values[row], amount));
  }

  /// Makes rows below `rows` readable and writable. Growing is not undone and need not be: it
  /// changes no value.
  public void reserve(int rows) {
    if (rows > values.length) {
      int old = values.length;
      values = Arrays.copyOf(values, Math.max(rows, old + (old >> 1)));
      Arrays.fill(values, old, values.length, initialValue);
    }
  }

  /// The rows themselves, for sweeps. Must not be written and not be kept across a command: growing
  /// replaces them.
  public long[] sweep() {
    return values;
  }

  /// Replaces the layout: called only between commands, when rows change their place but not their
  /// meaning.
  public void relayout(long[] rows) {
    values = rows;
  }

  /// Says what its writes bear on; called once, where it is made.
  public LongColumn bearingOn(Scope bearing) {
    scope = bearing;
    return this;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public void restore(int index, long value, @Nullable Object reference) {
    values[index] = value;
  }
}
