package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What is charged on deltas, in whole units of the underlying; all but the minimum add to the loss
/// before the requirement's factor multiplies it.
///
/// - Roll: per expiry `|delta| * max(rollMinimum, rollAnnual * years)`, perpetuals at 0 years
///   (reference: Deribit roll shock).
/// - Size: `|net delta| * min(sizeMaximum, sizeSlope * max(0, |net delta| - sizeThreshold /
///   index))` (reference: Deribit delta shock).
/// - Minimum: the loss counts at least `netMinimum * |net delta| + hedgedMinimum * hedged`, where
///   `hedged = (gross - |net|) / 2` (reference: Paradex minimum delta requirement).
///
/// @param rollAnnual share of the index per year, 0 or more
/// @param rollMinimum least share of the index, 0 or more
/// @param sizeSlope share of the index per whole unit of the underlying, 0 or more
/// @param sizeThreshold numeraire, 0 or more
/// @param sizeMaximum share of the index, 0 or more
/// @param netMinimum share of the index, 0 or more
/// @param hedgedMinimum share of the index, 0 or more
public record DeltaCharges(
    Decimal rollAnnual,
    Decimal rollMinimum,
    Decimal sizeSlope,
    Decimal sizeThreshold,
    Decimal sizeMaximum,
    Decimal netMinimum,
    Decimal hedgedMinimum) {
  /// Refuses negative charges.
  public DeltaCharges {
    Check.parameter(!rollAnnual.isNegative(), "rollAnnual", "must not be negative");
    Check.parameter(!rollMinimum.isNegative(), "rollMinimum", "must not be negative");
    Check.parameter(!sizeSlope.isNegative(), "sizeSlope", "must not be negative");
    Check.parameter(!sizeThreshold.isNegative(), "sizeThreshold", "must not be negative");
    Check.parameter(!sizeMaximum.isNegative(), "sizeMaximum", "must not be negative");
    Check.parameter(!netMinimum.isNegative(), "netMinimum", "must not be negative");
    Check.parameter(!hedgedMinimum.isNegative(), "hedgedMinimum", "must not be negative");
  }

  static DeltaCharges read(ParameterReader reader) {
    return new DeltaCharges(
        reader.decimal("rollAnnual"),
        reader.decimal("rollMinimum"),
        reader.decimal("sizeSlope"),
        reader.decimal("sizeThreshold"),
        reader.decimal("sizeMaximum"),
        reader.decimal("netMinimum"),
        reader.decimal("hedgedMinimum"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("rollAnnual", rollAnnual)
        .number("rollMinimum", rollMinimum)
        .number("sizeSlope", sizeSlope)
        .number("sizeThreshold", sizeThreshold)
        .number("sizeMaximum", sizeMaximum)
        .number("netMinimum", netMinimum)
        .number("hedgedMinimum", hedgedMinimum)
        .build();
  }
}
