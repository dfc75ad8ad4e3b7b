package io.evenkeel.engine.margin.health;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.SpotPairs;
import io.evenkeel.engine.margin.SpotTotals;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.HealthWeights;

/// Margin by [HealthWeights] (`docs/RULES.md`, section 2.H). Health is the sum of what each asset
/// adds; equity here is what is positive in it and the requirement what is negative, so that their
/// difference is health.
public final class HealthModel implements MarginModel {
  /// What roundings of one line may come to, millionths or minor units.
  private static final long SLACK = 4;

  final Book book;
  final RulebookTerms terms;
  final SpotPairs pairs;
  final SpotTotals totals;
  final Token[] tokens;
  final TokenWeights[] weights;
  final MarketWeights[] markets;
  final ContractHealth contract = new ContractHealth();
  final SpotOrderHealth orders = new SpotOrderHealth();

  long positiveE6;
  long negativeE6;
  private boolean withoutLosses;

  /// @param terms in force
  public HealthModel(Book book, RulebookTerms terms, HealthWeights parameters) {
    this.book = book;
    this.terms = terms;
    pairs = new SpotPairs(book, parameters::spotPair);
    totals = new SpotTotals(book);
    tokens = new Token[book.assets.size()];
    weights = new TokenWeights[tokens.length];
    for (int asset = 0; asset < tokens.length; asset++) {
      tokens[asset] = new Token();
      tokens[asset].divisor = book.assets.divisor(asset);
      weights[asset] = new TokenWeights(terms.collateral(asset));
    }
    markets = new MarketWeights[book.instruments.size()];
    for (int i = 0; i < markets.length; i++) {
      markets[i] = new MarketWeights(parameters.marketFor(book.instruments.at(i).symbol()));
    }
  }

  @Override
  public boolean weighsCollateral() {
    return true;
  }

  @Override
  public void assess(int account, Weighing result) {
    weigh(account, HealthKind.INITIAL);
    long initialEquity = positiveE6;
    long initialMargin = negativeE6;
    weigh(account, HealthKind.MAINTENANCE);
    result.set(
        positiveE6,
        initialEquity,
        negativeE6,
        initialMargin,
        fullProfitE6(account),
        isFlat(account));
  }

  private boolean isFlat(int account) {
    for (int asset = 0; asset < tokens.length; asset++) {
      if (book.ledger.marginBalance(account, asset) < 0) {
        return false;
      }
    }
    return book.positions.first(account) == Positions.NONE;
  }

  /// Health of an account, millionths of the numeraire, signed.
  public long healthE6(int account, HealthKind kind) {
    weigh(account, kind);
    return Math.subtractExact(positiveE6, negativeE6);
  }

  /// Weighs an account for those who close it.
  ///
  /// @param leaveOutLosses whether contracts with a result below zero count nothing (reference:
  ///   Mango v4, perp settle health)
  public void read(int account, HealthKind kind, boolean leaveOutLosses, HealthFigures into) {
    withoutLosses = leaveOutLosses;
    weigh(account, kind);
    withoutLosses = false;
    into.set(Math.subtractExact(positiveE6, negativeE6), tokens);
  }

  /// Whether an instrument is a spot pair, whose rows are money and not contracts.
  public boolean isSpotPair(int instrument) {
    return pairs.isPair(instrument);
  }

  /// Result of a contract row without orders as it counts where a liquidation ends, before the
  /// weight of results above zero; minor units of its settlement asset, rounded down.
  public long countedResultMinor(int row, int instrument) {
    weighContract(row, instrument, HealthKind.LIQUIDATION_END);
    return contract.resultMinor;
  }

  /// Weights of a market where a liquidation ends, to twelve places: of a long position, of a short
  /// one, of a result above zero.
  public long longE12(int instrument) {
    return markets[instrument].longE12(HealthKind.LIQUIDATION_END);
  }

  /// See [#longE12].
  public long shortE12(int instrument) {
    return markets[instrument].shortE12(HealthKind.LIQUIDATION_END);
  }

  /// See [#longE12].
  public long profitE12(int instrument) {
    return markets[instrument].profitE12(HealthKind.LIQUIDATION_END);
  }

  /// Sums an account up into `positiveE6` and `negativeE6`.
  void weigh(int account, HealthKind kind) {
    ready(account, kind);
    positiveE6 = 0;
    negativeE6 = 0;
    for (Token token : tokens) {
      long contribution = token.contributionE6();
      if (contribution >= 0) {
        positiveE6 = Math.addExact(positiveE6, contribution);
      } else {
        negativeE6 = Math.subtractExact(negativeE6, contribution);
      }
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (pairs.isPair(instrument) && positions.hasOrders(row)) {
        reserve(row, instrument);
        positiveE6 =
            Math.addExact(
                positiveE6,
                orders.contributionE6(
                    tokens[pairs.base(instrument)], tokens[pairs.quote(instrument)]));
      }
    }
  }

  /// Fills `tokens` for an account.
  void ready(int account, HealthKind kind) {
    pairs.gather(account);
    for (int asset = 0; asset < tokens.length; asset++) {
      readyToken(asset, kind);
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (pairs.isPair(instrument)) {
        if (positions.hasOrders(row)) {
          takeReserved(row, instrument);
        }
      } else {
        weighContract(row, instrument, kind);
        Token token = tokens[book.instruments.settlementAsset(instrument)];
        if (contract.weighedMinor > 0 || !withoutLosses) {
          token.balanceMinor = Math.addExact(token.balanceMinor, contract.weighedMinor);
        }
      }
    }
  }

  private void readyToken(int asset, HealthKind kind) {
    Token token = tokens[asset];
    token.balanceMinor = held(asset, kind);
    token.reservedMinor = 0;
    long price = book.assets.price(asset);
    Decimal slow =
        kind == HealthKind.INITIAL && weights[asset].isSlow() ? totals.slowPrice(asset) : null;
    int scale = book.assets.at(asset).priceScale();
    token.lowUnits = price;
    token.highUnits = price;
    if (slow != null) {
      token.lowUnits = Math.min(price, slow.times(Fixed.pow10(scale), Rounding.FLOOR));
      token.highUnits = Math.max(price, slow.times(Fixed.pow10(scale), Rounding.CEILING));
    }
    Decimal high = new Decimal(token.highUnits, scale);
    token.assetE12 = weights[asset].assetE12(kind, asset, totals, high);
    token.debtE12 = weights[asset].debtE12(kind, asset, totals, high);
  }

  /// What counts of an asset: not above its cap, and nothing when its price may not be relied on.
  private long held(int asset, HealthKind kind) {
    long amount = pairs.amountMinor(asset);
    if (amount <= 0) {
      return amount;
    }
    boolean unreliable =
        kind == HealthKind.INITIAL
            ? book.assets.quotes().isDegraded(asset)
            : book.assets.quotes().isLost(asset);
    return unreliable ? 0 : Math.min(amount, terms.collateral(asset).capMinor());
  }

  /// Takes what open orders reserve out of the balances, and notes what it might become.
  private void takeReserved(int row, int instrument) {
    reserve(row, instrument);
    Token base = tokens[pairs.base(instrument)];
    Token quote = tokens[pairs.quote(instrument)];
    base.balanceMinor = Math.subtractExact(base.balanceMinor, orders.reservedBaseMinor);
    quote.balanceMinor = Math.subtractExact(quote.balanceMinor, orders.reservedQuoteMinor);
    base.reservedMinor = Math.addExact(base.reservedMinor, orders.allAsBaseMinor());
    quote.reservedMinor = Math.addExact(quote.reservedMinor, orders.allAsQuoteMinor());
  }

  void reserve(int row, int instrument) {
    Positions positions = book.positions;
    orders.reserve(
        pairs.baseMinor(instrument, positions.sellUnits(row)),
        pairs.quoteMinor(instrument, positions.buyNotional(row)),
        pairs.baseMinor(instrument, positions.buyUnits(row)),
        pairs.quoteMinor(instrument, positions.sellNotional(row)),
        tokens[pairs.base(instrument)],
        tokens[pairs.quote(instrument)]);
  }

  void weighContract(int row, int instrument, HealthKind kind) {
    long mark = book.instruments.mark(instrument);
    long low = mark;
    long high = mark;
    Decimal slow =
        kind == HealthKind.INITIAL
            ? book.factors.ofInstrument(FactorKind.SLOW_MARK, instrument)
            : null;
    if (slow != null) {
      long one = Fixed.pow10(book.instruments.at(instrument).priceScale());
      low = Math.min(mark, slow.times(one, Rounding.FLOOR));
      high = Math.max(mark, slow.times(one, Rounding.CEILING));
    }
    weighContract(row, instrument, kind, low, high);
  }

  private void weighContract(int row, int instrument, HealthKind kind, long low, long high) {
    contract.scales(
        book.instruments.ticksPerUnit(instrument), book.instruments.ticksPerMinor(instrument));
    Positions positions = book.positions;
    contract.weigh(
        markets[instrument],
        kind,
        positions.quantity(row),
        positions.buyUnits(row),
        positions.sellUnits(row),
        positions.cost(row),
        low,
        high);
  }

  /// Unrealised result of a row in minor units of its settlement asset, rounded down.
  long resultMinor(int row, int instrument) {
    contract.scales(
        book.instruments.ticksPerUnit(instrument), book.instruments.ticksPerMinor(instrument));
    return Math.addExact(
        contract.minor(book.positions.quantity(row), book.instruments.mark(instrument)),
        Math.floorDiv(-book.positions.cost(row), book.instruments.ticksPerMinor(instrument)));
  }

  private long fullProfitE6(int account) {
    long profit = 0;
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!pairs.isPair(instrument)) {
        profit =
            Math.addExact(
                profit,
                book.assets.valueE6(
                    book.instruments.settlementAsset(instrument),
                    resultMinor(row, instrument),
                    Rounding.FLOOR));
      }
    }
    return profit;
  }

  @Override
  public Term explain(int account) {
    return new HealthExplanation(this).explain(account);
  }

  /// The result of a contract is concave in its mark, so it is least at an end; what an asset adds
  /// rises with its balance and is linear in its price; open spot orders add nothing below zero.
  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    ready(account, HealthKind.MAINTENANCE);
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (!pairs.isPair(instrument)) {
        Token token = tokens[book.instruments.settlementAsset(instrument)];
        weighContract(row, instrument, HealthKind.MAINTENANCE);
        long now = contract.weighedMinor;
        long least =
            Math.min(
                at(row, instrument, box.lowestMark(instrument)),
                at(row, instrument, box.highestMark(instrument)));
        token.balanceMinor = Math.addExact(token.balanceMinor, least - now - SLACK);
      }
    }
    long bound = 0;
    for (int asset = 0; asset < tokens.length; asset++) {
      Token token = tokens[asset];
      bound =
          Math.addExact(
              bound,
              Math.min(
                  contributionE6(token, box.lowestPrice(asset)),
                  contributionE6(token, box.highestPrice(asset))));
      bound -= token.balanceMinor == 0 ? 0 : SLACK;
    }
    return bound;
  }

  private long at(int row, int instrument, long mark) {
    weighContract(row, instrument, HealthKind.MAINTENANCE, mark, mark);
    return contract.weighedMinor;
  }

  private static long contributionE6(Token token, long priceUnits) {
    token.lowUnits = priceUnits;
    token.highUnits = priceUnits;
    return token.contributionE6();
  }
}
