package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Accruals;
import io.evenkeel.engine.lending.RateCurve;
import io.evenkeel.engine.lending.Ray;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import java.math.BigDecimal;
import java.util.List;

/// Reads what is lent and owed. Valid until the next command. An asset is named by its identifier;
/// an unknown one, or one that is not lent, is an [IllegalArgumentException].
public final class InterestView {
  private final Machine machine;
  private final Book book;
  private final Accruals accruals;

  InterestView(Machine machine) {
    this.machine = machine;
    book = machine.book;
    accruals = book.ledger.accruals();
  }

  /// What all accounts together hold, minor units, with interest up to the last accrual.
  public BigDecimal heldMinor(int assetId) {
    int asset = lent(assetId);
    return sum(accruals.heldMinor(asset), accruals.heldRestE18(asset));
  }

  /// What all accounts together owe, minor units.
  public BigDecimal owedMinor(int assetId) {
    int asset = lent(assetId);
    return sum(accruals.owedMinor(asset), accruals.owedRestE18(asset));
  }

  /// What of it is owed, 0 to 1.
  public BigDecimal utilisation(int assetId) {
    return new BigDecimal(machine.lending.utilisation(lent(assetId)), Ray.SCALE);
  }

  /// Annual rate of debts at the present utilisation.
  public BigDecimal borrowingRate(int assetId) {
    int asset = lent(assetId);
    return new BigDecimal(
        RateCurve.rate(machine.lending.terms(asset), machine.lending.utilisation(asset)),
        Ray.SCALE);
  }

  /// Index of debts, 18 decimal places.
  public long debtIndexE18(int assetId) {
    return accruals.debtIndexE18(lent(assetId));
  }

  /// Index of holdings, 18 decimal places.
  public long holdingIndexE18(int assetId) {
    return accruals.holdingIndexE18(lent(assetId));
  }

  private int lent(int assetId) {
    int asset = book.assets.find(assetId);
    if (asset < 0 || !accruals.lends(asset)) {
      throw new IllegalArgumentException("asset " + assetId + " is not lent");
    }
    return asset;
  }

  private static BigDecimal sum(long whole, long restE18) {
    return BigDecimal.valueOf(whole).add(BigDecimal.valueOf(restE18, 18));
  }

  /// Adds a line for every lent asset of which holders were credited more than debtors owe: what
  /// the interest account would be left with if everybody were paid must not be negative. Costs a
  /// scan of all accounts.
  void addBreaches(List<String> breaches) {
    for (long left = accruals.lentAssets(); left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      long rest = book.ledger.houseBalance(HouseAccount.INTEREST, asset);
      long[] rows = book.ledger.sweepMargins();
      for (int account = 0; account < book.accounts.size(); account++) {
        long posted = rows[account * book.ledger.stride() + asset];
        rest -= book.ledger.marginBalance(account, asset) - posted;
      }
      if (rest < 0) {
        breaches.add(
            book.assets.at(asset).symbol() + " holders were credited " + -rest + " nobody owes");
      }
    }
  }
}
