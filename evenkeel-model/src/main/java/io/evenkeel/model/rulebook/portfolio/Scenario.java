package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// One hypothetical market.
///
/// @param spot factor on the price of the underlying, above 0: 1.18 is a rise by 18 %
/// @param volatility what the volatilities do
/// @param dampening what the profit is multiplied by, 0 or more: below 1 for moves so far out that
///   they count in part
public record Scenario(Decimal spot, VolatilityMove volatility, Decimal dampening) {
  /// Refuses moves that cannot be, and a skew together with a move of the spot.
  public Scenario {
    Check.parameter(spot.units() > 0, "spot", "must be above 0");
    Check.parameter(!dampening.isNegative(), "dampening", "must not be negative");
    Check.parameter(
        !volatility.isSkew() || spot.equals(Decimal.ONE),
        "volatility",
        "linear and abs only go with spot 1");
  }

  /// Reads `{spot, volatility, dampening}`.
  static Scenario read(ParameterReader reader) {
    return new Scenario(
        reader.decimal("spot"),
        reader.choice("volatility", VolatilityMove.values()),
        reader.decimal("dampening"));
  }

  /// As a tree.
  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("spot", spot)
        .choice("volatility", volatility)
        .number("dampening", dampening)
        .build();
  }
}
