package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What is charged although the risk nets out, as shares of the spot price per whole unit of the
/// underlying (reference: Derive v2 PMRM_2 contingencies; the older PMRM scales them with the
/// loss).
///
/// @param perpMaintenance per unit of net perpetual, in both requirements
/// @param perpInitial per unit of net perpetual, in the initial requirement on top
/// @param optionMaintenance per naked short option, in both; calls and puts of one strike and
///   expiry net
/// @param optionInitial per naked short option, in the initial requirement on top
/// @param scaled whether the shares in both requirements, haircuts included, add to the loss before
///   the requirement's factor multiplies it
public record Charges(
    Decimal perpMaintenance,
    Decimal perpInitial,
    Decimal optionMaintenance,
    Decimal optionInitial,
    boolean scaled) {
  /// Nothing is charged.
  public static final Charges NONE =
      new Charges(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, false);

  /// Refuses negative charges.
  public Charges {
    Check.parameter(!perpMaintenance.isNegative(), "perpMaintenance", "must not be negative");
    Check.parameter(!perpInitial.isNegative(), "perpInitial", "must not be negative");
    Check.parameter(!optionMaintenance.isNegative(), "optionMaintenance", "must not be negative");
    Check.parameter(!optionInitial.isNegative(), "optionInitial", "must not be negative");
  }

  static Charges read(ParameterReader reader) {
    return new Charges(
        reader.decimal("perpMaintenance"),
        reader.decimal("perpInitial"),
        reader.decimal("optionMaintenance"),
        reader.decimal("optionInitial"),
        reader.flag("scaled"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("perpMaintenance", perpMaintenance)
        .number("perpInitial", perpInitial)
        .number("optionMaintenance", optionMaintenance)
        .number("optionInitial", optionInitial)
        .flag("scaled", scaled)
        .build();
  }
}
