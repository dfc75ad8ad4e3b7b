package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// How one collateral asset counts in a unit. Its whole value is equity; haircuts are charged in
/// the requirement.
///
/// @param moves whether it gains and loses with the underlying in every scenario
/// @param base whether it is the underlying itself: then its price is the spot, its haircut is
///   charged on the value before the stable price, and its confidence is the portfolio's
/// @param maintenanceHaircut share of the value that both requirements charge, 0 to 1
/// @param initialHaircut share that the initial requirement charges on top; at most 1 together
public record UnitCollateral(
    boolean moves, boolean base, Decimal maintenanceHaircut, Decimal initialHaircut) {
  /// Refuses haircuts of more than everything.
  public UnitCollateral {
    Check.parameter(
        !maintenanceHaircut.isNegative() && maintenanceHaircut.compareTo(Decimal.ONE) <= 0,
        "maintenanceHaircut",
        "must be 0 to 1");
    Check.parameter(
        !initialHaircut.isNegative()
            && initialHaircut.compareTo(maintenanceHaircut.complement()) <= 0,
        "initialHaircut",
        "must be 0 or more, and at most 1 together with maintenanceHaircut");
  }

  static UnitCollateral read(ParameterReader reader) {
    return new UnitCollateral(
        reader.flag("moves"),
        reader.flag("base"),
        reader.decimal("maintenanceHaircut"),
        reader.decimal("initialHaircut"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .flag("moves", moves)
        .flag("base", base)
        .number("maintenanceHaircut", maintenanceHaircut)
        .number("initialHaircut", initialHaircut)
        .build();
  }
}
