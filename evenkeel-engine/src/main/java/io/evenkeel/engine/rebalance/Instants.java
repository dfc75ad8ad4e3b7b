package io.evenkeel.engine.rebalance;

/// Arithmetic on times that may be as late as anybody likes to write.
public final class Instants {
  private Instants() {}

  /// `timeNs + durationNs`, at most `Long.MAX_VALUE`. `durationNs >= 0`.
  public static long plus(long timeNs, long durationNs) {
    long sum = timeNs + durationNs;
    return sum < timeNs ? Long.MAX_VALUE : sum;
  }
}
