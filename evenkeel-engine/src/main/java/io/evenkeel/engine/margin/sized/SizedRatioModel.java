package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.SizeWeights;
import io.evenkeel.engine.margin.SpotPairs;
import io.evenkeel.engine.margin.SpotTotals;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SizedRatios;

/// Margin by [SizedRatios] (`docs/RULES.md`, section 2.Q). Debts and open buys go into the
/// requirement, not against collateral, so equity here is what the peer calls total collateral and
/// MM and IM its margin requirements; their difference is the same.
public final class SizedRatioModel implements MarginModel {
  final Book book;
  final RulebookTerms terms;
  final SizedRatios parameters;
  final SpotPairs pairs;
  final SpotTotals totals;
  final int quote;
  final SpotWeights[] weights;
  final ContractWeights[] contracts;
  final SpotLine spot;
  final ContractLine contract = new ContractLine();

  /// Open orders charged for where the parameters state them, by instrument; -1 elsewhere.
  private final long[] statedOrders;

  private final boolean anyStatedOrders;

  long collateralE6;
  long requirementE6;
  long liabilityE6;
  int liabilities;

  /// @param terms in force
  /// @throws io.evenkeel.model.number.InvalidParameter when the parameters name an asset that is
  ///   not defined
  public SizedRatioModel(Book book, RulebookTerms terms, SizedRatios parameters) {
    this.book = book;
    this.terms = terms;
    this.parameters = parameters;
    pairs = new SpotPairs(book, parameters::spotPair);
    totals = new SpotTotals(book);
    quote = SpotPairs.asset(book, parameters.quote());
    weights = new SpotWeights[book.assets.size()];
    for (int asset = 0; asset < weights.length; asset++) {
      weights[asset] = SpotWeights.of(terms.collateral(asset), book.assets.at(asset).scale());
    }
    contracts = new ContractWeights[book.instruments.size()];
    statedOrders = new long[contracts.length];
    boolean any = false;
    for (int i = 0; i < contracts.length; i++) {
      String symbol = book.instruments.at(i).symbol();
      contracts[i] = ContractWeights.of(parameters.marketFor(symbol));
      Decimal orders = parameters.openOrders().get(symbol);
      statedOrders[i] = orders == null ? -1 : orders.units();
      any |= orders != null;
    }
    anyStatedOrders = any;
    spot = new SpotLine(new SpotWeights(0, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public boolean weighsCollateral() {
    return true;
  }

  @Override
  public void assess(int account, Weighing result) {
    weigh(account, initialLevel());
    long initialCollateral = collateralE6;
    long initialRequirement = requirementE6;
    weigh(account, Level.MAINTENANCE);
    result.set(
        collateralE6,
        initialCollateral,
        requirementE6,
        initialRequirement,
        fullProfitE6(account),
        isFlat(account));
  }

  /// The level that the initial level of accounts is computed by.
  Level initialLevel() {
    return parameters.fillWeights() ? Level.FILL : Level.INITIAL;
  }

  private boolean isFlat(int account) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.ledger.marginBalance(account, asset) < 0) {
        return false;
      }
    }
    return book.positions.first(account) == Positions.NONE && !anyStatedOrders;
  }

  /// Sums an account up into `collateralE6`, `requirementE6`, `liabilityE6` and `liabilities`.
  void weigh(int account, Level level) {
    collateralE6 = 0;
    requirementE6 = 0;
    liabilityE6 = 0;
    liabilities = 0;
    long floor = floorE4(account, level);
    pairs.gather(account);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (asset == quote) {
        addQuote(level);
      } else if (pairs.isTouched(asset)) {
        openSpot(asset, level, book.assets.price(asset), floor);
        spot.weighWorse(held(asset, level), pairs.bidsMinor(asset), pairs.asksMinor(asset));
        addSpot(pairs.hasOrders(asset));
      }
    }
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      if (pairs.isPair(instrument)) {
        addCharge(orders(row, instrument));
      } else {
        openContract(account, row, level);
        addContract(row, instrument);
      }
    }
    if (anyStatedOrders) {
      addOrdersWithoutRow(account);
    }
  }

  /// What counts of an asset: not above its cap, and nothing when its price may not be relied on.
  long held(int asset, Level level) {
    long amount = pairs.amountMinor(asset);
    if (amount <= 0) {
      return amount;
    }
    boolean unreliable =
        level == Level.MAINTENANCE
            ? book.assets.quotes().isLost(asset)
            : book.assets.quotes().isDegraded(asset);
    return unreliable ? 0 : Math.min(amount, terms.collateral(asset).capMinor());
  }

  private void addQuote(Level level) {
    long value = quoteValueE6(held(quote, level), level);
    if (value >= 0) {
      collateralE6 = Math.addExact(collateralE6, value);
    } else {
      require(-value, -value);
      liabilities++;
    }
  }

  /// Value of the quote asset, unweighed, rounded down.
  long quoteValueE6(long amountMinor, Level level) {
    return quoteValueE6(amountMinor, level, book.assets.price(quote));
  }

  long quoteValueE6(long amountMinor, Level level, long price) {
    long priceUnits = amountMinor > 0 ? low(quote, level, price) : high(quote, level, price);
    return Fixed.mulDiv(amountMinor, priceUnits, book.assets.divisor(quote), Rounding.FLOOR);
  }

  /// Readies the line of an asset.
  ///
  /// @param priceUnits its price
  void openSpot(int asset, Level level, long priceUnits, long floorE4) {
    SpotWeights of = weights[asset];
    long deposits = 0;
    if (of.fromE6() > 0) {
      Decimal price = new Decimal(priceUnits, book.assets.at(asset).priceScale());
      deposits = totals.depositsE6(asset, price);
    }
    spot.open(
        of,
        level,
        low(asset, level, priceUnits),
        high(asset, level, priceUnits),
        book.assets.divisor(asset),
        deposits,
        floorE4);
  }

  private void addSpot(boolean hasOrders) {
    if (spot.heldE6 > 0) {
      collateralE6 = Math.addExact(collateralE6, spot.weighedE6);
    } else if (spot.heldE6 < 0) {
      require(-spot.weighedE6, -spot.heldE6);
      liabilities++;
    } else if (hasOrders) {
      liabilities++;
    }
    if (spot.ordersE6 >= 0) {
      collateralE6 = Math.addExact(collateralE6, spot.ordersE6);
    } else {
      require(-spot.ordersE6, -spot.ordersE6);
    }
  }

  /// Weighs the contract of a row.
  void openContract(int account, int row, Level level) {
    int instrument = book.positions.instrument(row);
    openContract(
        account,
        row,
        level,
        book.instruments.mark(instrument),
        book.assets.price(book.instruments.settlementAsset(instrument)));
  }

  void openContract(int account, int row, Level level, long mark, long price) {
    int instrument = book.positions.instrument(row);
    int asset = book.instruments.settlementAsset(instrument);
    scale(instrument, asset);
    contract.quantities(
        book.positions.quantity(row), book.positions.buyUnits(row), book.positions.sellUnits(row));
    long floor = floorE4(account, level);
    if (level == Level.INITIAL) {
      floor = Math.max(floor, contracts[instrument].initialFloorE4());
    }
    contract.weighNotional(contracts[instrument], level, mark, high(asset, level, price), floor);
    contract.weighProfit(
        contracts[instrument],
        level,
        book.positions.cost(row),
        mark,
        low(asset, level, price),
        high(asset, level, price),
        netUserProfitE6(instrument),
        level == Level.INITIAL ? parameters.profitCapE6() : Long.MAX_VALUE);
  }

  private void scale(int instrument, int asset) {
    contract.scales(
        book.instruments.ticksPerUnit(instrument),
        book.instruments.ticksPerMinor(instrument),
        book.assets.divisor(asset),
        book.assets.at(asset).scale(),
        book.instruments.at(instrument).quantityScale());
  }

  private void addContract(int row, int instrument) {
    long orders = orders(row, instrument);
    require(contract.requirementE6, contract.notionalE6);
    addCharge(orders);
    collateralE6 = Math.addExact(collateralE6, contract.profitE6);
    if (contract.quantityUnits != 0 || orders > 0 || book.positions.hasOrders(row)) {
      liabilities++;
    }
  }

  private void addOrdersWithoutRow(int account) {
    for (int i = 0; i < statedOrders.length; i++) {
      if (statedOrders[i] > 0 && book.positions.find(account, i) == Positions.NONE) {
        addCharge(statedOrders[i]);
        liabilities++;
      }
    }
  }

  private void addCharge(long orders) {
    require(Math.multiplyExact(orders, parameters.orderChargeE6()), 0);
  }

  private void require(long requirement, long liability) {
    requirementE6 = Math.addExact(requirementE6, requirement);
    liabilityE6 =
        Math.addExact(
            liabilityE6, parameters.buffer().times(Math.max(0, liability), Rounding.FLOOR));
  }

  /// How many orders are charged for.
  long orders(int row, int instrument) {
    if (statedOrders[instrument] >= 0) {
      return statedOrders[instrument];
    }
    return (book.positions.buyUnits(row) != 0 ? 1L : 0L)
        + (book.positions.sellUnits(row) != 0 ? 1L : 0L);
  }

  /// Least ratio of an account at a level, whatever its market says.
  long floorE4(int account, Level level) {
    long floor = parameters.ratioFloor().times(SizeWeights.ONE_E4, Rounding.FLOOR);
    if (level != Level.INITIAL) {
      return floor;
    }
    floor =
        Math.max(floor, parameters.initialRatioFloor().times(SizeWeights.ONE_E4, Rounding.FLOOR));
    int leverageE2 = book.accounts.leverageE2(account);
    return leverageE2 == 0
        ? floor
        : Math.max(floor, Math.ceilDiv(100 * SizeWeights.ONE_E4, leverageE2));
  }

  private long netUserProfitE6(int instrument) {
    Decimal net = book.factors.ofInstrument(FactorKind.NET_USER_PROFIT, instrument);
    return net == null ? 0 : net.times(1_000_000, Rounding.CEILING);
  }

  /// Price of what is held.
  long low(int asset, Level level, long priceUnits) {
    Decimal slow = isSlow(level) ? totals.slowPrice(asset) : null;
    return slow == null ? priceUnits : Math.min(priceUnits, units(asset, slow, Rounding.FLOOR));
  }

  /// Price of what is owed.
  long high(int asset, Level level, long priceUnits) {
    Decimal slow = isSlow(level) ? totals.slowPrice(asset) : null;
    return slow == null ? priceUnits : Math.max(priceUnits, units(asset, slow, Rounding.CEILING));
  }

  boolean isSlow(Level level) {
    return switch (parameters.slowPrices()) {
      case NEVER -> false;
      case INITIAL -> level != Level.MAINTENANCE;
      case ALWAYS -> true;
    };
  }

  long units(int asset, Decimal price, Rounding rounding) {
    return price.times(Fixed.pow10(book.assets.at(asset).priceScale()), rounding);
  }

  private long fullProfitE6(int account) {
    long profit = 0;
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      if (!pairs.isPair(book.positions.instrument(row))) {
        openContract(account, row, Level.MAINTENANCE);
        int asset = book.instruments.settlementAsset(book.positions.instrument(row));
        profit =
            Math.addExact(profit, contract.value(contract.profitMinor, book.assets.price(asset)));
      }
    }
    return profit;
  }

  /// Everything at full value and at prices of now (reference: Drift v2 user equity).
  public long netValueE6(int account) {
    long value = fullProfitE6(account);
    pairs.gather(account);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      value =
          Math.addExact(
              value, book.assets.valueE6(asset, pairs.amountMinor(asset), Rounding.FLOOR));
    }
    return value;
  }

  /// Requirement at maintenance plus the buffer on liabilities: where liquidation ends.
  long bufferedE6(int account) {
    weigh(account, Level.MAINTENANCE);
    return Math.addExact(requirementE6, liabilityE6);
  }

  @Override
  public long withdrawableMinor(int account, int asset) {
    weigh(account, initialLevel());
    long amount = Math.max(0, pairs.amountMinor(asset));
    long price = book.assets.price(asset);
    long deposits =
        weights[asset].fromE6() == 0 ? 0 : totals.depositsE6(asset, totals.price(asset));
    long weight = weights[asset].assetWeightE4(amount, Level.INITIAL, deposits);
    if (weight == 0) {
      return Long.MAX_VALUE;
    }
    if (liabilities == 0) {
      return amount;
    }
    // one millionth is kept back, so that what is left still meets the requirement
    long free = Math.max(0, Math.subtractExact(collateralE6, requirementE6) - 1);
    long value = Fixed.mulDiv(free, SizeWeights.ONE_E4, weight, Rounding.FLOOR);
    int priceScale = book.assets.at(asset).priceScale();
    long millionths = Fixed.mulDiv(value, Fixed.pow10(priceScale), price, Rounding.FLOOR);
    int places = book.assets.at(asset).scale() - 6;
    return places >= 0
        ? Math.multiplyExact(millionths, Fixed.pow10(places))
        : millionths / Fixed.pow10(-places);
  }

  @Override
  public Term explain(int account) {
    return new SizedExplanation(this).explain(account);
  }

  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    return new SizedBound(this).boundE6(account, box);
  }
}
