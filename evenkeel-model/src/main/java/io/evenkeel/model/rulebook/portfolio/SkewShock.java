package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// How a smile is bent: with `T = sqrt(years)`, `cap = baseCap + capSlope * T`, `width =
/// max(minimumWidth, T * widthScale * (volatilityBase + T * volatilitySlope))` and `k = ln(strike /
/// forward)`, the volatility is multiplied by `1 + k * cap / width`, its change cut at `+-cap`
/// (reference: Derive v2 PMRM_2).
///
/// @param linear cap of the signed skew
/// @param absolute cap of the one by `|k|`
/// @param minimumWidth 0 or more
/// @param widthScale standard deviations in the width
/// @param volatilityBase volatility in the width
/// @param volatilitySlope its change per root of a year
public record SkewShock(
    Cap linear,
    Cap absolute,
    Decimal minimumWidth,
    Decimal widthScale,
    Decimal volatilityBase,
    Decimal volatilitySlope) {
  /// Refuses a negative width.
  public SkewShock {
    Check.parameter(!minimumWidth.isNegative(), "minimumWidth", "must not be negative");
  }

  /// The most a volatility changes, as a share of it.
  ///
  /// @param base at expiry
  /// @param slope per root of a year
  public record Cap(Decimal base, Decimal slope) {
    static Cap read(ParameterReader reader) {
      return new Cap(reader.decimal("base"), reader.decimal("slope"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder().number("base", base).number("slope", slope).build();
    }
  }

  static SkewShock read(ParameterReader reader) {
    return new SkewShock(
        reader.fields("linear", Cap::read),
        reader.fields("absolute", Cap::read),
        reader.decimal("minimumWidth"),
        reader.decimal("widthScale"),
        reader.decimal("volatilityBase"),
        reader.decimal("volatilitySlope"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .node("linear", linear.toFields())
        .node("absolute", absolute.toFields())
        .number("minimumWidth", minimumWidth)
        .number("widthScale", widthScale)
        .number("volatilityBase", volatilityBase)
        .number("volatilitySlope", volatilitySlope)
        .build();
  }
}
