package io.evenkeel.engine;

import io.evenkeel.engine.account.Auctions;
import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.DueHeap;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.rulebook.Trigger;

/// What time alone brings about (`docs/RULES.md`, section 1): finds the earliest instant and does
/// what is due at it.
final class DueWork {
  private final Machine machine;
  private final Book book;
  private final AccountSet due = new AccountSet();

  /// Kinds in the order in which they run when they fall on the same instant.
  private enum Kind {
    PARAMETERS,
    STALE,
    LOST,
    EXPIRY,
    DEADLINE,
    AUCTION_END,
    COOL_DOWN
  }

  DueWork(Machine machine) {
    this.machine = machine;
    this.book = machine.book;
  }

  /// Earliest instant at which something is due; what is there is at [#kind].
  private long earliestNs = Long.MAX_VALUE;

  private Kind kind = Kind.PARAMETERS;
  private int rulebook;

  /// Finds the earliest instant up to `untilNs`; false when nothing is due by then.
  boolean findNext(long untilNs) {
    earliestNs = Long.MAX_VALUE;
    for (int i = 0; i < book.rulebooks.size(); i++) {
      if (book.rulebooks.effectiveTimeNs(i) < earliestNs
          || (book.rulebooks.effectiveTimeNs(i) == earliestNs
              && earliestNs != Long.MAX_VALUE
              && book.rulebooks.idAt(i) < book.rulebooks.idAt(rulebook))) {
        consider(book.rulebooks.effectiveTimeNs(i), Kind.PARAMETERS);
        earliestNs = book.rulebooks.effectiveTimeNs(i);
        rulebook = i;
      }
    }
    consider(machine.markDesk.nextDueNs(false), Kind.STALE);
    consider(machine.markDesk.nextDueNs(true), Kind.LOST);
    consider(machine.expiryDesk.nextDueNs(untilNs), Kind.EXPIRY);
    consider(earliestDeadline(untilNs), Kind.DEADLINE);
    consider(earliestAuctionEnd(untilNs), Kind.AUCTION_END);
    consider(earliestCoolDown(untilNs), Kind.COOL_DOWN);
    return earliestNs <= untilNs && earliestNs != Long.MAX_VALUE;
  }

  private void consider(long dueNs, Kind of) {
    if (dueNs < earliestNs) {
      earliestNs = dueNs;
      kind = of;
    }
  }

  private long earliestDeadline(long untilNs) {
    DueHeap heap = machine.deadlines;
    while (heap.earliestNs() <= untilNs
        && heap.earliestNs() != Long.MAX_VALUE
        && !isDeadline(heap.firstAccount(), heap.earliestNs())) {
      heap.take();
    }
    return heap.earliestNs();
  }

  private boolean isDeadline(int account, long dueNs) {
    return book.calls.state(account) == MarginCalls.OPEN
        && book.calls.deadlineNs(account) == dueNs
        && book.accounts.isActive(account);
  }

  private long earliestAuctionEnd(long untilNs) {
    DueHeap heap = machine.auctionEnds;
    while (heap.earliestNs() <= untilNs
        && heap.earliestNs() != Long.MAX_VALUE
        && !isAuctionEnd(heap.firstAccount(), heap.earliestNs())) {
      heap.take();
    }
    return heap.earliestNs();
  }

  private boolean isAuctionEnd(int account, long dueNs) {
    return machine.cycle.isStillToCome(dueNs)
        && book.accounts.isActive(account)
        && book.auctions.state(account) == Auctions.SOLVENT
        && book.auctions.endNs(account) == dueNs;
  }

  /// A hint for an account without excess is dropped: if it has some by then it is left again. What
  /// is not due must not be a unit of work, since interest accrues at each.
  private long earliestCoolDown(long untilNs) {
    DueHeap heap = machine.coolDowns;
    while (heap.earliestNs() <= untilNs
        && heap.earliestNs() != Long.MAX_VALUE
        && !isCoolDownEnd(heap.firstAccount(), heap.earliestNs())) {
      machine.cycle.forgetCoolDown(heap.take());
    }
    return heap.earliestNs();
  }

  private boolean isCoolDownEnd(int account, long dueNs) {
    return machine.cycle.isStillToCome(dueNs)
        && book.accounts.isActive(account)
        && book.accounts.statedZone(account) == Zone.EXCESS
        && machine.cycle.coolDownEndNs(account) == dueNs;
  }

  /// The instant found last.
  long earliestNs() {
    return earliestNs;
  }

  /// Changes the state as due; accounts concerned are added to `concerned`, over which the caller
  /// runs the cycle. Contracts that expire are still to be ended after it.
  ///
  /// @return the trigger of that cycle
  Trigger changeState(AccountSet concerned) {
    switch (kind) {
      case PARAMETERS -> {
        machine.referenceDesk.enforce(
            rulebook, java.util.Objects.requireNonNull(book.rulebooks.announced(rulebook)));
        machine.addAccountsOf(rulebook, concerned);
      }
      case STALE -> machine.markDesk.fallDue(earliestNs, false, concerned);
      case LOST -> machine.markDesk.fallDue(earliestNs, true, concerned);
      case EXPIRY -> machine.expiryDesk.fallDue(earliestNs);
      case DEADLINE -> expireCalls(concerned);
      case AUCTION_END -> endAuctions(concerned);
      case COOL_DOWN -> endCoolDowns(concerned);
    }
    return switch (kind) {
      case PARAMETERS -> Trigger.PARAMETER_CHANGE;
      case EXPIRY -> Trigger.SETTLEMENT;
      case STALE, LOST, DEADLINE, AUCTION_END, COOL_DOWN -> Trigger.TIME;
    };
  }

  private void expireCalls(AccountSet concerned) {
    while (machine.deadlines.earliestNs() == earliestNs) {
      int account = machine.deadlines.take();
      if (isDeadline(account, earliestNs)) {
        due.add(account);
      }
    }
    int count = due.drain();
    for (int i = 0; i < count; i++) {
      machine.cycle.calls().expire(due.members()[i]);
      concerned.add(due.members()[i]);
    }
  }

  private void endAuctions(AccountSet concerned) {
    while (machine.auctionEnds.earliestNs() == earliestNs) {
      int account = machine.auctionEnds.take();
      if (isAuctionEnd(account, earliestNs)) {
        concerned.add(account);
      }
    }
  }

  private void endCoolDowns(AccountSet concerned) {
    while (machine.coolDowns.earliestNs() == earliestNs) {
      int account = machine.coolDowns.take();
      if (isCoolDownEnd(account, earliestNs)) {
        concerned.add(account);
      } else {
        machine.cycle.forgetCoolDown(account);
      }
    }
  }

  /// Finds again what a snapshot does not keep: hints for open calls, auctions and running
  /// cool-downs.
  void rebuildHints() {
    machine.deadlines.clear();
    machine.coolDowns.clear();
    machine.auctionEnds.clear();
    for (int account = 0; account < book.accounts.size(); account++) {
      if (book.calls.state(account) == MarginCalls.OPEN) {
        machine.deadlines.add(book.calls.deadlineNs(account), account);
      }
      if (book.auctions.state(account) == Auctions.SOLVENT) {
        machine.auctionEnds.add(book.auctions.endNs(account), account);
      }
      machine.cycle.scheduleCoolDown(account);
    }
  }
}
