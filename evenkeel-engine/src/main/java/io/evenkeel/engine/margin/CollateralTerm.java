package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralTerms;
import java.math.BigDecimal;
import java.util.List;

/// What balances add to equity, as terms.
final class CollateralTerm {
  private static final String NUMERAIRE = "USD";

  private final Book book;
  private final CollateralValue collateral;
  private final RulebookTerms terms;

  CollateralTerm(Book book, CollateralValue collateral, RulebookTerms terms) {
    this.book = book;
    this.collateral = collateral;
    this.terms = terms;
  }

  void add(int account, List<Term> equity, List<Term> initialEquity) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      addAsset(account, asset, equity, initialEquity);
    }
  }

  private void addAsset(int account, int asset, List<Term> equity, List<Term> initialEquity) {
    long balance = book.ledger.marginBalance(account, asset);
    if (balance == 0) {
      return;
    }
    CollateralTerms weights = terms.collateral(asset);
    long maintenanceValue = collateral.maintenanceE6(terms, asset, balance);
    long initialValue = collateral.initialE6(terms, asset, balance, maintenanceValue);
    if (terms.isScaled(asset)) {
      ScaledExplanation scaled = new ScaledExplanation(book, collateral.scaled(), terms);
      Asset it = book.assets.at(asset);
      Term amount = input("balance", balance, it.scale(), it.symbol());
      equity.add(scaled.collateral(asset, balance, amount, maintenanceValue, false));
      initialEquity.add(scaled.collateral(asset, balance, amount, initialValue, true));
      return;
    }
    boolean debt = balance < 0;
    Decimal maintenanceWeight =
        debt
            ? weights.debtWeight()
            : book.assets.quotes().isLost(asset) ? Decimal.ZERO : weights.maintenanceWeight();
    Decimal initialWeight =
        debt
            ? weights.debtWeight()
            : book.assets.quotes().isDegraded(asset) ? Decimal.ZERO : weights.initialWeight();
    equity.add(weighed(asset, balance, maintenanceWeight, maintenanceValue));
    initialEquity.add(weighed(asset, balance, initialWeight, initialValue));
  }

  private Term weighed(int asset, long balanceMinor, Decimal weight, long valueE6) {
    Asset it = book.assets.at(asset);
    long counted = Math.min(balanceMinor, terms.collateral(asset).capMinor());
    Term amount = input("balance", balanceMinor, it.scale(), it.symbol());
    if (counted < balanceMinor) {
      amount =
          new Term(
              "counted balance",
              Operation.MINIMUM,
              BigDecimal.valueOf(counted, it.scale()),
              it.symbol(),
              List.of(
                  amount,
                  input("cap", terms.collateral(asset).capMinor(), it.scale(), it.symbol())));
    }
    return new Term(
        it.symbol() + (balanceMinor < 0 ? " debt" : " collateral"),
        Operation.PRODUCT,
        valueE6(valueE6),
        NUMERAIRE,
        List.of(amount, price(asset), input("weight", weight.units(), weight.scale(), "1")));
  }

  private Term price(int asset) {
    Asset it = book.assets.at(asset);
    return input("price", book.assets.price(asset), it.priceScale(), NUMERAIRE);
  }

  private static Term input(String name, long units, int scale, String unit) {
    return Term.input(name, BigDecimal.valueOf(units, scale), unit);
  }

  private static BigDecimal valueE6(long valueE6) {
    return BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE);
  }
}
