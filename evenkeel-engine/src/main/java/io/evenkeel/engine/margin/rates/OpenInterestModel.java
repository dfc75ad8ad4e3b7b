package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.MarginRisk;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.OpenInterestRates;
import org.jspecify.annotations.Nullable;

/// One rate for each market, raised with its open interest (`docs/RULES.md`, section 2.O).
public final class OpenInterestModel implements MarginModel {
  private final Book book;
  private final Valuation valuation;
  private final LinearContracts contracts;
  private final LinearEquity equity;
  private final LinearBound bound;
  private final OpenInterestTree tree;
  private final MarginRisk risk = new MarginRisk();
  private final long[] basePpm;
  private final long[] sharePpm;
  private final long[] fromE6;
  private final long[] toE6;

  /// Resolves the rates against what is defined.
  public OpenInterestModel(
      Book book, RulebookTerms terms, Valuation valuation, OpenInterestRates rates) {
    this.book = book;
    this.valuation = valuation;
    contracts = new LinearContracts(book, valuation);
    equity = new LinearEquity(book, terms, valuation, contracts, new @Nullable SizeDiscount[0]);
    int count = book.instruments.size();
    basePpm = new long[count];
    sharePpm = new long[count];
    fromE6 = new long[count];
    toE6 = new long[count];
    for (int i = 0; i < count; i++) {
      OpenInterestRates.Tier tier = rates.tierOf(book.instruments.at(i).symbol());
      basePpm[i] = tier.initialPpm();
      sharePpm[i] = tier.maintenanceSharePpm();
      fromE6[i] = tier.lowerCapE6();
      toE6[i] = tier.upperCapE6();
    }
    bound = new LinearBound(book, contracts, equity, (_, i, n) -> maintenanceE6(i, n), true);
    tree = new OpenInterestTree(book, terms, valuation, contracts, equity, this);
  }

  @Override
  public void assess(int account, Weighing result) {
    equity.weigh(account);
    risk.clear().add(equity.equityE6(), 0, 0);
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      risk.add(
          0,
          initialE6(account, row, instrument),
          maintenanceE6(instrument, contracts.positionNotionalE6(row, instrument)));
    }
    boolean flat = !equity.hasDebt() && positions.first(account) == Positions.NONE;
    result.set(
        risk.equityE6(),
        equity.initialEquityE6(),
        risk.maintenanceMarginE6(),
        risk.initialMarginE6(),
        equity.profitE6(),
        flat);
    result.closeOnlyForPositions();
  }

  private long initialE6(int account, int row, int instrument) {
    long notional = contracts.orderNotionalE6(row, instrument);
    long margin = OpenInterestScaling.initialE6(notional, ratePpm(instrument));
    return Math.max(margin, byLeverageE6(account, notional))
        + valuation.orderLossE6(row, instrument);
  }

  /// What the chosen leverage asks for; 0 when none is chosen.
  long byLeverageE6(int account, long notionalE6) {
    int leverageE2 = book.accounts.leverageE2(account);
    return leverageE2 == 0 ? 0 : Fixed.mulDiv(notionalE6, 100, leverageE2, Rounding.CEILING);
  }

  long maintenanceE6(int instrument, long notionalE6) {
    return OpenInterestScaling.maintenanceE6(notionalE6, basePpm[instrument], sharePpm[instrument]);
  }

  long basePpm(int instrument) {
    return basePpm[instrument];
  }

  long sharePpm(int instrument) {
    return sharePpm[instrument];
  }

  long fromE6(int instrument) {
    return fromE6[instrument];
  }

  long toE6(int instrument) {
    return toE6[instrument];
  }

  /// The initial rate at the present open interest, millionths.
  long ratePpm(int instrument) {
    if (toE6[instrument] == 0) {
      return basePpm[instrument];
    }
    return OpenInterestScaling.initialPpm(
        basePpm[instrument],
        fromE6[instrument],
        toE6[instrument],
        contracts.openInterestE6(instrument));
  }

  @Override
  public Term explain(int account) {
    return tree.explain(account);
  }

  @Override
  public long boundE6(int account, FactorBox box) {
    if (box.widensFactors()) {
      return Long.MIN_VALUE;
    }
    return bound.lowestE6(account, box);
  }
}
