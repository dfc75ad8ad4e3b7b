package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import java.math.BigDecimal;
import java.util.List;

/// The requirements of [OpenInterestModel] as terms.
final class OpenInterestTree implements LinearTree.RowTerms {
  private final Book book;
  private final LinearContracts contracts;
  private final OpenInterestModel model;
  private final LinearTree tree;

  OpenInterestTree(
      Book book,
      RulebookTerms terms,
      Valuation valuation,
      LinearContracts contracts,
      LinearEquity equity,
      OpenInterestModel model) {
    this.book = book;
    this.contracts = contracts;
    this.model = model;
    tree = new LinearTree(book, terms, valuation, contracts, equity, this);
  }

  Term explain(int account) {
    return tree.explain(account);
  }

  @Override
  public Term maintenance(int row, int instrument) {
    long notional = contracts.positionNotionalE6(row, instrument);
    long product = Math.abs(book.positions.quantity(row)) * book.instruments.mark(instrument);
    return new Term(
        book.instruments.at(instrument).symbol(),
        Operation.PRODUCT,
        LinearTree.valueE6(model.maintenanceE6(instrument, notional)),
        LinearTree.NUMERAIRE,
        List.of(
            tree.notional("notional", instrument, product, notional),
            LinearTree.input("initial rate", model.basePpm(instrument), 6, "1"),
            LinearTree.input("maintenance share", model.sharePpm(instrument), 6, "1")));
  }

  @Override
  public Term initial(int account, int row, int instrument) {
    long notional = contracts.orderNotionalE6(row, instrument);
    long rate = model.ratePpm(instrument);
    Term byRate =
        new Term(
            "by open interest",
            Operation.PRODUCT,
            LinearTree.valueE6(OpenInterestScaling.initialE6(notional, rate)),
            LinearTree.NUMERAIRE,
            List.of(
                tree.notional(
                    "notional with orders",
                    instrument,
                    contracts.orderProduct(row, instrument),
                    notional),
                rate(instrument, rate)));
    return tree.initial(account, row, instrument, byRate, model.byLeverageE6(account, notional));
  }

  private Term rate(int instrument, long ratePpm) {
    return new Term(
        "initial rate at open interest",
        Operation.FUNCTION,
        BigDecimal.valueOf(ratePpm, 6),
        "1",
        List.of(
            LinearTree.input("initial rate", model.basePpm(instrument), 6, "1"),
            money("open interest", contracts.openInterestE6(instrument)),
            money("raised from", model.fromE6(instrument)),
            money("1 from", model.toE6(instrument))));
  }

  private static Term money(String name, long valueE6) {
    return LinearTree.input(name, valueE6, 6, LinearTree.NUMERAIRE);
  }

  @Override
  public void addRest(int account, List<Term> maintenance, List<Term> initial) {
    // rows are all there is
  }
}
