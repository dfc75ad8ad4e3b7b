package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What the value of a whole expiry is multiplied by in every scenario: a positive value by
/// `long.base * exp(-years * (rate * long.rateMultiple + long.addition))`, a negative one by `min(1
/// / discount factor, short.base * exp(years * (rate * short.rateMultiple + short.addition)))`,
/// with `rate` at least 0 (reference: Derive v2 PMRM_2; the older PMRM leaves negative values as
/// they are, which is a short side of base 1 and nothing else).
///
/// @param longSide for positive values
/// @param shortSide for negative values
public record StaticDiscount(Side longSide, Side shortSide) {
  /// One sign of value.
  ///
  /// @param base factor at expiry, 0 or more
  /// @param rateMultiple how often the rate of the expiry counts
  /// @param addition annual rate on top
  public record Side(Decimal base, Decimal rateMultiple, Decimal addition) {
    /// Nothing is discounted.
    public static final Side NONE = new Side(Decimal.ONE, Decimal.ZERO, Decimal.ZERO);

    /// Refuses a negative factor.
    public Side {
      Check.parameter(!base.isNegative(), "base", "must not be negative");
    }

    static Side read(ParameterReader reader) {
      return new Side(
          reader.decimal("base"), reader.decimal("rateMultiple"), reader.decimal("addition"));
    }

    ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("base", base)
          .number("rateMultiple", rateMultiple)
          .number("addition", addition)
          .build();
    }
  }

  static StaticDiscount read(ParameterReader reader) {
    return new StaticDiscount(
        reader.fields("long", Side::read), reader.fields("short", Side::read));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .node("long", longSide.toFields())
        .node("short", shortSide.toFields())
        .build();
  }
}
