package io.evenkeel.engine.margin.rates;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.model.number.Rounding;
import org.jspecify.annotations.Nullable;

/// What an account is worth under a linear model: collateral by the schedule of the rulebook and by
/// its size, unrealised profit in full, funding that is due. Holds the sums of the last account it
/// weighed.
final class LinearEquity {
  private final Book book;
  private final RulebookTerms terms;
  private final Valuation valuation;
  private final LinearContracts contracts;
  private final @Nullable SizeDiscount[] discounts;
  private final long[] profitMinor;
  private final FundingDue funding = new FundingDue();

  private long equityE6;
  private long initialEquityE6;
  private long heldE6;
  private long profitE6;
  private boolean debt;

  /// @param discounts by asset, null where size does not matter; may be shorter than the assets
  LinearEquity(
      Book book,
      RulebookTerms terms,
      Valuation valuation,
      LinearContracts contracts,
      @Nullable SizeDiscount[] discounts) {
    this.book = book;
    this.terms = terms;
    this.valuation = valuation;
    this.contracts = contracts;
    this.discounts = discounts;
    profitMinor = new long[book.assets.size()];
  }

  /// Weighs an account into the fields below.
  void weigh(int account) {
    equityE6 = 0;
    initialEquityE6 = 0;
    heldE6 = 0;
    debt = false;
    int assetCount = profitMinor.length;
    for (int asset = 0; asset < assetCount; asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance != 0) {
        equityE6 = Math.addExact(equityE6, maintenanceE6(asset, balance));
        initialEquityE6 = Math.addExact(initialEquityE6, initialE6(asset, balance));
        debt |= balance < 0;
        heldE6 = Math.addExact(heldE6, heldE6(asset, balance));
      }
    }
    profitE6 = profitE6(account);
    equityE6 = Math.addExact(equityE6, profitE6);
    initialEquityE6 = Math.addExact(initialEquityE6, profitE6);
  }

  private long profitE6(int account) {
    Positions positions = book.positions;
    funding.clear();
    long settling = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      int asset = book.instruments.settlementAsset(instrument);
      long profit = contracts.profitMinor(row, instrument, book.instruments.mark(instrument));
      profitMinor[asset] = (settling & 1L << asset) == 0 ? profit : profitMinor[asset] + profit;
      settling |= 1L << asset;
      contracts.addFunding(row, instrument, funding);
    }
    long profit = funding.flooredE6();
    for (long left = settling; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      long value = book.assets.valueE6(asset, profitMinor[asset], Rounding.FLOOR);
      profit = Math.addExact(profit, value);
    }
    return profit;
  }

  /// Funding an account is due, as [#weigh] counts it.
  long fundingE6(int account) {
    funding.clear();
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      contracts.addFunding(row, positions.instrument(row), funding);
    }
    return funding.flooredE6();
  }

  /// What a balance adds to equity.
  long maintenanceE6(int asset, long balanceMinor) {
    long value = valuation.collateral().maintenanceE6(terms, asset, balanceMinor);
    return discounted(asset, balanceMinor, value);
  }

  /// The same at a price that is supposed; only where [#isProportional].
  long maintenanceAtE6(int asset, long balanceMinor, long priceUnits) {
    long value = valuation.collateral().maintenanceE6(terms, asset, balanceMinor, priceUnits);
    return discounted(asset, balanceMinor, value);
  }

  /// Whether what an asset counts is proportional to its price.
  boolean isProportional(int asset) {
    return !terms.isScaled(asset);
  }

  /// What a balance adds to [#heldE6()].
  private long heldE6(int asset, long balanceMinor) {
    return balanceMinor <= 0 ? 0 : valuation.collateral().maintenanceE6(terms, asset, balanceMinor);
  }

  /// What a balance adds to [#heldE6()] at a price that is supposed.
  long heldAtE6(int asset, long balanceMinor, long priceUnits) {
    if (balanceMinor <= 0 || !isProportional(asset)) {
      return heldE6(asset, balanceMinor);
    }
    return valuation.collateral().maintenanceE6(terms, asset, balanceMinor, priceUnits);
  }

  /// What a balance adds to initial equity.
  long initialE6(int asset, long balanceMinor) {
    long atMaintenance = valuation.collateral().maintenanceE6(terms, asset, balanceMinor);
    long value = valuation.collateral().initialE6(terms, asset, balanceMinor, atMaintenance);
    return discounted(asset, balanceMinor, value);
  }

  /// The share of its value that a balance loses by its size, in `10^-12`.
  long discountE12(int asset, long balanceMinor) {
    SizeDiscount discount = asset < discounts.length ? discounts[asset] : null;
    return discount == null || balanceMinor <= 0 ? 0 : discount.shareE12(balanceMinor);
  }

  private long discounted(int asset, long balanceMinor, long valueE6) {
    SizeDiscount discount = asset < discounts.length ? discounts[asset] : null;
    return discount == null || balanceMinor <= 0 ? valueE6 : discount.keptE6(valueE6, balanceMinor);
  }

  /// Equity of the account weighed last.
  long equityE6() {
    return equityE6;
  }

  /// Initial equity.
  long initialEquityE6() {
    return initialEquityE6;
  }

  /// What the account holds as collateral, at maintenance weights, debts and discounts by size left
  /// out.
  long heldE6() {
    return heldE6;
  }

  /// The part that is unrealised profit and funding.
  long profitE6() {
    return profitE6;
  }

  /// Whether any balance is negative.
  boolean hasDebt() {
    return debt;
  }
}
