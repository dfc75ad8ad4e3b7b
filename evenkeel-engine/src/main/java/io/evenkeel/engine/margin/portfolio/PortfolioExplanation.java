package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The valuation at hand as a tree. Leaves carry the doubles that were used; sums of them are exact
/// here, so they differ from the valuation's own by no more than its last places, and what crosses
/// to millionths is the valuation's.
final class PortfolioExplanation {
  private final Book book;
  private final PortfolioSweep sweep;
  private final ScenarioPortfolioModel model;
  private final int account;
  private final boolean together;

  PortfolioExplanation(
      Book book,
      PortfolioSweep sweep,
      ScenarioPortfolioModel model,
      int account,
      boolean together) {
    this.book = book;
    this.sweep = sweep;
    this.model = model;
    this.account = account;
    this.together = together;
  }

  Term tree() {
    List<Term> shocks = new ArrayList<>();
    List<Term> equity = new ArrayList<>();
    List<Term> maintenance = new ArrayList<>();
    List<Term> initial = new ArrayList<>();
    for (UnitSums unit : sweep.units) {
      if (unit.asset != IdIndex.ABSENT) {
        ScenarioTree scenarios = new ScenarioTree(book, sweep, account, unit);
        equity.add(equity(unit, scenarios));
        Term loss = loss(unit, scenarios);
        maintenance.add(maintenance(unit, scenarios.unit(), loss));
        initial.add(initial(unit, scenarios.unit(), loss));
        List<Term> expiries = new ArrayList<>();
        for (int k = 0; k < unit.slotCount; k++) {
          expiries.add(scenarios.shocks(sweep.slots[unit.slots[k]]));
        }
        shocks.add(Terms.function(name(unit), 0, Terms.PLAIN, expiries.toArray(new Term[0])));
      }
    }
    return new Term(
        "margin",
        Operation.FUNCTION,
        BigDecimal.ZERO,
        Terms.NUMERAIRE,
        List.of(
            equityTerm("equity", sweep.balancesE6, 0, equity),
            equityTerm("initial equity", sweep.initialBalancesE6, model.degradedE6(), equity),
            requirement("maintenance margin", model.unitsMaintenanceE6(), maintenance),
            requirement("initial margin", model.unitsInitialE6(), initial),
            new Term("shocks", Operation.FUNCTION, BigDecimal.ZERO, Terms.PLAIN, shocks)));
  }

  private Term equityTerm(String name, long balancesE6, long degradedE6, List<Term> units) {
    List<Term> children = new ArrayList<>();
    children.add(Terms.millionths("balances outside units", balancesE6, List.of()));
    children.add(
        Terms.millionths(
            "units, rounded down",
            model.portfolioEquityE6(),
            List.of(Terms.sum("units", Terms.NUMERAIRE, units))));
    if (degradedE6 != 0) {
      children.add(Terms.millionths("collateral with a degraded price", -degradedE6, List.of()));
    }
    if (sweep.otherProfitE6 != 0) {
      children.add(Terms.millionths("profit outside units", sweep.otherProfitE6, List.of()));
    }
    return Terms.sum(name, Terms.NUMERAIRE, children);
  }

  private Term requirement(String name, long unitsE6, List<Term> units) {
    List<Term> children = new ArrayList<>();
    children.add(
        Terms.millionths(
            "units, rounded up", unitsE6, List.of(Terms.sum("units", Terms.NUMERAIRE, units))));
    if (sweep.otherRequirementE6 != 0) {
      children.add(
          Terms.millionths(
              "whole notional of positions outside units", sweep.otherRequirementE6, List.of()));
    }
    return Terms.sum(name, Terms.NUMERAIRE, children);
  }

  private String name(UnitSums unit) {
    return book.assets.at(unit.asset).symbol();
  }

  private Term equity(UnitSums unit, ScenarioTree scenarios) {
    List<Term> expiries = new ArrayList<>();
    for (int k = 0; k < unit.slotCount; k++) {
      int index = unit.slots[k];
      if (sweep.slots[index].hasOptions) {
        String name = "expiry " + sweep.slots[index].expiry.expiryNs;
        Term legs = scenarios.legs(name, index, 0);
        expiries.add(unit.terms.inCoin ? inNumeraire(name, unit, legs) : legs);
      }
    }
    return Terms.sum(
        name(unit),
        Terms.NUMERAIRE,
        List.of(
            Terms.function("profit of perpetuals and futures", unit.linearProfit, Terms.NUMERAIRE),
            Terms.function("funding due", -unit.fundingDue, Terms.NUMERAIRE),
            Terms.sum("options at model value", Terms.NUMERAIRE, expiries),
            Terms.function("cost of options", -unit.optionCost, Terms.NUMERAIRE),
            Terms.function("collateral", unit.collateralValue, Terms.NUMERAIRE)));
  }

  private Term inNumeraire(String name, UnitSums unit, Term inCoin) {
    return Terms.product(
        name, Terms.NUMERAIRE, inCoin, Terms.input("index", unit.spot, Terms.NUMERAIRE));
  }

  private Term loss(UnitSums unit, ScenarioTree scenarios) {
    String in = scenarios.unit();
    RiskUnit terms = unit.terms.unit;
    List<Term> parts = new ArrayList<>();
    parts.add(Terms.negation("scenario loss", in, scenarios.worst(together)));
    if (terms.delta() != null) {
      parts.add(Terms.function("roll charge", unit.rollCharge, in));
      parts.add(Terms.function("size charge", unit.sizeCharge, in));
    }
    if (terms.charges().scaled()) {
      parts.add(Terms.function("scaled charges", unit.scaledCharges, in));
    }
    Term sum = Terms.sum("loss with charges", in, parts);
    return Terms.of(
        "loss",
        Operation.MAXIMUM,
        in,
        List.of(sum, Terms.function("minimum on deltas", unit.minimum, in)));
  }

  private Term maintenance(UnitSums unit, String in, Term loss) {
    List<Term> parts = new ArrayList<>();
    parts.add(
        Terms.product(
            "scaled loss",
            in,
            loss,
            Terms.input("maintenance factor", unit.terms.unit.maintenanceFactor(), Terms.PLAIN)));
    addCharges(unit, in, parts);
    return total(unit, in, parts);
  }

  private Term initial(UnitSums unit, String in, Term loss) {
    List<Term> parts = new ArrayList<>();
    parts.add(
        Terms.product(
            "scaled loss",
            in,
            loss,
            Terms.input("initial factor with peg loss", unit.initialFactor, Terms.PLAIN)));
    addCharges(unit, in, parts);
    double price = unit.unitPrice();
    double perp = Crossing.of(unit.terms.unit.charges().perpInitial());
    double option = Crossing.of(unit.terms.unit.charges().optionInitial());
    parts.add(
        Terms.function(
            "initial charge on perpetuals and futures",
            Math.abs(unit.linearAmount) * price * perp,
            in));
    parts.add(Terms.function("initial charge on naked options", unit.naked * price * option, in));
    parts.add(Terms.function("initial haircut of collateral", unit.initialHaircut, in));
    parts.add(Terms.function("confidence charge", unit.confidenceCharge, in));
    parts.add(Terms.function("orders and reserve", unit.provisionInitial, in));
    return total(unit, in, parts);
  }

  private static void addCharges(UnitSums unit, String in, List<Term> parts) {
    double price = unit.unitPrice();
    if (!unit.terms.unit.charges().scaled()) {
      double perp = Crossing.of(unit.terms.unit.charges().perpMaintenance());
      double option = Crossing.of(unit.terms.unit.charges().optionMaintenance());
      parts.add(
          Terms.function(
              "charge on perpetuals and futures", Math.abs(unit.linearAmount) * price * perp, in));
      parts.add(Terms.function("charge on naked options", unit.naked * price * option, in));
      parts.add(Terms.function("haircut of collateral", unit.maintenanceHaircut, in));
    }
    parts.add(Terms.function("fees set aside", unit.provisionFee, in));
  }

  private Term total(UnitSums unit, String in, List<Term> parts) {
    return unit.terms.inCoin
        ? inNumeraire(name(unit), unit, Terms.sum("in " + in, in, parts))
        : Terms.sum(name(unit), Terms.NUMERAIRE, parts);
  }
}
