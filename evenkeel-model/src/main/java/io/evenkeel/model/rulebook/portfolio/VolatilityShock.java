package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// How far volatilities move: `up = 1 + rangeUp * x^p`, `down = max(0, 1 - rangeDown * x^p)`, with
/// `x = 30 days / max(time to expiry, floor)` and `p` the short-term power up to 30 days, else the
/// long-term one (reference: Derive v2 PMRM, Deribit portfolio margin).
///
/// @param rangeUp 0 or more
/// @param rangeDown 0 or more
/// @param shortTermPower 0 or more
/// @param longTermPower 0 or more
/// @param floorSeconds least time to expiry that `x` sees, above 0
/// @param minimumUp least volatility after an upward move, 0 or more
public record VolatilityShock(
    Decimal rangeUp,
    Decimal rangeDown,
    Decimal shortTermPower,
    Decimal longTermPower,
    long floorSeconds,
    Decimal minimumUp) {
  /// Refuses what is out of range.
  public VolatilityShock {
    Check.parameter(!rangeUp.isNegative(), "rangeUp", "must not be negative");
    Check.parameter(!rangeDown.isNegative(), "rangeDown", "must not be negative");
    Check.parameter(!shortTermPower.isNegative(), "shortTermPower", "must not be negative");
    Check.parameter(!longTermPower.isNegative(), "longTermPower", "must not be negative");
    Check.parameter(floorSeconds > 0, "floorSeconds", "must be above 0");
    Check.parameter(!minimumUp.isNegative(), "minimumUp", "must not be negative");
  }

  static VolatilityShock read(ParameterReader reader) {
    return new VolatilityShock(
        reader.decimal("rangeUp"),
        reader.decimal("rangeDown"),
        reader.decimal("shortTermPower"),
        reader.decimal("longTermPower"),
        reader.whole("floorSeconds"),
        reader.decimal("minimumUp"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("rangeUp", rangeUp)
        .number("rangeDown", rangeDown)
        .number("shortTermPower", shortTermPower)
        .number("longTermPower", longTermPower)
        .number("floorSeconds", floorSeconds)
        .number("minimumUp", minimumUp)
        .build();
  }
}
