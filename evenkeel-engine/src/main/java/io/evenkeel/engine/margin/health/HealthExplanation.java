package io.evenkeel.engine.margin.health;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.margin.Terms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// The valuation of [HealthModel] as a tree of terms, from the same lines.
final class HealthExplanation {
  private static final int WEIGHT_PLACES = 12;

  private final HealthModel model;
  private final List<Term> positive = new ArrayList<>();
  private final List<Term> negative = new ArrayList<>();

  HealthExplanation(HealthModel model) {
    this.model = model;
  }

  Term explain(int account) {
    collect(account, HealthKind.MAINTENANCE);
    Term equity = Terms.sum("equity", positive);
    Term maintenance = Terms.sum("maintenance margin", negative);
    collect(account, HealthKind.INITIAL);
    Term initialEquity = Terms.sum("initial equity", positive);
    Term initial = Terms.sum("initial margin", negative);
    collect(account, HealthKind.LIQUIDATION_END);
    Term end = health("liquidation end health", positive, negative);
    List<Term> children = new ArrayList<>(List.of(equity, initialEquity, maintenance, initial));
    children.add(health("maintenance health", List.of(equity), List.of(maintenance)));
    children.add(health("initial health", List.of(initialEquity), List.of(initial)));
    children.add(end);
    children.add(leverage(account));
    return Terms.whole(children);
  }

  private static Term health(String name, List<Term> assets, List<Term> debts) {
    Term first = Terms.sum("assets", assets);
    Term second = Terms.sum("debts", debts);
    return new Term(
        name,
        Operation.DIFFERENCE,
        first.value().subtract(second.value()),
        Terms.NUMERAIRE,
        List.of(first, second));
  }

  private void collect(int account, HealthKind kind) {
    positive.clear();
    negative.clear();
    model.ready(account, kind);
    for (int asset = 0; asset < model.tokens.length; asset++) {
      if (model.pairs.isTouched(asset) || model.tokens[asset].balanceMinor != 0) {
        addToken(account, asset, kind);
      }
    }
    model.ready(account, kind);
    Positions positions = model.book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (model.pairs.isPair(instrument) && positions.hasOrders(row)) {
        addOrders(row, instrument);
      }
    }
  }

  private void addToken(int account, int asset, HealthKind kind) {
    Token token = model.tokens[asset];
    long balance = token.balanceMinor;
    long contribution = token.contributionE6();
    boolean debt = balance < 0;
    Term price = price(asset, debt ? token.highUnits : token.lowUnits);
    Term weight = weight("weight", debt ? token.debtE12 : token.assetE12);
    Term value =
        Terms.of(
            "weighed value",
            Operation.PRODUCT,
            contribution,
            effective(account, asset, balance, kind),
            price,
            weight);
    if (contribution >= 0) {
      positive.add(Terms.of(symbol(asset), Operation.SUM, contribution, value));
    } else {
      negative.add(Terms.of(symbol(asset), Operation.NEGATION, -contribution, value));
    }
  }

  /// The balance that is weighed: what is held freely and the weighed results of contracts.
  private Term effective(int account, int asset, long balance, HealthKind kind) {
    List<Term> parts = new ArrayList<>();
    Positions positions = model.book.positions;
    long results = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!model.pairs.isPair(instrument)
          && model.book.instruments.settlementAsset(instrument) == asset) {
        model.weighContract(row, instrument, kind);
        results += model.contract.weighedMinor;
        parts.add(contract(instrument, asset));
      }
    }
    parts.addFirst(amount("free balance", asset, balance - results));
    return new Term(
        "effective balance", Operation.SUM, minor(asset, balance), symbol(asset), parts);
  }

  private Term contract(int instrument, int asset) {
    ContractHealth line = model.contract;
    Term worst =
        new Term(
            "worse outcome of orders",
            Operation.MINIMUM,
            minor(asset, Math.min(line.bids.sumMinor(), line.asks.sumMinor())),
            symbol(asset),
            List.of(
                outcome("all bids filled", line.bids, instrument, asset),
                outcome("all asks filled", line.asks, instrument, asset)));
    Term result =
        new Term(
            "result",
            Operation.SUM,
            minor(asset, line.resultMinor),
            symbol(asset),
            List.of(amount("money", asset, line.quoteMinor), worst));
    return new Term(
        model.book.instruments.at(instrument).symbol(),
        Operation.PRODUCT,
        minor(asset, line.weighedMinor),
        symbol(asset),
        List.of(result, weight("weight of the result", line.weightE12)));
  }

  private Term outcome(String name, ContractHealth.Outcome outcome, int instrument, int asset) {
    LinearContract contract = model.book.instruments.at(instrument);
    Term size = Terms.input("contract size", contract.contractSize(), 0, "1");
    Term position =
        new Term(
            "position",
            Operation.PRODUCT,
            minor(asset, outcome.weighedMinor),
            symbol(asset),
            List.of(
                quantity("quantity", outcome.netUnits, contract),
                Terms.input("mark", outcome.priceUnits, contract.priceScale(), symbol(asset)),
                size,
                weight("weight", outcome.weightE12)));
    Term money =
        new Term(
            "money for orders",
            Operation.PRODUCT,
            minor(asset, outcome.moneyMinor),
            symbol(asset),
            List.of(
                quantity("quantity sold", -outcome.filledUnits, contract),
                Terms.input("mark", outcome.orderPriceUnits, contract.priceScale(), symbol(asset)),
                size));
    return new Term(
        name,
        Operation.SUM,
        minor(asset, outcome.sumMinor()),
        symbol(asset),
        List.of(position, money));
  }

  private void addOrders(int row, int instrument) {
    int base = model.pairs.base(instrument);
    int quote = model.pairs.quote(instrument);
    model.reserve(row, instrument);
    SpotOrderHealth line = model.orders;
    long contribution = line.contributionE6(model.tokens[base], model.tokens[quote]);
    String name = model.book.instruments.at(instrument).symbol() + " orders";
    if (line.allAsBaseMinor() == 0 || line.allAsQuoteMinor() == 0) {
      return;
    }
    positive.add(
        Terms.of(
            name,
            Operation.MINIMUM,
            contribution,
            effect("all becomes " + symbol(base), line.base, base),
            effect("all becomes " + symbol(quote), line.quote, quote)));
  }

  private Term effect(String name, SpotOrderHealth.Effect effect, int asset) {
    Token token = model.tokens[asset];
    return Terms.of(
        name,
        Operation.SUM,
        effect.sumE6(),
        Terms.of(
            "held",
            Operation.PRODUCT,
            effect.assetE6,
            amount("amount", asset, effect.assetMinor),
            price(asset, token.lowUnits),
            weight("weight", token.assetE12)),
        Terms.of(
            "debt paid",
            Operation.PRODUCT,
            effect.debtE6,
            amount("amount", asset, effect.debtMinor),
            price(asset, token.highUnits),
            weight("weight", token.debtE12)));
  }

  /// Debts over what is left of assets, all unweighed and at prices of now; contracts count with
  /// both of their sides, and what orders reserve counts as held. What is left counts at least a
  /// thousandth.
  private Term leverage(int account) {
    List<Term> assets = new ArrayList<>();
    List<Term> debts = new ArrayList<>();
    Positions positions = model.book.positions;
    model.ready(account, HealthKind.MAINTENANCE);
    long[] free = new long[model.tokens.length];
    for (int asset = 0; asset < free.length; asset++) {
      free[asset] = model.pairs.amountMinor(asset);
    }
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (model.pairs.isPair(instrument)) {
        String name = model.book.instruments.at(instrument).symbol() + " reserved ";
        int base = model.pairs.base(instrument);
        int quote = model.pairs.quote(instrument);
        model.reserve(row, instrument);
        free[base] -= model.orders.reservedBaseMinor;
        free[quote] -= model.orders.reservedQuoteMinor;
        addFull(name + symbol(base), base, model.orders.reservedBaseMinor, assets, debts);
        addFull(name + symbol(quote), quote, model.orders.reservedQuoteMinor, assets, debts);
      }
    }
    for (int asset = 0; asset < free.length; asset++) {
      addFull(symbol(asset), asset, free[asset], assets, debts);
    }
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!model.pairs.isPair(instrument)) {
        int asset = model.book.instruments.settlementAsset(instrument);
        String name = model.book.instruments.at(instrument).symbol();
        long money =
            Math.floorDiv(-positions.cost(row), model.book.instruments.ticksPerMinor(instrument));
        addFull(name + " money", asset, money, assets, debts);
        addFull(
            name + " position",
            asset,
            Math.subtractExact(model.resultMinor(row, instrument), money),
            assets,
            debts);
      }
    }
    return ratio(Terms.sum("assets", assets), Terms.sum("debts", debts));
  }

  private static Term ratio(Term allAssets, Term allDebts) {
    BigDecimal net = allAssets.value().subtract(allDebts.value());
    Term floor = Terms.input("least that counts", 1, 3, Terms.NUMERAIRE);
    Term counted =
        new Term(
            "net value that counts",
            Operation.MAXIMUM,
            net.max(floor.value()),
            Terms.NUMERAIRE,
            List.of(
                new Term(
                    "net value",
                    Operation.DIFFERENCE,
                    net,
                    Terms.NUMERAIRE,
                    List.of(allAssets, allDebts)),
                floor));
    return new Term(
        "leverage",
        Operation.RATIO,
        allDebts.value().divide(counted.value(), MathContext.DECIMAL128),
        "1",
        List.of(allDebts, counted));
  }

  private void addFull(
      String name, int asset, long amountMinor, List<Term> assets, List<Term> debts) {
    if (amountMinor == 0) {
      return;
    }
    long value = model.book.assets.valueE6(asset, Math.abs(amountMinor), Rounding.FLOOR);
    (amountMinor > 0 ? assets : debts)
        .add(
            Terms.of(
                name,
                Operation.PRODUCT,
                value,
                amount("amount", asset, Math.abs(amountMinor)),
                price(asset, model.book.assets.price(asset))));
  }

  private Term price(int asset, long units) {
    return Terms.input("price", units, model.book.assets.at(asset).priceScale(), Terms.NUMERAIRE);
  }

  private Term amount(String name, int asset, long minor) {
    return Terms.input(name, minor, model.book.assets.at(asset).scale(), symbol(asset));
  }

  private BigDecimal minor(int asset, long amountMinor) {
    Asset it = model.book.assets.at(asset);
    return BigDecimal.valueOf(amountMinor, it.scale());
  }

  private static Term weight(String name, long weightE12) {
    return Terms.input(name, weightE12, WEIGHT_PLACES, "1");
  }

  private static Term quantity(String name, long units, LinearContract contract) {
    return Term.input(
        name, BigDecimal.valueOf(units).movePointLeft(contract.quantityScale()), "contracts");
  }

  private String symbol(int asset) {
    return model.book.assets.at(asset).symbol();
  }
}
