package io.evenkeel.audit;

import io.evenkeel.audit.AuditAccount.Call;
import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CallPolicy;
import java.math.BigInteger;
import java.util.List;

/// The CALL step: margin calls are issued, restated and ended.
final class Calls {
  private static final BigInteger MOST_SIGMAS = Exact.BILLION.multiply(BigInteger.valueOf(3));
  private static final BigInteger SECONDS_OF_A_DAY = BigInteger.valueOf(86_400);

  private final AuditBook book;
  private final Journal journal;
  private final Valuation valuation;
  private final Ranking ranking;

  Calls(AuditBook book, Journal journal, Valuation valuation, Ranking ranking) {
    this.book = book;
    this.journal = journal;
    this.valuation = valuation;
    this.ranking = ranking;
  }

  void run(CycleRun run, List<AuditAccount> accounts) {
    List<Weighed> weighings =
        accounts.stream()
            .filter(account -> account.isTrader() && account.hasBands() && account.auction == null)
            .map(valuation::weigh)
            .toList();
    for (Weighed weighed : ranking.order(weighings)) {
      Call call = weighed.account().call;
      if (call == null) {
        issueIfDue(run, weighed);
      } else {
        review(weighed, call);
      }
    }
  }

  private void review(Weighed weighed, Call call) {
    AuditAccount account = weighed.account();
    CallPolicy policy = account.rulebook.inForce().call();
    BigInteger amount = weighed.initial().subtract(weighed.equity());
    BigInteger change = amount.subtract(call.amount()).abs();
    if (!policy.enabled()) {
      end(journal, weighed, CallEnd.CANCELLED);
    } else if (amount.signum() <= 0) {
      end(journal, weighed, CallEnd.MET);
    } else if (!call.expired() && change.compareTo(Exact.of(policy.updateStepE6())) >= 0) {
      account.call = new Call(call.callId(), amount, call.deadlineNs(), false);
      journal.say(
          new Event.MarginCallUpdated(
              account.id,
              call.callId(),
              call.amount().longValueExact(),
              amount.longValueExact(),
              timeToLiquidationNs(weighed)));
    }
  }

  private void issueIfDue(CycleRun run, Weighed weighed) {
    AuditAccount account = weighed.account();
    CallPolicy policy = account.rulebook.inForce().call();
    if (!policy.enabled() || weighed.zone() != Zone.CALL) {
      return;
    }
    BigInteger amount = weighed.initial().subtract(weighed.equity());
    long deadlineNs = Exact.later(book.nowNs, policy.deadlineNs());
    Call call = new Call(++book.lastCallId, amount, deadlineNs, false);
    account.call = call;
    journal.say(
        new Event.MarginCallIssued(
            account.id,
            call.callId(),
            amount.longValueExact(),
            deadlineNs,
            timeToLiquidationNs(weighed),
            weighed.evidence(run.trigger)));
  }

  /// Ends the call of an account, if it has one.
  static void end(Journal journal, Weighed weighed, CallEnd how) {
    AuditAccount account = weighed.account();
    Call call = account.call;
    if (call != null) {
      account.call = null;
      journal.say(
          new Event.MarginCallEnded(
              account.id,
              call.callId(),
              how,
              weighed.equity().longValueExact(),
              weighed.initial().longValueExact()));
    }
  }

  /// Marks the open call of an account as expired; it is kept until it ends otherwise.
  void expire(AuditAccount account, Call call) {
    Weighed weighed = valuation.weigh(account);
    account.call = new Call(call.callId(), call.amount(), call.deadlineNs(), true);
    journal.say(
        new Event.MarginCallEnded(
            account.id,
            call.callId(),
            CallEnd.EXPIRED,
            weighed.equity().longValueExact(),
            weighed.initial().longValueExact()));
  }

  /// How long until a one-sigma move against every position would reach maintenance.
  private static long timeToLiquidationNs(Weighed weighed) {
    BigInteger dailyLoss = BigInteger.ZERO;
    for (RowLine line : weighed.rowLines()) {
      Brackets brackets = weighed.account().rulebook.brackets(line.instrument());
      dailyLoss = dailyLoss.add(brackets.dailyMove.ceilTimes(line.notional()));
    }
    if (dailyLoss.signum() == 0) {
      return Long.MAX_VALUE;
    }
    BigInteger distance = weighed.equity().subtract(weighed.maintenance());
    BigInteger sigmasE9 =
        Exact.notBelowZero(
            Exact.floorDiv(distance.multiply(Exact.BILLION), dailyLoss).min(MOST_SIGMAS));
    return Exact.floorDiv(sigmasE9.multiply(sigmasE9).multiply(SECONDS_OF_A_DAY), Exact.BILLION)
        .longValueExact();
  }
}
