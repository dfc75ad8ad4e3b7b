package io.evenkeel.engine.margin.debt;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// The valuation of a borrowing account as a tree of terms. Terms of equity and requirement are in
/// whole millionths of the numeraire, rounded as the engine rounds; those of the health factor and
/// of what may be borrowed are exact.
final class DebtExplanation {
  private static final String UNIT = "numeraire";
  private static final int NUMERAIRE_SCALE = 6;

  private final Book book;
  private final DebtTerms terms;
  private final DebtModel model;

  DebtExplanation(Book book, DebtTerms terms, DebtModel model) {
    this.book = book;
    this.terms = terms;
    this.model = model;
  }

  /// The tree of one account. `health factor` is left out where nothing is owed: it has no bound
  /// there.
  Term of(int account) {
    int category = terms.categoryInForce(account);
    Term equity = equity(account, category, true, "equity", true);
    Term required = required(account, category, "maintenance margin", true);
    List<Term> children = new ArrayList<>();
    children.add(equity);
    children.add(equity(account, category, false, "initial equity", true));
    children.add(required);
    children.add(required(account, category, "initial margin", true));
    children.add(collateral(account, category, "collateral", false));
    Term debt = required(account, category, "debt", false);
    children.add(debt);
    if (debt.value().signum() != 0) {
      Term backing = equity(account, category, true, "collateral at thresholds", false);
      children.add(computed("health factor", Operation.RATIO, "1", List.of(backing, debt)));
    }
    Term power = equity(account, category, false, "borrowing power", false);
    Term left = computed("power left", Operation.DIFFERENCE, UNIT, List.of(power, debt));
    Term nothing = Term.input("nothing", BigDecimal.ZERO, UNIT);
    children.add(computed("available borrows", Operation.MAXIMUM, UNIT, List.of(nothing, left)));
    return new Term(
        "account", Operation.FUNCTION, equity.value().subtract(required.value()), UNIT, children);
  }

  private Term equity(
      int account, int category, boolean maintenance, String name, boolean rounded) {
    List<Term> parts = new ArrayList<>();
    if (terms.averages()) {
      Decimal average = model.average(account, category, maintenance);
      Term weight =
          new Term(
              maintenance ? "average threshold" : "average loan-to-value",
              Operation.FUNCTION,
              toBig(average),
              "1",
              weights(account, category, maintenance));
      parts.add(
          product(
              "weighted collateral",
              List.of(collateral(account, category, "collateral", rounded), weight),
              rounded,
              RoundingMode.FLOOR));
    } else {
      forEachCollateral(
          account,
          category,
          asset -> {
            Term weight =
                Term.input("weight", toBig(model.weight(asset, category, maintenance)), "1");
            Term value = value(account, asset, category, rounded);
            parts.add(product(symbol(asset), List.of(value, weight), rounded, RoundingMode.FLOOR));
          });
    }
    profits(account, rounded, parts);
    return sum(name, parts);
  }

  private List<Term> weights(int account, int category, boolean maintenance) {
    List<Term> weights = new ArrayList<>();
    forEachCollateral(
        account,
        category,
        asset ->
            weights.add(
                Term.input(symbol(asset), toBig(model.weight(asset, category, maintenance)), "1")));
    return weights;
  }

  private Term collateral(int account, int category, String name, boolean rounded) {
    List<Term> parts = new ArrayList<>();
    forEachCollateral(
        account, category, asset -> parts.add(value(account, asset, category, rounded)));
    return sum(name, parts);
  }

  private Term value(int account, int asset, int category, boolean rounded) {
    long counted = terms.countedMinor(asset, category, book.ledger.marginBalance(account, asset));
    return product(
        symbol(asset),
        List.of(amount("counted", asset, counted), price(asset, category)),
        rounded,
        RoundingMode.FLOOR);
  }

  private Term required(int account, int category, String name, boolean rounded) {
    List<Term> parts = new ArrayList<>();
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance < 0) {
        Term value =
            product(
                "value",
                List.of(amount("owed", asset, -balance), price(asset, category)),
                rounded,
                RoundingMode.CEILING);
        Term weight = Term.input("debt weight", toBig(terms.debtWeight(asset)), "1");
        parts.add(product(symbol(asset), List.of(value, weight), rounded, RoundingMode.CEILING));
      }
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      parts.add(
          new Term(
              "notional of " + book.instruments.at(instrument).symbol(),
              Operation.FUNCTION,
              BigDecimal.valueOf(model.rowNotionalE6(row), NUMERAIRE_SCALE),
              UNIT,
              List.of()));
    }
    return sum(name, parts);
  }

  private void profits(int account, boolean rounded, List<Term> parts) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long profit = 0;
      boolean settles = false;
      for (int row = book.positions.first(account);
          row != Positions.NONE;
          row = book.positions.next(row)) {
        int instrument = book.positions.instrument(row);
        if (book.instruments.settlementAsset(instrument) == asset) {
          settles = true;
          profit += model.profitMinor(row);
        }
      }
      if (settles) {
        parts.add(
            product(
                "profit in " + symbol(asset),
                List.of(amount("profit", asset, profit), price(asset, DebtTerms.NO_CATEGORY)),
                rounded,
                RoundingMode.FLOOR));
      }
    }
  }

  private interface AssetVisitor {
    void visit(int asset);
  }

  private void forEachCollateral(int account, int category, AssetVisitor visitor) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.ledger.marginBalance(account, asset) > 0 && model.isCollateral(asset, category)) {
        visitor.visit(asset);
      }
    }
  }

  private Term amount(String name, int asset, long amountMinor) {
    return Term.input(
        name, BigDecimal.valueOf(amountMinor, book.assets.at(asset).scale()), symbol(asset));
  }

  private Term price(int asset, int category) {
    int priced = terms.priced(asset, category);
    return Term.input(
        "price of " + symbol(priced),
        BigDecimal.valueOf(book.assets.price(priced), book.assets.at(priced).priceScale()),
        UNIT);
  }

  private String symbol(int asset) {
    return book.assets.at(asset).symbol();
  }

  private static BigDecimal toBig(Decimal decimal) {
    return BigDecimal.valueOf(decimal.units(), decimal.scale());
  }

  private static Term product(
      String name, List<Term> factors, boolean rounded, RoundingMode rounding) {
    BigDecimal exact = java.util.Objects.requireNonNull(Operation.PRODUCT.apply(factors));
    return new Term(
        name,
        Operation.PRODUCT,
        rounded ? exact.setScale(NUMERAIRE_SCALE, rounding) : exact,
        UNIT,
        factors);
  }

  private static Term sum(String name, List<Term> parts) {
    return computed(name, Operation.SUM, UNIT, parts);
  }

  private static Term computed(String name, Operation operation, String unit, List<Term> parts) {
    return new Term(
        name, operation, java.util.Objects.requireNonNull(operation.apply(parts)), unit, parts);
  }
}
