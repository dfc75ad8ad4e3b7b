package io.evenkeel.audit;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;

/// The rebalancing cycle: section 6 of the rules.
final class Cycle {
  private final AuditBook book;
  private final Journal journal;
  private final Valuation valuation;
  private final Releases releases;
  private final TopUps topUps;
  private final Calls calls;
  private final Liquidation liquidation;

  Cycle(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.journal = journal;
    this.valuation = valuation;
    Ranking ranking = new Ranking(book);
    this.releases = new Releases(book, ledger, journal, valuation, ranking);
    this.topUps = new TopUps(book, ledger, journal, valuation, ranking);
    this.calls = new Calls(book, journal, valuation, ranking);
    this.liquidation = new Liquidation(book, ledger, journal, valuation, ranking);
  }

  /// Runs the cycle over the accounts given, closed ones left out.
  void run(Trigger trigger, Iterable<AuditAccount> accounts) {
    run(trigger, accounts, true);
  }

  /// Runs the cycle; `mayClose` false keeps the CLOSE step from running.
  void run(Trigger trigger, Iterable<AuditAccount> accounts, boolean mayClose) {
    CycleRun run = new CycleRun(trigger, mayClose, accounts);
    moveMoney(run, run.concerned);
    if (mayClose) {
      liquidation.run(run, running(run, run.concerned, CycleStep.CLOSE));
    }
    moveMoney(
        run,
        run.concerned.stream()
            .filter(account -> account.rulebook.inForce().onTrigger(trigger).secondPass())
            .toList());
    for (AuditAccount account : run.touched()) {
      stateZone(account);
    }
  }

  private void moveMoney(CycleRun run, List<AuditAccount> accounts) {
    releases.run(run, running(run, accounts, CycleStep.RELEASE));
    topUps.run(run, running(run, accounts, CycleStep.TOP_UP));
    List<AuditAccount> called = new ArrayList<>(running(run, accounts, CycleStep.CALL));
    called.removeAll(run.leftInNeed);
    calls.run(run, called);
  }

  private List<AuditAccount> running(CycleRun run, List<AuditAccount> accounts, CycleStep step) {
    return accounts.stream()
        .filter(account -> run.runs(account, step) && !book.isSuspended(account, step))
        .toList();
  }

  private void stateZone(AuditAccount account) {
    Weighed weighed = valuation.weigh(account);
    Zone before = account.statedZone;
    Zone after = weighed.zone();
    account.statedZone = after;
    if (before != after) {
      journal.say(new Event.ZoneChanged(account.id, before, after, weighed.assessment()));
    }
  }
}
