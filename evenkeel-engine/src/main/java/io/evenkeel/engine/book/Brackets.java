package io.evenkeel.engine.book;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import java.util.List;

/// A bracket table as columns, with the requirement at each floor added up beforehand. Source of
/// the formula: the continuity deduction of leverage brackets, written per part so that it needs no
/// wide deduction.
public final class Brackets {
  private final BracketTable table;
  private final long dailyMoveE9;
  private final long[] floorE6;
  private final Decimal[] maintenanceRate;
  private final Decimal[] initialRate;
  private final long[] maintenanceBaseE6;
  private final long[] initialBaseE6;

  Brackets(BracketTable table) {
    this.table = table;
    dailyMoveE9 = Math.max(1, table.dailyMove().times(1_000_000_000, Rounding.FLOOR));
    List<Bracket> brackets = table.brackets();
    int size = brackets.size();
    floorE6 = new long[size];
    maintenanceRate = new Decimal[size];
    initialRate = new Decimal[size];
    maintenanceBaseE6 = new long[size];
    initialBaseE6 = new long[size];
    for (int i = 0; i < size; i++) {
      floorE6[i] = brackets.get(i).floorE6();
      maintenanceRate[i] = brackets.get(i).maintenanceRate();
      initialRate[i] = brackets.get(i).initialRate();
      if (i > 0) {
        long width = floorE6[i] - floorE6[i - 1];
        maintenanceBaseE6[i] =
            maintenanceBaseE6[i - 1] + maintenanceRate[i - 1].times(width, Rounding.CEILING);
        initialBaseE6[i] = initialBaseE6[i - 1] + initialRate[i - 1].times(width, Rounding.CEILING);
      }
    }
  }

  /// How many brackets there are.
  public int size() {
    return floorE6.length;
  }

  /// Notional at which a bracket starts, millionths of the numeraire.
  public long floorE6(int bracket) {
    return floorE6[bracket];
  }

  /// What one more unit of notional in a bracket requires for maintenance.
  public Decimal maintenanceRate(int bracket) {
    return maintenanceRate[bracket];
  }

  /// What one more unit of notional in a bracket requires for new risk.
  public Decimal initialRate(int bracket) {
    return initialRate[bracket];
  }

  /// The bracket that a notional lies in.
  public int bracketOf(long notionalE6) {
    int bracket = 0;
    while (bracket + 1 < floorE6.length && floorE6[bracket + 1] <= notionalE6) {
      bracket++;
    }
    return bracket;
  }

  /// Maintenance requirement of a notional, each bracket's part rounded up.
  public long maintenanceE6(long notionalE6) {
    int bracket = bracketOf(notionalE6);
    return maintenanceBaseE6[bracket]
        + maintenanceRate[bracket].times(notionalE6 - floorE6[bracket], Rounding.CEILING);
  }

  /// Initial requirement of a notional, each bracket's part rounded up.
  public long initialE6(long notionalE6) {
    int bracket = bracketOf(notionalE6);
    return initialBaseE6[bracket]
        + initialRate[bracket].times(notionalE6 - floorE6[bracket], Rounding.CEILING);
  }

  /// The initial rate of the bracket a notional lies in: what one more unit of it requires.
  public Decimal marginalInitialRate(long notionalE6) {
    return initialRate[bracketOf(notionalE6)];
  }

  /// [#dailyMove()] in billionths, rounded down; at least 1.
  public long dailyMoveE9() {
    return dailyMoveE9;
  }

  /// One standard deviation of a day's relative move.
  public Decimal dailyMove() {
    return table.dailyMove();
  }

  /// Depth of the embedded closing market.
  public long depthE6() {
    return table.depthE6();
  }
}
