package io.evenkeel.cli;

import java.util.Arrays;

/// The course of one price as a line of blocks, the whole story across: each cell is the last price
/// of its share of the ticks.
final class Sparkline {
  private static final int CELLS = 38;
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String LETTERS = "_.-=+*#@";

  private final long ticks;
  private final long first;
  private final String shades;
  private final long[] cells = new long[CELLS];
  private long added;
  private long last;

  /// @param ticks how many there will be
  /// @param first price to compare with, above 0
  /// @param blocks whether the terminal can show block characters
  Sparkline(long ticks, long first, boolean blocks) {
    this.ticks = ticks;
    this.first = first;
    shades = blocks ? BLOCKS : LETTERS;
    last = first;
  }

  /// Adds the price of the next tick.
  void add(long price) {
    last = price;
    cells[(int) Math.min(CELLS - 1, added * CELLS / ticks)] = price;
    added++;
  }

  /// Change since the first price, percent.
  double changePercent() {
    return 100.0 * (last - first) / first;
  }

  /// The line; empty before the first price.
  String draw() {
    long low = Arrays.stream(cells).filter(price -> price > 0).min().orElse(0);
    long high = Arrays.stream(cells).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (long price : cells) {
      if (price > 0) {
        long shade = high == low ? 0 : (price - low) * (shades.length() - 1) / (high - low);
        line.append(shades.charAt((int) shade));
      }
    }
    return line.toString();
  }
}
