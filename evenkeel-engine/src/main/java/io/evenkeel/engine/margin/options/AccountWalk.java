package io.evenkeel.engine.margin.options;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.options.MarginSink.Addition;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.StandardOptions;
import io.evenkeel.model.rulebook.StandardOptions.ReferencePrice;
import io.evenkeel.model.rulebook.StandardOptions.SpreadRelief;

/// Goes through an account: balances in asset order, then each underlying's futures and options
/// (`docs/RULES.md`, standard option margin).
final class AccountWalk {
  private final Book book;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final ContractTable contracts;
  private final MarketInputs inputs;
  private final MarketRates[] ratesOfAsset;
  private final MarketRates otherRates;
  private final boolean againstForward;
  private final boolean relief;
  private final Decimal pegThreshold;
  private final double pegFactor;
  private final int[] rowAt;
  private final int[] rowOfLeg;
  private final FutureLine line = new FutureLine();
  private final SeriesMargin series;
  private int rowCount;
  private int account;

  AccountWalk(
      Book book,
      RulebookTerms terms,
      Valuation valuation,
      StandardOptions parameters,
      ContractTable contracts) {
    this.book = book;
    this.terms = terms;
    this.valuation = valuation;
    this.contracts = contracts;
    inputs = new MarketInputs(book, contracts, parameters.value());
    againstForward = parameters.reference() == ReferencePrice.FORWARD;
    relief = parameters.spreadRelief() == SpreadRelief.MAXIMUM_LOSS;
    pegThreshold = parameters.depeg().threshold();
    pegFactor = Doubles.of(parameters.depeg().factor());
    ratesOfAsset = new MarketRates[book.assets.size()];
    for (int asset = 0; asset < ratesOfAsset.length; asset++) {
      ratesOfAsset[asset] = new MarketRates(parameters.marketOf(book.assets.at(asset).symbol()));
    }
    otherRates = new MarketRates(parameters.marketOf(""));
    int most = book.instruments.size();
    rowAt = new int[most];
    rowOfLeg = new int[most];
    series = new SeriesMargin(most);
  }

  MarketInputs inputs() {
    return inputs;
  }

  /// Price of the stable coin.
  Decimal stablePrice() {
    return inputs.stablePrice(terms.cashAsset());
  }

  /// Rates of an underlying; -1 is one that is not stated.
  MarketRates rates(int underlying) {
    return underlying < 0 ? otherRates : ratesOfAsset[underlying];
  }

  /// Whether options of a series may count together: not where payoffs in coin bend.
  boolean grantsRelief(int instrument) {
    return relief && !contracts.inverse[instrument];
  }

  /// Price of the underlying that requirements of an option are a share of.
  double reference(double spot, double forward) {
    return againstForward ? forward : spot;
  }

  /// Tells `sink` all of an account. Returns whether it is flat: neither rows nor debts.
  boolean visit(int walked, MarginSink sink) {
    account = walked;
    boolean debt = visitBalances(sink);
    gather();
    for (int from = 0; from < rowCount; ) {
      from = visitUnderlying(from, sink);
    }
    return !debt && rowCount == 0;
  }

  /// Rows of an account in the order of valuation, as many as it has; overwritten by the next call.
  int[] rowsOf(int walked) {
    account = walked;
    gather();
    return rowAt;
  }

  private void gather() {
    Positions positions = book.positions;
    rowCount = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int rank = contracts.rank[positions.instrument(row)];
      int at = rowCount++;
      while (at > 0 && contracts.rank[positions.instrument(rowAt[at - 1])] > rank) {
        rowAt[at] = rowAt[at - 1];
        at--;
      }
      rowAt[at] = row;
    }
  }

  private boolean visitBalances(MarginSink sink) {
    boolean debt = false;
    double stable = Doubles.of(stablePrice());
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance == 0) {
        continue;
      }
      int scale = book.assets.at(asset).scale();
      double amount = Doubles.of(balance, scale);
      double price = inputs.assetPrice(asset);
      CollateralTerms weights = terms.collateral(asset);
      if (balance < 0) {
        debt = true;
        sink.balance(asset, amount, price, 1, amount, weights.debtWeight(), weights.debtWeight());
        continue;
      }
      boolean cash = asset == terms.cashAsset();
      double counted = Doubles.of(Math.min(balance, weights.capMinor()), scale);
      Decimal maintenance =
          book.assets.quotes().isLost(asset) ? Decimal.ZERO : weights.maintenanceWeight();
      Decimal initial =
          book.assets.quotes().isDegraded(asset) ? Decimal.ZERO : weights.initialWeight();
      double divisor = cash || stable == 0 ? 1 : stable;
      sink.balance(asset, amount, price, divisor, counted, maintenance, initial);
      if (!cash && initial.units() != 0) {
        MarketRates rates = rates(asset);
        double rate = rates.oracle(inputs.spotConfidence(asset), rates.collateralThreshold);
        add(sink, Addition.COLLATERAL_PRICE, asset, counted, price, rate);
      }
    }
    return debt;
  }

  private static void add(
      MarginSink sink, Addition what, int subject, double coins, double price, double rate) {
    if (rate != 0 && coins != 0) {
      sink.addition(what, subject, coins, price, rate);
    }
  }

  /// One underlying, from a place in the order of valuation on. Returns where the next one starts.
  private int visitUnderlying(int from, MarginSink sink) {
    int underlying = contracts.underlying[instrumentAt(from)];
    MarketRates rates = rates(underlying);
    double spot = underlying < 0 ? 0 : inputs.spot(underlying);
    double pegRate = pegRate();
    int at = from;
    double exposed = 0;
    while (at < rowCount && contracts.underlying[instrumentAt(at)] == underlying) {
      int instrument = instrumentAt(at);
      if (contracts.option[instrument]) {
        at = gatherSeries(at, rates, spot);
        visitSeries(rates, spot, sink);
        exposed += series.shorts();
      } else {
        visitFuture(rowAt[at], instrument, rates, spot, sink);
        if (underlying < 0) {
          add(sink, Addition.LOST_PEG, -1, line.coins, line.mark * line.settlementPrice, pegRate);
        } else {
          exposed += line.coins;
        }
        at++;
      }
    }
    add(sink, Addition.LOST_PEG, underlying, exposed, spot, pegRate);
    return at;
  }

  private double pegRate() {
    Decimal price = stablePrice();
    return price.compareTo(pegThreshold) < 0
        ? (Doubles.of(pegThreshold) - Doubles.of(price)) * pegFactor
        : 0;
  }

  private int instrumentAt(int place) {
    return book.positions.instrument(rowAt[place]);
  }

  private void visitFuture(
      int row, int instrument, MarketRates rates, double spot, MarginSink sink) {
    Positions positions = book.positions;
    long quantity = positions.quantity(row);
    double unit = contracts.unit[instrument];
    line.instrument = instrument;
    long worth = book.instruments.worthTicks(instrument);
    line.quantity = quantity * unit;
    line.mark = contracts.markInSettlement(instrument, book.instruments.mark(instrument));
    line.coins = contracts.coins(instrument, line.quantity, line.mark);
    long ticks = Math.subtractExact(Math.multiplyExact(quantity, worth), positions.cost(row));
    line.cost = contracts.amount(instrument, positions.cost(row));
    line.funding = -line.quantity * inputs.funding(instrument);
    line.profit = contracts.amount(instrument, ticks) + line.funding;
    long most = Math.abs(quantity);
    line.orderLoss = 0;
    if (positions.hasOrders(row)) {
      most = Math.max(most, Math.abs(quantity + positions.buyUnits(row)));
      most = Math.max(most, Math.abs(quantity - positions.sellUnits(row)));
      line.orderLoss = contracts.amount(instrument, valuation.orderLossTicks(row, instrument));
    }
    line.quantityWithOrders = most * unit;
    line.coinsWithOrders = contracts.coins(instrument, line.quantityWithOrders, line.mark);
    line.maintenanceRate = rates.futureMaintenance(line.coins);
    line.initialRate = rates.futureInitial(line.coinsWithOrders, book.accounts.leverageE2(account));
    line.settlementPrice = inputs.assetPrice(contracts.settlement[instrument]);
    sink.future(line);
    int underlying = contracts.underlying[instrument];
    double price = underlying < 0 ? line.mark * line.settlementPrice : spot;
    double rate =
        rates.oracle(inputs.markConfidence(underlying, instrument), rates.futureThreshold);
    add(sink, Addition.FUTURE_PRICE, instrument, line.coins, price, rate);
  }

  /// Puts the series that starts at a place into `series`; returns where it ends.
  private int gatherSeries(int from, MarketRates rates, double spot) {
    int first = instrumentAt(from);
    int expiry = inputs.expiry(contracts.underlying[first], contracts.expiryNs[first]);
    double forward = inputs.forward(expiry, spot);
    double years = inputs.years(contracts.expiryNs[first]);
    double reference = reference(spot, forward);
    series.start(rates, forward, grantsRelief(first));
    int at = from;
    while (at < rowCount && contracts.isSameSeries(first, instrumentAt(at))) {
      int row = rowAt[at];
      int instrument = instrumentAt(at);
      boolean call = contracts.call[instrument];
      double value = inputs.optionValue(instrument, expiry, forward, years);
      double base = contracts.inverse[instrument] ? 1 : reference;
      double out = MarketRates.outOfTheMoney(call, contracts.strike[instrument], reference);
      rowOfLeg[series.count] = row;
      series.base[series.count] = base;
      series.outOfTheMoney[series.count] = out;
      series.add(
          contracts,
          instrument,
          book.positions.quantity(row) * contracts.unit[instrument],
          value,
          rates.maintenance(call, value, base),
          rates.initial(call, value, base, out));
      at++;
    }
    return at;
  }

  private void visitSeries(MarketRates rates, double spot, MarginSink sink) {
    int first = series.instrument[0];
    int underlying = contracts.underlying[first];
    double premium = 0;
    double orders = 0;
    for (int leg = 0; leg < series.count; leg++) {
      int row = rowOfLeg[leg];
      premium += contracts.amount(series.instrument[leg], book.positions.cost(row));
      if (book.positions.hasOrders(row)) {
        orders += orderCharge(leg, row);
      }
    }
    sink.series(series, premium, orders, inputs.assetPrice(contracts.settlement[first]));
    int expiry = inputs.expiry(underlying, contracts.expiryNs[first]);
    double rate = rates.oracle(inputs.expiryConfidence(underlying, expiry), rates.optionThreshold);
    add(sink, Addition.OPTION_PRICE, first, series.shorts(), spot, rate);
  }

  /// What the open orders in one option need for the initial requirement: what the series loses of
  /// its margin, and the premium paid or received, when either side is filled, whichever is worse.
  private double orderCharge(int leg, int row) {
    Positions positions = book.positions;
    int instrument = series.instrument[leg];
    long perUnit = book.instruments.ticksPerUnit(instrument);
    double unit = contracts.unit[instrument];
    double held = series.amount[leg];
    double now = series.margin(true);
    double paid =
        contracts.amount(instrument, Math.multiplyExact(positions.buyNotional(row), perUnit));
    series.amount[leg] = held + positions.buyUnits(row) * unit;
    double charge = Math.max(0, now - series.margin(true) + paid);
    double received =
        contracts.amount(instrument, Math.multiplyExact(positions.sellNotional(row), perUnit));
    series.amount[leg] = held - positions.sellUnits(row) * unit;
    charge = Math.max(charge, now - series.margin(true) - received);
    series.amount[leg] = held;
    return charge;
  }
}
