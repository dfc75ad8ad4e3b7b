package io.evenkeel.engine.desk;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.trading.OrderDesk;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Instrument.LinearContract;

/// Opening imports: what accounts held elsewhere before this engine took them on (`docs/RULES.md`,
/// section 3.3).
public final class ImportDesk {
  private final Book book;
  private final EngineLimits limits;
  private final Trades trades;

  /// Reads and writes the book.
  public ImportDesk(Book book, EngineLimits limits, Trades trades) {
    this.book = book;
    this.limits = limits;
    this.trades = trades;
  }

  /// Brings a balance or a debt into a margin account.
  public RefusalReason importBalance(Command.ImportBalance command) {
    int account = book.accounts.findOpen(command.accountId());
    if (account == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    int asset = book.assets.find(command.assetId());
    if (asset == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    long amount = command.amountMinor();
    long mostMinor = book.assets.at(asset).maximumSupplyMinor();
    if (amount == 0 || amount < -mostMinor) {
      return RefusalReason.INVALID_AMOUNT;
    }
    if (book.accounts.isFrozen(account)) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    long external = -book.ledger.houseBalance(HouseAccount.OUTSIDE_WORLD, asset);
    long balance = book.ledger.marginBalance(account, asset);
    if (amount > mostMinor - external || amount + balance < -mostMinor) {
      return RefusalReason.SUPPLY_EXCEEDED;
    }
    long outside = Ledger.house(HouseAccount.OUTSIDE_WORLD);
    long margin = Ledger.margin(account);
    if (amount > 0) {
      book.ledger.post(asset, outside, margin, amount, MoneyReason.IMPORT);
    } else {
      book.ledger.post(asset, margin, outside, -amount, MoneyReason.IMPORT);
    }
    return RefusalReason.NONE;
  }

  /// Brings a position of two accounts against one another in.
  public RefusalReason importPosition(Command.ImportPosition command) {
    int instrument = book.instruments.find(command.instrumentId());
    int longAccount = book.accounts.findOpen(command.longAccountId());
    int shortAccount = book.accounts.findOpen(command.shortAccountId());
    RefusalReason reason = checkStanding(instrument, longAccount, shortAccount);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int bought = book.positions.lineOf(longAccount, instrument, true);
    int sold = book.positions.lineOf(shortAccount, instrument, false);
    reason = checkSize(bought, sold, longAccount, shortAccount, command);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(longAccount, instrument);
    long quantity = command.quantityUnits();
    long cost = command.longCostTicks();
    if (quantity == 0) {
      trades.changeKeepingResult(longAccount, bought, 0, cost);
      trades.changeKeepingResult(shortAccount, sold, 0, -cost);
    }
    long longRealised = quantity == 0 ? 0 : trades.change(longAccount, bought, quantity, cost);
    long shortRealised = quantity == 0 ? 0 : trades.change(shortAccount, sold, -quantity, -cost);
    book.events.emit(
        new Event.PositionImported(
            command.instrumentId(),
            command.longAccountId(),
            command.shortAccountId(),
            quantity,
            cost));
    trades.postRealised(longAccount, instrument, longRealised);
    trades.postRealised(shortAccount, instrument, shortRealised);
    trades.tidy(longAccount, bought);
    trades.tidy(shortAccount, sold);
    return RefusalReason.NONE;
  }

  private RefusalReason checkStanding(int instrument, int longAccount, int shortAccount) {
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (longAccount == IdIndex.ABSENT || shortAccount == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (longAccount == shortAccount) {
      return RefusalReason.SELF_TRADE;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    if (book.instruments.isSettled(instrument)) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (book.accounts.isFrozen(longAccount) || book.accounts.isFrozen(shortAccount)) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    return OrderDesk.checkAdmission(book, longAccount, shortAccount, instrument);
  }

  private RefusalReason checkSize(
      int bought, int sold, int longAccount, int shortAccount, Command.ImportPosition command) {
    int instrument = Positions.instrumentOf(bought);
    LinearContract contract = book.instruments.at(instrument);
    long quantity = command.quantityUnits();
    boolean resultOnly = quantity == 0 && keepsResults(longAccount) && keepsResults(shortAccount);
    if ((quantity <= 0 && !resultOnly)
        || quantity % contract.lotSize() != 0
        || quantity > contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    long cost = command.longCostTicks();
    long weighed = resultOnly ? contract.maximumPositionUnits() : quantity;
    if (cost == Long.MIN_VALUE
        || (resultOnly && cost == 0)
        || Math.abs(cost) > book.instruments.mostTicks(instrument, weighed)) {
      return RefusalReason.INVALID_COST;
    }
    long longHeld = book.positions.held(longAccount, bought);
    long shortHeld = book.positions.held(shortAccount, sold);
    if (exceeds(longAccount, longHeld, longHeld + quantity, contract)
        || exceeds(shortAccount, shortHeld, shortHeld - quantity, contract)) {
      return RefusalReason.POSITION_LIMIT;
    }
    if (hasNoRoom(longAccount, bought) || hasNoRoom(shortAccount, sold)) {
      return RefusalReason.LIMIT_REACHED;
    }
    long longs = Math.max(longHeld + quantity, 0) - Math.max(longHeld, 0);
    longs += Math.max(shortHeld - quantity, 0) - Math.max(shortHeld, 0);
    return book.instruments.openInterestUnits(instrument)
            > contract.maximumOpenInterestUnits() - longs
        ? RefusalReason.OPEN_INTEREST_LIMIT
        : RefusalReason.NONE;
  }

  private boolean keepsResults(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account)).keepsResults();
  }

  /// Limits on positions do not bind the backstop.
  private boolean exceeds(int account, long before, long after, LinearContract contract) {
    return !book.accounts.isBackstop(account)
        && Math.abs(after) > contract.maximumPositionUnits()
        && Math.abs(after) > Math.abs(before);
  }

  private boolean hasNoRoom(int account, int line) {
    return !book.accounts.isBackstop(account)
        && book.positions.find(account, line) < 0
        && book.positions.count(account) >= limits.positionsPerAccount();
  }
}
