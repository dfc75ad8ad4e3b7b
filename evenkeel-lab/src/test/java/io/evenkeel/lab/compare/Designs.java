package io.evenkeel.lab.compare;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.CloseSlices;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import io.evenkeel.model.rulebook.LiquidationStep.PartialClose;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayList;
import java.util.List;

/// The house rulebook with other steps of liquidation.
final class Designs {
  private Designs() {}

  /// As it is shipped.
  static Rulebook partial() {
    return ShippedRulebooks.load(ShippedRulebooks.DEFAULT);
  }

  /// Whoever is below maintenance is taken over.
  static Rulebook full() {
    List<LiquidationStep> steps = new ArrayList<>(partial().liquidation().steps());
    steps.removeIf(step -> step instanceof PartialClose);
    return with("full", steps);
  }

  /// Whoever is below maintenance is closed in slices.
  ///
  /// @param sliceE6 most that is closed of one account in one cycle, millionths of the numeraire
  static Rulebook sliced(long sliceE6) {
    List<LiquidationStep> steps = new ArrayList<>(partial().liquidation().steps());
    steps.replaceAll(step ->
        step instanceof PartialClose
            ? new CloseSlices(
                Decimal.ONE,
                0,
                sliceE6,
                1_000_000_000,
                Decimal.ONE,
                Decimal.parse("10"),
                Decimal.parse("0.01"))
            : step);
    return with("sliced", steps);
  }

  /// An account worth less than nothing is deleveraged before it is taken over.
  static Rulebook deleveraging(String name, Ranking ranking) {
    List<LiquidationStep> steps = new ArrayList<>(partial().liquidation().steps());
    int at = 0;
    while (!steps.get(at).disposesOfAccount()) {
      at++;
    }
    steps.add(at, new Deleverage(ranking, false));
    return with(name, steps);
  }

  private static Rulebook with(String name, List<LiquidationStep> steps) {
    Rulebook house = partial();
    LiquidationPolicy policy = house.liquidation();
    return new Rulebook(
        name,
        house.version(),
        house.cashAsset(),
        house.collateral(),
        house.requirement(),
        house.crossLevels(),
        house.isolatedLevels(),
        house.triggers(),
        house.topUp(),
        house.release(),
        house.call(),
        house.lossSources(),
        new LiquidationPolicy(
            steps,
            policy.partialPenalty(),
            policy.takeOverPenalty(),
            policy.insuranceShare(),
            policy.backstopShare(),
            policy.closing()),
        house.venue());
  }
}
