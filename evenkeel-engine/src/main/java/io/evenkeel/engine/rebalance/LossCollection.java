package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.CollateralValue;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LossSource;
import java.util.List;

/// Collects a cash loss from the sources of the loser's rulebook, in its order.
public final class LossCollection {
  private static final long SETTLEMENT = Ledger.house(HouseAccount.SETTLEMENT);
  private static final long INSURANCE = Ledger.house(HouseAccount.INSURANCE_FUND);

  /// Who pays what the backstop loses where the funds of instruments stand behind it.
  private static final List<LossSource> FUND_ALONE = List.of(LossSource.INSTRUMENT_FUND);

  private final Book book;
  private final CollateralValue values;

  /// Reads and writes the book.
  public LossCollection(Book book, CollateralValue values) {
    this.book = book;
    this.values = values;
  }

  /// Moves a loss into the settlement account and returns what nobody paid.
  long collect(int account, int instrument, int asset, long lossMinor, MoneyReason reason) {
    List<LossSource> sources =
        book.isBackedByFunds(account)
            ? FUND_ALONE
            : book.rulebooks.at(book.accounts.rulebook(account)).rulebook().lossSources();
    long rest = lossMinor;
    for (int i = 0; i < sources.size() && rest > 0; i++) {
      rest -= collectFrom(sources.get(i), account, instrument, asset, rest, reason);
    }
    return rest;
  }

  private long collectFrom(
      LossSource source, int account, int instrument, int asset, long rest, MoneyReason reason) {
    boolean isolated = book.accounts.isIsolated(account);
    int party = book.accounts.party(account);
    long from =
        switch (source) {
          case MARGIN, DEBT -> Ledger.margin(account);
          case WALLET -> Ledger.wallet(party);
          case INSURANCE -> INSURANCE;
          case INSTRUMENT_FUND -> Ledger.instrumentFund(instrument);
        };
    long paid =
        switch (source) {
          case MARGIN -> Math.min(rest, Math.max(0, book.ledger.marginBalance(account, asset)));
          case WALLET -> isolated ? 0 : Math.min(rest, book.ledger.walletBalance(party, asset));
          case DEBT -> isolated ? 0 : debtMinor(account, asset, rest);
          case INSURANCE ->
              Math.min(rest, book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, asset));
          case INSTRUMENT_FUND -> Math.min(rest, book.ledger.instrumentFundBalance(instrument));
        };
    book.ledger.post(asset, from, SETTLEMENT, paid, reason);
    return paid;
  }

  /// How much of a loss may become a debt: as much as other collateral at maintenance weights
  /// backs.
  private long debtMinor(int account, int asset, long rest) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    long backing = 0;
    for (int other = 0; other < book.assets.size(); other++) {
      long balance = book.ledger.marginBalance(account, other);
      if (balance != 0 && (other != asset || balance < 0)) {
        backing += values.maintenanceE6(terms, other, balance);
      }
    }
    if (terms.isScaled(asset)) {
      long backed = Math.max(0, backing);
      return rest
          - CollateralTrial.least(
              rest, unpaid -> -values.maintenanceE6(terms, asset, unpaid - rest) <= backed);
    }
    Decimal debtWeight = terms.collateral(asset).debtWeight();
    long needed =
        debtWeight.times(book.assets.valueE6(asset, rest, Rounding.CEILING), Rounding.CEILING);
    if (needed <= Math.max(0, backing)) {
      return rest;
    }
    long value = debtWeight.divide(Math.max(0, backing), Rounding.FLOOR);
    return Math.min(rest, book.assets.amountMinor(asset, value, Rounding.FLOOR));
  }
}
