package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.StandardOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// An account as a tree of terms. Terms carry the doubles they were computed as, so a parent agrees
/// with its children to about 15 digits; the four figures below the root are rounded as
/// [StandardOptionsModel#assess] rounds them.
final class MarginTree implements MarginSink {
  private static final String NUMERAIRE = "numeraire";

  private final Book book;
  private final ContractTable contracts;
  private final AccountWalk walk;
  private final StandardOptions parameters;
  private final MarginSums sums = new MarginSums();
  private final List<Term> values = new ArrayList<>();
  private final List<Term> maintenances = new ArrayList<>();
  private final List<Term> initials = new ArrayList<>();

  MarginTree(Book book, ContractTable contracts, AccountWalk walk, StandardOptions parameters) {
    this.book = book;
    this.contracts = contracts;
    this.walk = walk;
    this.parameters = parameters;
  }

  static Term term(String name, Operation operation, double value, String unit, Term... children) {
    return term(name, operation, value, unit, List.of(children));
  }

  static Term term(
      String name, Operation operation, double value, String unit, List<Term> children) {
    return new Term(name, operation, BigDecimal.valueOf(value), unit, children);
  }

  static Term input(String name, double value, String unit) {
    return Term.input(name, BigDecimal.valueOf(value), unit);
  }

  private static Term rounded(String name, Operation operation, long valueE6, List<Term> children) {
    return new Term(name, operation, BigDecimal.valueOf(valueE6, 6), NUMERAIRE, children);
  }

  /// The tree of all that was told.
  Term root() {
    long maintenanceE6 = Doubles.floorE6(sums.maintenance);
    long initialE6 = Doubles.floorE6(sums.initial);
    long valueE6 = Doubles.floorE6(sums.marketValue);
    Term maintenance = rounded("maintenance surplus", Operation.SUM, maintenanceE6, maintenances);
    Term initial = rounded("initial surplus", Operation.SUM, initialE6, initials);
    Term equity =
        valueE6 >= maintenanceE6
            ? rounded("equity", Operation.SUM, valueE6, values)
            : rounded(
                "equity",
                Operation.MAXIMUM,
                maintenanceE6,
                List.of(rounded("market value", Operation.SUM, valueE6, values), maintenance));
    long equityE6 = Math.max(valueE6, maintenanceE6);
    Term initialEquity = rounded("initial equity", Operation.SUM, equityE6, List.of(equity));
    return rounded(
        "account",
        Operation.FUNCTION,
        equityE6,
        List.of(
            equity,
            initialEquity,
            rounded(
                "maintenance margin",
                Operation.DIFFERENCE,
                equityE6 - maintenanceE6,
                List.of(equity, maintenance)),
            rounded(
                "initial margin",
                Operation.DIFFERENCE,
                equityE6 - initialE6,
                List.of(initialEquity, initial))));
  }

  @Override
  public void balance(
      int asset,
      double amount,
      double price,
      double stable,
      double counted,
      Decimal maintenanceWeight,
      Decimal initialWeight) {
    sums.balance(asset, amount, price, stable, counted, maintenanceWeight, initialWeight);
    String symbol = book.assets.at(asset).symbol();
    Term priceTerm = input("price", price, NUMERAIRE);
    double weight = amount < 0 ? Doubles.of(maintenanceWeight) : 1;
    Term product =
        term(
            symbol,
            Operation.PRODUCT,
            amount * price * weight,
            NUMERAIRE,
            input("balance", amount, symbol),
            priceTerm,
            input(amount < 0 ? "debt weight" : "full weight", weight, "1"));
    values.add(
        stable == 1
            ? product
            : term(
                symbol,
                Operation.RATIO,
                amount * price * weight / stable,
                NUMERAIRE,
                product,
                input("stable price", stable, "1")));
    Term countedTerm = input("balance that counts", counted, symbol);
    maintenances.add(weighed(symbol, countedTerm, priceTerm, maintenanceWeight));
    initials.add(weighed(symbol, countedTerm, priceTerm, initialWeight));
  }

  private static Term weighed(String symbol, Term counted, Term price, Decimal weight) {
    double value = counted.value().doubleValue() * price.value().doubleValue() * Doubles.of(weight);
    return term(
        symbol,
        Operation.PRODUCT,
        value,
        NUMERAIRE,
        counted,
        price,
        input("weight", Doubles.of(weight), "1"));
  }

  @Override
  public void future(FutureLine line) {
    sums.future(line);
    String symbol = book.instruments.at(line.instrument).symbol();
    String unit = settlementSymbol(line.instrument);
    boolean inverse = contracts.isInverseFuture(line.instrument);
    int sign = inverse ? -1 : 1;
    Term mark = input(inverse ? "one over the mark" : "mark", line.mark, unit);
    Term profit =
        term(
            "profit",
            Operation.SUM,
            line.profit,
            unit,
            term(
                "profit by price",
                Operation.DIFFERENCE,
                line.profit - line.funding,
                unit,
                term(
                    "value",
                    Operation.PRODUCT,
                    sign * line.quantity * line.mark,
                    unit,
                    input(
                        sign < 0 ? "quantity owed in coin" : "quantity",
                        sign * line.quantity,
                        "contracts"),
                    mark),
                input("cost", line.cost, unit)),
            input("funding due", line.funding, unit));
    Term settlement = input("settlement price", line.settlementPrice, NUMERAIRE);
    values.add(inNumeraire(symbol, profit, settlement));
    Term maintenance =
        term(
            "requirement",
            Operation.PRODUCT,
            line.maintenance(),
            unit,
            input("size", Math.abs(line.quantity), "contracts"),
            mark,
            rate(line, line.coins, line.maintenanceRate, false));
    maintenances.add(inNumeraire(symbol, less(profit, unit, maintenance), settlement));
    Term initial =
        term(
            "requirement",
            Operation.PRODUCT,
            line.initial() - line.orderLoss,
            unit,
            input("size with open orders", line.quantityWithOrders, "contracts"),
            mark,
            rate(line, line.coinsWithOrders, line.initialRate, true));
    initials.add(
        inNumeraire(
            symbol,
            less(profit, unit, initial, input("loss of open orders", line.orderLoss, unit)),
            settlement));
  }

  private Term rate(FutureLine line, double coins, double rate, boolean initial) {
    MarketRates rates = walk.rates(contracts.underlying[line.instrument]);
    double base = initial ? rates.futureInitialRate : rates.futureMaintenanceRate;
    double slope = initial ? rates.futureInitialRatePerCoin : rates.futureMaintenanceRatePerCoin;
    double bySize = base + slope * coins;
    Term grown =
        term(
            "rate by size",
            Operation.SUM,
            bySize,
            "1",
            input("rate", base, "1"),
            term(
                "rate of size",
                Operation.PRODUCT,
                slope * coins,
                "1",
                input("rate per coin", slope, "1"),
                input("coins", coins, "coins")));
    return rate == bySize
        ? grown
        : term(
            "rate",
            Operation.MAXIMUM,
            rate,
            "1",
            grown,
            input("rate of chosen leverage", rate, "1"));
  }

  private static Term less(Term profit, String unit, Term... requirements) {
    List<Term> children = new ArrayList<>();
    children.add(profit);
    double left = profit.value().doubleValue();
    for (Term requirement : requirements) {
      children.add(requirement);
      left -= requirement.value().doubleValue();
    }
    return term("surplus", Operation.DIFFERENCE, left, unit, children);
  }

  private static Term inNumeraire(String name, Term amount, Term settlementPrice) {
    double value = amount.value().doubleValue() * settlementPrice.value().doubleValue();
    return term(name, Operation.PRODUCT, value, NUMERAIRE, amount, settlementPrice);
  }

  @Override
  public void series(SeriesMargin series, double premium, double orders, double settlementPrice) {
    sums.series(series, premium, orders, settlementPrice);
    String name = seriesName(series.instrument[0]);
    String unit = settlementSymbol(series.instrument[0]);
    OptionTree options = new OptionTree(book, contracts, walk, series, unit);
    Term settlement = input("settlement price", settlementPrice, NUMERAIRE);
    Term paid = input("premium not settled", premium, unit);
    Term worth = term("value", Operation.SUM, series.worth(), unit, options.worth());
    values.add(inNumeraire(name, less(worth, unit, paid), settlement));
    maintenances.add(inNumeraire(name, less(options.margin(false), unit, paid), settlement));
    Term ordered = input("charge for open orders", orders, unit);
    initials.add(inNumeraire(name, less(options.margin(true), unit, paid, ordered), settlement));
  }

  /// How a series is called: underlying, settlement asset and the second at which it expires.
  private String seriesName(int instrument) {
    return book.assets.at(contracts.underlying[instrument]).symbol()
        + " options in "
        + settlementSymbol(instrument)
        + " expiring "
        + contracts.expiryNs[instrument] / 1_000_000_000L;
  }

  private String settlementSymbol(int instrument) {
    return book.assets.at(contracts.settlement[instrument]).symbol();
  }

  @Override
  public void addition(Addition what, int subject, double coins, double price, double rate) {
    sums.addition(what, subject, coins, price, rate);
    Term charge =
        term(
            "charge",
            Operation.PRODUCT,
            coins * price * rate,
            NUMERAIRE,
            input("exposure", coins, "coins"),
            input("price", price, NUMERAIRE),
            rate(what, subject, rate));
    initials.add(
        term(name(what, subject), Operation.NEGATION, -coins * price * rate, NUMERAIRE, charge));
  }

  private String name(Addition what, int subject) {
    return switch (what) {
      case FUTURE_PRICE -> "weak price of " + book.instruments.at(subject).symbol();
      case OPTION_PRICE -> "weak price of " + seriesName(subject);
      case COLLATERAL_PRICE -> "weak price of " + book.assets.at(subject).symbol();
      case LOST_PEG ->
          "lost peg, " + (subject < 0 ? "no underlying" : book.assets.at(subject).symbol());
    };
  }

  private Term rate(Addition what, int subject, double rate) {
    boolean peg = what == Addition.LOST_PEG;
    double full = peg ? Doubles.of(parameters.depeg().threshold()) : 1;
    double actual = Doubles.of(peg ? walk.stablePrice() : confidence(what, subject));
    double factor = peg ? Doubles.of(parameters.depeg().factor()) : oracleFactor(what, subject);
    Term missing =
        term(
            peg ? "below the threshold" : "doubt",
            Operation.DIFFERENCE,
            full - actual,
            "1",
            input(peg ? "depeg threshold" : "certainty", full, "1"),
            input(peg ? "stable price" : "confidence", actual, "1"));
    Term factorTerm = input(peg ? "depeg factor" : "oracle factor", factor, "1");
    return term("rate", Operation.PRODUCT, rate, "1", missing, factorTerm);
  }

  private Decimal confidence(Addition what, int subject) {
    MarketInputs inputs = walk.inputs();
    if (what == Addition.COLLATERAL_PRICE) {
      return inputs.spotConfidence(subject);
    }
    int underlying = contracts.underlying[subject];
    return what == Addition.FUTURE_PRICE
        ? inputs.markConfidence(underlying, subject)
        : inputs.expiryConfidence(
            underlying, inputs.expiry(underlying, contracts.expiryNs[subject]));
  }

  private double oracleFactor(Addition what, int subject) {
    boolean ofAsset = what == Addition.COLLATERAL_PRICE;
    return walk.rates(ofAsset ? subject : contracts.underlying[subject]).oracleFactor;
  }
}
