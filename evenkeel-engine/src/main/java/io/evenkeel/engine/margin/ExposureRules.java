package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;

/// Which accounts may not be acted on because of what they are exposed to (`docs/RULES.md`, section
/// 4).
public final class ExposureRules {
  private final Book book;

  /// Reads the book.
  public ExposureRules(Book book) {
    this.book = book;
  }

  /// The mode of an account.
  public static AccountMode mode(Accounts accounts, int account) {
    return accounts.isIsolated(account) ? AccountMode.ISOLATED : AccountMode.CROSS;
  }

  /// Whether the level policy of an account moves money for it at all.
  public boolean hasBands(int account) {
    LevelPolicy policy =
        book.rulebooks
            .at(book.accounts.rulebook(account))
            .rulebook()
            .levels(mode(book.accounts, account));
    return !(policy instanceof LevelPolicy.WithoutBands);
  }

  /// Whether an account is exposed to a degraded instrument or asset.
  public boolean isDegraded(int account) {
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (isInstrumentDegraded(instrument)) {
        return true;
      }
    }
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.assets.quotes().isDegraded(asset)
          && book.ledger.marginBalance(account, asset) != 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether an instrument's mark or the price of its settlement asset is degraded.
  public boolean isInstrumentDegraded(int instrument) {
    return book.instruments.quotes().isDegraded(instrument)
        || book.assets.quotes().isDegraded(book.instruments.settlementAsset(instrument));
  }

  /// Whether a step does not run for an account because of the phase of an instrument, or, for
  /// closing, because an instrument is lost or frozen.
  public boolean isSuspended(int account, CycleStep step) {
    VenuePolicy venue = book.rulebooks.venue();
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      if (venue.suspends(book.instruments.phase(instrument), step)) {
        return true;
      }
      if (step == CycleStep.CLOSE
          && (book.instruments.isFrozen(instrument)
              || book.instruments.quotes().isLost(instrument))) {
        return true;
      }
    }
    return false;
  }
}
