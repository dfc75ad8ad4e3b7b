package io.evenkeel.lab.tape;

import java.util.Arrays;

/// All prices of one instant, as parallel columns. One object is filled again and again, so that
/// walking a tape allocates nothing; do not keep it across calls of [TickStream#next(Tick)].
public final class Tick {
  private long timeNs;
  private int size;
  private int[] symbolIndexes = new int[16];
  private long[] priceUnits = new long[16];

  /// An empty tick, to be filled by a stream.
  public Tick() {}

  /// Instant of all its prices, nanoseconds since 1970-01-01T00:00Z.
  public long timeNs() {
    return timeNs;
  }

  /// Number of prices.
  public int size() {
    return size;
  }

  /// Index of the `i`-th price's symbol in [TickSource#symbols()]; ascending in `i`.
  public int symbolIndex(int i) {
    return symbolIndexes[i];
  }

  /// The `i`-th price, scaled as its symbol says.
  public long priceUnits(int i) {
    return priceUnits[i];
  }

  /// Empties the tick and sets its instant; for streams.
  public void start(long instantNs) {
    timeNs = instantNs;
    size = 0;
  }

  /// Adds one price; for streams. Symbols must come in ascending order, each once.
  public void add(int symbolIndex, long price) {
    if (size == symbolIndexes.length) {
      symbolIndexes = Arrays.copyOf(symbolIndexes, 2 * size);
      priceUnits = Arrays.copyOf(priceUnits, 2 * size);
    }
    symbolIndexes[size] = symbolIndex;
    priceUnits[size] = price;
    size++;
  }
}
