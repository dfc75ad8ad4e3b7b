package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.util.List;

/// The requirements of [SizeScaledModel] as terms.
final class SizeScaledTree implements LinearTree.RowTerms {
  private final Book book;
  private final LinearContracts contracts;
  private final LinearEquity equity;
  private final SizeScaledModel model;
  private final LinearTree tree;

  SizeScaledTree(
      Book book,
      RulebookTerms terms,
      Valuation valuation,
      LinearContracts contracts,
      LinearEquity equity,
      SizeScaledModel model) {
    this.book = book;
    this.contracts = contracts;
    this.equity = equity;
    this.model = model;
    tree = new LinearTree(book, terms, valuation, contracts, equity, this);
  }

  Term explain(int account) {
    return tree.explain(account);
  }

  @Override
  public Term maintenance(int row, int instrument) {
    long notional = contracts.positionNotionalE6(row, instrument);
    long size = Math.abs(book.positions.quantity(row));
    String symbol = book.instruments.at(instrument).symbol();
    if (size == 0) {
      return LinearTree.sum(symbol, List.of());
    }
    SizeRate rate = model.rate(instrument);
    Term scaled =
        new Term(
            "by size",
            Operation.PRODUCT,
            LinearTree.valueE6(rate.scaledE6(notional, size)),
            LinearTree.NUMERAIRE,
            List.of(
                tree.notional(
                    "notional", instrument, size * book.instruments.mark(instrument), notional),
                rate(instrument, size),
                LinearTree.input("maintenance scalar", rate.scalarE12(), 12, "1")));
    return LinearTree.sum(symbol, List.of(scaled, flat(rate)));
  }

  @Override
  public Term initial(int account, int row, int instrument) {
    long notional = contracts.orderNotionalE6(row, instrument);
    long size = model.largestUnits(row);
    SizeRate rate = model.rate(instrument);
    Term bySize =
        new Term(
            "by size",
            Operation.PRODUCT,
            LinearTree.valueE6(rate.byRateE6(notional, size)),
            LinearTree.NUMERAIRE,
            List.of(
                tree.notional(
                    "notional with orders",
                    instrument,
                    contracts.orderProduct(row, instrument),
                    notional),
                rate(instrument, size)));
    Term byRate = LinearTree.sum("by rate", List.of(bySize, flat(rate)));
    return tree.initial(account, row, instrument, byRate, model.byLeverageE6(account, notional));
  }

  private Term rate(int instrument, long sizeUnits) {
    LinearContract contract = book.instruments.at(instrument);
    BigDecimal size =
        BigDecimal.valueOf(sizeUnits)
            .movePointLeft(contract.quantityScale())
            .multiply(BigDecimal.valueOf(contract.contractSize()));
    return new Term(
        "rate by size",
        Operation.FUNCTION,
        BigDecimal.valueOf(model.rate(instrument).initialE12(sizeUnits), 12),
        "1",
        List.of(Term.input("size", size, "whole units")));
  }

  private static Term flat(SizeRate rate) {
    return LinearTree.input("flat", rate.flatE6(), 6, LinearTree.NUMERAIRE);
  }

  @Override
  public void addRest(int account, List<Term> maintenance, List<Term> initial) {
    equity.weigh(account);
    long reward = model.rewardE6(account, equity.heldE6());
    if (reward > 0) {
      Term term =
          new Term(
              "keeper's reward",
              Operation.FUNCTION,
              LinearTree.valueE6(reward),
              LinearTree.NUMERAIRE,
              List.of(LinearTree.input("collateral", equity.heldE6(), 6, LinearTree.NUMERAIRE)));
      maintenance.add(term);
      initial.add(term);
    }
  }
}
