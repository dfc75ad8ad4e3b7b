package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.Calls;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;

/// Opening and closing accounts, and what parties decide (`docs/RULES.md`, section 3).
public final class AccountDesk {
  private final Book book;
  private final EngineLimits limits;
  private final Valuation valuation;
  private final Calls calls;
  private final Weighing weighing = new Weighing();

  /// Reads and writes the book.
  public AccountDesk(Book book, EngineLimits limits, Valuation valuation, Calls calls) {
    this.book = book;
    this.limits = limits;
    this.valuation = valuation;
    this.calls = calls;
  }

  /// Opens an account, and its party if it is new.
  public RefusalReason open(Command.OpenAccount opening) {
    RefusalReason reason = checkIdentity(opening);
    if (reason == RefusalReason.NONE) {
      reason = checkMode(book, opening.mode(), opening.isolatedInstrumentId(), opening.role());
    }
    if (reason == RefusalReason.NONE) {
      reason = checkRole(opening.role());
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int party = book.parties.find(opening.partyId());
    if (party == IdIndex.ABSENT) {
      party = book.parties.add(opening.partyId());
    }
    book.accounts.add(
        opening.accountId(),
        party,
        book.rulebooks.find(opening.rulebookId()),
        opening.mode(),
        opening.mode() == AccountMode.ISOLATED
            ? book.instruments.find(opening.isolatedInstrumentId())
            : -1,
        opening.role());
    book.events.emit(
        new Event.AccountOpened(
            opening.accountId(),
            opening.partyId(),
            opening.rulebookId(),
            opening.mode(),
            opening.role()));
    return RefusalReason.NONE;
  }

  private RefusalReason checkIdentity(Command.OpenAccount opening) {
    if (opening.accountId() < 0 || opening.partyId() < 0) {
      return RefusalReason.INVALID_IDENTIFIER;
    }
    if (book.accounts.find(opening.accountId()) != IdIndex.ABSENT) {
      return RefusalReason.ALREADY_DEFINED;
    }
    boolean newParty = book.parties.find(opening.partyId()) == IdIndex.ABSENT;
    if (book.accounts.size() >= limits.accounts()
        || (newParty && book.parties.size() >= limits.parties())) {
      return RefusalReason.LIMIT_REACHED;
    }
    return book.rulebooks.find(opening.rulebookId()) == IdIndex.ABSENT
        ? RefusalReason.UNKNOWN_RULEBOOK
        : RefusalReason.NONE;
  }

  /// Why an account may not be of a mode: a cross account names no instrument, an isolated one a
  /// contract that still trades.
  static RefusalReason checkMode(
      Book book, AccountMode mode, int isolatedInstrumentId, AccountRole role) {
    if (mode == AccountMode.CROSS) {
      return isolatedInstrumentId == -1 ? RefusalReason.NONE : RefusalReason.INVALID_MODE;
    }
    if (role == AccountRole.BACKSTOP) {
      return RefusalReason.INVALID_MODE;
    }
    int instrument = book.instruments.find(isolatedInstrumentId);
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    return book.instruments.isSettled(instrument)
        ? RefusalReason.INSTRUMENT_SETTLED
        : RefusalReason.NONE;
  }

  private RefusalReason checkRole(AccountRole role) {
    boolean exists = book.accounts.backstop() >= 0;
    if (role == AccountRole.BACKSTOP) {
      return exists ? RefusalReason.BACKSTOP_EXISTS : RefusalReason.NONE;
    }
    return exists ? RefusalReason.NONE : RefusalReason.NO_BACKSTOP;
  }

  /// Closes a flat account; what it holds goes to the wallet.
  public RefusalReason close(Command.CloseAccount closing) {
    int account = book.accounts.findOpen(closing.accountId());
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
    book.workOn(account, -1);
    valuation.assess(account, weighing);
    if (!weighing.isFlat()) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.ledger.marginBalance(account, asset)
          > book.ledger.accruals().liquidityMinor(asset)) {
        return RefusalReason.INSUFFICIENT_LIQUIDITY;
      }
    }
    calls.end(account, CallEnd.CANCELLED, weighing);
    long wallet = Ledger.wallet(book.accounts.party(account));
    for (int asset = 0; asset < book.assets.size(); asset++) {
      book.ledger.post(
          asset,
          Ledger.margin(account),
          wallet,
          book.ledger.marginBalance(account, asset),
          MoneyReason.RELEASE);
    }
    book.accounts.close(account);
    book.events.emit(new Event.AccountClosed(closing.accountId()));
    return RefusalReason.NONE;
  }

  /// Notes whether a party's accounts may help one another.
  public RefusalReason setPolicy(Command.SetPartyPolicy policy) {
    int party = book.parties.find(policy.partyId());
    if (party == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    book.parties.setSiblings(party, policy.siblingTopUp());
    book.events.emit(new Event.PartyPolicySet(policy.partyId(), policy.siblingTopUp()));
    return RefusalReason.NONE;
  }
}
