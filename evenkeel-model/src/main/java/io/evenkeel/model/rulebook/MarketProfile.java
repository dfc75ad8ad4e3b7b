package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import java.util.List;

/// What closing and projections need to know of an instrument besides its margin.
///
/// @param dailyMove one standard deviation of a day's relative price move, above 0
/// @param depthE6 notional that moves the embedded closing market by `impact`, millionths of the
///   numeraire, above 0
/// @param freedRate share of notional by which closing lowers the requirement, to order partial
///   closes; above 0, at most 1
public record MarketProfile(Decimal dailyMove, long depthE6, Decimal freedRate) {
  /// Refuses what is out of range.
  public MarketProfile {
    new BracketTable(List.of(new Bracket(0, freedRate, freedRate)), dailyMove, depthE6);
  }

  /// As a table with one bracket.
  public BracketTable asTable() {
    return new BracketTable(List.of(new Bracket(0, freedRate, freedRate)), dailyMove, depthE6);
  }

  /// Reads `market: {dailyMove, depth, freedRate}`.
  public static MarketProfile read(ParameterReader reader) {
    return new MarketProfile(
        reader.decimal("dailyMove"), reader.amountE6("depth"), reader.decimal("freedRate"));
  }

  /// As a tree.
  public ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("dailyMove", dailyMove)
        .amountE6("depth", depthE6)
        .number("freedRate", freedRate)
        .build();
  }
}
