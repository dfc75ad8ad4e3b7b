package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import java.util.function.LongPredicate;

/// Tries transfers of collateral on the real book with the real valuation and takes them back,
/// where what an amount counts depends on the amount. All that is searched for is monotone: more
/// collateral never serves an account worse. One account at a time.
final class CollateralTrial {
  private static final long OUTSIDE = Ledger.house(HouseAccount.OUTSIDE_WORLD);

  private final Book book;
  private final Valuation valuation;
  private final Weighing weighing = new Weighing();
  private int account;
  private int savepoint;
  private boolean wasMuted;

  CollateralTrial(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  /// Whether amounts of an account must be tried, because no fixed weight tells what they count.
  boolean isNeeded(int ofAccount) {
    if (book.rulebooks.at(book.accounts.rulebook(ofAccount)).isAnyScaled()) {
      return true;
    }
    MarginModel model = valuation.model(ofAccount);
    return model != null && model.weighsCollateral();
  }

  /// Starts; [#end] must follow.
  void begin(int ofAccount) {
    account = ofAccount;
    savepoint = book.undo.savepoint();
    wasMuted = book.events.isMuted();
    book.events.mute();
  }

  /// Takes everything back.
  void end() {
    book.undo.rollbackTo(savepoint);
    if (!wasMuted) {
      book.events.unmute();
    }
  }

  /// Supposes that an amount comes in, or leaves when negative.
  void change(int asset, long amountMinor) {
    long margin = Ledger.margin(account);
    if (amountMinor >= 0) {
      book.ledger.post(asset, OUTSIDE, margin, amountMinor, MoneyReason.TRANSFER_IN);
    } else {
      book.ledger.post(asset, margin, OUTSIDE, -amountMinor, MoneyReason.TRANSFER_OUT);
    }
  }

  /// The account as it would be.
  Weighing weigh() {
    valuation.assess(account, weighing);
    return weighing;
  }

  /// What equity would have above the initial level.
  long headroomE6() {
    weigh();
    return Math.subtractExact(weighing.equityE6(), weighing.initialE6());
  }

  /// Headroom with one more change.
  long headroomE6(int asset, long amountMinor) {
    int before = book.undo.savepoint();
    change(asset, amountMinor);
    long headroom = headroomE6();
    book.undo.rollbackTo(before);
    return headroom;
  }

  /// The least amount from 0 to `most` for which `enough` holds, given that it holds for `most`.
  static long least(long most, LongPredicate enough) {
    if (enough.test(0)) {
      return 0;
    }
    long tooLittle = 0;
    long sufficient = most;
    while (sufficient - tooLittle > 1) {
      long middle = tooLittle + (sufficient - tooLittle) / 2;
      if (enough.test(middle)) {
        sufficient = middle;
      } else {
        tooLittle = middle;
      }
    }
    return sufficient;
  }
}
