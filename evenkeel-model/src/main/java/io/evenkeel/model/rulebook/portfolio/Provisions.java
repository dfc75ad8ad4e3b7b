package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What is set aside beside the loss.
///
/// @param feeRate share of the index per whole unit of gross position, in both requirements
/// @param orderRate share of the index per whole unit of open orders, both sides added, in the
///   initial requirement
/// @param reserve fixed amount in the initial requirement of every account with a position in the
///   unit, in what the unit is valued in (for quotes of market makers that are not orders)
public record Provisions(Decimal feeRate, Decimal orderRate, Decimal reserve) {
  /// Nothing is set aside.
  public static final Provisions NONE = new Provisions(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO);

  /// Refuses negative provisions.
  public Provisions {
    Check.parameter(!feeRate.isNegative(), "feeRate", "must not be negative");
    Check.parameter(!orderRate.isNegative(), "orderRate", "must not be negative");
    Check.parameter(!reserve.isNegative(), "reserve", "must not be negative");
  }

  static Provisions read(ParameterReader reader) {
    return new Provisions(
        reader.decimal("feeRate"), reader.decimal("orderRate"), reader.decimal("reserve"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("feeRate", feeRate)
        .number("orderRate", orderRate)
        .number("reserve", reserve)
        .build();
  }
}
