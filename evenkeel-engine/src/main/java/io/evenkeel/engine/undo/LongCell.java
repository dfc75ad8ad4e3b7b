package io.evenkeel.engine.undo;

import org.jspecify.annotations.Nullable;

/// One long of state.
public final class LongCell implements UndoLog.Undoable {
  private final UndoLog undo;
  private Scope scope = Scope.EVERYTHING;
  private long value;

  /// Starts at `initialValue`.
  public LongCell(UndoLog undo, long initialValue) {
    this.undo = undo;
    this.value = initialValue;
  }

  /// The value.
  public long get() {
    return value;
  }

  /// The value as an index or count.
  public int getInt() {
    return Math.toIntExact(value);
  }

  /// Writes the value.
  public void set(long newValue) {
    if (newValue != value) {
      undo.record(this, 0, value);
      value = newValue;
    }
  }

  /// Adds and returns the new value.
  public long increment(long by) {
    set(Math.addExact(value, by));
    return value;
  }

  /// Says what its writes bear on; called once, where it is made.
  public LongCell bearingOn(Scope bearing) {
    scope = bearing;
    return this;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public void restore(int index, long old, @Nullable Object reference) {
    value = old;
  }
}
