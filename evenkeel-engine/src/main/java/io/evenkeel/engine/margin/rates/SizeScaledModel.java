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
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.SizeScaledRates;
import org.jspecify.annotations.Nullable;

/// Rates that grow with the position, collateral that loses by its size, and the keeper's reward in
/// both requirements (`docs/RULES.md`, section 2.Z).
public final class SizeScaledModel implements MarginModel {
  private final Book book;
  private final Valuation valuation;
  private final SizeScaledRates.Reward reward;
  private final LinearContracts contracts;
  private final LinearEquity equity;
  private final LinearBound bound;
  private final SizeScaledTree tree;
  private final MarginRisk risk = new MarginRisk();
  private final SizeRate[] rates;

  /// Resolves the rates against what is defined.
  public SizeScaledModel(
      Book book, RulebookTerms terms, Valuation valuation, SizeScaledRates parameters) {
    this.book = book;
    this.valuation = valuation;
    reward = parameters.reward();
    contracts = new LinearContracts(book, valuation);
    equity = new LinearEquity(book, terms, valuation, contracts, discounts(book, parameters));
    rates = new SizeRate[book.instruments.size()];
    for (int i = 0; i < rates.length; i++) {
      LinearContract contract = book.instruments.at(i);
      rates[i] =
          new SizeRate(
              parameters.marketOf(contract.symbol()),
              contract.quantityScale(),
              contract.contractSize());
    }
    bound = new LinearBound(book, contracts, equity, this::maintenanceE6, false);
    tree = new SizeScaledTree(book, terms, valuation, contracts, equity, this);
  }

  private static @Nullable SizeDiscount[] discounts(Book book, SizeScaledRates parameters) {
    @Nullable SizeDiscount[] discounts = new SizeDiscount[book.assets.size()];
    for (int asset = 0; asset < discounts.length; asset++) {
      SizeScaledRates.Discount discount =
          parameters.discounts().get(book.assets.at(asset).symbol());
      if (discount != null) {
        discounts[asset] = new SizeDiscount(discount, book.assets.at(asset).scale());
      }
    }
    return discounts;
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
          maintenanceE6(row, instrument, contracts.positionNotionalE6(row, instrument)));
    }
    long keeper = rewardE6(account, equity.heldE6());
    risk.add(0, keeper, keeper);
    boolean flat = !equity.hasDebt() && positions.first(account) == Positions.NONE;
    result.set(
        risk.equityE6(),
        equity.initialEquityE6(),
        risk.maintenanceMarginE6(),
        risk.initialMarginE6(),
        equity.profitE6(),
        flat);
  }

  long initialE6(int account, int row, int instrument) {
    long notional = contracts.orderNotionalE6(row, instrument);
    long margin = rates[instrument].initialE6(notional, largestUnits(row));
    return Math.max(margin, byLeverageE6(account, notional))
        + valuation.orderLossE6(row, instrument);
  }

  /// What the chosen leverage asks for; 0 when none is chosen.
  long byLeverageE6(int account, long notionalE6) {
    int leverageE2 = book.accounts.leverageE2(account);
    return leverageE2 == 0 ? 0 : Fixed.mulDiv(notionalE6, 100, leverageE2, Rounding.CEILING);
  }

  /// The largest size that the open orders can make of a position.
  long largestUnits(int row) {
    Positions positions = book.positions;
    long held = positions.quantity(row);
    return Math.max(
        Math.abs(held), Math.max(held + positions.buyUnits(row), positions.sellUnits(row) - held));
  }

  long maintenanceE6(int row, int instrument, long notionalE6) {
    long size = Math.abs(book.positions.quantity(row));
    return size == 0 ? 0 : rates[instrument].maintenanceE6(notionalE6, size);
  }

  /// What a keeper would be paid now; nothing for an account without positions.
  long rewardE6(int account, long collateralE6) {
    Positions positions = book.positions;
    long flagged = 0;
    boolean held = false;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      held |= positions.quantity(row) != 0;
      flagged =
          Math.addExact(
              flagged, rates[instrument].flagE6(contracts.positionNotionalE6(row, instrument)));
    }
    return held ? KeeperReward.ofAccountE6(reward, flagged, collateralE6) : 0;
  }

  SizeRate rate(int instrument) {
    return rates[instrument];
  }

  /// Discounts and the reward depend on how much there is.
  @Override
  public boolean weighsCollateral() {
    return true;
  }

  /// Nothing leaves an account that owes anything.
  @Override
  public long withdrawableMinor(int account, int asset) {
    equity.weigh(account);
    return equity.hasDebt() ? 0 : Long.MAX_VALUE;
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
    long lowest = bound.lowestE6(account, box);
    return lowest == Long.MIN_VALUE
        ? lowest
        : Math.subtractExact(lowest, largestRewardE6(account, box));
  }

  /// The reward where notionals and collateral are worth most: it falls with neither.
  private long largestRewardE6(int account, FactorBox box) {
    long collateral = 0;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      collateral =
          Math.addExact(collateral, equity.heldAtE6(asset, balance, box.highestPrice(asset)));
    }
    Positions positions = book.positions;
    long flagged = 0;
    boolean held = false;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      long size = Math.abs(positions.quantity(row)) * box.highestMark(instrument);
      int asset = book.instruments.settlementAsset(instrument);
      long notional =
          book.assets.valueAtE6(
              asset,
              contracts.valueMinor(instrument, size),
              box.highestPrice(asset),
              Rounding.FLOOR);
      held |= positions.quantity(row) != 0;
      flagged = Math.addExact(flagged, rates[instrument].flagE6(notional));
    }
    return held ? KeeperReward.ofAccountE6(reward, flagged, collateral) : 0;
  }
}
