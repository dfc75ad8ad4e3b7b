package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Accruals;
import io.evenkeel.model.rulebook.LendingTerms;

/// Indexes, totals and unposted interest of lent assets as bytes, in asset order. Which assets are
/// lent follows from the rulebooks.
final class LendingState {
  private LendingState() {}

  static void write(Book book, StateOutput out) {
    Accruals accruals = book.ledger.accruals();
    for (long left = accruals.lentAssets(); left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      out.putLong(accruals.debtIndexE18(asset));
      out.putLong(accruals.holdingIndexE18(asset));
      out.putLong(accruals.owedMinor(asset));
      out.putLong(accruals.owedRestE18(asset));
      out.putLong(accruals.heldMinor(asset));
      out.putLong(accruals.heldRestE18(asset));
      out.putLong(accruals.venueRestE18(asset));
      out.putLong(accruals.accruedUntilNs(asset));
      for (int account = 0; account < book.accounts.size(); account++) {
        out.putLong(accruals.touchedAtE18(account * book.ledger.stride() + asset));
      }
    }
  }

  static void read(Book book, StateInput in) {
    long lent = 0;
    long minted = 0;
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      long bit = 1L << book.assets.findSymbol(terms.asset());
      lent |= bit;
      minted |= terms.minted() ? bit : 0;
    }
    Accruals accruals = book.ledger.accruals();
    accruals.setMinted(minted);
    for (long left = lent; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      book.ledger.setLent(asset, true, book.accounts.size());
      accruals.setIndexes(asset, getIndex(in), getIndex(in));
      accruals.setTotals(asset, getAmount(in), getRest(in), getAmount(in), getRest(in));
      accruals.setVenueRestE18(asset, getRest(in));
      accruals.setAccruedUntilNs(asset, in.getLong());
      for (int account = 0; account < book.accounts.size(); account++) {
        book.ledger.restoreTouchedAt(account, asset, getIndex(in));
      }
      book.undo.commit();
    }
  }

  private static long getIndex(StateInput in) {
    long index = in.getLong();
    expect(index >= Accruals.ONE, "holds an interest index below one");
    return index;
  }

  private static long getAmount(StateInput in) {
    long amount = in.getLong();
    expect(amount >= 0, "holds a negative total of debts or holdings");
    return amount;
  }

  private static long getRest(StateInput in) {
    long rest = in.getLong();
    expect(rest >= 0 && rest < Accruals.ONE, "holds a part of a unit that is a whole one");
    return rest;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new UnreadableState(otherwise);
    }
  }
}
