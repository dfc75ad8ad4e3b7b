package io.evenkeel.engine.margin.options;

import static io.evenkeel.engine.margin.options.MarginTree.input;
import static io.evenkeel.engine.margin.options.MarginTree.term;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import java.util.ArrayList;
import java.util.List;

/// The options of one series as terms.
final class OptionTree {
  private final Book book;
  private final ContractTable contracts;
  private final AccountWalk walk;
  private final SeriesMargin series;
  private final String unit;
  private final MarketRates rates;
  private final int expiry;

  OptionTree(
      Book book, ContractTable contracts, AccountWalk walk, SeriesMargin series, String unit) {
    this.book = book;
    this.contracts = contracts;
    this.walk = walk;
    this.series = series;
    this.unit = unit;
    int underlying = contracts.underlying[series.instrument[0]];
    rates = walk.rates(underlying);
    expiry = walk.inputs().expiry(underlying, contracts.expiryNs[series.instrument[0]]);
  }

  /// What all are worth, before what was paid for them.
  List<Term> worth() {
    List<Term> legs = new ArrayList<>();
    for (int leg = 0; leg < series.count; leg++) {
      legs.add(
          term(
              symbol(leg),
              Operation.PRODUCT,
              series.amount[leg] * series.value[leg],
              unit,
              quantity(leg),
              value(leg)));
    }
    return legs;
  }

  /// What all add to a surplus.
  Term margin(boolean initial) {
    Term alone = term("each by itself", Operation.SUM, series.alone(initial), unit, legs(initial));
    if (!series.grantsRelief()) {
      return term("margin", Operation.SUM, series.margin(initial), unit, alone);
    }
    Term together =
        term(
            "all together",
            Operation.SUM,
            series.together(initial),
            unit,
            worstPayoff(),
            unpaired(initial));
    return term("margin", Operation.MAXIMUM, series.margin(initial), unit, alone, together);
  }

  private List<Term> legs(boolean initial) {
    List<Term> legs = new ArrayList<>();
    for (int leg = 0; leg < series.count; leg++) {
      if (series.amount[leg] < 0) {
        legs.add(
            term(
                symbol(leg),
                Operation.PRODUCT,
                series.alone(leg, initial),
                unit,
                quantity(leg),
                initial ? initial(leg) : maintenance(leg)));
      }
    }
    return legs;
  }

  private Term maintenance(int leg) {
    double base = series.base[leg];
    double value = series.value[leg];
    double worth = series.maintenanceEach[leg];
    if (contracts.call[series.instrument[leg]]) {
      return term(
          "requirement of one",
          Operation.SUM,
          worth,
          unit,
          value(leg),
          share(leg, "maintenanceCallRate", rates.maintenanceCallRate));
    }
    Term larger =
        term(
            "larger share",
            Operation.MAXIMUM,
            Math.max(rates.maintenancePutRate * base, rates.maintenancePutValueRate * value),
            unit,
            share(leg, "maintenancePutRate", rates.maintenancePutRate),
            term(
                "share of value",
                Operation.PRODUCT,
                rates.maintenancePutValueRate * value,
                unit,
                input("maintenancePutValueRate", rates.maintenancePutValueRate, "1"),
                value(leg)));
    return term("requirement of one", Operation.SUM, worth, unit, value(leg), larger);
  }

  private Term initial(int leg) {
    double out = series.outOfTheMoney[leg];
    double rate = Math.max(rates.maximumRate - out, rates.minimumRate);
    Term rateTerm =
        term(
            "rate",
            Operation.MAXIMUM,
            rate,
            "1",
            term(
                "rate by distance",
                Operation.DIFFERENCE,
                rates.maximumRate - out,
                "1",
                input("maximumRate", rates.maximumRate, "1"),
                input("out of the money", out, "1")),
            input("minimumRate", rates.minimumRate, "1"));
    double base = series.base[leg];
    Term share =
        term(
            "share of reference price",
            Operation.PRODUCT,
            rate * base,
            unit,
            rateTerm,
            input("reference price", base, unit));
    double simple = series.value[leg] + rate * base;
    if (contracts.call[series.instrument[leg]]) {
      return term("requirement of one", Operation.SUM, simple, unit, value(leg), share);
    }
    Term scaled =
        term(
            "scaled maintenance",
            Operation.PRODUCT,
            rates.initialPutFactor * series.maintenanceEach[leg],
            unit,
            input("initialPutFactor", rates.initialPutFactor, "1"),
            maintenance(leg));
    return term(
        "requirement of one",
        Operation.MAXIMUM,
        series.initialEach[leg],
        unit,
        term("by distance", Operation.SUM, simple, unit, value(leg), share),
        scaled);
  }

  private Term share(int leg, String name, double rate) {
    double base = series.base[leg];
    return term(
        "share of reference price",
        Operation.PRODUCT,
        rate * base,
        unit,
        input(name, rate, "1"),
        input("reference price", base, unit));
  }

  private Term worstPayoff() {
    List<Term> payoffs = new ArrayList<>();
    payoffs.add(input("nothing lost", 0, unit));
    payoffs.add(payoff(0));
    for (int leg = 0; leg < series.count; leg++) {
      if (series.amount[leg] != 0) {
        payoffs.add(payoff(series.strike(leg)));
      }
    }
    return term("worst payoff", Operation.MINIMUM, series.worstPayoff(), unit, payoffs);
  }

  private Term payoff(double price) {
    return term(
        "payoff", Operation.FUNCTION, series.payoff(price), unit, input("price", price, unit));
  }

  private Term unpaired(boolean initial) {
    double calls = series.calls();
    Term unpairedCalls =
        term(
            "unpaired calls",
            Operation.MINIMUM,
            Math.min(0, calls),
            "contracts",
            input("no calls", 0, "contracts"),
            input("net calls", calls, "contracts"));
    return term(
        "charge for unpaired calls",
        Operation.PRODUCT,
        series.unpaired(initial),
        unit,
        input(
            initial ? "unpairedInitialFactor" : "unpairedMaintenanceFactor",
            series.unpairedFactor(initial),
            "1"),
        input("forward", series.forward(), unit),
        unpairedCalls);
  }

  private Term quantity(int leg) {
    return input("quantity", series.amount[leg], "contracts");
  }

  private Term value(int leg) {
    int instrument = series.instrument[leg];
    MarketInputs inputs = walk.inputs();
    if (inputs.isMarked(instrument, expiry, series.forward())) {
      return input("mark", series.value[leg], unit);
    }
    return term(
        contracts.inverse[instrument] ? "Black-76 value over forward" : "Black-76 value",
        Operation.FUNCTION,
        series.value[leg],
        unit,
        input("forward", series.forward(), "numeraire"),
        input("strike", contracts.strike[instrument], "numeraire"),
        input("volatility", inputs.volatility(instrument, expiry), "1"),
        input("years", inputs.years(contracts.expiryNs[instrument]), "years"));
  }

  private String symbol(int leg) {
    return book.instruments.at(series.instrument[leg]).symbol();
  }
}
