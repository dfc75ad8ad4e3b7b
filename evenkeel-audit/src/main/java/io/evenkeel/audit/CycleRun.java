package io.evenkeel.audit;

import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// One run of the cycle: what set it going, over whom, and who else was touched by it.
final class CycleRun {
  final Trigger trigger;
  final boolean mayClose;

  /// In account order, each once, none closed.
  final List<AuditAccount> concerned;

  /// Whom a liquidation left in need, waiting or left open: not called anew in this run.
  final Set<AuditAccount> leftInNeed = new HashSet<>();

  private final TreeMap<Integer, AuditAccount> touched = new TreeMap<>();

  CycleRun(Trigger trigger, boolean mayClose, Iterable<AuditAccount> given) {
    this.trigger = trigger;
    this.mayClose = mayClose;
    given.forEach(this::touch);
    touched.values().removeIf(account -> account.closed);
    this.concerned = List.copyOf(touched.values());
  }

  /// Notes that an account's zone is to be stated again at the end.
  void touch(AuditAccount account) {
    touched.put(account.index, account);
  }

  Iterable<AuditAccount> touched() {
    return touched.values();
  }

  boolean isConcerned(AuditAccount account) {
    return concerned.contains(account);
  }

  /// Whether the account's rulebook runs the step on this trigger.
  boolean runs(AuditAccount account, CycleStep step) {
    return account.rulebook.inForce().onTrigger(trigger).runs(step);
  }
}
