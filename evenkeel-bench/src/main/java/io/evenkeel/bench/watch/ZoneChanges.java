package io.evenkeel.bench.watch;

import java.util.Arrays;

/// Zone changes of one tick, or of several, one long each.
final class ZoneChanges {
  private long[] list = new long[1 << 12];
  private int size;

  void add(int account, int from, int to) {
    if (size == list.length) {
      list = Arrays.copyOf(list, 2 * size);
    }
    list[size++] = (long) account << 8 | (long) from << 4 | to;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Whether two lists hold the same changes tick by tick, each in any order; sorts both.
  ///
  /// @param until of each tick how many changes there were when it was over
  boolean isSameByTick(ZoneChanges other, int[] until) {
    int from = 0;
    for (int end : until) {
      Arrays.sort(list, from, end);
      Arrays.sort(other.list, from, Math.min(end, other.size));
      from = end;
    }
    return Arrays.equals(list, 0, size, other.list, 0, other.size);
  }
}
