package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;

/// The life of margin calls.
public final class Calls {
  /// Projected times are told up to nine days: three standard deviations of a day, squared.
  private static final long LONGEST_ROOT_E9 = 3_000_000_000L;

  private static final long NANOS = 1_000_000_000L;
  private static final long SECONDS_A_DAY = 86_400;

  private final Book book;
  private final Valuation valuation;
  private final EvidenceWriter evidence;
  private final ExposureRules exposures;
  private final DueHeap deadlines;
  private final Weighing weighing = new Weighing();

  Calls(
      Book book,
      Valuation valuation,
      EvidenceWriter evidence,
      ExposureRules exposures,
      DueHeap deadlines) {
    this.book = book;
    this.valuation = valuation;
    this.evidence = evidence;
    this.exposures = exposures;
    this.deadlines = deadlines;
  }

  /// Whether the step has anything to look at for an account with this valuation.
  boolean isConcerned(int account, Weighing now) {
    return (now.zone() == Zone.CALL || book.calls.exists(account))
        && !book.accounts.isBackstop(account)
        && !book.auctions.isLive(account)
        && exposures.hasBands(account)
        && !exposures.isSuspended(account, CycleStep.CALL);
  }

  /// Issues, restates or ends the call of one account.
  void review(int account, Trigger trigger) {
    valuation.assess(account, weighing);
    CallPolicy policy = terms(account).rulebook().call();
    long missing = weighing.initialE6() - weighing.equityE6();
    if (!book.calls.exists(account)) {
      if (policy.enabled() && weighing.zone() == Zone.CALL) {
        issue(account, trigger, policy, missing);
      }
    } else if (!policy.enabled()) {
      end(account, CallEnd.CANCELLED, weighing);
    } else if (missing <= 0) {
      end(account, CallEnd.MET, weighing);
    } else if (book.calls.state(account) == MarginCalls.OPEN
        && Math.abs(missing - book.calls.amountE6(account)) >= policy.updateStepE6()) {
      long previous = book.calls.amountE6(account);
      book.calls.update(account, missing);
      book.events.emit(
          new Event.MarginCallUpdated(
              book.accounts.idAt(account),
              book.calls.callId(account),
              previous,
              missing,
              timeToLiquidationNs(account)));
    }
  }

  private void issue(int account, Trigger trigger, CallPolicy policy, long missingE6) {
    long deadline = Instants.plus(book.nowNs.get(), policy.deadlineNs());
    long callId = book.calls.issue(account, missingE6, deadline);
    deadlines.add(deadline, account);
    book.events.emit(
        new Event.MarginCallIssued(
            book.accounts.idAt(account),
            callId,
            missingE6,
            deadline,
            timeToLiquidationNs(account),
            evidence.of(account, trigger, weighing)));
  }

  /// Ends a call, if there is one. `now` must be the account's valuation.
  public void end(int account, CallEnd how, Weighing now) {
    if (book.calls.exists(account)) {
      book.events.emit(
          new Event.MarginCallEnded(
              book.accounts.idAt(account),
              book.calls.callId(account),
              how,
              now.equityE6(),
              now.initialE6()));
      book.calls.end(account);
    }
  }

  /// Lets an open call expire; it stays until the account is back at initial.
  public void expire(int account) {
    valuation.assess(account, weighing);
    book.calls.expire(account);
    book.events.emit(
        new Event.MarginCallEnded(
            book.accounts.idAt(account),
            book.calls.callId(account),
            CallEnd.EXPIRED,
            weighing.equityE6(),
            weighing.initialE6()));
  }

  /// Distance to maintenance over the loss of a one-sigma day against every position, squared, in
  /// days.
  private long timeToLiquidationNs(int account) {
    RulebookTerms terms = terms(account);
    Positions positions = book.positions;
    long sigmaE6 = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      sigmaE6 +=
          terms
              .brackets(instrument)
              .dailyMove()
              .times(valuation.positionNotionalE6(row, instrument), Rounding.CEILING);
    }
    if (sigmaE6 == 0) {
      return Long.MAX_VALUE;
    }
    long distanceE6 = Math.max(0, weighing.equityE6() - weighing.maintenanceE6());
    boolean far = Fixed.compareProducts(distanceE6, NANOS, sigmaE6, LONGEST_ROOT_E9) >= 0;
    long rootE9 = far ? LONGEST_ROOT_E9 : Fixed.mulDiv(distanceE6, NANOS, sigmaE6, Rounding.FLOOR);
    return Fixed.mulDiv(rootE9 * rootE9, SECONDS_A_DAY, NANOS, Rounding.FLOOR);
  }

  private RulebookTerms terms(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account));
  }
}
