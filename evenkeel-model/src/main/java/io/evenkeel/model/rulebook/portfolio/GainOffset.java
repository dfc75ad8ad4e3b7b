package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;

/// What a unit's gain in a scenario counts against the losses of other units in the same scenario:
/// `min(share * gain, maximum)` (reference: Deribit `pnl_offset`, `max_offsetable_pnl`).
///
/// @param share 0 to 1
/// @param maximum in the numeraire, 0 or more
public record GainOffset(Decimal share, Decimal maximum) {
  /// Refuses what is out of range.
  public GainOffset {
    Check.parameter(
        !share.isNegative() && share.compareTo(Decimal.ONE) <= 0, "share", "must be 0 to 1");
    Check.parameter(!maximum.isNegative(), "maximum", "must not be negative");
  }

  static GainOffset read(ParameterReader reader) {
    return new GainOffset(reader.decimal("share"), reader.decimal("maximum"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder().number("share", share).number("maximum", maximum).build();
  }
}
