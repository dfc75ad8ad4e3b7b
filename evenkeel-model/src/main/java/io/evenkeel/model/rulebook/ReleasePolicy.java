package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// How excess is given back.
///
/// @param automatic whether the cycle releases; if not, only a transfer to the wallet does
/// @param minimumE6 smallest automatic release, at initial weights, millionths of the numeraire; an
///   account without exposure or debt gets everything back whatever this says
/// @param coolDownNs least time between two automatic releases of an account
/// @param profitAllowance share of net unrealised profit that may be released against, 0 to 1
public record ReleasePolicy(
    boolean automatic, long minimumE6, long coolDownNs, Decimal profitAllowance) {
  /// Refuses what is out of range.
  public ReleasePolicy {
    Check.parameter(minimumE6 >= 0, "release.minimum", "must not be negative");
    Check.parameter(
        coolDownNs >= 0 && coolDownNs <= CallPolicy.MAXIMUM_DURATION_NS,
        "release.coolDown",
        "must be 0 to 10 years");
    Check.parameter(
        !profitAllowance.isNegative() && profitAllowance.compareTo(Decimal.ONE) <= 0,
        "release.profitAllowance",
        "must be 0 to 1");
  }
}
