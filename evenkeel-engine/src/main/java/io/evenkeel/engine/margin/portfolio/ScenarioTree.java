package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.portfolio.ContractTable.Contract;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import java.util.ArrayList;
import java.util.List;

/// The scenarios of one unit as terms: the worst one down to the legs, the others by their profit.
final class ScenarioTree {
  private final Book book;
  private final PortfolioSweep sweep;
  private final int account;
  private final UnitSums sums;
  private final String unit;

  ScenarioTree(Book book, PortfolioSweep sweep, int account, UnitSums sums) {
    this.book = book;
    this.sweep = sweep;
    this.account = account;
    this.sums = sums;
    this.unit = sums.terms.inCoin ? book.assets.at(sums.asset).symbol() : Terms.NUMERAIRE;
  }

  /// What the unit is valued in.
  String unit() {
    return unit;
  }

  /// The worst: the smallest of all scenarios and the basis shock, or what it is together with
  /// other units.
  Term worst(boolean together) {
    String name = "worst: " + sums.worstName();
    if (together) {
      return Terms.function(name, sums.worst, unit, scenarios().toArray(new Term[0]));
    }
    List<Term> children = scenarios();
    children.add(basis());
    return Terms.of(name, Operation.MINIMUM, unit, children);
  }

  private List<Term> scenarios() {
    List<Term> children = new ArrayList<>();
    for (int i = 0; i < sums.pnl.length; i++) {
      children.add(i == sums.worstScenario ? scenario(i) : brief(i));
    }
    return children;
  }

  private boolean countsWhole(int i) {
    return sums.terms.allowance[i] == 0 && sums.terms.unit.gains() == null;
  }

  private Term brief(int i) {
    String name = sums.terms.name(i);
    return countsWhole(i)
        ? Terms.function(name, sums.pnl[i], unit)
        : Terms.function(
            name, sums.pnl[i], unit, Terms.function("undamped", sums.undamped[i], unit));
  }

  private Term scenario(int i) {
    UnitTerms terms = sums.terms;
    Term weight = Terms.input("weight", terms.weight[i], Terms.PLAIN);
    double move = terms.spot[i] - 1;
    List<Term> children = new ArrayList<>();
    children.add(
        Terms.product(
            "perpetuals and futures",
            unit,
            weight,
            Terms.input("exposure", sums.linearExposure, unit),
            Terms.input("move", terms.inCoin ? move / terms.spot[i] : move, Terms.PLAIN)));
    for (int k = 0; k < sums.slotCount; k++) {
      SlotSums slot = sweep.slots[sums.slots[k]];
      if (slot.hasOptions) {
        children.add(expiry(i, sums.slots[k], slot, weight));
      }
    }
    children.add(
        Terms.product(
            "collateral that moves",
            unit,
            weight,
            Terms.input("value", sums.movingCollateral, unit),
            Terms.input("move", move, Terms.PLAIN)));
    Term sum = Terms.sum(terms.name(i), unit, children);
    return countsWhole(i)
        ? sum
        : Terms.function(terms.name(i), sums.pnl[i], unit, Terms.sum("undamped", unit, children));
  }

  private Term expiry(int i, int slotIndex, SlotSums slot, Term weight) {
    UnitTerms terms = sums.terms;
    int column = terms.column[i];
    boolean positive = slot.worth[column] >= 0;
    Term value =
        Terms.product(
            "value in the scenario",
            unit,
            legs("options in the scenario", slotIndex, column),
            Terms.input(
                "static factor",
                positive ? slot.expiry.longFactor : slot.expiry.shortFactor,
                Terms.PLAIN));
    Term profit =
        Terms.product(
            "expiry " + slot.expiry.expiryNs,
            unit,
            weight,
            Terms.of(
                "change",
                Operation.DIFFERENCE,
                unit,
                List.of(value, legs("options now", slotIndex, 0))));
    return terms.bends[i]
        ? Terms.of(
            "loss of expiry " + slot.expiry.expiryNs,
            Operation.MINIMUM,
            unit,
            List.of(profit, Terms.negation("turned", unit, profit)))
        : profit;
  }

  /// Options of one expiry in one column, leg by leg.
  Term legs(String name, int slotIndex, int column) {
    List<Term> legs = new ArrayList<>();
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      Contract contract = sweep.contract(instrument);
      OptionValues option = contract.option();
      if (contract.slot() == slotIndex && option != null && book.positions.quantity(row) != 0) {
        double amount =
            book.positions.quantity(row) * contract.contractsPerUnit() * contract.size();
        ExpiryMarket market = sweep.slots[slotIndex].expiry;
        double worth = option.priced || amount < 0 ? option.worth[column] : 0;
        legs.add(
            Terms.product(
                book.instruments.at(instrument).symbol(),
                unit,
                Terms.input("amount", amount, "contracts"),
                Terms.function(
                    "Black-76 value",
                    worth,
                    unit,
                    Terms.input("forward", market.forward[column], Terms.NUMERAIRE),
                    Terms.input("strike", option.strike, Terms.NUMERAIRE),
                    Terms.input("volatility before shocks", option.volatility, Terms.PLAIN),
                    Terms.input("years", market.years, Terms.PLAIN),
                    Terms.input("discount factor", market.discount, Terms.PLAIN))));
      }
    }
    return Terms.sum(name, unit, legs);
  }

  private Term basis() {
    return Terms.function("basis shock", sums.basisLoss, unit);
  }

  /// What the shocks of an expiry are.
  Term shocks(SlotSums slot) {
    ExpiryMarket it = slot.expiry;
    return Terms.function(
        "expiry " + it.expiryNs,
        it.years,
        "years",
        Terms.input("forward", it.forward[0], Terms.NUMERAIRE),
        Terms.input("rate", it.rate, Terms.PLAIN),
        Terms.input("discount factor", it.discount, Terms.PLAIN),
        Terms.input("volatility up", it.up, Terms.PLAIN),
        Terms.input("volatility down", it.down, Terms.PLAIN),
        Terms.input("static factor of positive values", it.longFactor, Terms.PLAIN),
        Terms.input("static factor of negative values", it.shortFactor, Terms.PLAIN),
        Terms.input("delta", slot.delta, Terms.PLAIN));
  }
}
