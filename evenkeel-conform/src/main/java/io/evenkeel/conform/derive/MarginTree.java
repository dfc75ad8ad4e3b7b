package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.explain.Term;
import java.math.BigDecimal;
import java.util.List;

/// The figures of one account as the engine explains them.
final class MarginTree {
  private final Term root;
  private final Assessment assessment;
  private final Term loss;

  MarginTree(CaseVenue venue) {
    root = venue.view().explain(CaseVenue.ACCOUNT).terms().getFirst();
    assessment = venue.assess();
    loss = unit("maintenance margin", "units, rounded up").find("scaled loss", "loss");
  }

  private Term unit(String side, String rounded) {
    return root.find(side, rounded, "units", OptionVenue.UNDERLYING);
  }

  /// A part of the equity of the unit.
  BigDecimal equity(String name) {
    return unit("equity", "units, rounded down").find(name).value();
  }

  /// Terms below a part of the equity of the unit.
  List<Term> equityParts(String name) {
    return unit("equity", "units, rounded down").find(name).children();
  }

  /// A part of the maintenance requirement.
  BigDecimal maintenance(String name) {
    return unit("maintenance margin", "units, rounded up").find(name).value();
  }

  /// A part of the initial requirement.
  BigDecimal initial(String... path) {
    return unit("initial margin", "units, rounded up").find(path).value();
  }

  /// Equity before rounding.
  BigDecimal markToMarket() {
    return root.find("equity", "balances outside units")
        .value()
        .add(root.find("equity", "units, rounded down", "units").value());
  }

  /// Equity less the maintenance requirement, before rounding.
  BigDecimal maintenanceSurplus() {
    return markToMarket()
        .subtract(root.find("maintenance margin", "units, rounded up", "units").value());
  }

  /// Initial equity less the initial requirement, before rounding.
  BigDecimal initialSurplus() {
    return markToMarket()
        .subtract(root.find("initial margin", "units, rounded up", "units").value());
  }

  /// The same as the engine decides by: rounded to millionths against the account, twice.
  BigDecimal decidedMaintenanceSurplus() {
    return BigDecimal.valueOf(assessment.equityE6() - assessment.maintenanceMarginE6(), 6);
  }

  /// The same of the initial requirement.
  BigDecimal decidedInitialSurplus() {
    return BigDecimal.valueOf(assessment.initialEquityE6() - assessment.initialMarginE6(), 6);
  }

  /// All scenarios in order, then the basis shock.
  List<Term> scenarios() {
    return loss.find("loss with charges", "scenario loss").children().getFirst().children();
  }

  /// The smallest of the scenarios, the basis shock left aside.
  BigDecimal worstScenario() {
    List<Term> all = scenarios();
    return all.subList(0, all.size() - 1).stream()
        .map(Term::value)
        .reduce(BigDecimal::min)
        .orElse(BigDecimal.ZERO);
  }

  /// A part of the loss.
  BigDecimal loss(String name) {
    return loss.find("loss with charges", name).value();
  }

  /// What each expiry's shocks are, in order of the account's positions.
  List<Term> shocks() {
    return root.find("shocks", OptionVenue.UNDERLYING).children();
  }
}
