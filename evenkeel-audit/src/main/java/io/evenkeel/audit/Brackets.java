package io.evenkeel.audit;

import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A bracket table with the requirement at each floor worked out.
final class Brackets {
  private record Step(
      BigInteger floor,
      Ratio maintenanceRate,
      Ratio initialRate,
      BigInteger maintenanceBase,
      BigInteger initialBase) {}

  final BigInteger depth;
  final Ratio dailyMove;
  private final List<Step> steps = new ArrayList<>();

  Brackets(BracketTable table) {
    depth = Exact.of(table.depthE6());
    dailyMove = Ratio.of(table.dailyMove());
    for (Bracket bracket : table.brackets()) {
      BigInteger floor = Exact.of(bracket.floorE6());
      BigInteger maintenanceBase = BigInteger.ZERO;
      BigInteger initialBase = BigInteger.ZERO;
      if (!steps.isEmpty()) {
        Step below = steps.getLast();
        BigInteger width = floor.subtract(below.floor());
        maintenanceBase = below.maintenanceBase().add(below.maintenanceRate().ceilTimes(width));
        initialBase = below.initialBase().add(below.initialRate().ceilTimes(width));
      }
      steps.add(
          new Step(
              floor,
              Ratio.of(bracket.maintenanceRate()),
              Ratio.of(bracket.initialRate()),
              maintenanceBase,
              initialBase));
    }
  }

  /// A day's move, `10^-9`, at least 1.
  BigInteger dailyMoveE9() {
    return dailyMove.floorTimes(Exact.BILLION).max(BigInteger.ONE);
  }

  BigInteger maintenance(BigInteger notional) {
    Step step = containing(notional);
    return step.maintenanceBase()
        .add(step.maintenanceRate().ceilTimes(notional.subtract(step.floor())));
  }

  BigInteger initial(BigInteger notional) {
    Step step = containing(notional);
    return step.initialBase().add(step.initialRate().ceilTimes(notional.subtract(step.floor())));
  }

  /// The initial rate of the bracket that contains a notional.
  Ratio initialRate(BigInteger notional) {
    return containing(notional).initialRate();
  }

  /// The last bracket whose floor is not above the notional.
  private Step containing(BigInteger notional) {
    Step found = steps.getFirst();
    for (Step step : steps) {
      if (step.floor().compareTo(notional) <= 0) {
        found = step;
      }
    }
    return found;
  }
}
