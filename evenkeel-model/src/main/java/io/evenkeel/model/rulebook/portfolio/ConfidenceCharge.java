package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What poor prices cost: where a confidence is strictly below the threshold, `(1 - confidence) *
/// rate` of the gross notional that depends on it, in the initial requirement. The comparison is
/// exact (reference: Derive v2 oracle contingency).
///
/// @param threshold 0 switches it off
/// @param rate 0 or more
public record ConfidenceCharge(Decimal threshold, Decimal rate) {
  /// Refuses what is out of range.
  public ConfidenceCharge {
    Check.parameter(
        !threshold.isNegative() && threshold.compareTo(Decimal.ONE) <= 0,
        "threshold",
        "must be 0 to 1");
    Check.parameter(!rate.isNegative(), "rate", "must not be negative");
  }

  static ConfidenceCharge read(ParameterReader reader) {
    return new ConfidenceCharge(reader.decimal("threshold"), reader.decimal("rate"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("threshold", threshold)
        .number("rate", rate)
        .build();
  }
}
