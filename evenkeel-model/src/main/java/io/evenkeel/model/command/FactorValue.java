package io.evenkeel.model.command;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// One published factor.
///
/// @param kind what it is; gives the unit of its value
/// @param subjectId asset or instrument identifier, as the kind says
/// @param expiryNs which expiry, epoch nanoseconds, for kinds that are per expiry; else 0
/// @param value exact
public record FactorValue(FactorKind kind, int subjectId, long expiryNs, Decimal value) {
  /// Refuses an expiry where there is none, and its absence where there is one.
  public FactorValue {
    Check.parameter(
        kind.isPerExpiry() ? expiryNs > 0 : expiryNs == 0,
        "expiryNs",
        "is given for factors that are per expiry, and only for those");
  }
}
