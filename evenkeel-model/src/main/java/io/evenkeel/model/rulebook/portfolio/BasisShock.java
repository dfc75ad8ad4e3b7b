package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// Forwards of different expiries moving apart: per expiry the worse of two moves, multiplied by
/// `addition + multiple * years`, not offset between expiries. It competes with the scenarios
/// (reference: Derive v2 PMRM_2).
///
/// @param spotUp factor on the spot, above 0
/// @param spotDown factor on the spot, above 0
/// @param addition share of the loss at expiry, 0 or more
/// @param multiple share per year, 0 or more
public record BasisShock(Decimal spotUp, Decimal spotDown, Decimal addition, Decimal multiple) {
  /// Refuses moves that cannot be.
  public BasisShock {
    Check.parameter(spotUp.units() > 0, "spotUp", "must be above 0");
    Check.parameter(spotDown.units() > 0, "spotDown", "must be above 0");
    Check.parameter(!addition.isNegative(), "addition", "must not be negative");
    Check.parameter(!multiple.isNegative(), "multiple", "must not be negative");
  }

  static BasisShock read(ParameterReader reader) {
    return new BasisShock(
        reader.decimal("spotUp"),
        reader.decimal("spotDown"),
        reader.decimal("addition"),
        reader.decimal("multiple"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("spotUp", spotUp)
        .number("spotDown", spotDown)
        .number("addition", addition)
        .number("multiple", multiple)
        .build();
  }
}
