package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What a lost peg of the cash asset adds to the initial factor: `factor * (threshold - price)`
/// below the threshold (reference: Derive v2 PMRM).
///
/// @param threshold price of the stable coin, 0 or more
/// @param factor 0 or more
public record PegLoss(Decimal threshold, Decimal factor) {
  /// Refuses what is out of range.
  public PegLoss {
    Check.parameter(!threshold.isNegative(), "threshold", "must not be negative");
    Check.parameter(!factor.isNegative(), "factor", "must not be negative");
  }

  static PegLoss read(ParameterReader reader) {
    return new PegLoss(reader.decimal("threshold"), reader.decimal("factor"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("threshold", threshold)
        .number("factor", factor)
        .build();
  }
}
