package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.lending.Lending;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.market.Quotes;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;

/// The book as bytes, everything in order of definition and rows of an account in instrument order.
public final class BookState {
  private final Book book;
  private final EngineLimits limits;

  /// Reads from, or fills, a book.
  ///
  /// @param limits how much of everything may be read
  public BookState(Book book, EngineLimits limits) {
    this.book = book;
    this.limits = limits;
  }

  /// Writes everything.
  public void write(StateOutput out) {
    out.putLong(book.nowNs.get());
    writeAssets(out);
    writeInstruments(out);
    FactorState.write(book, out);
    writeRulebooks(out);
    writeParties(out);
    writeAccounts(out);
    writeHouse(out);
    LendingState.write(book, out);
    SliceState.write(book, out);
    SettlementState.write(book, out);
    AuctionState.write(book, out);
  }

  /// Fills an empty book.
  ///
  /// @throws UnreadableState when the bytes are not such a book
  public void read(StateInput in) {
    book.nowNs.set(in.getLong());
    readAssets(in);
    readInstruments(in);
    FactorState.read(book, in);
    readRulebooks(in);
    readParties(in);
    readAccounts(in);
    readHouse(in);
    LendingState.read(book, in);
    SliceState.read(book, in);
    SettlementState.read(book, in);
    AuctionState.read(book, in);
    book.reserve();
  }

  private void writeAssets(StateOutput out) {
    out.putInt(book.assets.size());
    for (int i = 0; i < book.assets.size(); i++) {
      Asset asset = book.assets.at(i);
      out.putInt(asset.assetId());
      out.putText(asset.symbol());
      out.putInt(asset.scale());
      out.putLong(asset.maximumSupplyMinor());
      out.putInt(asset.priceScale());
      out.putLong(asset.initialPriceUnits());
      out.putLong(asset.maximumPriceUnits());
      writeQuote(book.assets.quotes(), i, out);
    }
  }

  private void readAssets(StateInput in) {
    int count = in.getCount(limits.assets(), "assets");
    for (int i = 0; i < count; i++) {
      book.reserve();
      Asset asset =
          new Asset(
              in.getInt(),
              in.getText(),
              in.getInt(),
              in.getLong(),
              in.getInt(),
              in.getLong(),
              in.getLong());
      expect(book.assets.find(asset.assetId()) == IdIndex.ABSENT, "holds an asset twice");
      book.assets.add(asset);
      readQuote(book.assets.quotes(), i, in);
    }
  }

  private static void writeQuote(Quotes quotes, int target, StateOutput out) {
    out.putLong(quotes.last(target));
    out.putLong(quotes.timeNs(target));
    out.putLong(quotes.candidate(target));
    out.putLong(quotes.isDegraded(target) ? quotes.degradedSinceNs(target) : 0);
    out.putInt(quotes.flags(target));
    out.putInt(quotes.uncertaintyE6(target));
  }

  private static void readQuote(Quotes quotes, int target, StateInput in) {
    quotes.restore(
        target,
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getFlags(Quotes.ALL_FLAGS, "a price"),
        in.getInt());
    expect(
        quotes.isDegraded(target) || quotes.degradedSinceNs(target) == 0,
        "dates the degradation of a price that is not degraded");
  }

  private void writeInstruments(StateOutput out) {
    out.putInt(book.instruments.size());
    for (int i = 0; i < book.instruments.size(); i++) {
      LinearContract contract = book.instruments.at(i);
      out.putInt(contract.instrumentId());
      out.putText(contract.symbol());
      out.putInt(contract.kind().ordinal());
      out.putInt(contract.settlementAssetId());
      out.putInt(contract.variation().ordinal());
      out.putLong(contract.contractSize());
      out.putInt(contract.priceScale());
      out.putInt(contract.quantityScale());
      out.putLong(contract.lotSize());
      out.putLong(contract.minimumPriceUnits());
      out.putLong(contract.maximumPriceUnits());
      out.putLong(contract.maximumPositionUnits());
      out.putLong(contract.maximumOpenInterestUnits());
      writeTerms(contract.terms(), out);
      writeQuote(book.instruments.quotes(), i, out);
      StatedState.write(book.instruments, i, out);
      out.putInt(book.instruments.phase(i).ordinal());
      out.putInt(book.instruments.flags(i));
      out.putLong(book.instruments.residueTicks(i));
      out.putLong(book.ledger.clearingBalance(i));
      out.putLong(book.ledger.instrumentFundBalance(i));
    }
  }

  private void readInstruments(StateInput in) {
    int count = in.getCount(limits.instruments(), "instruments");
    for (int i = 0; i < count; i++) {
      book.reserve();
      LinearContract contract =
          new LinearContract(
              in.getInt(),
              in.getText(),
              in.getEnum(ContractKind.values()),
              in.getInt(),
              in.getEnum(Variation.values()),
              in.getLong(),
              in.getInt(),
              in.getInt(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              readTerms(in));
      int asset = book.assets.find(contract.settlementAssetId());
      if (asset < 0) {
        throw new UnreadableState("settles " + contract.symbol() + " in an unknown asset");
      }
      book.instruments.add(contract, asset, contract.tickScale(book.assets.at(asset).scale()));
      readQuote(book.instruments.quotes(), i, in);
      StatedState.read(book.instruments, i, in);
      book.instruments.restore(
          i,
          in.getEnum(TradingPhase.values()),
          in.getFlags(Instruments.ALL_FLAGS, "an instrument"),
          in.getLong());
      book.ledger.restoreBalance(asset, Ledger.clearing(i), in.getLong());
      long fund = in.getLong();
      expect(fund >= 0, "overdraws the fund of an instrument");
      book.ledger.restoreBalance(asset, Ledger.instrumentFund(i), fund);
    }
  }

  private static void writeTerms(ContractTerms terms, StateOutput out) {
    out.putInt(terms.underlyingAssetId());
    out.putLong(terms.expiryNs());
    out.putBoolean(terms.inverse());
    OptionTerms option = terms.option();
    out.putBoolean(option != null);
    if (option != null) {
      out.putInt(option.right().ordinal());
      RulebookState.putDecimal(option.strike(), out);
    }
    SettlementState.writeTerms(terms.average(), out);
  }

  private static ContractTerms readTerms(StateInput in) {
    return new ContractTerms(
        in.getInt(),
        in.getLong(),
        in.getBoolean(),
        in.getBoolean()
            ? new OptionTerms(in.getEnum(Right.values()), RulebookState.getDecimal(in))
            : null,
        SettlementState.readTerms(in));
  }

  private void writeRulebooks(StateOutput out) {
    out.putInt(book.rulebooks.size());
    for (int i = 0; i < book.rulebooks.size(); i++) {
      out.putInt(book.rulebooks.idAt(i));
      RulebookState.write(book.rulebooks.at(i).rulebook(), out);
      Rulebook announced = book.rulebooks.announced(i);
      out.putBoolean(announced != null);
      if (announced != null) {
        RulebookState.write(announced, out);
        out.putLong(book.rulebooks.effectiveTimeNs(i));
      }
    }
  }

  private void readRulebooks(StateInput in) {
    int count = in.getCount(limits.rulebooks(), "rulebooks");
    for (int i = 0; i < count; i++) {
      int id = in.getInt();
      expect(book.rulebooks.find(id) == IdIndex.ABSENT, "holds rulebook " + id + " twice");
      book.rulebooks.add(id);
      book.rulebooks.enforce(i, readRulebook(in));
      if (in.getBoolean()) {
        Rulebook announced = readRulebook(in);
        book.rulebooks.announce(i, announced, in.getLong());
      }
    }
  }

  private Rulebook readRulebook(StateInput in) {
    Rulebook rulebook = RulebookState.read(in);
    expect(
        RulebookTerms.namesOnlyDefined(rulebook, book.assets)
            && Lending.lendsOnlyDefined(rulebook.venue().lending(), book),
        "holds rulebook " + rulebook.name() + ", which names an asset that is not there");
    return rulebook;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new UnreadableState(otherwise);
    }
  }

  private void writeParties(StateOutput out) {
    out.putInt(book.parties.size());
    for (int i = 0; i < book.parties.size(); i++) {
      out.putLong(book.parties.idAt(i));
      out.putBoolean(book.parties.allowsSiblings(i));
      writeBalances(Ledger.wallet(i), out);
    }
  }

  private void readParties(StateInput in) {
    int count = in.getCount(limits.parties(), "parties");
    for (int i = 0; i < count; i++) {
      book.reserve();
      long id = in.getLong();
      expect(book.parties.find(id) == IdIndex.ABSENT, "holds party " + id + " twice");
      book.parties.add(id);
      book.parties.setSiblings(i, in.getBoolean());
      readBalances(Ledger.wallet(i), in);
      book.undo.commit();
    }
  }

  private void writeAccounts(StateOutput out) {
    out.putInt(book.accounts.size());
    for (int i = 0; i < book.accounts.size(); i++) {
      out.putLong(book.accounts.idAt(i));
      out.putInt(book.accounts.party(i));
      out.putInt(book.accounts.rulebook(i));
      out.putInt(book.accounts.flags(i));
      out.putInt(book.accounts.isolatedInstrument(i));
      out.putInt(book.accounts.statedZone(i).ordinal());
      out.putLong(book.accounts.lastReleaseNs(i));
      out.putLong(book.accounts.lastArrival(i));
      out.putLong(book.accounts.leftIn(i));
      out.putInt(book.accounts.leverageE2(i));
      out.putInt(book.calls.state(i));
      if (book.calls.exists(i)) {
        out.putLong(book.calls.callId(i));
        out.putLong(book.calls.amountE6(i));
        out.putLong(book.calls.deadlineNs(i));
      }
      writeRows(i, out);
      writeBalances(Ledger.margin(i), out);
    }
    out.putLong(book.accounts.arrivals());
    out.putLong(book.accounts.markBatches());
    out.putLong(book.calls.lastCallId());
  }

  private void readAccounts(StateInput in) {
    int count = in.getCount(limits.accounts(), "accounts");
    for (int i = 0; i < count; i++) {
      book.reserve();
      readAccount(i, in);
      book.undo.commit();
    }
    book.accounts.restoreArrivals(in.getLong(), in.getLong());
    book.calls.restoreLastCallId(in.getLong());
  }

  private void readAccount(int account, StateInput in) {
    long id = in.getLong();
    int party = in.getCount(book.parties.size() - 1, "as the index of a party");
    int rulebook = in.getCount(book.rulebooks.size() - 1, "as the index of a rulebook");
    int flags = in.getFlags(Accounts.ALL_FLAGS, "an account");
    AccountMode mode = Accounts.modeOf(flags);
    int isolated = in.getInt();
    expect(
        mode == AccountMode.ISOLATED
            ? isolated >= 0 && isolated < book.instruments.size()
            : isolated == -1,
        "isolates an account in an instrument it does not have");
    expect(book.accounts.find(id) == IdIndex.ABSENT, "holds account " + id + " twice");
    book.accounts.add(id, party, rulebook, mode, isolated, Accounts.roleOf(flags));
    Zone zone = in.getEnum(Zone.values());
    long release = in.getLong();
    long arrival = in.getLong();
    long leftIn = in.getLong();
    book.accounts.setLeverageE2(account, in.getInt());
    int callState = in.getCount(MarginCalls.EXPIRED, "as the state of a call");
    if (callState != 0) {
      book.calls.restore(account, callState, in.getLong(), in.getLong(), in.getLong());
    }
    readRows(account, Accounts.isHedgedBy(flags), in);
    readBalances(Ledger.margin(account), in);
    book.accounts.restore(account, flags, zone, release, arrival, leftIn);
  }

  private void writeRows(int account, StateOutput out) {
    Positions positions = book.positions;
    out.putInt(positions.count(account));
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      out.putInt(positions.instrument(row));
      out.putInt(positions.side(row).code());
      out.putLong(positions.quantity(row));
      out.putLong(positions.cost(row));
      out.putLong(positions.buyUnits(row));
      out.putLong(positions.sellUnits(row));
      out.putLong(positions.buyNotional(row));
      out.putLong(positions.sellNotional(row));
      out.putBoolean(positions.hasUnsettledTrades(row));
    }
  }

  private void readRows(int account, boolean hedged, StateInput in) {
    for (int left = in.getCount(2 * limits.instruments(), "rows"); left > 0; left--) {
      int instrument = in.getCount(book.instruments.size() - 1, "as the index of an instrument");
      PositionSide side = in.getEnum(PositionSide.values());
      int row = book.positions.open(account, Positions.line(instrument, side));
      long quantity = in.getLong();
      expect(
          hedged == (side != PositionSide.NET) && side.holds(quantity),
          "holds a position on a side that the account does not have");
      book.positions.setPosition(row, quantity, in.getLong());
      book.positions.setOrders(row, in.getLong(), in.getLong(), in.getLong(), in.getLong());
      book.positions.setUnsettledTrades(row, in.getBoolean());
      book.instruments.addOpenInterest(instrument, Math.max(0, quantity));
    }
  }

  private void writeBalances(long owner, StateOutput out) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      out.putLong(book.ledger.balance(asset, owner));
    }
  }

  private void readBalances(long owner, StateInput in) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      book.ledger.restoreBalance(asset, owner, in.getLong());
    }
  }

  private void writeHouse(StateOutput out) {
    for (HouseAccount account : HouseAccount.values()) {
      writeBalances(Ledger.house(account), out);
    }
  }

  private void readHouse(StateInput in) {
    for (HouseAccount account : HouseAccount.values()) {
      readBalances(Ledger.house(account), in);
    }
  }
}
