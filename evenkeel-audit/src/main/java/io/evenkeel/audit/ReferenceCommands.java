package io.evenkeel.audit;

import io.evenkeel.audit.AuditRulebook.Waiting;
import io.evenkeel.model.command.Command.DefineAsset;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.command.Command.DefineRulebook;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.Rulebook;

/// Assets, instruments and rulebooks.
final class ReferenceCommands {
  private final AuditBook book;
  private final Journal journal;
  private final DueTimes dueTimes;

  ReferenceCommands(AuditBook book, Journal journal, DueTimes dueTimes) {
    this.book = book;
    this.journal = journal;
    this.dueTimes = dueTimes;
  }

  RefusalReason define(DefineAsset command) {
    String symbol = command.asset().symbol();
    if (book.asset(command.asset().assetId()) != null) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (book.findAsset(symbol) != null) {
      return RefusalReason.SYMBOL_TAKEN;
    }
    if (book.assets.size() >= book.limits.assets()) {
      return RefusalReason.LIMIT_REACHED;
    }
    book.add(new AuditAsset(book.assets.size(), command.asset()));
    journal.say(new Event.AssetDefined(command.asset().assetId(), symbol));
    return RefusalReason.NONE;
  }

  RefusalReason define(DefineInstrument command) {
    Instrument instrument = command.instrument();
    String symbol = instrument.symbol();
    if (book.instrument(instrument.instrumentId()) != null) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (book.instruments.stream().anyMatch(known -> known.contract.symbol().equals(symbol))) {
      return RefusalReason.SYMBOL_TAKEN;
    }
    if (book.instruments.size() >= book.limits.instruments()) {
      return RefusalReason.LIMIT_REACHED;
    }
    AuditAsset settlement = book.asset(instrument.settlementAssetId());
    if (settlement == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    ContractTerms terms =
        switch (instrument) {
          case LinearContract contract -> contract.terms();
        };
    if (terms.average() != null && book.asset(terms.underlyingAssetId()) == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    AuditInstrument listed =
        switch (instrument) {
          case LinearContract contract ->
              AuditInstrument.of(book.instruments.size(), contract, settlement);
        };
    if (listed == null) {
      return RefusalReason.VALUE_TOO_LARGE;
    }
    book.add(listed);
    book.addToSeries(listed);
    journal.say(new Event.InstrumentDefined(instrument.instrumentId(), symbol));
    return RefusalReason.NONE;
  }

  RefusalReason define(DefineRulebook command) {
    int id = command.rulebookId();
    Rulebook version = command.rulebook();
    if (id < 0 || id > 65_535) {
      return RefusalReason.INVALID_IDENTIFIER;
    }
    AuditRulebook known = book.rulebook(id);
    if (known == null && book.rulebooks.size() >= book.limits.rulebooks()) {
      return RefusalReason.LIMIT_REACHED;
    }
    if (known != null && version.version() <= known.inForce().version()) {
      return RefusalReason.ALREADY_DEFINED;
    }
    for (CollateralTerms terms : version.collateral()) {
      if (book.findAsset(terms.asset()) == null) {
        return RefusalReason.RULEBOOK_NAMES_UNKNOWN_ASSET;
      }
    }
    for (LendingTerms terms : version.venue().lending()) {
      if (book.findAsset(terms.asset()) == null) {
        return RefusalReason.RULEBOOK_NAMES_UNKNOWN_ASSET;
      }
    }
    RefusalReason unmargined = known == null ? RefusalReason.NONE : whatIsHeld(known, version);
    if (unmargined != RefusalReason.NONE) {
      return unmargined;
    }
    if (known == null) {
      AuditRulebook first = new AuditRulebook(book.rulebooks.size(), id, version, book);
      book.add(first);
      dueTimes.putInForce(first, version);
    } else if (command.effectiveTimeNs() <= book.nowNs) {
      dueTimes.putInForce(known, version);
    } else {
      known.waiting = new Waiting(version, command.effectiveTimeNs());
      journal.say(new Event.RulebookAnnounced(id, version.version(), command.effectiveTimeNs()));
    }
    return RefusalReason.NONE;
  }

  /// Why accounts under a rulebook could not live under its next version.
  private RefusalReason whatIsHeld(AuditRulebook known, Rulebook version) {
    boolean option = false;
    boolean inverse = false;
    AuditAccount backstop = book.findBackstop();
    for (AuditAccount account : book.accounts) {
      for (Place place : account.rows().keySet()) {
        AuditInstrument instrument = place.instrument();
        boolean under = account.rulebook == known;
        boolean ofBackstop = backstop != null && backstop.rulebook == known;
        option |= under && account.isTrader() && instrument.contract.terms().option() != null;
        inverse |= (under || ofBackstop) && instrument.isInverseFuture();
      }
    }
    if (option && !version.requirement().marginsOptions()) {
      return RefusalReason.OPTION_NOT_MARGINED;
    }
    if (inverse && !version.requirement().marginsInverseFutures()) {
      return RefusalReason.INVERSE_NOT_MARGINED;
    }
    boolean hedged =
        book.accounts.stream()
            .anyMatch(account -> account.hedged && !account.closed && account.rulebook == known);
    return hedged && !version.marginsBothSides()
        ? RefusalReason.HEDGE_MODE_REFUSED
        : RefusalReason.NONE;
  }
}
