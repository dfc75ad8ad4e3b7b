package io.evenkeel.engine.undo;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A growing column of immutable objects, for what is defined rarely: assets, instruments,
/// rulebooks.
public final class ReferenceColumn<T> implements UndoLog.Undoable {
  private final UndoLog undo;
  private final ArrayList<@Nullable T> values = new ArrayList<>();

  /// Starts empty.
  public ReferenceColumn(UndoLog undo) {
    this.undo = undo;
  }

  /// The object of a row, or null when none was written.
  public @Nullable T find(int row) {
    return row < values.size() ? values.get(row) : null;
  }

  /// The object of a row that was written.
  ///
  /// @throws NullPointerException when none was
  public T get(int row) {
    return java.util.Objects.requireNonNull(find(row));
  }

  /// Writes a row; null clears it.
  public void set(int row, @Nullable T value) {
    while (values.size() <= row) {
      values.add(null);
    }
    undo.recordReference(this, row, values.get(row));
    values.set(row, value);
  }

  @Override
  @SuppressWarnings("unchecked") // only set() records, and it records a T
  public void restore(int index, long value, @Nullable Object reference) {
    values.set(index, (T) reference);
  }
}
