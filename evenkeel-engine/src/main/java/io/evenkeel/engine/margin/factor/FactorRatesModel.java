package io.evenkeel.engine.margin.factor;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.Market;

/// Margin by [FactorRates] (`docs/RULES.md`, section 2.F).
public final class FactorRatesModel implements MarginModel {
  /// Most by which roundings can lower a row's surplus between two marks.
  private static final long ROUNDINGS = 4;

  private final Book book;
  private final Assets assets;
  private final Instruments instruments;
  private final Positions positions;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final FactorRates parameters;
  private final Market[] marketOfInstrument;
  private final RowRequirement requirement;

  /// Resolves the markets of all instruments.
  public FactorRatesModel(
      Book book, RulebookTerms terms, Valuation valuation, FactorRates parameters) {
    this.book = book;
    this.assets = book.assets;
    this.instruments = book.instruments;
    this.positions = book.positions;
    this.terms = terms;
    this.valuation = valuation;
    this.parameters = parameters;
    requirement = new RowRequirement(book);
    marketOfInstrument = new Market[instruments.size()];
    for (int i = 0; i < marketOfInstrument.length; i++) {
      marketOfInstrument[i] = parameters.marketOf(instruments.at(i).symbol());
    }
  }

  @Override
  public void assess(int account, Weighing result) {
    long equity = 0;
    long initialEquity = 0;
    boolean debt = false;
    for (int asset = 0; asset < assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        long maintenanceValue = valuation.collateral().maintenanceE6(terms, asset, balance);
        equity = Math.addExact(equity, maintenanceValue);
        initialEquity =
            Math.addExact(
                initialEquity,
                valuation.collateral().initialE6(terms, asset, balance, maintenanceValue));
        debt |= balance < 0;
      }
    }
    long profit = 0;
    long maintenance = 0;
    long initial = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      long required = maintenanceE6(account, row);
      profit = Math.addExact(profit, profitE6(row));
      maintenance = Math.addExact(maintenance, required);
      initial = Math.addExact(initial, initialE6(account, required));
    }
    result.set(
        Math.addExact(equity, profit),
        Math.addExact(initialEquity, profit),
        maintenance,
        initial,
        profit,
        !debt && positions.first(account) == Positions.NONE);
  }

  /// Profit that is not cash yet, as far as it counts.
  long profitE6(int row) {
    if (!parameters.unsettledProfit()) {
      return 0;
    }
    int instrument = positions.instrument(row);
    return assets.valueE6(
        instruments.settlementAsset(instrument),
        valuation.profitMinor(row, instrument),
        Rounding.FLOOR);
  }

  /// What a row must maintain. Orders of an isolated account have margin of their own.
  long maintenanceE6(int account, int row) {
    int instrument = positions.instrument(row);
    return valueE6(
        instrument,
        requirement
            .of(row, !book.accounts.isIsolated(account))
            .minor(marketOfInstrument[instrument]));
  }

  /// What a row asks for initially, of what it must maintain.
  long initialE6(int account, long maintenanceE6) {
    return book.accounts.isIsolated(account)
        ? parameters.isolatedInitial().times(maintenanceE6, Rounding.FLOOR)
        : maintenanceE6;
  }

  long valueE6(int instrument, long amountMinor) {
    return assets.valueE6(instruments.settlementAsset(instrument), amountMinor, Rounding.CEILING);
  }

  Market market(int instrument) {
    return marketOfInstrument[instrument];
  }

  @Override
  public Term explain(int account) {
    return new FactorExplanation(book, terms, valuation, this).explain(account);
  }

  /// Exact at the corners: in each mark the requirement of a row is convex and its profit linear,
  /// but for roundings of at most four units, which are taken off. Boxes in which asset prices
  /// range are not bounded.
  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    long bound = 0;
    for (int asset = 0; asset < assets.size(); asset++) {
      if (box.lowestPrice(asset) != box.highestPrice(asset)) {
        return Long.MIN_VALUE;
      }
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        bound = Math.addExact(bound, valuation.collateral().maintenanceE6(terms, asset, balance));
      }
    }
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      long low = surplusE6(account, row, box.lowestMark(instrument));
      long high = surplusE6(account, row, box.highestMark(instrument));
      bound = Math.addExact(bound, Math.min(low, high) - ROUNDINGS);
    }
    return bound;
  }

  private long surplusE6(int account, int row, long mark) {
    int instrument = positions.instrument(row);
    long required =
        valueE6(
            instrument,
            requirement
                .of(row, !book.accounts.isIsolated(account))
                .minor(marketOfInstrument[instrument], mark));
    long profit =
        parameters.unsettledProfit()
            ? assets.valueE6(
                instruments.settlementAsset(instrument),
                profitMinor(row, instrument, mark),
                Rounding.FLOOR)
            : 0;
    return Math.subtractExact(profit, required);
  }

  private long profitMinor(int row, int instrument, long mark) {
    long ticks =
        positions.quantity(row) * mark * instruments.ticksPerUnit(instrument) - positions.cost(row);
    return Math.floorDiv(ticks, instruments.ticksPerMinor(instrument));
  }
}
