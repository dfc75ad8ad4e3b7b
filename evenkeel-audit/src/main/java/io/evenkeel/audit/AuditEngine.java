package io.evenkeel.audit;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.AccrueInterest;
import io.evenkeel.model.command.Command.AdvanceTime;
import io.evenkeel.model.command.Command.ApplyFunding;
import io.evenkeel.model.command.Command.BidInAuction;
import io.evenkeel.model.command.Command.Borrow;
import io.evenkeel.model.command.Command.BustTrade;
import io.evenkeel.model.command.Command.ChargeFee;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.CloseInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.CorrectTrade;
import io.evenkeel.model.command.Command.DefineAsset;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.command.Command.DefineRulebook;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.ImportBalance;
import io.evenkeel.model.command.Command.ImportPosition;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.PublishFactors;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SecureMargin;
import io.evenkeel.model.command.Command.SetAccountMode;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.Command.SetPhase;
import io.evenkeel.model.command.Command.SetPositionMode;
import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.TransferPosition;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;

/// The slow twin of the engine: the same commands, the same answers and the same events, worked out
/// the plain way from `docs/RULES.md`. It does not freeze anything after a fault: a fault here is
/// an exception, and the end of the audit.
public final class AuditEngine {
  private final AuditBook book;
  private final Journal journal;
  private final Sessions sessions;
  private final DueTimes dueTimes;
  private final Conservation conservation;
  private final ViewPainter painter;
  private final ReferenceCommands reference;
  private final AccountCommands accounts;
  private final MoneyCommands money;
  private final OrderCommands orders;
  private final FillCommands fills;
  private final ImportCommands imports;
  private final TransferCommands transfers;
  private final BidCommands bids;
  private final CorrectionCommands corrections;
  private final MarketCommands market;
  private final ExpiryCommands expiries;

  /// An empty venue.
  ///
  /// @param limits those of the engine it is compared with
  public AuditEngine(EngineLimits limits) {
    book = new AuditBook(limits);
    journal = new Journal(book);
    sessions = new Sessions(limits);
    Ledger ledger = new Ledger(book, journal);
    Valuation valuation = new Valuation(book);
    MarketData marketData = new MarketData(book, journal);
    Cycle cycle = new Cycle(book, ledger, journal, valuation);
    Gate gate = new Gate(book, valuation);
    Lending lending = new Lending(book, ledger, journal);
    expiries = new ExpiryCommands(book, ledger, journal, cycle);
    dueTimes = new DueTimes(book, journal, marketData, lending, expiries, cycle, valuation);
    conservation = new Conservation(book);
    painter = new ViewPainter(book, valuation);
    reference = new ReferenceCommands(book, journal, dueTimes);
    accounts = new AccountCommands(book, ledger, journal, valuation, cycle);
    money = new MoneyCommands(book, ledger, valuation, lending, cycle);
    orders = new OrderCommands(book, ledger, journal, cycle, gate);
    fills = new FillCommands(book, ledger, journal, cycle, gate);
    imports = new ImportCommands(book, ledger, journal);
    transfers = new TransferCommands(book, ledger, journal, cycle, gate);
    bids = new BidCommands(book, ledger, journal, valuation, cycle);
    corrections = new CorrectionCommands(book, ledger, journal, cycle);
    market = new MarketCommands(book, ledger, journal, marketData, expiries, cycle);
  }

  /// Applies one command, and before it whatever falls due until `logTimeNs`.
  ///
  /// @param logTimeNs time of the log; the twin's own time never goes back
  /// @param sessionId the client's session; 0 is none
  /// @param commandNumber the client's rising number; of no meaning without a session
  /// @throws IllegalStateException when money or positions are not conserved
  /// @throws ArithmeticException when a value leaves the range of what events can carry
  public AuditResult apply(long logTimeNs, long sessionId, long commandNumber, Command command) {
    dueTimes.advance(logTimeNs);
    Outcome outcome = sessions.knownAnswer(sessionId, commandNumber);
    if (outcome == null) {
      outcome = answer(command);
      sessions.keep(sessionId, commandNumber, outcome);
    }
    conservation.check();
    AuditResult result = new AuditResult(outcome, journal.events(), journal.timesNs());
    journal.turnPage();
    return result;
  }

  private Outcome answer(Command command) {
    long before = journal.lastNumber();
    RefusalReason reason = execute(command);
    int count = Math.toIntExact(journal.lastNumber() - before);
    if (reason != RefusalReason.NONE && count > 0) {
      throw new IllegalStateException(command + " was refused after it had caused events");
    }
    return new Outcome(reason, count == 0 ? 0 : before + 1, count);
  }

  private RefusalReason execute(Command command) {
    return switch (command) {
      case DefineAsset define -> reference.define(define);
      case DefineInstrument define -> reference.define(define);
      case DefineRulebook define -> reference.define(define);
      case OpenAccount open -> accounts.open(open);
      case CloseAccount close -> accounts.close(close);
      case SetPartyPolicy set -> accounts.set(set);
      case Deposit deposit -> money.deposit(deposit);
      case Withdraw withdraw -> money.withdraw(withdraw);
      case ContributeInsurance contribute -> money.contribute(contribute);
      case Transfer transfer -> money.transfer(transfer);
      case SetLeverage set -> accounts.set(set);
      case SetOrderExposure set -> orders.set(set);
      case Fill fill -> fills.apply(fill);
      case MarkPrices mark -> {
        RefusalReason reason = market.mark(mark);
        if (reason == RefusalReason.NONE) {
          book.markBatches++;
        }
        yield reason;
      }
      case ApplyFunding fund -> market.fund(fund);
      case SettleInstrument settle -> market.settle(settle);
      case SettleExpiry expiry -> expiries.settle(expiry);
      case SetPhase set -> market.set(set);
      case PublishFactors publish -> market.publish(publish);
      case SecureMargin request -> orders.secure(request);
      case ChargeFee fee -> money.charge(fee);
      case ContributeInstrumentFund contribution -> money.contribute(contribution);
      case CloseInstrumentFund close -> money.closeFund(close);
      case Borrow borrow -> money.borrow(borrow);
      case BidInAuction bid -> bids.bid(bid);
      case AccrueInterest accrue -> money.accrue(accrue);
      case ImportBalance balance -> imports.take(balance);
      case ImportPosition position -> imports.take(position);
      case TransferPosition transfer -> transfers.move(transfer);
      case BustTrade bust -> corrections.bust(bust);
      case CorrectTrade correction -> corrections.correct(correction);
      case SetAccountMode set -> accounts.set(set);
      case SetPositionMode set -> accounts.set(set);
      case Reassess reassess -> accounts.reassess(reassess);
      case AdvanceTime _ -> RefusalReason.NONE;
    };
  }

  /// Everything that can be seen now.
  public AuditView view() {
    return painter.paint();
  }

  /// The twin's time: the latest time of the log it has seen.
  public long nowNs() {
    return book.nowNs;
  }

  /// The number of the last event; 0 before the first.
  public long lastEventNumber() {
    return journal.lastNumber();
  }
}
