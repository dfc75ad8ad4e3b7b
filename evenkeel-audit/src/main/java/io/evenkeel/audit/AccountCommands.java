package io.evenkeel.audit;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CallEnd;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    RefusalReason mode = whyNotMode(command);
    if (mode != RefusalReason.NONE) {
      return mode;
    }
    boolean exists = book.findBackstop() != null;
    return switch (command.role()) {
      case BACKSTOP -> exists ? RefusalReason.BACKSTOP_EXISTS : RefusalReason.NONE;
      case TRADER -> exists ? RefusalReason.NONE : RefusalReason.NO_BACKSTOP;
    };
  }

  private RefusalReason whyNotMode(OpenAccount command) {
    if (command.mode() == AccountMode.CROSS) {
      return command.isolatedInstrumentId() == NO_INSTRUMENT
          ? RefusalReason.NONE
          : RefusalReason.INVALID_MODE;
    }
    if (command.role() == AccountRole.BACKSTOP) {
      return RefusalReason.INVALID_MODE;
    }
    AuditInstrument instrument = book.instrument(command.isolatedInstrumentId());
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
    if (!account.isTrader()) {
      return RefusalReason.BACKSTOP_REFUSED;
    }
    if (!account.isFlat()) {
      return RefusalReason.ACCOUNT_NOT_FLAT;
    }
    Calls.end(journal, valuation.weigh(account), CallEnd.CANCELLED);
    for (Map.Entry<Integer, BigInteger> entry : new TreeMap<>(account.balances()).entrySet()) {
      ledger.post(
          book.assets.get(entry.getKey()),
          Ledger.margin(account),
          Ledger.wallet(account.party),
          entry.getValue(),
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
