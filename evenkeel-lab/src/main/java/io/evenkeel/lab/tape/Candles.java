package io.evenkeel.lab.tape;

/// The bars of one symbol, as parallel columns of primitives in ascending time. Immutable: the
/// columns are never handed out.
public final class Candles {
  private final QuotedSymbol symbol;
  private final long stepNs;
  private final Flaws flaws;
  private final int size;
  private final long[] openTimeNs;
  private final long[][] pointUnits;

  /// What is not quite right with a file that can be used all the same.
  record Flaws(int gapCount, long missingBars, int roundedPrices) {}

  /// @param pointUnits four columns: open, high, low, close
  Candles(
      QuotedSymbol symbol,
      long stepNs,
      Flaws flaws,
      int size,
      long[] openTimeNs,
      long[][] pointUnits) {
    this.symbol = symbol;
    this.stepNs = stepNs;
    this.flaws = flaws;
    this.size = size;
    this.openTimeNs = openTimeNs;
    this.pointUnits = pointUnits;
  }

  /// The symbol with the scale and range of its prices.
  public QuotedSymbol symbol() {
    return symbol;
  }

  /// Length of a bar, nanoseconds: the least distance between two bars.
  public long stepNs() {
    return stepNs;
  }

  /// In how many places bars are missing.
  public int gapCount() {
    return flaws.gapCount;
  }

  /// How many bars are missing altogether.
  public long missingBars() {
    return flaws.missingBars;
  }

  /// How many prices had more decimals than the symbol's prices have, and were rounded half up.
  public int roundedPrices() {
    return flaws.roundedPrices;
  }

  /// Number of bars.
  public int size() {
    return size;
  }

  /// When the bar opened, nanoseconds since 1970-01-01T00:00Z.
  public long openTimeNs(int bar) {
    return openTimeNs[bar];
  }

  /// First price of the bar.
  public long openUnits(int bar) {
    return pointUnits[0][bar];
  }

  /// Highest price of the bar.
  public long highUnits(int bar) {
    return pointUnits[1][bar];
  }

  /// Lowest price of the bar.
  public long lowUnits(int bar) {
    return pointUnits[2][bar];
  }

  /// Last price of the bar.
  public long closeUnits(int bar) {
    return pointUnits[3][bar];
  }

  /// Price of one of the four points at which a bar is walked: open, low, high, close when it
  /// closes up or unchanged; open, high, low, close when it closes down. So the extreme nearer to
  /// where the bar came from is met first.
  ///
  /// @param point 0 to 3
  public long walkUnits(int bar, int point) {
    boolean up = closeUnits(bar) >= openUnits(bar);
    return switch (point) {
      case 0 -> openUnits(bar);
      case 1 -> up ? lowUnits(bar) : highUnits(bar);
      case 2 -> up ? highUnits(bar) : lowUnits(bar);
      default -> closeUnits(bar);
    };
  }

  /// Instant of one of the four points: a quarter of the step apart, the first when the bar opens.
  ///
  /// @param point 0 to 3
  public long walkTimeNs(int bar, int point) {
    return openTimeNs[bar] + point * (stepNs / 4);
  }
}
