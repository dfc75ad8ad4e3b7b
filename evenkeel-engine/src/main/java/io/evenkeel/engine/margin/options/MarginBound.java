package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.model.rulebook.CollateralTerms;

/// The least maintenance surplus over a box of marks and prices. Every part is taken at the end of
/// its range that is worst for it alone: options gain from what moves their own price only one way,
/// and where they count together by the most they lose no price matters but the forward.
final class MarginBound {
  /// What rounding may add up to, relative to all that was summed.
  private static final double NOISE = 0x1p-40;

  private final Book book;
  private final RulebookTerms terms;
  private final ContractTable contracts;
  private final AccountWalk walk;
  private final SeriesMargin series;
  private double lowest;
  private double size;

  MarginBound(Book book, RulebookTerms terms, ContractTable contracts, AccountWalk walk) {
    this.book = book;
    this.terms = terms;
    this.contracts = contracts;
    this.walk = walk;
    series = new SeriesMargin(book.instruments.size());
  }

  long lowestE6(int account, FactorBox box) {
    lowest = 0;
    size = 0;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      balance(asset, book.ledger.marginBalance(account, asset), box);
    }
    Positions positions = book.positions;
    int[] rows = walk.rowsOf(account);
    int count = positions.count(account);
    for (int at = 0; at < count; ) {
      int first = positions.instrument(rows[at]);
      if (!contracts.option[first]) {
        future(rows[at], first, box);
        at++;
        continue;
      }
      int end = at;
      while (end < count && contracts.isSameSeries(first, positions.instrument(rows[end]))) {
        end++;
      }
      options(rows, at, end, box);
      at = end;
    }
    return Math.subtractExact(Doubles.floorE6(lowest - size * NOISE), 1);
  }

  private void add(double worst, double magnitude) {
    lowest += worst;
    size += Math.abs(magnitude);
  }

  /// The smallest product of a signed amount and a price inside its range.
  private void addProduct(double amount, int settlement, FactorBox box) {
    double high = price(settlement, box.highestPrice(settlement));
    add(
        amount * (amount < 0 ? high : price(settlement, box.lowestPrice(settlement))),
        amount * high);
  }

  private double price(int asset, long units) {
    return Doubles.of(units, book.assets.at(asset).priceScale());
  }

  private void balance(int asset, long balance, FactorBox box) {
    CollateralTerms weights = terms.collateral(asset);
    int scale = book.assets.at(asset).scale();
    if (balance < 0) {
      addProduct(Doubles.of(balance, scale) * Doubles.of(weights.debtWeight()), asset, box);
    } else if (!book.assets.quotes().isLost(asset)) {
      double counted = Doubles.of(Math.min(balance, weights.capMinor()), scale);
      addProduct(counted * Doubles.of(weights.maintenanceWeight()), asset, box);
    }
  }

  private void future(int row, int instrument, FactorBox box) {
    double quantity = book.positions.quantity(row) * contracts.unit[instrument];
    double cost = contracts.amount(instrument, book.positions.cost(row));
    double due = cost + quantity * walk.inputs().funding(instrument);
    double worst =
        Math.min(
            futureSurplus(instrument, quantity, due, box.lowestMark(instrument)),
            futureSurplus(instrument, quantity, due, box.highestMark(instrument)));
    double high =
        Math.max(
            contracts.markInSettlement(instrument, box.lowestMark(instrument)),
            contracts.markInSettlement(instrument, box.highestMark(instrument)));
    size += 2 * Math.abs(quantity * high) + Math.abs(due);
    addProduct(worst, contracts.settlement[instrument], box);
  }

  /// A future's profit less its requirement: concave in the mark in the settlement asset, so it is
  /// least at an end.
  private double futureSurplus(int instrument, double quantity, double due, long markUnits) {
    MarketRates rates = walk.rates(contracts.underlying[instrument]);
    double mark = contracts.markInSettlement(instrument, markUnits);
    double coins = contracts.coins(instrument, quantity, mark);
    double value = contracts.isInverseFuture(instrument) ? -quantity * mark : quantity * mark;
    return value - due - Math.abs(quantity) * mark * rates.futureMaintenance(coins);
  }

  private void options(int[] rows, int from, int end, FactorBox box) {
    int first = book.positions.instrument(rows[from]);
    int underlying = contracts.underlying[first];
    MarketInputs inputs = walk.inputs();
    boolean fixed = inputs.hasSpot(underlying);
    double lowSpot =
        fixed ? inputs.spot(underlying) : price(underlying, box.lowestPrice(underlying));
    double highSpot =
        fixed ? inputs.spot(underlying) : price(underlying, box.highestPrice(underlying));
    int expiry = inputs.expiry(underlying, contracts.expiryNs[first]);
    double lowForward = inputs.forward(expiry, lowSpot);
    double highForward = inputs.forward(expiry, highSpot);
    double years = inputs.years(contracts.expiryNs[first]);
    MarketRates rates = walk.rates(underlying);
    series.start(rates, highForward, walk.grantsRelief(first));
    double premium = 0;
    for (int at = from; at < end; at++) {
      int row = rows[at];
      int instrument = book.positions.instrument(row);
      boolean call = contracts.call[instrument];
      double worth =
          inputs.isMarked(instrument, expiry, lowForward)
                  || inputs.isMarked(instrument, expiry, highForward)
              ? contracts.mark(instrument, box.highestMark(instrument))
              : 0;
      if (!inputs.isMarked(instrument, expiry, highForward)) {
        double dearest = call ? highForward : lowForward;
        worth = Math.max(worth, inputs.optionValue(instrument, expiry, dearest, years));
      }
      double base = contracts.inverse[instrument] ? 1 : walk.reference(highSpot, highForward);
      double requirement = rates.maintenance(call, worth, base);
      double quantity = book.positions.quantity(row) * contracts.unit[instrument];
      series.add(contracts, instrument, quantity, worth, requirement, requirement);
      premium += contracts.amount(instrument, book.positions.cost(row));
      size += Math.abs(quantity) * (requirement + contracts.strike[instrument] + highForward);
    }
    size += Math.abs(premium);
    addProduct(series.margin(false) - premium, contracts.settlement[first], box);
  }
}
