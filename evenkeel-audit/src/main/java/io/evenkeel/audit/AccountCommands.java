package io.evenkeel.audit;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SetAccountMode;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.Command.SetPositionMode;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opening, closing and choices of accounts and parties.
final class AccountCommands {
  private static final int NO_INSTRUMENT = -1;

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;
  private final Cycle cycle;

  AccountCommands(
      AuditBook book, Ledger ledger, Journal journal, Valuation valuation, Cycle cycle) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
    this.cycle = cycle;
  }

  RefusalReason open(OpenAccount command) {
    RefusalReason refusal = whyNotOpen(command);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    AuditParty party = book.parties.computeIfAbsent(command.partyId(), AuditParty::new);
    AuditAccount account =
        new AuditAccount(
            book.accounts.size(),
            command.accountId(),
            party,
            Objects.requireNonNull(book.rulebook(command.rulebookId())),
            command.mode(),
            book.instrument(command.isolatedInstrumentId()),
            command.role());
    book.add(account);
    journal.say(
        new Event.AccountOpened(
            command.accountId(),
            command.partyId(),
            command.rulebookId(),
            command.mode(),
            command.role()));
    return RefusalReason.NONE;
  }

  private RefusalReason whyNotOpen(OpenAccount command) {
    if (command.accountId() < 0 || command.partyId() < 0) {
      return RefusalReason.INVALID_IDENTIFIER;
    }
    if (book.accountEverOpened(command.accountId()) != null) {
      return RefusalReason.ALREADY_DEFINED;
    }
    boolean newParty = !book.parties.containsKey(command.partyId());
    if (book.accounts.size() >= book.limits.accounts()
        || (newParty && book.parties.size() >= book.limits.parties())) {
      return RefusalReason.LIMIT_REACHED;
    }
    if (book.rulebook(command.rulebookId()) == null) {
      return RefusalReason.UNKNOWN_RULEBOOK;
    }
    RefusalReason mode = whyNotMode(command.mode(), command.isolatedInstrumentId(), command.role());
    if (mode != RefusalReason.NONE) {
      return mode;
    }
    boolean exists = book.findBackstop() != null;
    return switch (command.role()) {
      case BACKSTOP -> exists ? RefusalReason.BACKSTOP_EXISTS : RefusalReason.NONE;
      case TRADER -> exists ? RefusalReason.NONE : RefusalReason.NO_BACKSTOP;
    };
  }

  private RefusalReason whyNotMode(AccountMode mode, int isolatedInstrumentId, AccountRole role) {
    if (mode == AccountMode.CROSS) {
      return isolatedInstrumentId == NO_INSTRUMENT
          ? RefusalReason.NONE
          : RefusalReason.INVALID_MODE;
    }
    if (role == AccountRole.BACKSTOP) {
      return RefusalReason.INVALID_MODE;
    }
    AuditInstrument instrument = book.instrument(isolatedInstrumentId);
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    return instrument.settled ? RefusalReason.INSTRUMENT_SETTLED : RefusalReason.NONE;
  }

  RefusalReason close(CloseAccount command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    if (!account.isTrader()) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    if (!account.isFlat()) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    List<AuditAsset> held =
        account.posted().keySet().stream().map(index -> book.assets.get(index)).toList();
    for (AuditAsset asset : held) {
      if (!asset.mayLeave(account.balance(asset))) {
        return RefusalReason.INSUFFICIENT_LIQUIDITY;
      }
    }
    Calls.end(journal, valuation.weigh(account), CallEnd.CANCELLED);
    for (AuditAsset asset : held) {
      ledger.post(
          asset,
          Ledger.margin(account),
          Ledger.wallet(account.party),
          account.balance(asset),
          MoneyReason.RELEASE);
    }
    account.closed = true;
    journal.say(new Event.AccountClosed(account.id));
    return RefusalReason.NONE;
  }

  RefusalReason set(SetPartyPolicy command) {
    AuditParty party = book.parties.get(command.partyId());
    if (party == null) {
      return RefusalReason.UNKNOWN_PARTY;
    }
    party.siblingTopUp = command.siblingTopUp();
    journal.say(new Event.PartyPolicySet(party.id, command.siblingTopUp()));
    cycle.run(Trigger.PARAMETER_CHANGE, party.openAccounts());
    return RefusalReason.NONE;
  }

  RefusalReason set(SetLeverage command) {
    AuditAccount account = book.account(command.accountId());
    int leverageE2 = command.leverageE2();
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    if (leverageE2 != 0 && (leverageE2 < 100 || leverageE2 > 100_000)) {
      return RefusalReason.INVALID_LEVERAGE;
    }
    AuditAccount changed = account.copy();
    changed.chooseLeverage(leverageE2);
    Weighed after = valuation.weigh(changed);
    boolean stricter = looseness(leverageE2) < looseness(account.leverageE2);
    if (stricter && !account.rows().isEmpty() && after.isBelow(after.initial())) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    account.chooseLeverage(leverageE2);
    journal.say(new Event.LeverageSet(account.id, leverageE2));
    cycle.run(Trigger.ORDER_CHANGE, List.of(account));
    return RefusalReason.NONE;
  }

  RefusalReason set(SetAccountMode command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditRulebook rulebook = book.rulebook(command.rulebookId());
    if (rulebook == null) {
      return RefusalReason.UNKNOWN_RULEBOOK;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    if (!account.isTrader()) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    RefusalReason reason =
        whyNotMode(command.mode(), command.isolatedInstrumentId(), AccountRole.TRADER);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    if (account.call != null) {
      return RefusalReason.OPEN_MARGIN_CALL;
    }
    if (book.isDegraded(account)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    AuditInstrument only =
        command.mode() == AccountMode.ISOLATED
            ? book.instrument(command.isolatedInstrumentId())
            : null;
    reason = whyNotSwitch(account, rulebook, command.mode(), only);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    account.switchTo(rulebook, command.mode(), only);
    journal.say(
        new Event.AccountModeSet(
            account.id, command.rulebookId(), command.mode(), command.isolatedInstrumentId()));
    cycle.run(Trigger.PARAMETER_CHANGE, List.of(account));
    return RefusalReason.NONE;
  }

  RefusalReason set(SetPositionMode command) {
    AuditAccount account = book.account(command.accountId());
    if (account == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (account.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    if (!account.isTrader()) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    boolean hedge = command.mode() == PositionMode.HEDGE;
    VenuePolicy venue = book.venue();
    boolean possible =
        venue != null
            && venue.conduct().hedgeMode()
            && account.rulebook.allows(Rulebook::marginsBothSides);
    if (hedge && !possible) {
      return RefusalReason.HEDGE_MODE_REFUSED;
    }
    if (!account.rows().isEmpty()) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    account.hedged = hedge;
    journal.say(new Event.PositionModeSet(account.id, command.mode()));
    return RefusalReason.NONE;
  }

  private RefusalReason whyNotSwitch(
      AuditAccount account,
      AuditRulebook rulebook,
      AccountMode mode,
      @Nullable AuditInstrument only) {
    Weighed before = valuation.weigh(account);
    if (before.zone() == Zone.LIQUIDATION) {
      return RefusalReason.INSUFFICIENT_MARGIN;
    }
    AuditAccount changed = account.copy();
    changed.switchTo(rulebook, mode, only);
    for (Place place : changed.rows().keySet()) {
      AuditInstrument instrument = place.instrument();
      if (only != null && only != instrument) {
        return RefusalReason.NOT_THE_ISOLATED_INSTRUMENT;
      }
      if (changed.isKeptFromOption(instrument)) {
        return RefusalReason.OPTION_NOT_MARGINED;
      }
      if (book.isKeptFromInverse(changed, instrument)) {
        return RefusalReason.INVERSE_NOT_MARGINED;
      }
    }
    if (changed.hedged && !rulebook.allows(Rulebook::marginsBothSides)) {
      return RefusalReason.HEDGE_MODE_REFUSED;
    }
    Weighed after = valuation.weigh(changed);
    BigInteger room = after.equity().subtract(after.initial());
    BigInteger roomBefore = before.equity().subtract(before.initial());
    BigInteger distance = after.equity().subtract(after.levels().maintenance());
    BigInteger distanceBefore = before.equity().subtract(before.levels().maintenance());
    boolean stands =
        room.signum() >= 0
            || (room.compareTo(roomBefore) >= 0 && distance.compareTo(distanceBefore) >= 0);
    return stands ? RefusalReason.NONE : RefusalReason.INSUFFICIENT_MARGIN;
  }

  /// No choice is the loosest of all.
  private static int looseness(int leverageE2) {
    return leverageE2 == 0 ? Integer.MAX_VALUE : leverageE2;
  }

  RefusalReason reassess(Reassess command) {
    List<AuditAccount> accounts = new ArrayList<>();
    for (long id : command.accountIds()) {
      @Nullable AuditAccount account = book.account(id);
      if (account == null) {
        return RefusalReason.UNKNOWN_ACCOUNT;
      }
      accounts.add(account);
    }
    boolean all = command.accountIds().isEmpty();
    cycle.run(Trigger.REASSESS, all ? book.accounts : accounts, command.mayClose());
    return RefusalReason.NONE;
  }
}
