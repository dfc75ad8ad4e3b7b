package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.lending.Lending;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.rulebook.Rulebook;

/// Definitions of assets, instruments and rulebooks (`docs/RULES.md`, section 3).
public final class ReferenceDesk {
  private final Book book;
  private final EngineLimits limits;
  private final Lending lending;

  /// Reads and writes the book.
  public ReferenceDesk(Book book, EngineLimits limits, Lending lending) {
    this.book = book;
    this.lending = lending;
    this.limits = limits;
  }

  /// Defines an asset.
  public RefusalReason define(Asset asset) {
    if (book.assets.find(asset.assetId()) != IdIndex.ABSENT) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (book.assets.findSymbol(asset.symbol()) != IdIndex.ABSENT) {
      return RefusalReason.SYMBOL_TAKEN;
    }
    if (book.assets.size() >= limits.assets()) {
      return RefusalReason.LIMIT_REACHED;
    }
    book.assets.add(asset);
    book.rulebooks.resolveAgain();
    book.events.emit(new Event.AssetDefined(asset.assetId(), asset.symbol()));
    return RefusalReason.NONE;
  }

  /// Defines an instrument.
  public RefusalReason define(Instrument instrument) {
    if (book.instruments.find(instrument.instrumentId()) != IdIndex.ABSENT) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (book.instruments.hasSymbol(instrument.symbol())) {
      return RefusalReason.SYMBOL_TAKEN;
    }
    if (book.instruments.size() >= limits.instruments()) {
      return RefusalReason.LIMIT_REACHED;
    }
    int settlement = book.assets.find(instrument.settlementAssetId());
    if (settlement == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    ContractTerms terms = termsOf(instrument);
    int underlying = book.assets.find(terms.underlyingAssetId());
    if (terms.average() != null && underlying == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    TickScale scale;
    try {
      scale = tickScale(instrument, book.assets.at(settlement));
    } catch (InvalidParameter | ArithmeticException e) {
      return RefusalReason.VALUE_TOO_LARGE;
    }
    int added = book.instruments.add(instrument, settlement, scale);
    book.settlements.join(added, terms, underlying, book.nowNs.get());
    book.rulebooks.resolveAgain();
    book.events.emit(new Event.InstrumentDefined(instrument.instrumentId(), instrument.symbol()));
    return RefusalReason.NONE;
  }

  private static ContractTerms termsOf(Instrument instrument) {
    return switch (instrument) {
      case LinearContract contract -> contract.terms();
    };
  }

  private static TickScale tickScale(Instrument instrument, Asset settlement) {
    return switch (instrument) {
      case LinearContract contract -> {
        TickScale scale = contract.tickScale(settlement.scale());
        long ticks =
            Math.multiplyExact(
                contract.maximumOpenInterestUnits(),
                Math.abs(scale.worthTicks(contract.dearestPriceUnits())));
        long valueE6 =
            Fixed.mulDiv(
                Math.ceilDiv(ticks, scale.ticksPerMinor()),
                settlement.maximumPriceUnits(),
                settlement.valueDivisor(),
                Rounding.CEILING);
        if (valueE6 > Asset.MAXIMUM_VALUE_E6) {
          throw new ArithmeticException("open interest at maximum price is worth too much");
        }
        yield scale;
      }
    };
  }

  /// Defines a rulebook, or announces a version of one. If the version is in force now, running the
  /// cycle over its accounts is the caller's part.
  public RefusalReason define(Command.DefineRulebook definition) {
    int id = definition.rulebookId();
    if (id < 0 || id > 65_535) {
      return RefusalReason.INVALID_IDENTIFIER;
    }
    int known = book.rulebooks.find(id);
    if (known == IdIndex.ABSENT && book.rulebooks.size() >= limits.rulebooks()) {
      return RefusalReason.LIMIT_REACHED;
    }
    Rulebook version = definition.rulebook();
    if (known != IdIndex.ABSENT
        && version.version() <= book.rulebooks.at(known).rulebook().version()) {
      return RefusalReason.ALREADY_DEFINED;
    }
    if (!RulebookTerms.namesOnlyDefined(version, book.assets)
        || !Lending.lendsOnlyDefined(version.venue().lending(), book)) {
      return RefusalReason.RULEBOOK_NAMES_UNKNOWN_ASSET;
    }
    RefusalReason unmargined =
        known == IdIndex.ABSENT ? RefusalReason.NONE : unmarginedHoldings(known, version);
    if (unmargined != RefusalReason.NONE) {
      return unmargined;
    }
    if (known != IdIndex.ABSENT && definition.effectiveTimeNs() > book.nowNs.get()) {
      book.rulebooks.announce(known, version, definition.effectiveTimeNs());
      book.events.emit(
          new Event.RulebookAnnounced(id, version.version(), definition.effectiveTimeNs()));
    } else {
      enforce(known == IdIndex.ABSENT ? book.rulebooks.add(id) : known, version);
    }
    return RefusalReason.NONE;
  }

  /// Why a version cannot take over a book: accounts under it hold what its model does not know, or
  /// anybody does that the backstop may have to take over. Scans the holders of such contracts.
  public RefusalReason unmarginedHoldings(int rulebook, Rulebook version) {
    boolean options = version.requirement().marginsOptions();
    boolean inverse = version.requirement().marginsInverseFutures();
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      boolean option = book.instruments.at(instrument).kind() == ContractKind.OPTION;
      if (!options && option && isHeldUnder(rulebook, instrument, false)) {
        return RefusalReason.OPTION_NOT_MARGINED;
      }
    }
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (!inverse
          && book.instruments.isInverse(instrument)
          && isHeldUnder(rulebook, instrument, true)) {
        return RefusalReason.INVERSE_NOT_MARGINED;
      }
    }
    return !version.marginsBothSides() && isHedgedUnder(rulebook)
        ? RefusalReason.HEDGE_MODE_REFUSED
        : RefusalReason.NONE;
  }

  private boolean isHedgedUnder(int rulebook) {
    for (int account = 0; account < book.accounts.size(); account++) {
      if (book.accounts.isHedged(account)
          && book.accounts.rulebook(account) == rulebook
          && !book.accounts.isClosed(account)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHeldUnder(int rulebook, int instrument, boolean asBackstopMust) {
    int backstop = book.accounts.backstop();
    boolean ofBackstop = backstop != IdIndex.ABSENT && book.accounts.rulebook(backstop) == rulebook;
    for (int place = 0; place < book.positions.holderCount(instrument); place++) {
      int account = book.positions.account(book.positions.holderRow(instrument, place));
      boolean under = book.accounts.rulebook(account) == rulebook;
      if (asBackstopMust ? under || ofBackstop : under && account != backstop) {
        return true;
      }
    }
    return false;
  }

  /// Puts a version in force.
  public void enforce(int rulebook, Rulebook version) {
    if (rulebook == 0) {
      lending.accrueAll();
    }
    book.rulebooks.enforce(rulebook, version);
    if (rulebook == 0) {
      lending.adopt();
    }
    book.events.emit(
        new Event.RulebookInForce(
            book.rulebooks.idAt(rulebook), version.name(), version.version()));
  }
}
