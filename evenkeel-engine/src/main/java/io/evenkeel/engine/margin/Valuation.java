package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.Brackets;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Accruals;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.watch.AffineBounds;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values accounts by `docs/RULES.md`, section 2. Holds scratch columns, so one instance serves one
/// thread and its calls do not nest.
public final class Valuation {
  private final Book book;
  private final Assets assets;
  private final Instruments instruments;
  private final Positions positions;
  private final CollateralValue collateral;
  private final MarginModels models;
  private final RateFactors factors;
  private final TieredBounds tieredBounds;
  private final long[] profitOfAsset;

  private long maintenanceMarginE6;
  private long initialMarginE6;

  /// @param assetLimit most assets there can be, at most 64: assets touched by one account are kept
  ///   in one long
  public Valuation(Book book, int assetLimit) {
    this.book = book;
    this.assets = book.assets;
    this.instruments = book.instruments;
    this.positions = book.positions;
    this.collateral = new CollateralValue(book);
    this.profitOfAsset = new long[assetLimit];
    this.models = new MarginModels(book, this);
    this.factors = new RateFactors(book, this);
    this.tieredBounds = new TieredBounds(book, this, assetLimit);
  }

  /// Values an account into `result`.
  ///
  /// @throws ArithmeticException when a value does not fit; limits on assets and instruments keep
  ///   that from happening
  public void assess(int account, Weighing result) {
    int rulebook = book.accounts.rulebook(account);
    RulebookTerms terms = book.rulebooks.at(rulebook);
    switch (terms.rulebook().requirement()) {
      case TieredRates tiered -> assess(account, terms, tiered, result);
      case ModelParameters parameters ->
          models.of(rulebook, terms, parameters).assess(account, result);
    }
    setLevels(terms.rulebook().levels(ExposureRules.mode(book.accounts, account)), result);
  }

  /// What can be said of an account while it stays in its zone.
  ///
  /// @param now its valuation, in a zone of RESTRICTED or better
  /// @param isReleaseDue whether excess would be released as soon as it is enough
  /// @param bounds written
  /// @return false when nothing can be said
  public boolean describe(
      int account, Weighing now, boolean isReleaseDue, FactorNumbers numbers, AffineBounds bounds) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    LevelPolicy policy = terms.rulebook().levels(ExposureRules.mode(book.accounts, account));
    return switch (terms.rulebook().requirement()) {
      case TieredRates tiered ->
          !terms.isAnyScaled()
              && tiered.scaling().isNone()
              && tieredBounds.describe(
                  account, terms, tiered, policy, now, isReleaseDue, numbers, bounds);
      case ModelParameters _ -> false;
    };
  }

  /// The margin model that governs an account; null for tiered rates, which are valued here.
  public @Nullable MarginModel model(int account) {
    int rulebook = book.accounts.rulebook(account);
    RulebookTerms terms = book.rulebooks.at(rulebook);
    return switch (terms.rulebook().requirement()) {
      case TieredRates _ -> null;
      case ModelParameters parameters -> models.of(rulebook, terms, parameters);
    };
  }

  /// The valuation of an account as a tree of terms; see [MarginModel#explain].
  public Term explain(int account) {
    MarginModel model = model(account);
    if (model != null) {
      return model.explain(account);
    }
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    return switch (terms.rulebook().requirement()) {
      case TieredRates tiered -> new TieredExplanation(book, this, terms, tiered).explain(account);
      case ModelParameters parameters ->
          throw new InvariantViolation("a model of its own for " + parameters.type());
    };
  }

  private void assess(int account, RulebookTerms terms, TieredRates tiered, Weighing result) {
    if (terms.isAnyScaled()) {
      assessScaled(account, terms, tiered, result);
      return;
    }
    long settling = weighRows(account, terms, tiered);
    long equity = 0;
    long initialEquity = 0;
    boolean debt = false;
    long[] margins = book.ledger.sweepMargins();
    Accruals accruals = book.ledger.accruals();
    int base = account * book.ledger.stride();
    int assetCount = assets.size();
    for (int asset = 0; asset < assetCount; asset++) {
      long balance = margins[base + asset];
      if (balance != 0) {
        balance = accruals.lends(asset) ? accruals.now(base + asset, asset, balance) : balance;
        long maintenanceValue = collateral.maintenanceE6(terms, asset, balance);
        equity += maintenanceValue;
        initialEquity += collateral.initialE6(terms, asset, balance, maintenanceValue);
        debt |= balance < 0;
      }
    }
    long profit = 0;
    for (long left = settling; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      long value = assets.valueE6(asset, profitOfAsset[asset], Rounding.FLOOR);
      profitOfAsset[asset] = 0;
      profit += value;
      initialEquity += initialProfitE6(tiered, value);
    }
    equity += profit;
    boolean flat = !debt && positions.first(account) == Positions.NONE;
    result.set(equity, initialEquity, maintenanceMarginE6, initialMarginE6, profit, flat);
  }

  private void assessScaled(int account, RulebookTerms terms, TieredRates tiered, Weighing result) {
    weighRows(account, terms, tiered);
    long equity = 0;
    long initialEquity = 0;
    long profit = 0;
    boolean debt = false;
    for (int asset = 0; asset < assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      long profitMinor = profitOfAsset[asset];
      profitOfAsset[asset] = 0;
      if ((balance | profitMinor) != 0) {
        debt |= balance < 0;
        profit += assets.valueE6(asset, profitMinor, Rounding.FLOOR);
        equity += countedE6(terms, tiered, asset, balance, profitMinor, false);
        initialEquity += countedE6(terms, tiered, asset, balance, profitMinor, true);
      }
    }
    boolean flat = !debt && positions.first(account) == Positions.NONE;
    result.set(equity, initialEquity, maintenanceMarginE6, initialMarginE6, profit, flat);
  }

  /// What a balance and the unrealised result of contracts that settle in the same asset count.
  long countedE6(
      RulebookTerms terms,
      TieredRates tiered,
      int asset,
      long balanceMinor,
      long profitMinor,
      boolean initial) {
    return Math.addExact(
        countedBalanceE6(terms, asset, balanceMinor, profitMinor, initial),
        countedProfitE6(terms, tiered, asset, profitMinor, initial));
  }

  /// What a balance counts, together with the result where that joins it.
  long countedBalanceE6(
      RulebookTerms terms, int asset, long balanceMinor, long profitMinor, boolean initial) {
    long amount =
        ScaledCollateral.netsProfit(terms, asset)
            ? Math.addExact(balanceMinor, profitMinor)
            : balanceMinor;
    long maintenance = collateral.maintenanceE6(terms, asset, amount);
    return initial ? collateral.initialE6(terms, asset, amount, maintenance) : maintenance;
  }

  /// What a result counts by itself: nothing where it joins the balance.
  long countedProfitE6(
      RulebookTerms terms, TieredRates tiered, int asset, long profitMinor, boolean initial) {
    if (ScaledCollateral.netsProfit(terms, asset)) {
      return 0;
    }
    Decimal otherwise = initial ? tiered.profitInitialWeight() : Decimal.ONE;
    long value = assets.valueE6(asset, profitMinor, Rounding.FLOOR);
    return ScaledCollateral.profitE6(terms, asset, value, initial, otherwise);
  }

  /// Sums requirements and profits over rows; returns the assets they settle in, one bit each, with
  /// their profits in `profitOfAsset`.
  private long weighRows(int account, RulebookTerms terms, TieredRates tiered) {
    maintenanceMarginE6 = 0;
    initialMarginE6 = 0;
    long settling = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      int asset = instruments.settlementAsset(instrument);
      settling |= 1L << asset;
      profitOfAsset[asset] += profitMinor(row, instrument);
      Brackets brackets = terms.brackets(instrument);
      long initialNotional = notionalE6(instrument, orderTicks(row, instrument));
      long maintenanceNotional = maintenanceNotionalE6(tiered, row, instrument, initialNotional);
      maintenanceMarginE6 += maintenanceMarginE6(tiered, instrument, brackets, maintenanceNotional);
      initialMarginE6 +=
          initialMarginE6(account, tiered, row, instrument, brackets, initialNotional);
    }
    return settling;
  }

  private void setLevels(LevelPolicy policy, Weighing result) {
    long difference = result.equityE6 - result.initialEquityE6;
    long maintenance = result.maintenanceMarginE6;
    long initialMargin = result.initialMarginE6;
    if (result.flat) {
      setLevels(result, 0, 0, 0, 0);
      return;
    }
    // what has no requirement and may not be closed for that reason is at its maintenance level
    boolean spared = result.closedOnlyForPositions && maintenance == 0 && result.equityE6 < 0;
    long closing = spared ? result.equityE6 : maintenance;
    switch (policy) {
      case LevelPolicy.ScaledMaintenance scaled -> {
        long search = scaled.search().times(maintenance, Rounding.FLOOR);
        long initial =
            Math.max(scaled.initial().times(maintenance, Rounding.FLOOR), initialMargin)
                + difference;
        initial = Math.max(initial, search);
        long release =
            Math.max(scaled.release().times(maintenance, Rounding.FLOOR) + difference, initial);
        setLevels(result, closing, search, initial, release);
      }
      case LevelPolicy.BetweenRequirements between -> {
        long initial = initialMargin + difference;
        long search =
            maintenance + between.searchShare().times(initial - maintenance, Rounding.FLOOR);
        long release = between.releaseFactor().times(initial, Rounding.CEILING);
        setLevels(result, closing, search, initial, release);
      }
      case LevelPolicy.FullyCollateralised() -> {
        long initial = initialMargin + difference;
        setLevels(result, spared ? Math.min(closing, initial) : initial, initial, initial, initial);
      }
      case LevelPolicy.WithoutBands() ->
          setLevels(result, closing, closing, initialMargin + difference, MarginLevels.NO_RELEASE);
    }
  }

  private static void setLevels(
      Weighing result, long maintenance, long search, long initial, long release) {
    result.maintenanceE6 = maintenance;
    result.searchE6 = search;
    result.initialE6 = initial;
    result.releaseE6 = release;
    result.zone = Zone.of(result.equityE6, maintenance, search, initial, release);
  }

  /// Forgets what a valuation that was cut short by a fault may have left in the scratch columns.
  public void reset() {
    Arrays.fill(profitOfAsset, 0);
  }

  /// What raises requirements by brackets.
  RateFactors factors() {
    return factors;
  }

  /// What single balances are worth.
  public CollateralValue collateral() {
    return collateral;
  }

  static long initialProfitE6(TieredRates tiered, long profitValueE6) {
    return profitValueE6 <= 0
        ? profitValueE6
        : tiered.profitInitialWeight().times(profitValueE6, Rounding.FLOOR);
  }

  /// Unrealised profit of a row in minor units of the settlement asset, rounded down.
  public long profitMinor(int row, int instrument) {
    long ticks = positions.quantity(row) * instruments.worthTicks(instrument) - positions.cost(row);
    long ticksPerMinor = instruments.ticksPerMinor(instrument);
    return ticksPerMinor == 1 ? ticks : Math.floorDiv(ticks, ticksPerMinor);
  }

  /// Notional of a quantity that is worth so many ticks, of either sign, in millionths of the
  /// numeraire, rounded up twice: to minor units, then in value.
  public long notionalE6(int instrument, long ticks) {
    return assets.valueE6(
        instruments.settlementAsset(instrument),
        notionalMinor(instrument, ticks),
        Rounding.CEILING);
  }

  /// Notional of a quantity that is worth so many ticks, of either sign, in minor units of the
  /// settlement asset, rounded up.
  public long notionalMinor(int instrument, long ticks) {
    long size = Math.abs(ticks);
    long ticksPerMinor = instruments.ticksPerMinor(instrument);
    return ticksPerMinor == 1 ? size : Math.ceilDiv(size, ticksPerMinor);
  }

  /// Notional of the position alone, millionths of the numeraire.
  public long positionNotionalE6(int row, int instrument) {
    return notionalE6(instrument, positions.quantity(row) * instruments.worthTicks(instrument));
  }

  /// Adds the terms of an account's balances as [#collateral] values them.
  public void explainCollateral(
      int account, RulebookTerms terms, List<Term> equity, List<Term> initialEquity) {
    new CollateralTerm(book, collateral, terms).add(account, equity, initialEquity);
  }

  /// Ticks, 0 or more, that the worst outcome of the open orders is worth, each order at the worse
  /// of mark and its own price.
  public long orderTicks(int row, int instrument) {
    long worth = Math.abs(instruments.worthTicks(instrument));
    long position = positions.quantity(row) * worth;
    long worst = Math.abs(position);
    if (positions.hasOrders(row)) {
      long buys = Math.abs(instruments.orderTicks(instrument, positions.buyNotional(row)));
      long sells = Math.abs(instruments.orderTicks(instrument, positions.sellNotional(row)));
      long bought = position + Math.max(positions.buyUnits(row) * worth, buys);
      long sold = Math.max(positions.sellUnits(row) * worth, sells) - position;
      worst = Math.max(worst, Math.max(bought, sold));
    }
    return worst;
  }

  long maintenanceNotionalE6(TieredRates tiered, int row, int instrument, long initialNotionalE6) {
    return tiered.ordersInMaintenance() || !positions.hasOrders(row)
        ? initialNotionalE6
        : positionNotionalE6(row, instrument);
  }

  long maintenanceMarginE6(
      TieredRates tiered, int instrument, Brackets brackets, long maintenanceNotionalE6) {
    long margin = brackets.maintenanceE6(maintenanceNotionalE6);
    return tiered.scaling().isNone()
        ? margin
        : factors.scaledE6(
            tiered.scaling(), brackets, instrument, maintenanceNotionalE6, margin, true);
  }

  long initialMarginE6(
      int account,
      TieredRates tiered,
      int row,
      int instrument,
      Brackets brackets,
      long initialNotionalE6) {
    long margin = brackets.initialE6(initialNotionalE6);
    if (!tiered.scaling().isNone()) {
      margin =
          factors.scaledE6(
              tiered.scaling(), brackets, instrument, initialNotionalE6, margin, false);
    }
    int leverageE2 = book.accounts.leverageE2(account);
    if (leverageE2 > 0) {
      margin = Math.max(margin, Fixed.mulDiv(initialNotionalE6, 100, leverageE2, Rounding.CEILING));
    }
    return margin + orderLossE6(row, instrument);
  }

  /// What an account loses against the mark if its open orders in an instrument fill, rounded up.
  public long orderLossE6(int row, int instrument) {
    if (!positions.hasOrders(row)) {
      return 0;
    }
    return notionalE6(instrument, orderLossTicks(row, instrument));
  }

  /// The same in ticks, exactly.
  public long orderLossTicks(int row, int instrument) {
    long worth = instruments.worthTicks(instrument);
    long buys = instruments.orderTicks(instrument, positions.buyNotional(row));
    long sells = instruments.orderTicks(instrument, positions.sellNotional(row));
    return Math.max(0, buys - positions.buyUnits(row) * worth)
        + Math.max(0, positions.sellUnits(row) * worth - sells);
  }

  /// What the whole account is worth to somebody who takes it over, debts and all: equity where the
  /// model values positions itself, else full value.
  ///
  /// @param now its valuation in the same state
  public long worthE6(int account, Weighing now) {
    MarginModel model = model(account);
    return model != null && model.valuesByModel() ? now.equityE6() : fullValueE6(account);
  }

  /// Collateral and profit at full value, no weights, no caps; negative is a deficit.
  public long fullValueE6(int account) {
    long value = 0;
    for (int asset = 0; asset < assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        value = Math.addExact(value, assets.valueE6(asset, balance, Rounding.FLOOR));
      }
    }
    long settling = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      int asset = instruments.settlementAsset(instrument);
      settling |= 1L << asset;
      profitOfAsset[asset] += profitMinor(row, instrument);
    }
    for (long left = settling; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      value = Math.addExact(value, assets.valueE6(asset, profitOfAsset[asset], Rounding.FLOOR));
      profitOfAsset[asset] = 0;
    }
    return value;
  }
}
