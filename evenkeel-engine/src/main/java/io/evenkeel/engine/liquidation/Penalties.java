package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LiquidationPolicy;

/// Splits liquidation penalties between the insurance fund, the backstop and the fees account.
final class Penalties {
  private final Book book;

  Penalties(Book book) {
    this.book = book;
  }

  /// A penalty bounded by the equity left: `min(wantedMinor, amount worth max(0, fullValueE6))`.
  long boundedMinor(int asset, long wantedMinor, long fullValueE6) {
    long value = Math.max(0, fullValueE6);
    return book.assets.covers(asset, wantedMinor, value)
        ? Math.min(wantedMinor, book.assets.amountMinor(asset, value, Rounding.FLOOR))
        : wantedMinor;
  }

  /// Takes a penalty out of an account's margin; what is not there becomes a debt.
  void post(int account, int asset, long penaltyMinor, LiquidationPolicy policy) {
    post(Ledger.margin(account), asset, penaltyMinor, policy);
  }

  /// Takes a penalty out of whatever holds it.
  void post(long from, int asset, long penaltyMinor, LiquidationPolicy policy) {
    long insurance = policy.insuranceShare().times(penaltyMinor, Rounding.FLOOR);
    long backstop = policy.backstopShare().times(penaltyMinor, Rounding.FLOOR);
    post(asset, from, Ledger.house(HouseAccount.INSURANCE_FUND), insurance);
    post(asset, from, Ledger.margin(book.accounts.backstop()), backstop);
    post(asset, from, Ledger.house(HouseAccount.FEES), penaltyMinor - insurance - backstop);
  }

  private void post(int asset, long from, long to, long amountMinor) {
    book.ledger.post(asset, from, to, amountMinor, MoneyReason.PENALTY);
  }
}
