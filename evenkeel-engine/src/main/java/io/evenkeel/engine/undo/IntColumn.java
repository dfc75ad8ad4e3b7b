package io.evenkeel.engine.undo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of ints; the int twin of [LongColumn].
public final class IntColumn implements UndoLog.Undoable {
  private final UndoLog undo;
  private Scope scope = Scope.EVERYTHING;
  private final int initialValue;
  private int[] values;

  /// @param initialValue what a row holds before its first write
  public IntColumn(UndoLog undo, int initialValue) {
    this.undo = undo;
    this.initialValue = initialValue;
    this.values = new int[16];
    Arrays.fill(values, initialValue);
  }

  /// The value of a row; the row must have been reserved.
  public int get(int row) {
    return values[row];
  }

  /// Writes a reserved row.
  public void set(int row, int value) {
    int old = values[row];
    if (old != value) {
      undo.record(this, row, old);
      values[row] = value;
    }
  }

  /// Makes rows below `rows` readable and writable.
  public void reserve(int rows) {
    if (rows > values.length) {
      int old = values.length;
      values = Arrays.copyOf(values, Math.max(rows, old + (old >> 1)));
      Arrays.fill(values, old, values.length, initialValue);
    }
  }

  /// The rows themselves, for sweeps. Must not be written and not be kept across a command: growing
  /// replaces them.
  public int[] sweep() {
    return values;
  }

  /// Says what its writes bear on; called once, where it is made.
  public IntColumn bearingOn(Scope bearing) {
    scope = bearing;
    return this;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public void restore(int index, long value, @Nullable Object reference) {
    values[index] = (int) value;
  }
}
