package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;

/// Sells collateral to the backstop to cover debts.
final class DebtConversion {
  private final Book book;
  private final Assets assets;

  DebtConversion(Book book) {
    this.book = book;
    this.assets = book.assets;
  }

  /// Covers what can be covered of an account's debts.
  void convert(int account) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    for (int debt = 0; debt < assets.size(); debt++) {
      if (assets.quotes().isDegraded(debt)) {
        continue;
      }
      for (int sold : terms.releaseOrder()) {
        if (book.ledger.marginBalance(account, debt) >= 0) {
          break;
        }
        boolean sellable =
            sold != debt
                && terms.isListed(sold)
                && !assets.quotes().isDegraded(sold)
                && book.ledger.marginBalance(account, sold) > 0;
        if (sellable) {
          sell(account, terms, sold, debt);
        }
      }
    }
  }

  private void sell(int account, RulebookTerms terms, int sold, int debt) {
    int backstop = book.accounts.backstop();
    long balance = book.ledger.marginBalance(account, sold);
    long covered =
        Math.min(
            -book.ledger.marginBalance(account, debt),
            Math.max(0, book.ledger.marginBalance(backstop, debt)));
    if (covered == 0) {
      return;
    }
    Decimal kept = terms.collateral(sold).conversionHaircut().complement();
    long value = kept.divide(assets.valueE6(debt, covered, Rounding.CEILING), Rounding.CEILING);
    long soldMinor;
    if (assets.covers(sold, balance, value)) {
      soldMinor = assets.amountMinor(sold, value, Rounding.CEILING);
    } else {
      soldMinor = balance;
      long proceeds = kept.times(assets.valueE6(sold, balance, Rounding.FLOOR), Rounding.FLOOR);
      covered = Math.min(covered, assets.amountMinor(debt, proceeds, Rounding.FLOOR));
      if (covered == 0) {
        return;
      }
    }
    book.events.emit(
        new Event.CollateralConverted(
            book.accounts.idAt(account), assets.idAt(sold), soldMinor, assets.idAt(debt), covered));
    MoneyReason reason = MoneyReason.COLLATERAL_CONVERSION;
    book.ledger.post(sold, Ledger.margin(account), Ledger.margin(backstop), soldMinor, reason);
    book.ledger.post(debt, Ledger.margin(backstop), Ledger.margin(account), covered, reason);
  }
}
