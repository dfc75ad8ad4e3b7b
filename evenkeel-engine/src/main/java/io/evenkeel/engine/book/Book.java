package io.evenkeel.engine.book;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.Auctions;
import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.account.Parties;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.ClosedSlices;
import io.evenkeel.engine.market.Factors;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.market.SettlementSeries;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.MarketConduct.BackstopCapital;

/// All state of one engine. Fields are final references to parts that guard themselves; every write
/// below them is recorded in [#undo].
public final class Book {
  private static final HouseAccount[] HOUSE_ACCOUNTS = HouseAccount.values();

  /// Old values of everything written since the last commit.
  public final UndoLog undo = new UndoLog();

  /// Events of the command at hand.
  public final EventBuffer events = new EventBuffer();

  /// Assets and their prices.
  public final Assets assets = new Assets(undo);

  /// Instruments and their marks.
  public final Instruments instruments = new Instruments(undo);

  /// What was closed of instruments by slices.
  public final ClosedSlices closedSlices = new ClosedSlices(undo);

  /// Contracts that end by themselves, at an average.
  public final SettlementSeries settlements = new SettlementSeries(undo);

  /// Published factors that are not prices.
  public final Factors factors = new Factors(undo);

  /// Rulebooks in force.
  public final Rulebooks rulebooks = new Rulebooks(undo, assets, instruments);

  /// Parties.
  public final Parties parties = new Parties(undo);

  /// Margin accounts.
  public final Accounts accounts = new Accounts(undo, parties);

  /// Positions and open orders.
  public final Positions positions = new Positions(undo, accounts);

  /// Auctions of accounts.
  public final Auctions auctions = new Auctions(undo);

  /// Margin calls.
  public final MarginCalls calls = new MarginCalls(undo);

  /// All money.
  public final Ledger ledger = new Ledger(undo, this::emitPosting);

  /// Engine time: the highest time of the log so far.
  public final LongCell nowNs = new LongCell(undo, 0).bearingOn(Scope.NOTHING);

  private int subjectAccount = -1;
  private int subjectInstrument = -1;
  private int observedInstrument = -1;
  private long observedPriceUnits;

  /// An empty book.
  public Book() {
    reserve();
  }

  /// Makes room for everything defined so far and one more of each. Never inside a trial.
  public void reserve() {
    int accountCount = accounts.size() + 1;
    int instrumentCount = instruments.size() + 1;
    ledger.reserve(parties.size() + 1, accountCount, instrumentCount, assets.size() + 1);
    positions.reserve(accountCount, instrumentCount);
    calls.reserve(accountCount);
    auctions.reserve(accountCount, assets.size() + 1);
  }

  /// Why an account can neither trade nor give money away, whatever it is worth: ACCOUNT_FROZEN or
  /// ACCOUNT_IN_AUCTION, else NONE.
  public RefusalReason standing(int account) {
    return standing(account, account);
  }

  /// The same of two accounts that do something together.
  public RefusalReason standing(int account, int other) {
    if (accounts.isFrozen(account) || accounts.isFrozen(other)) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    return auctions.isLive(account) || auctions.isLive(other)
        ? RefusalReason.ACCOUNT_IN_AUCTION
        : RefusalReason.NONE;
  }

  /// Notes what is being worked on, so that a broken invariant freezes the right thing. -1 = not
  /// this kind.
  public void workOn(int account, int instrument) {
    subjectAccount = account;
    subjectInstrument = instrument;
  }

  /// The account being worked on, or -1.
  public int subjectAccount() {
    return subjectAccount;
  }

  /// The instrument being worked on, or -1.
  public int subjectInstrument() {
    return subjectInstrument;
  }

  /// Lets risk in an instrument be weighed at a price other than its mark until the command ends or
  /// [#observeMarks()]; not state.
  public void observe(int instrument, long priceUnits) {
    observedInstrument = instrument;
    observedPriceUnits = priceUnits;
  }

  /// Ends [#observe(int, long)].
  public void observeMarks() {
    observedInstrument = -1;
  }

  /// The price at which risk in an instrument is weighed: its mark unless another is observed.
  public long observedPrice(int instrument) {
    return instrument == observedInstrument ? observedPriceUnits : instruments.mark(instrument);
  }

  /// Whether an account is the backstop of a venue where the funds of instruments stand behind it.
  public boolean isBackedByFunds(int account) {
    return account == accounts.backstop()
        && rulebooks.venue().conduct().backstopCapital() == BackstopCapital.INSTRUMENT_FUNDS;
  }

  /// The outside name of a ledger reference.
  public LedgerAccount nameOf(long reference) {
    int at = Ledger.indexOf(reference);
    if (Ledger.isWallet(reference)) {
      return new LedgerAccount.Wallet(parties.idAt(at));
    }
    if (Ledger.isMargin(reference)) {
      return new LedgerAccount.Margin(accounts.idAt(at));
    }
    if (Ledger.isInstrumentFund(reference)) {
      return new LedgerAccount.InstrumentFund(instruments.idAt(at));
    }
    return Ledger.isClearing(reference)
        ? new LedgerAccount.Clearing(instruments.idAt(at))
        : new LedgerAccount.House(HOUSE_ACCOUNTS[at]);
  }

  private void emitPosting(int asset, long from, long to, long amountMinor, MoneyReason reason) {
    if (!events.isMuted()) {
      events.emit(
          new Event.MoneyMoved(assets.idAt(asset), nameOf(from), nameOf(to), amountMinor, reason));
    }
  }
}
