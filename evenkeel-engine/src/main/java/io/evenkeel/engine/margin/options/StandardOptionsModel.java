package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.StandardOptions;

/// Rule-based margin of options (`docs/RULES.md`, standard option margin). Equity is the market
/// value of the account. What a venue does not count - long options, part of the collateral - is in
/// the requirements, so that equity less a requirement is the venue's margin surplus.
public final class StandardOptionsModel implements MarginModel {
  private final Book book;
  private final StandardOptions parameters;
  private final ContractTable contracts;
  private final AccountWalk walk;
  private final MarginBound bound;
  private final MarginSums sums = new MarginSums();

  /// Resolves the parameters against what is defined.
  public StandardOptionsModel(
      Book book, RulebookTerms terms, Valuation valuation, StandardOptions parameters) {
    this.book = book;
    this.parameters = parameters;
    contracts = new ContractTable(book);
    walk = new AccountWalk(book, terms, valuation, parameters, contracts);
    bound = new MarginBound(book, terms, contracts, walk);
  }

  @Override
  public void assess(int account, Weighing result) {
    sums.clear();
    boolean flat = walk.visit(account, sums);
    long maintenanceSurplus = Doubles.floorE6(sums.maintenance);
    long initialSurplus = Doubles.floorE6(sums.initial);
    // where the surplus is above the market value, as no requirement is below 0, equity is raised
    long equity = Math.max(Doubles.floorE6(sums.marketValue), maintenanceSurplus);
    result.set(
        equity,
        equity,
        equity - maintenanceSurplus,
        Math.max(0, equity - initialSurplus),
        Doubles.floorE6(sums.profit),
        flat);
  }

  @Override
  public Term explain(int account) {
    MarginTree tree = new MarginTree(book, contracts, walk, parameters);
    walk.visit(account, tree);
    return tree.root();
  }

  @Override
  public boolean valuesByModel() {
    return true;
  }

  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    return bound.lowestE6(account, box);
  }
}
