package io.evenkeel.engine.desk;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.trading.OrderDesk;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;

/// How far an account's collateral reaches, by which rulebook it is margined, and how many
/// positions it has in an instrument (`docs/RULES.md`, sections 3.6 and 3.7).
public final class ModeDesk {
  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final Weighing before = new Weighing();
  private final Weighing after = new Weighing();

  /// Reads and writes the book.
  public ModeDesk(Book book, Valuation valuation, ExposureRules exposures) {
    this.book = book;
    this.valuation = valuation;
    this.exposures = exposures;
  }

  /// Gives an account another mode or rulebook, if what it holds may be held so and is backed at
  /// initial by what it has, or no worse than it was.
  public RefusalReason setMode(Command.SetAccountMode choice) {
    int account = book.accounts.findOpen(choice.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    int rulebook = book.rulebooks.find(choice.rulebookId());
    if (rulebook == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_RULEBOOK;
    }
    RefusalReason reason = checkStanding(account, choice);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(account, -1);
    valuation.assess(account, before);
    if (before.equityE6() < before.maintenanceE6()) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    book.accounts.setMode(
        account,
        rulebook,
        choice.mode(),
        choice.mode() == AccountMode.ISOLATED
            ? book.instruments.find(choice.isolatedInstrumentId())
            : -1);
    reason = checkRows(account);
    if (reason == RefusalReason.NONE
        && book.accounts.isHedged(account)
        && !book.rulebooks.marginsBothSides(rulebook)) {
      reason = RefusalReason.HEDGE_MODE_REFUSED;
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    valuation.assess(account, after);
    if (after.equityE6() < after.initialE6() && isWorse()) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    book.events.emit(
        new Event.AccountModeSet(
            choice.accountId(), choice.rulebookId(), choice.mode(), choice.isolatedInstrumentId()));
    return RefusalReason.NONE;
  }

  /// Lets an account without rows hold a long and a short side by side, or one position an
  /// instrument again.
  public RefusalReason setPositionMode(Command.SetPositionMode choice) {
    int account = book.accounts.findOpen(choice.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    RefusalReason standing = book.standing(account);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    if (book.accounts.isBackstop(account)) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    boolean hedge = choice.mode() == PositionMode.HEDGE;
    if (hedge
        && !(book.rulebooks.venue().conduct().hedgeMode()
            && book.rulebooks.marginsBothSides(book.accounts.rulebook(account)))) {
      return RefusalReason.HEDGE_MODE_REFUSED;
    }
    if (book.positions.first(account) != Positions.NONE) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    book.workOn(account, -1);
    book.accounts.setHedged(account, hedge);
    book.events.emit(new Event.PositionModeSet(choice.accountId(), choice.mode()));
    return RefusalReason.NONE;
  }

  private RefusalReason checkStanding(int account, Command.SetAccountMode choice) {
    RefusalReason standing = book.standing(account);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    if (book.accounts.isBackstop(account)) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    RefusalReason reason =
        AccountDesk.checkMode(
            book, choice.mode(), choice.isolatedInstrumentId(), AccountRole.TRADER);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (book.calls.exists(account)) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    return exposures.isDegraded(account) ? RefusalReason.MARKET_DATA_DEGRADED : RefusalReason.NONE;
  }

  /// Why an account may not hold what it holds.
  private RefusalReason checkRows(int account) {
    for (int row = book.positions.first(account);
        row != Positions.NONE;
        row = book.positions.next(row)) {
      RefusalReason reason =
          OrderDesk.checkAdmission(book, account, account, book.positions.instrument(row));
      if (reason != RefusalReason.NONE) {
        return reason;
      }
    }
    return RefusalReason.NONE;
  }

  /// Whether more is missing to initial than was, or the distance to being closed has shrunk.
  private boolean isWorse() {
    return Math.subtractExact(after.initialE6(), after.equityE6())
            > Math.subtractExact(before.initialE6(), before.equityE6())
        || Math.subtractExact(after.equityE6(), after.maintenanceE6())
            < Math.subtractExact(before.equityE6(), before.maintenanceE6());
  }
}
