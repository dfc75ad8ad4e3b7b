package io.evenkeel.model.reference;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// That a dated contract ends by itself, at the average price of its underlying over the time
/// before its expiry (`docs/RULES.md`, section 5.3). Weighted by time: a price counts for as long
/// as it is the last good one, and not while it is degraded.
///
/// @param windowNs how long before the expiry the average begins, nanoseconds, 1 to
///   [#LONGEST_WINDOW_NS]
/// @param leastCoverage share of the window in which the price must have been known, above 0 and at
///   most 1; with less of it the contract does not end by itself
public record SettlementAverage(long windowNs, Decimal leastCoverage) {
  /// Seven days.
  public static final long LONGEST_WINDOW_NS = 604_800_000_000_000L;

  /// Refuses a window or a share that could not be.
  public SettlementAverage {
    Check.parameter(
        windowNs >= 1 && windowNs <= LONGEST_WINDOW_NS,
        "settlementAverage.windowNs",
        "must be above 0 and at most 7 days");
    Check.parameter(
        leastCoverage.compareTo(Decimal.ZERO) > 0 && leastCoverage.compareTo(Decimal.ONE) <= 0,
        "settlementAverage.leastCoverage",
        "must be above 0 and at most 1");
  }
}
