package io.evenkeel.engine.undo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Old values of everything written since the last commit, newest last. Reused between commands;
/// allocates only to grow.
public final class UndoLog {
  private Undoable[] targets = new Undoable[1024];
  private int[] indices = new int[1024];
  private long[] values = new long[1024];
  private @Nullable Object[] references = new Object[1024];
  private int size;
  private @Nullable WriteListener listener;

  /// Something whose writes can be taken back.
  public interface Undoable {
    /// Puts an old value back without recording it.
    void restore(int index, long value, @Nullable Object reference);

    /// What its writes bear on.
    default Scope scope() {
      return Scope.EVERYTHING;
    }
  }

  /// Hears of writes that have become final.
  public interface WriteListener {
    /// Something of this scope was written at an index of its column.
    void written(Scope scope, int index);
  }

  /// Has somebody hear of every write at the commit that makes it final, in order of writing, while
  /// all of it is in place; null for nobody. What is taken back is not heard of.
  public void listen(@Nullable WriteListener newListener) {
    listener = newListener;
  }

  /// Remembers that `target` held `value` at `index`.
  public void record(Undoable target, int index, long value) {
    if (size == values.length) {
      grow();
    }
    targets[size] = target;
    indices[size] = index;
    values[size] = value;
    size++;
  }

  /// Remembers that `target` held `reference` at `index`.
  public void recordReference(Undoable target, int index, @Nullable Object reference) {
    record(target, index, 0);
    references[size - 1] = reference;
  }

  /// A point to come back to.
  public int savepoint() {
    return size;
  }

  /// Takes back everything written since the savepoint, newest first.
  public void rollbackTo(int savepoint) {
    while (size > savepoint) {
      size--;
      targets[size].restore(indices[size], values[size], references[size]);
      references[size] = null;
    }
  }

  /// Makes everything written so far final.
  public void commit() {
    if (listener != null) {
      for (int i = 0; i < size; i++) {
        listener.written(targets[i].scope(), indices[i]);
      }
    }
    Arrays.fill(references, 0, size, null);
    size = 0;
  }

  private void grow() {
    int length = 2 * size;
    targets = Arrays.copyOf(targets, length);
    indices = Arrays.copyOf(indices, length);
    values = Arrays.copyOf(values, length);
    references = Arrays.copyOf(references, length);
  }
}
