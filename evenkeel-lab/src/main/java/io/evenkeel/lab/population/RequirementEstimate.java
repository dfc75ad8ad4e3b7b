package io.evenkeel.lab.population;

import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.List;

/// What a position will have to be backed by, as a trader reckons before trading: the bracket rates
/// of a rulebook applied to a notional. The engine alone decides; this only keeps requests
/// reasonable, so it leaves out weights of collateral and profit.
final class RequirementEstimate {
  private final List<BracketTable> tableOfInstrument;
  private final LevelPolicy crossLevels;
  private final LevelPolicy isolatedLevels;

  /// @param symbols symbol of each instrument, by id
  RequirementEstimate(Rulebook rulebook, List<String> symbols) {
    crossLevels = rulebook.crossLevels();
    isolatedLevels = rulebook.isolatedLevels();
    tableOfInstrument =
        switch (rulebook.requirement()) {
          case TieredRates rates -> symbols.stream().map(rates::tableFor).toList();
          case ModelParameters model ->
              symbols.stream().map(symbol -> model.market(symbol).asTable()).toList();
        };
  }

  /// What equity a position must have behind it to be opened, millionths of the numeraire.
  ///
  /// @param notionalE6 value of position and orders together
  /// @param leverageE2 chosen leverage, hundredths; 0 = none
  long initialE6(int instrumentId, long notionalE6, int leverageE2, boolean isolated) {
    long maintenance = 0;
    long initial = 0;
    List<Bracket> brackets = tableOfInstrument.get(instrumentId).brackets();
    for (int i = 0; i < brackets.size() && brackets.get(i).floorE6() < notionalE6; i++) {
      long end = i + 1 < brackets.size() ? brackets.get(i + 1).floorE6() : Long.MAX_VALUE;
      long within = Math.min(notionalE6, end) - brackets.get(i).floorE6();
      maintenance += brackets.get(i).maintenanceRate().times(within, Rounding.CEILING);
      initial += brackets.get(i).initialRate().times(within, Rounding.CEILING);
    }
    if (leverageE2 > 0) {
      initial = Math.max(initial, Math.ceilDiv(notionalE6 * 100, (long) leverageE2));
    }
    return switch (isolated ? isolatedLevels : crossLevels) {
      case LevelPolicy.ScaledMaintenance scaled ->
          Math.max(scaled.initial().times(maintenance, Rounding.CEILING), initial);
      case LevelPolicy.BetweenRequirements _,
          LevelPolicy.FullyCollateralised _,
          LevelPolicy.WithoutBands _ ->
          initial;
    };
  }

  /// The largest value that may be required with nothing but this much equity, by the rate of the
  /// first bracket.
  long affordableE6(int instrumentId, long equityE6) {
    return tableOfInstrument
        .get(instrumentId)
        .brackets()
        .getFirst()
        .initialRate()
        .divide(equityE6, Rounding.FLOOR);
  }
}
