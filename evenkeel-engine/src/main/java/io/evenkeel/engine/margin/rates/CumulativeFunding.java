package io.evenkeel.engine.margin.rates;

/// Funding by a cumulative index, which longs pay as it rises (reference: dYdX v4 perpetual
/// funding). An index counts millionths of a minor unit per quantity unit.
public final class CumulativeFunding {
  private static final long PER_MINOR = 1_000_000;

  private CumulativeFunding() {}

  /// What a position receives since it was last settled, millionths of a minor unit; negative is
  /// paid.
  ///
  /// @throws ArithmeticException when it does not fit a long
  public static long settlementE6(long marketIndex, long positionIndex, long quantityUnits) {
    return Math.multiplyExact(Math.subtractExact(positionIndex, marketIndex), quantityUnits);
  }

  /// Whole minor units of a sum of settlements: divided once over all positions of an account and
  /// rounded down, against it.
  public static long settledMinor(long sumE6) {
    return Math.floorDiv(sumE6, PER_MINOR);
  }
}
