package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.margin.Terms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The valuation of [SizedRatioModel] as a tree of terms, from the same lines.
final class SizedExplanation {
  private static final int WEIGHT_PLACES = 4;

  private final SizedRatioModel model;
  private final List<Term> collateral = new ArrayList<>();
  private final List<Term> requirement = new ArrayList<>();

  SizedExplanation(SizedRatioModel model) {
    this.model = model;
  }

  Term explain(int account) {
    collect(account, Level.MAINTENANCE);
    Term equity = Terms.sum("equity", collateral);
    Term maintenance = Terms.sum("maintenance margin", requirement);
    collect(account, model.initialLevel());
    long buffered = model.bufferedE6(account);
    return Terms.whole(
        List.of(
            equity,
            Terms.sum("initial equity", collateral),
            maintenance,
            Terms.sum("initial margin", requirement),
            Terms.of(
                "maintenance margin with buffer",
                Operation.SUM,
                buffered,
                maintenance,
                Terms.input("buffer on liabilities", model.liabilityE6, 6, Terms.NUMERAIRE)),
            netValue(account)));
  }

  private void collect(int account, Level level) {
    collateral.clear();
    requirement.clear();
    long floor = model.floorE4(account, level);
    model.pairs.gather(account);
    for (int asset = 0; asset < model.book.assets.size(); asset++) {
      if (!model.pairs.isTouched(asset)) {
        continue;
      }
      if (asset == model.quote) {
        addQuote(level);
      } else {
        model.openSpot(asset, level, model.book.assets.price(asset), floor);
        model.spot.weighWorse(
            model.held(asset, level), model.pairs.bidsMinor(asset), model.pairs.asksMinor(asset));
        addSpot(asset);
      }
    }
    Positions positions = model.book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!model.pairs.isPair(instrument)) {
        model.openContract(account, row, level);
        addContract(row, instrument, level);
      }
      addCharge(model.orders(row, instrument), model.book.instruments.at(instrument).symbol());
    }
    for (int i = 0; i < model.book.instruments.size(); i++) {
      String symbol = model.book.instruments.at(i).symbol();
      Decimal stated = model.parameters.openOrders().get(symbol);
      if (stated != null && positions.find(account, i) == Positions.NONE) {
        addCharge(stated.units(), symbol);
      }
    }
  }

  private void addQuote(Level level) {
    long amount = model.held(model.quote, level);
    long value = model.quoteValueE6(amount, level);
    long price = model.book.assets.price(model.quote);
    long used =
        amount > 0 ? model.low(model.quote, level, price) : model.high(model.quote, level, price);
    addSigned(
        symbol(model.quote), product("balance value", model.quote, amount, used, value), value);
  }

  /// A value above zero is collateral; one below is required.
  private void addSigned(String name, Term value, long valueE6) {
    if (valueE6 >= 0) {
      collateral.add(Terms.of(name, Operation.SUM, valueE6, value));
    } else {
      requirement.add(Terms.of(name, Operation.NEGATION, -valueE6, value));
    }
  }

  private void addSpot(int asset) {
    SpotLine line = model.spot;
    Term value = product("balance value", asset, line.amountMinor, line.heldPrice(), line.valueE6);
    if (line.filledMinor != 0) {
      Term payment =
          product("payment for orders", asset, -line.filledMinor, line.orderPrice(), line.ordersE6);
      value =
          Terms.of("value with orders filled", Operation.DIFFERENCE, line.heldE6, value, payment);
      addSigned(symbol(asset) + " orders", payment, line.ordersE6);
    }
    Term weight =
        new Term(
            "weight",
            Operation.FUNCTION,
            BigDecimal.valueOf(line.weightE4, WEIGHT_PLACES),
            "1",
            List.of(amount("amount", asset, line.heldMinor)));
    addSigned(
        symbol(asset),
        Terms.of("weighed value", Operation.PRODUCT, line.weighedE6, value, weight),
        line.weighedE6);
  }

  private void addContract(int row, int instrument, Level level) {
    LinearContract terms = model.book.instruments.at(instrument);
    ContractLine line = model.contract;
    int asset = model.book.instruments.settlementAsset(instrument);
    long price = model.book.assets.price(asset);
    Term mark =
        Terms.input(
            "mark", model.book.instruments.mark(instrument), terms.priceScale(), symbol(asset));
    Term size = Terms.input("contract size", terms.contractSize(), 0, "1");
    Term worst = quantity("worst quantity", Math.abs(line.worstUnits), terms);
    Term notional =
        Terms.of(
            "notional",
            Operation.PRODUCT,
            line.notionalE6,
            worst,
            mark,
            size,
            price(asset, model.high(asset, level, price)));
    Term ratio =
        new Term(
            "ratio",
            Operation.FUNCTION,
            BigDecimal.valueOf(line.ratioE4, WEIGHT_PLACES),
            "1",
            List.of(worst));
    requirement.add(
        Terms.of(terms.symbol(), Operation.PRODUCT, line.requirementE6, notional, ratio));
    collateral.add(result(row, instrument, level, mark, size));
  }

  private Term result(int row, int instrument, Level level, Term mark, Term size) {
    LinearContract terms = model.book.instruments.at(instrument);
    ContractLine line = model.contract;
    int asset = model.book.instruments.settlementAsset(instrument);
    Asset settlement = model.book.assets.at(asset);
    BigDecimal cost =
        BigDecimal.valueOf(
            -Math.floorDiv(
                -model.book.positions.cost(row), model.book.instruments.ticksPerMinor(instrument)),
            settlement.scale());
    BigDecimal profit = BigDecimal.valueOf(line.profitMinor, settlement.scale());
    Term value =
        new Term(
            "value at mark",
            Operation.PRODUCT,
            profit.add(cost),
            settlement.symbol(),
            List.of(quantity("quantity", line.quantityUnits, terms), mark, size));
    Term net =
        new Term(
            "unrealised result",
            Operation.DIFFERENCE,
            profit,
            settlement.symbol(),
            List.of(value, Term.input("cost", cost, settlement.symbol())));
    Term weight =
        new Term(
            "weight",
            Operation.FUNCTION,
            BigDecimal.valueOf(line.profitWeightE4, WEIGHT_PLACES),
            "1",
            List.of(net));
    long price = model.book.assets.price(asset);
    long used =
        line.profitMinor > 0 ? model.low(asset, level, price) : model.high(asset, level, price);
    if (level != Level.INITIAL || line.profitE6 <= 0) {
      return Terms.of(
          terms.symbol(), Operation.PRODUCT, line.profitE6, net, weight, price(asset, used));
    }
    long uncapped = line.uncappedProfitE6;
    return Terms.of(
        terms.symbol(),
        Operation.MINIMUM,
        line.profitE6,
        Terms.of("weighed result", Operation.PRODUCT, uncapped, net, weight, price(asset, used)),
        Terms.input("most that counts", model.parameters.profitCapE6(), 6, Terms.NUMERAIRE));
  }

  private void addCharge(long orders, String symbol) {
    if (orders > 0) {
      long charge = model.parameters.orderChargeE6();
      requirement.add(
          Terms.of(
              symbol + " open orders",
              Operation.PRODUCT,
              Math.multiplyExact(orders, charge),
              Terms.input("orders", orders, 0, "1"),
              Terms.input("charge", charge, 6, Terms.NUMERAIRE)));
    }
  }

  private Term netValue(int account) {
    List<Term> parts = new ArrayList<>();
    Positions positions = model.book.positions;
    model.pairs.gather(account);
    for (int asset = 0; asset < model.book.assets.size(); asset++) {
      long amount = model.pairs.amountMinor(asset);
      if (amount != 0) {
        long value = model.book.assets.valueE6(asset, amount, Rounding.FLOOR);
        parts.add(product(symbol(asset), asset, amount, model.book.assets.price(asset), value));
      }
    }
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!model.pairs.isPair(instrument)) {
        model.openContract(account, row, Level.MAINTENANCE);
        int asset = model.book.instruments.settlementAsset(instrument);
        long price = model.book.assets.price(asset);
        parts.add(
            Terms.of(
                model.book.instruments.at(instrument).symbol(),
                Operation.PRODUCT,
                model.contract.value(model.contract.profitMinor, price),
                amount("unrealised result", asset, model.contract.profitMinor),
                price(asset, price)));
      }
    }
    return Terms.sum("net value", parts);
  }

  private Term product(String name, int asset, long minor, long priceUnits, long valueE6) {
    return Terms.of(
        name,
        Operation.PRODUCT,
        valueE6,
        amount("balance", asset, minor),
        price(asset, priceUnits));
  }

  private Term amount(String name, int asset, long minor) {
    return Terms.input(name, minor, model.book.assets.at(asset).scale(), symbol(asset));
  }

  private Term price(int asset, long units) {
    return Terms.input("price", units, model.book.assets.at(asset).priceScale(), Terms.NUMERAIRE);
  }

  private static Term quantity(String name, long units, LinearContract contract) {
    return Term.input(
        name, BigDecimal.valueOf(units).movePointLeft(contract.quantityScale()), "contracts");
  }

  private String symbol(int asset) {
    return model.book.assets.at(asset).symbol();
  }
}
