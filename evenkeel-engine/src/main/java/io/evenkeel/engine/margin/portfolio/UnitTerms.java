package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.pricing.Black76Batch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.ExtendedTable;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.RiskUnit.Valued;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import java.util.List;

/// One unit's scenarios resolved for sweeping. A *column* is one distinct pair of spot and
/// volatility move; scenarios and the basis shock share columns, so that no option is valued twice
/// in the same market. Column 0 is the present.
final class UnitTerms {
  /// No such column.
  static final int NONE = -1;

  final RiskUnit unit;

  /// Whether profits are counted in the underlying coin.
  final boolean inCoin;

  /// Whether deltas are needed.
  final boolean chargesDelta;

  /// Least volatility after an upward move.
  final double minimumUp;

  final int scenarios;
  final Decimal[] spotOfScenario;
  final VolatilityMove[] moveOfScenario;
  final double[] spot;
  final double[] weight;
  final boolean[] bends;

  /// The most a row moves towards 0, in the numeraire; in a coin unit divided by the index.
  final double[] allowance;

  final int[] column;

  int columns;
  final double[] columnSpot;
  final VolatilityMove[] columnMove;
  final int upColumn;
  final int downColumn;

  /// Values options in all columns; shared by all options of the unit.
  final Black76Batch batch;

  /// Room for one number a column while an option is valued.
  final double[] scratch;

  UnitTerms(RiskUnit unit) {
    this.unit = unit;
    inCoin = unit.valuedIn() == Valued.COIN;
    chargesDelta = unit.delta() != null;
    minimumUp = Crossing.of(unit.volatility().minimumUp());
    ExtendedTable extended = unit.extended();
    int standard = unit.scenarios().size();
    scenarios = standard + (extended == null ? 0 : extended.moves().size());
    spotOfScenario = new Decimal[scenarios];
    moveOfScenario = new VolatilityMove[scenarios];
    spot = new double[scenarios];
    weight = new double[scenarios];
    bends = new boolean[scenarios];
    allowance = new double[scenarios];
    column = new int[scenarios];
    columnSpot = new double[scenarios + 3];
    columnMove = new VolatilityMove[scenarios + 3];
    batch = new Black76Batch(scenarios + 3);
    scratch = new double[scenarios + 3];
    columnOf(1, VolatilityMove.NONE);
    for (int i = 0; i < standard; i++) {
      Scenario scenario = unit.scenarios().get(i);
      weight[i] = Crossing.of(scenario.dampening());
      define(i, scenario.spot(), scenario.volatility());
    }
    if (extended != null) {
      extend(extended, standard);
    }
    if (unit.basis() == null) {
      upColumn = NONE;
      downColumn = NONE;
    } else {
      upColumn = columnOf(Crossing.of(unit.basis().spotUp()), VolatilityMove.NONE);
      downColumn = columnOf(Crossing.of(unit.basis().spotDown()), VolatilityMove.NONE);
    }
  }

  private void extend(ExtendedTable extended, int from) {
    double range = Crossing.of(extended.priceRange());
    List<Decimal> moves = extended.moves();
    for (int i = 0; i < moves.size(); i++) {
      Decimal move = moves.get(i);
      define(from + i, onePlus(move), VolatilityMove.UP);
      double size = Math.abs(Crossing.of(move));
      double edge = 1 + Math.signum(Crossing.of(move)) * range;
      double scaled = Crossing.of(extended.factor()) * range / size;
      double beyond = (size / range - 1) * Crossing.of(extended.dampener());
      weight[from + i] = inCoin ? scaled * spot[from + i] / edge : scaled;
      allowance[from + i] = inCoin ? beyond / edge : beyond;
    }
  }

  private static Decimal onePlus(Decimal move) {
    return new Decimal(Math.addExact(move.divisor(), move.units()), move.scale());
  }

  private void define(int scenario, Decimal factor, VolatilityMove move) {
    spotOfScenario[scenario] = factor;
    moveOfScenario[scenario] = move;
    spot[scenario] = Crossing.of(factor);
    bends[scenario] = move.isSkew();
    column[scenario] = columnOf(spot[scenario], move);
  }

  private int columnOf(double factor, VolatilityMove move) {
    for (int i = 0; i < columns; i++) {
      if (columnSpot[i] == factor && columnMove[i] == move) {
        return i;
      }
    }
    columnSpot[columns] = factor;
    columnMove[columns] = move;
    return columns++;
  }

  /// What a scenario is called, e.g. `spot x 1.18, volatility up`.
  String name(int scenario) {
    String move =
        switch (moveOfScenario[scenario]) {
          case NONE -> "none";
          case UP -> "up";
          case DOWN -> "down";
          case LINEAR -> "linear";
          case ABS -> "abs";
        };
    return "spot x " + spotOfScenario[scenario] + ", volatility " + move;
  }
}
