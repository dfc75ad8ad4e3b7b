package io.evenkeel.reader;

import io.evenkeel.engine.AccountSweep;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;

/// How many accounts are open, in which zone, and with how many calls: counted once, then kept up
/// by events.
final class AccountTally {
  private final long[] zoneCounts = new long[Zone.values().length];
  private int open;
  private int calls;

  /// Counts everything.
  AccountTally(EngineView view) {
    AccountSweep sweep = view.sweep();
    for (int index = 0; index < view.accountCount(); index++) {
      if (sweep.isOpen(index)) {
        open++;
        zoneCounts[sweep.statedZone(index).ordinal()]++;
      }
    }
    calls = view.callCount();
  }

  /// Takes an event in, after its command.
  void note(Event event, EngineView view) {
    if (event instanceof Event.ZoneChanged changed) {
      zoneCounts[changed.before().ordinal()]--;
      zoneCounts[changed.after().ordinal()]++;
    } else if (event instanceof Event.AccountOpened) {
      open++;
      zoneCounts[Zone.EXCESS.ordinal()]++;
    } else if (event instanceof Event.AccountClosed closed) {
      open--;
      zoneCounts[view.statedZone(closed.accountId()).ordinal()]--;
    } else if (event instanceof Event.MarginCallIssued) {
      calls++;
    } else if (event instanceof Event.MarginCallEnded ended && ended.end() != CallEnd.EXPIRED) {
      calls--;
    }
  }

  long[] zoneCounts() {
    return zoneCounts.clone();
  }

  int open() {
    return open;
  }

  int calls() {
    return calls;
  }
}
