package io.evenkeel.engine.margin.debt;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/// Values accounts that borrow against collateral (`docs/RULES.md`, section 2.D). Equity is the
/// collateral at its thresholds, the requirement is the weighted debt, so the health factor is
/// their ratio and is below one exactly when equity is below the requirement.
///
/// Such an account may hold positions, too: their profit counts, and their whole notional is
/// required.
public final class DebtModel implements MarginModel {
  private static final Rounding FLOOR = Rounding.FLOOR;

  private final Book book;
  private final Assets assets;
  private final Positions positions;
  private final Valuation valuation;
  private final DebtTerms terms;
  private final IntToLongFunction presentPrices;
  private final long[] valueOfAsset;
  private final long[] profitOfAsset;

  /// Made anew when the rulebook, an asset or an instrument changes.
  public DebtModel(
      Book book, RulebookTerms terms, Valuation valuation, CollateralisedDebt parameters) {
    this.book = book;
    this.assets = book.assets;
    this.positions = book.positions;
    this.valuation = valuation;
    this.terms = new DebtTerms(book, terms, parameters);
    presentPrices = assets::price;
    valueOfAsset = new long[assets.size()];
    profitOfAsset = new long[assets.size()];
  }

  /// What an amount counts depends on what else there is where weights are averaged, and on what is
  /// owed where there are categories.
  @Override
  public boolean weighsCollateral() {
    return terms.averages() || !terms.parameters().categories().isEmpty();
  }

  @Override
  public void assess(int account, Weighing result) {
    int category = terms.categoryInForce(account);
    long debt = weighBalances(account, category, presentPrices);
    boolean owes = debt > 0;
    long profit = 0;
    long required = debt;
    boolean rows = positions.first(account) != Positions.NONE;
    if (rows) {
      required = Math.addExact(required, requiredNotionalE6(account));
      profit = profitE6(account);
    }
    long equity = Math.addExact(collateralE6(category, true), profit);
    long initialEquity = Math.addExact(collateralE6(category, false), profit);
    result.set(equity, initialEquity, required, required, profit, !owes && !rows);
  }

  /// Puts the value of what counts of each positive balance into `valueOfAsset`, rounded down, and
  /// returns the weighted debts, each rounded up.
  private long weighBalances(int account, int category, IntToLongFunction prices) {
    long debt = 0;
    for (int asset = 0; asset < valueOfAsset.length; asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      valueOfAsset[asset] = 0;
      if (balance > 0) {
        long counted = terms.countedMinor(asset, category, balance);
        valueOfAsset[asset] = terms.valueE6(asset, category, counted, prices, Rounding.FLOOR);
      } else if (balance < 0) {
        debt = Math.addExact(debt, debtE6(asset, category, -balance, prices));
      }
    }
    return debt;
  }

  /// A debt at its weight, rounded up twice.
  private long debtE6(int asset, int category, long owedMinor, IntToLongFunction prices) {
    return terms
        .debtWeight(asset)
        .times(
            terms.valueE6(asset, category, owedMinor, prices, Rounding.CEILING), Rounding.CEILING);
  }

  /// The weighted sum of `valueOfAsset`, rounded down per asset, or once where weights are
  /// averaged.
  private long collateralE6(int category, boolean maintenance) {
    if (terms.averages()) {
      return Fixed.mulDiv(
          collateralE6(category),
          averageUnits(category, maintenance),
          terms.averageDivisor(),
          Rounding.FLOOR);
    }
    long sum = 0;
    for (int asset = 0; asset < valueOfAsset.length; asset++) {
      if (valueOfAsset[asset] != 0) {
        sum =
            Math.addExact(
                sum, weight(asset, category, maintenance).times(valueOfAsset[asset], FLOOR));
      }
    }
    return sum;
  }

  /// The weight of an asset as collateral.
  Decimal weight(int asset, int category, boolean maintenance) {
    return maintenance
        ? terms.maintenanceWeight(asset, category)
        : terms.initialWeight(asset, category);
  }

  /// The whole value of what has a threshold above zero.
  private long collateralE6(int category) {
    long total = 0;
    for (int asset = 0; asset < valueOfAsset.length; asset++) {
      if (valueOfAsset[asset] != 0 && isCollateral(asset, category)) {
        total = Math.addExact(total, valueOfAsset[asset]);
      }
    }
    return total;
  }

  /// Whether an asset counts as collateral at all.
  boolean isCollateral(int asset, int category) {
    return terms.maintenanceWeight(asset, category).units() != 0;
  }

  /// The average weight by value, cut to the decimals of the rulebook and in their units: exactly
  /// `floor(sum of value * weight / sum of value)`, quotients and remainders of the terms summed
  /// apart.
  private long averageUnits(int category, boolean maintenance) {
    long total = collateralE6(category);
    if (total == 0) {
      return 0;
    }
    long whole = 0;
    long rest = 0;
    for (int asset = 0; asset < valueOfAsset.length; asset++) {
      if (valueOfAsset[asset] != 0 && isCollateral(asset, category)) {
        Decimal weight = weight(asset, category, maintenance);
        long units = weight.times(terms.averageDivisor(), FLOOR);
        long quotient = Fixed.mulDiv(valueOfAsset[asset], units, total, FLOOR);
        whole += quotient;
        rest += valueOfAsset[asset] * units - quotient * total;
        if (rest >= total) {
          rest -= total;
          whole++;
        }
      }
    }
    return whole;
  }

  /// [#averageUnits] of an account as it stands, as a decimal.
  Decimal average(int account, int category, boolean maintenance) {
    weighBalances(account, category, presentPrices);
    return new Decimal(averageUnits(category, maintenance), terms.parameters().averageDecimals());
  }

  /// Unrealised profit of a row, minor units of its settlement asset.
  long profitMinor(int row) {
    return valuation.profitMinor(row, positions.instrument(row));
  }

  private long requiredNotionalE6(int account) {
    long sum = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      sum = Math.addExact(sum, rowNotionalE6(row));
    }
    return sum;
  }

  /// What a row requires: the notional of the worst outcome of its orders.
  long rowNotionalE6(int row) {
    int instrument = positions.instrument(row);
    return valuation.notionalE6(instrument, valuation.orderTicks(row, instrument));
  }

  private long profitE6(int account) {
    Arrays.fill(profitOfAsset, 0);
    long settling = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      int asset = book.instruments.settlementAsset(instrument);
      settling |= 1L << asset;
      profitOfAsset[asset] += valuation.profitMinor(row, instrument);
    }
    long profit = 0;
    for (long left = settling; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      profit += assets.valueE6(asset, profitOfAsset[asset], FLOOR);
    }
    return profit;
  }

  @Override
  public Term explain(int account) {
    return new DebtExplanation(book, terms, this).of(account);
  }

  /// Collateral at its lowest and debts at their highest prices; where weights are averaged, less
  /// what averaging can cut off.
  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    if (positions.first(account) != Positions.NONE) {
      return Long.MIN_VALUE;
    }
    int category = terms.categoryInForce(account);
    long debt = weighBalances(account, category, box::highestPrice);
    long cut =
        terms.averages()
            ? Fixed.mulDiv(collateralE6(category), 1, terms.averageDivisor(), Rounding.CEILING) + 1
            : 0;
    weighBalances(account, category, box::lowestPrice);
    long sum = 0;
    for (int asset = 0; asset < valueOfAsset.length; asset++) {
      sum = Math.addExact(sum, weight(asset, category, true).times(valueOfAsset[asset], FLOOR));
    }
    return Math.subtractExact(Math.subtractExact(sum, cut), debt);
  }
}
