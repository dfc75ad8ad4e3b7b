package io.evenkeel.audit;

import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import java.math.BigInteger;

/// Other collateral is sold to the backstop to cover debts.
final class DebtConversion {
  private record Sale(BigInteger sold, BigInteger covered) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;

  DebtConversion(AuditBook book, Ledger ledger, Journal journal) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
  }

  /// Covers the debts of one account, asset by asset, as far as collateral and the backstop's
  /// balances reach.
  void convert(AuditAccount account) {
    for (AuditAsset debtAsset : book.assets) {
      if (account.balance(debtAsset).signum() >= 0 || debtAsset.price.degraded) {
        continue;
      }
      for (AuditAsset soldAsset : Releases.releaseOrder(book, account)) {
        boolean sellable =
            account.rulebook.terms(soldAsset).listed()
                && !soldAsset.price.degraded
                && account.balance(soldAsset).signum() > 0;
        if (sellable && account.balance(debtAsset).signum() < 0) {
          sell(account, debtAsset, soldAsset);
        }
      }
    }
  }

  private void sell(AuditAccount account, AuditAsset debtAsset, AuditAsset soldAsset) {
    AuditAccount backstop = book.backstop();
    BigInteger debt = account.balance(debtAsset).negate();
    BigInteger need = debt.min(Exact.notBelowZero(backstop.balance(debtAsset)));
    if (need.signum() == 0) {
      return;
    }
    Sale sale = price(account, debtAsset, soldAsset, need);
    if (sale.covered.signum() == 0) {
      return;
    }
    journal.say(
        new Event.CollateralConverted(
            account.id,
            soldAsset.id(),
            sale.sold.longValueExact(),
            debtAsset.id(),
            sale.covered.longValueExact()));
    MoneyReason reason = MoneyReason.COLLATERAL_CONVERSION;
    ledger.post(soldAsset, Ledger.margin(account), Ledger.margin(backstop), sale.sold, reason);
    ledger.post(debtAsset, Ledger.margin(backstop), Ledger.margin(account), sale.covered, reason);
  }

  private static Sale price(
      AuditAccount account, AuditAsset debtAsset, AuditAsset soldAsset, BigInteger need) {
    Ratio keeps = account.rulebook.terms(soldAsset).conversionKeeps();
    BigInteger balance = account.balance(soldAsset);
    BigInteger enough = soldAsset.amountUp(keeps.ceilUnder(debtAsset.valueUp(need)));
    if (enough.compareTo(balance) <= 0) {
      return new Sale(enough, need);
    }
    BigInteger covered = debtAsset.amount(keeps.floorTimes(soldAsset.value(balance)));
    return new Sale(balance, need.min(covered));
  }
}
