package io.evenkeel.engine.undo;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import org.jspecify.annotations.Nullable;

/// From the identifier the outside uses to the dense index inside. Only looked up, never walked.
public final class IdIndex implements UndoLog.Undoable {
  /// Stands for "no such identifier".
  public static final int ABSENT = -1;

  private final UndoLog undo;
  private Scope scope = Scope.EVERYTHING;
  private final Long2IntOpenHashMap indices = new Long2IntOpenHashMap();
  private final LongColumn ids;
  private final LongCell count;

  /// Starts empty.
  public IdIndex(UndoLog undo) {
    this.undo = undo;
    this.ids = new LongColumn(undo, 0);
    this.count = new LongCell(undo, 0);
    indices.defaultReturnValue(ABSENT);
  }

  /// The index of an identifier, or [#ABSENT].
  public int find(long id) {
    return indices.get(id);
  }

  /// The identifier at an index.
  public long idAt(int index) {
    return ids.get(index);
  }

  /// How many identifiers there are; indices are 0 to size - 1 in order of arrival.
  public int size() {
    return count.getInt();
  }

  /// Gives a new identifier the next index.
  public int add(long id) {
    int index = size();
    ids.reserve(index + 1);
    ids.set(index, id);
    undo.record(this, 0, id);
    indices.put(id, index);
    count.set(index + 1L);
    return index;
  }

  /// Says what its writes bear on; called once, where it is made.
  public IdIndex bearingOn(Scope bearing) {
    scope = bearing;
    ids.bearingOn(bearing);
    count.bearingOn(bearing);
    return this;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public void restore(int index, long id, @Nullable Object reference) {
    indices.remove(id);
  }
}
