package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// When a price may be believed. A price that fails is not applied: the last good one stays and is
/// *degraded*. Strict actions (release, withdrawal, new risk) stop at once; liquidation goes on at
/// the last good price for `toleranceNs`.
///
/// @param maximumAgeNs older prices are stale; 0 means no limit
/// @param maximumDeviation a price further than this share from the last good one is held back
///   until the next price confirms it (lies within the same share of it); 0 means no limit. This is
///   what keeps a single wick from liquidating.
/// @param maximumUncertainty prices whose stated half-width, as a share, is above are refused; 0
///   means no limit
/// @param toleranceNs how long liquidation may rely on a degraded price
public record MarketDataGuard(
    long maximumAgeNs, Decimal maximumDeviation, Decimal maximumUncertainty, long toleranceNs) {
  /// Refuses what is out of range.
  public MarketDataGuard {
    Check.parameter(
        maximumAgeNs >= 0 && maximumAgeNs <= CallPolicy.MAXIMUM_DURATION_NS,
        "guard.maximumAge",
        "must be 0 to 10 years");
    Check.parameter(
        !maximumDeviation.isNegative(), "guard.maximumDeviation", "must not be negative");
    Check.parameter(
        !maximumUncertainty.isNegative(), "guard.maximumUncertainty", "must not be negative");
    Check.parameter(
        toleranceNs >= 0 && toleranceNs <= CallPolicy.MAXIMUM_DURATION_NS,
        "guard.tolerance",
        "must be 0 to 10 years");
  }
}
