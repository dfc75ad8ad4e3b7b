package io.evenkeel.model.rulebook.portfolio;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.util.List;

/// Moves far beyond the price range, with volatilities up, scaled back to the edge of the range
/// (reference: Deribit portfolio margin, extended table): `pnl * factor * range / |move| * (1 +
/// move) / (1 + sign * range)`, the last quotient only where values are in the coin; the result
/// then moves towards 0 by at most `(|move| / range - 1) * dampener / ((1 + sign * range) * index)`
/// coins, or `(|move| / range - 1) * dampener` in the numeraire.
///
/// @param moves relative moves of the underlying, above -1, each farther out than the range
/// @param priceRange the edge of the standard table, 0 to below 1
/// @param factor multiplies every row, above 0
/// @param dampener numeraire, 0 or more
public record ExtendedTable(
    List<Decimal> moves, Decimal priceRange, Decimal factor, Decimal dampener) {
  private static final Decimal MINUS_ONE = new Decimal(-1, 0);

  /// Refuses moves inside the range.
  public ExtendedTable {
    moves = List.copyOf(moves);
    Check.parameter(
        priceRange.units() > 0 && priceRange.compareTo(Decimal.ONE) < 0,
        "priceRange",
        "must be above 0 and below 1");
    Check.parameter(factor.units() > 0, "factor", "must be above 0");
    Check.parameter(!dampener.isNegative(), "dampener", "must not be negative");
    for (Decimal move : moves) {
      Decimal size = move.isNegative() ? new Decimal(-move.units(), move.scale()) : move;
      Check.parameter(
          size.compareTo(priceRange) >= 0 && move.compareTo(MINUS_ONE) > 0,
          "moves",
          "must be above -1 and at least the price range away from 0");
    }
  }

  static ExtendedTable read(ParameterReader reader) {
    return new ExtendedTable(
        reader.decimals("moves"),
        reader.decimal("priceRange"),
        reader.decimal("factor"),
        reader.decimal("dampener"));
  }

  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .node("moves", Trees.numbers(moves))
        .number("priceRange", priceRange)
        .number("factor", factor)
        .number("dampener", dampener)
        .build();
  }
}
