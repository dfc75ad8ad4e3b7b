package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.portfolio.ContractTable.Contract;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.OptionTerms;

/// The least of equity less maintenance margin of an account over a box of marks, prices, spots,
/// forwards and volatilities; see [UnitBound]. Balances and positions that no unit covers are taken
/// at their worst corner.
final class PortfolioBound {
  /// What rounding of doubles may add up to, relative to all that was summed.
  private static final double NOISE = 0x1p-36;

  /// Units that crossing to millionths may cost, and that rounding a row outside units may.
  private static final long CROSSINGS_E6 = 3;

  private static final long ROUNDINGS_E6 = 4;

  private final Book book;
  private final RulebookTerms rulebook;
  private final Valuation valuation;
  private final PortfolioSweep sweep;

  PortfolioBound(Book book, RulebookTerms rulebook, Valuation valuation, PortfolioSweep sweep) {
    this.book = book;
    this.rulebook = rulebook;
    this.valuation = valuation;
    this.sweep = sweep;
  }

  long lowestE6(int account, FactorBox box) {
    MarketRanges ranges = new MarketRanges(book, box);
    if (!ranges.areBounded()) {
      return Long.MIN_VALUE;
    }
    sweep.run(account);
    long outside = -CROSSINGS_E6;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance < 0 || (balance > 0 && !sweep.isCollateral(asset))) {
        if (rulebook.isScaled(asset) && box.lowestPrice(asset) != box.highestPrice(asset)) {
          return Long.MIN_VALUE;
        }
        outside = Math.addExact(outside, balanceE6(asset, balance, box));
      }
    }
    for (int row = book.positions.first(account); row >= 0; row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      if (sweep.contract(instrument).unit() == ContractTable.NONE) {
        outside = Math.addExact(outside, uncoveredE6(row, instrument, box, ranges));
      }
    }
    double lowest = 0;
    double magnitude = 0;
    for (UnitSums unit : sweep.units) {
      if (unit.used) {
        UnitBound bound = new UnitBound(book, sweep, unit, box, ranges);
        lowest += bound.lowest(account);
        magnitude += bound.magnitude;
      }
    }
    double surplus = lowest - magnitude * NOISE;
    if (Double.isNaN(surplus) || Double.isInfinite(surplus)) {
      return Long.MIN_VALUE;
    }
    return Math.addExact(outside, Crossing.floorE6(surplus));
  }

  private long balanceE6(int asset, long balance, FactorBox box) {
    if (rulebook.isScaled(asset)) {
      return valuation.collateral().maintenanceE6(rulebook, asset, balance);
    }
    long price = balance < 0 ? box.highestPrice(asset) : box.lowestPrice(asset);
    return valuation.collateral().maintenanceE6(rulebook, asset, balance, price);
  }

  /// Profit less the whole notional, which is linear in the worth at the mark and in the price of
  /// the money.
  private long uncoveredE6(int row, int instrument, FactorBox box, MarketRanges ranges) {
    int asset = book.instruments.settlementAsset(instrument);
    long quantity = book.positions.quantity(row);
    long units =
        Math.addExact(
            Math.abs(quantity),
            Math.max(book.positions.buyUnits(row), book.positions.sellUnits(row)));
    long bound = optionBoundE6(units, instrument, ranges);
    long worst = Long.MAX_VALUE;
    for (int corner = 0; corner < 4; corner++) {
      long mark = (corner & 1) == 0 ? box.lowestMark(instrument) : box.highestMark(instrument);
      long price = (corner & 2) == 0 ? box.lowestPrice(asset) : box.highestPrice(asset);
      long ticks =
          Math.subtractExact(
              Math.multiplyExact(quantity, book.instruments.worthTicks(instrument, mark)),
              book.positions.cost(row));
      long profit = Math.floorDiv(ticks, book.instruments.ticksPerMinor(instrument));
      long notional =
          book.assets.valueAtE6(
              asset,
              valuation.notionalMinor(
                  instrument,
                  Math.multiplyExact(units, book.instruments.worthTicks(instrument, mark))),
              price,
              Rounding.CEILING);
      long surplus =
          Math.subtractExact(
              book.assets.valueAtE6(asset, profit, price, Rounding.FLOOR),
              Math.max(notional, bound));
      worst = Math.min(worst, surplus);
    }
    return worst - ROUNDINGS_E6;
  }

  private long optionBoundE6(long units, int instrument, MarketRanges ranges) {
    OptionTerms option = book.instruments.at(instrument).terms().option();
    if (option == null) {
      return 0;
    }
    Contract contract = sweep.contract(instrument);
    int underlying = book.assets.find(book.instruments.at(instrument).terms().underlyingAssetId());
    double bound = Crossing.of(option.strike());
    if (underlying != IdIndex.ABSENT) {
      bound = Math.max(bound, ranges.high(underlying));
    }
    return Crossing.ceilingE6(units * contract.contractsPerUnit() * contract.size() * bound);
  }
}
