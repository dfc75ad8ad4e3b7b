package io.evenkeel.lab.population;

import java.util.Arrays;

/// Rows of longs in one array, for the many small facts of a population.
final class LongTable {
  private final int width;
  private long[] cells;
  private int size;

  LongTable(int width) {
    this.width = width;
    cells = new long[64 * width];
  }

  /// Appends a row of zeros and returns its number.
  int add() {
    if ((size + 1) * width > cells.length) {
      cells = Arrays.copyOf(cells, Math.multiplyExact(2, cells.length));
    }
    return size++;
  }

  int size() {
    return size;
  }

  long get(int row, int column) {
    return cells[row * width + column];
  }

  void set(int row, int column, long value) {
    cells[row * width + column] = value;
  }
}
