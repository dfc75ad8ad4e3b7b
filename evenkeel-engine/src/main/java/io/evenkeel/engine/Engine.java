package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.Trigger;
import org.jspecify.annotations.Nullable;

/// The deterministic machine: the same commands at the same times give the same events and the same
/// state, bit for bit, on every machine and every run. One thread; no clock, no randomness, no I/O.
/// `docs/RULES.md` says what it does.
public final class Engine {
  /// More assets than this cannot be configured: the assets one account touches are kept in one
  /// long.
  public static final int MOST_ASSETS = 64;

  private final Machine machine;
  private final Book book;
  private final DueWork dueWork;
  private final EventSink sink;
  private final EngineLimits limits;
  private final LongCell eventNumber;
  private final Outcome[] refusals = new Outcome[RefusalReason.values().length];
  private final AccountSet concerned = new AccountSet();
  private @Nullable Trigger trigger;
  private boolean mayClose = true;

  /// Runs once after the writes of the next command, or of the next contract that ends by time, and
  /// before they are final; for tests of what a fault does.
  private @Nullable Runnable faultHook;

  /// @param limits how much of everything it may hold; at most [#MOST_ASSETS] assets
  /// @param sink receives every event
  public Engine(EngineLimits limits, EventSink sink) {
    Check.parameter(limits.assets() <= MOST_ASSETS, "limits.assets", "must be at most 64");
    this.sink = sink;
    this.limits = limits;
    machine = new Machine(limits);
    book = machine.book;
    dueWork = new DueWork(machine);
    eventNumber = new LongCell(book.undo, 0).bearingOn(Scope.NOTHING);
    for (RefusalReason reason : RefusalReason.values()) {
      refusals[reason.ordinal()] = new Outcome(reason, 0, 0);
    }
  }

  /// Applies one command.
  ///
  /// @param logTimeNs time of the log; engine time never goes back, so an earlier one counts as the
  ///   present
  /// @param sessionId the client's session; 0 = none, then nothing is remembered of the command
  /// @param commandNumber rising within the session; a repeated one is answered with the first
  ///   outcome and does nothing
  /// @return the answer; never null, never an exception for anything a client can send
  public Outcome apply(long logTimeNs, long sessionId, long commandNumber, Command command) {
    book.reserve();
    machine.cycle.begin(book.nowNs.get());
    mayClose = true;
    advanceTo(Math.max(book.nowNs.get(), logTimeNs));
    if (sessionId == 0) {
      return execute(command);
    }
    Outcome known = machine.sessions.find(sessionId, commandNumber);
    if (known != null) {
      return known;
    }
    RefusalReason reason = machine.sessions.admit(sessionId, commandNumber);
    if (reason != RefusalReason.NONE) {
      return refusals[reason.ordinal()];
    }
    Outcome outcome = execute(command);
    machine.sessions.keep(sessionId, commandNumber, outcome);
    book.undo.commit();
    return outcome;
  }

  private void advanceTo(long timeNs) {
    while (dueWork.findNext(timeNs)) {
      book.nowNs.set(Math.max(book.nowNs.get(), dueWork.earliestNs()));
      accrueInterest();
      trigger = dueWork.changeState(concerned);
      publish();
      endContracts();
      try {
        runCycle();
        publish();
      } catch (RuntimeException fault) {
        contain(fault);
        publish();
      }
    }
    book.nowNs.set(timeNs);
    accrueInterest();
    book.undo.commit();
  }

  /// Ends contracts that expire now, each by itself: a fault in one freezes that one.
  private void endContracts() {
    while (machine.expiryDesk.hasNext()) {
      try {
        machine.expiryDesk.endNext();
        runFaultHook();
      } catch (RuntimeException fault) {
        contain(fault);
      }
      publish();
      if (!machine.expiryDesk.hasNext()) {
        machine.expiryDesk.addFormer(concerned);
      }
    }
  }

  /// Lets interest accrue up to now, as a unit of its own.
  private void accrueInterest() {
    try {
      machine.lending.advance();
    } catch (RuntimeException fault) {
      contain(fault);
    }
    publish();
  }

  private Outcome execute(Command command) {
    trigger = null;
    book.workOn(-1, -1);
    try {
      RefusalReason reason = dispatch(command);
      if (reason != RefusalReason.NONE) {
        takeBack();
        return refusals[reason.ordinal()];
      }
      runCycle();
      if (command instanceof Command.MarkPrices) {
        book.accounts.endMarkBatch();
      }
      runFaultHook();
      return publish();
    } catch (RuntimeException fault) {
      contain(fault);
      Outcome published = publish();
      return new Outcome(
          RefusalReason.INTERNAL_INVARIANT, published.firstEventNumber(), published.eventCount());
    }
  }

  /// Everything the engine can be asked to do: the table of contents.
  private RefusalReason dispatch(Command command) {
    return switch (command) {
      case Command.DefineAsset c -> machine.referenceDesk.define(c.asset());
      case Command.DefineInstrument c -> machine.referenceDesk.define(c.instrument());
      case Command.DefineRulebook c -> defineRulebook(c);
      case Command.OpenAccount c -> machine.accountDesk.open(c);
      case Command.CloseAccount c -> machine.accountDesk.close(c);
      case Command.SetPartyPolicy c -> setPartyPolicy(c);
      case Command.Deposit c -> deposit(c);
      case Command.Withdraw c -> withdraw(c);
      case Command.ContributeInsurance c -> machine.treasuryDesk.contribute(c);
      case Command.Transfer c -> transfer(c);
      case Command.SetLeverage c -> setLeverage(c);
      case Command.SetOrderExposure c -> setOrderExposure(c);
      case Command.Fill c -> fill(c);
      case Command.SecureMargin c -> machine.orderDesk.secureMargin(c);
      case Command.ChargeFee c -> machine.treasuryDesk.chargeFee(c);
      case Command.ContributeInstrumentFund c -> machine.treasuryDesk.contribute(c);
      case Command.CloseInstrumentFund c -> machine.treasuryDesk.closeFund(c);
      case Command.MarkPrices c -> markPrices(c);
      case Command.ApplyFunding c -> applyFunding(c);
      case Command.SettleInstrument c -> settleInstrument(c);
      case Command.SettleExpiry c -> settleExpiry(c);
      case Command.SetPhase c -> setPhase(c);
      case Command.PublishFactors c -> publishFactors(c);
      case Command.ImportBalance c -> machine.importDesk.importBalance(c);
      case Command.ImportPosition c -> machine.importDesk.importPosition(c);
      case Command.TransferPosition c -> transferPosition(c);
      case Command.BustTrade c -> bustTrade(c);
      case Command.CorrectTrade c -> correctTrade(c);
      case Command.SetAccountMode c -> setAccountMode(c);
      case Command.SetPositionMode c -> machine.modeDesk.setPositionMode(c);
      case Command.Borrow c -> borrow(c);
      case Command.BidInAuction c -> bid(c);
      case Command.AccrueInterest c -> accrueInterest(c);
      case Command.Reassess c -> reassess(c);
      case Command.AdvanceTime() -> RefusalReason.NONE;
    };
  }

  private RefusalReason defineRulebook(Command.DefineRulebook command) {
    trigger = Trigger.PARAMETER_CHANGE;
    RefusalReason reason = machine.referenceDesk.define(command);
    int rulebook = book.rulebooks.find(command.rulebookId());
    if (reason == RefusalReason.NONE && book.rulebooks.announced(rulebook) == null) {
      machine.addAccountsOf(rulebook, concerned);
    }
    return reason;
  }

  private RefusalReason setPartyPolicy(Command.SetPartyPolicy command) {
    trigger = Trigger.PARAMETER_CHANGE;
    addParty(command.partyId());
    return machine.accountDesk.setPolicy(command);
  }

  private RefusalReason deposit(Command.Deposit command) {
    trigger = Trigger.DEPOSIT;
    addParty(command.partyId());
    return machine.treasuryDesk.deposit(command);
  }

  private RefusalReason withdraw(Command.Withdraw command) {
    trigger = Trigger.WITHDRAWAL;
    addParty(command.partyId());
    return machine.treasuryDesk.withdraw(command);
  }

  private RefusalReason transfer(Command.Transfer command) {
    trigger =
        switch (command.direction()) {
          case TO_MARGIN -> Trigger.DEPOSIT;
          case TO_WALLET -> Trigger.WITHDRAWAL;
        };
    addAccount(command.accountId());
    return machine.treasuryDesk.transfer(command);
  }

  private RefusalReason borrow(Command.Borrow command) {
    trigger = Trigger.WITHDRAWAL;
    addAccount(command.accountId());
    return machine.treasuryDesk.borrow(command);
  }

  private RefusalReason bid(Command.BidInAuction command) {
    trigger = Trigger.FILL;
    addAccount(command.accountId());
    addAccount(command.bidderAccountId());
    return machine.auctionDesk.bid(command, concerned);
  }

  private RefusalReason accrueInterest(Command.AccrueInterest command) {
    trigger = Trigger.TIME;
    int asset = book.assets.find(command.assetId());
    if (asset == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (!book.ledger.accruals().lends(asset)) {
      return RefusalReason.NOT_LENT;
    }
    machine.lending.accrue(asset);
    machine.markDesk.addExposedToAsset(asset, concerned);
    return RefusalReason.NONE;
  }

  private RefusalReason setLeverage(Command.SetLeverage command) {
    trigger = Trigger.ORDER_CHANGE;
    addAccount(command.accountId());
    return machine.orderDesk.setLeverage(command);
  }

  private RefusalReason setOrderExposure(Command.SetOrderExposure command) {
    trigger = Trigger.ORDER_CHANGE;
    addAccount(command.accountId());
    return machine.orderDesk.setExposure(command);
  }

  private RefusalReason fill(Command.Fill command) {
    trigger = Trigger.FILL;
    addAccount(command.buyerAccountId());
    addAccount(command.sellerAccountId());
    return machine.fillDesk.fill(command);
  }

  private RefusalReason transferPosition(Command.TransferPosition command) {
    trigger = Trigger.FILL;
    addAccount(command.fromAccountId());
    addAccount(command.toAccountId());
    return machine.transferDesk.transfer(command);
  }

  private RefusalReason bustTrade(Command.BustTrade command) {
    trigger = Trigger.FILL;
    addAccount(command.buyerAccountId());
    addAccount(command.sellerAccountId());
    return machine.correctionDesk.bust(command);
  }

  private RefusalReason correctTrade(Command.CorrectTrade command) {
    trigger = Trigger.FILL;
    addAccount(command.buyerAccountId());
    addAccount(command.sellerAccountId());
    return machine.correctionDesk.correct(command);
  }

  private RefusalReason setAccountMode(Command.SetAccountMode command) {
    trigger = Trigger.PARAMETER_CHANGE;
    addAccount(command.accountId());
    return machine.modeDesk.setMode(command);
  }

  private RefusalReason markPrices(Command.MarkPrices command) {
    trigger = Trigger.MARKS;
    return machine.markDesk.mark(command.batch(), concerned);
  }

  private RefusalReason publishFactors(Command.PublishFactors command) {
    RefusalReason reason = machine.factorDesk.publish(command, concerned);
    if (book.rulebooks.venue().conduct().factorsRunCycle()) {
      trigger = Trigger.MARKS;
    } else {
      concerned.clear();
    }
    return reason;
  }

  private RefusalReason applyFunding(Command.ApplyFunding command) {
    trigger = Trigger.FUNDING;
    return machine.contractDesk.applyFunding(command, concerned);
  }

  private RefusalReason settleInstrument(Command.SettleInstrument command) {
    trigger = Trigger.SETTLEMENT;
    return machine.contractDesk.settle(command, concerned);
  }

  private RefusalReason settleExpiry(Command.SettleExpiry command) {
    trigger = command.expiryNs() > book.nowNs.get() ? null : Trigger.SETTLEMENT;
    return machine.expiryDesk.settle(command, concerned);
  }

  private RefusalReason setPhase(Command.SetPhase command) {
    trigger = Trigger.PARAMETER_CHANGE;
    return machine.contractDesk.setPhase(command, concerned);
  }

  private RefusalReason reassess(Command.Reassess command) {
    trigger = Trigger.REASSESS;
    mayClose = command.mayClose();
    boolean frozen = false;
    for (Long accountId : command.accountIds()) {
      int account = book.accounts.findOpen(accountId);
      if (account == IdIndex.ABSENT) {
        return RefusalReason.UNKNOWN_ACCOUNT;
      }
      frozen |= book.accounts.isFrozen(account);
      concerned.add(account);
    }
    for (int account = 0;
        account < book.accounts.size() && command.accountIds().isEmpty();
        account++) {
      concerned.add(account);
    }
    return frozen ? RefusalReason.ACCOUNT_FROZEN : RefusalReason.NONE;
  }

  private void addAccount(long accountId) {
    int account = book.accounts.findOpen(accountId);
    if (account != IdIndex.ABSENT) {
      concerned.add(account);
    }
  }

  private void addParty(long partyId) {
    int party = book.parties.find(partyId);
    if (party != IdIndex.ABSENT) {
      machine.addAccountsOfParty(party, concerned);
    }
  }

  private void runCycle() {
    if (trigger != null) {
      machine.cycle.run(trigger, concerned, mayClose, machine.liquidation);
    }
  }

  /// Makes the writes final and hands the events out.
  private Outcome publish() {
    int count = book.events.size();
    if (count == 0) {
      book.undo.commit();
      return Outcome.QUIET;
    }
    long first = eventNumber.get() + 1;
    eventNumber.set(eventNumber.get() + count);
    book.undo.commit();
    for (int i = 0; i < count; i++) {
      sink.accept(first + i, book.nowNs.get(), book.events.get(i));
    }
    book.events.truncate(0);
    return new Outcome(RefusalReason.NONE, first, count);
  }

  private void takeBack() {
    book.undo.rollbackTo(0);
    machine.watch.loseStep();
    book.events.truncate(0);
    concerned.clear();
  }

  /// Undoes what a fault cut short and freezes what was being worked on, so that the same thing
  /// does not happen again.
  private void contain(RuntimeException fault) {
    machine.reset();
    takeBack();
    int account = book.subjectAccount();
    int instrument = book.subjectInstrument();
    if (account >= 0 && account < book.accounts.size()) {
      book.accounts.freeze(account);
      book.events.emit(new Event.AccountFrozen(book.accounts.idAt(account)));
    } else if (instrument >= 0 && instrument < book.instruments.size()) {
      book.instruments.freeze(instrument);
      book.events.emit(new Event.InstrumentFrozen(book.instruments.idAt(instrument)));
    }
    String rule =
        fault instanceof InvariantViolation
            ? String.valueOf(fault.getMessage())
            : fault.getClass().getSimpleName();
    book.events.emit(new Event.AlarmRaised(rule));
  }

  /// Number of the last event.
  public long lastEventNumber() {
    return eventNumber.get();
  }

  /// How many account valuations the first sweeps of cycles have made; a measure of work, not
  /// state.
  public long valuations() {
    return machine.cycle.valuations();
  }

  /// Says when batches of marks ask the watch whom they concern. Events and state are the same
  /// either way; for comparisons.
  public void use(WatchUse when) {
    machine.watch.use(when);
  }

  /// How many certificates the watch has given to accounts; a measure of work, not state.
  public long certificates() {
    return machine.watch.certificates();
  }

  /// How often the watch gave all accounts new certificates at once; a measure of work, not state.
  public long watchRebuilds() {
    return machine.watch.rebuilds();
  }

  /// Reads the engine. Valid until the next command.
  public EngineView view() {
    return new EngineView(machine);
  }

  /// How much of everything it may hold.
  public EngineLimits limits() {
    return limits;
  }

  Machine machine() {
    return machine;
  }

  void restoreEventNumber(long number) {
    eventNumber.set(number);
    machine.cycle.begin(book.nowNs.get());
    dueWork.rebuildHints();
    machine.lending.findEarliest();
    book.undo.commit();
  }

  private void runFaultHook() {
    if (faultHook != null) {
      Runnable hook = faultHook;
      faultHook = null;
      hook.run();
    }
  }

  void runBeforeNextPublish(Runnable hook) {
    faultHook = hook;
  }
}
