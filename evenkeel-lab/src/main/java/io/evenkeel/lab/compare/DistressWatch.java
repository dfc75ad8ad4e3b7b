package io.evenkeel.lab.compare;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.Population;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Clocks the zone LIQUIDATION as the engine states it.
final class DistressWatch {
  private static final long MILLISECOND_NS = 1_000_000;

  private final Map<Long, Long> sinceNs = new HashMap<>();
  private final Set<Long> everIn = new HashSet<>();
  private long totalMs;
  private long longestMs;

  /// Begins with the accounts that are in distress already.
  DistressWatch(Population population, EngineView view, long timeNs) {
    for (int trader = 0; trader < population.traderCount(); trader++) {
      long accountId = population.accountId(trader);
      if (view.isOpen(accountId) && view.statedZone(accountId) == Zone.LIQUIDATION) {
        begin(accountId, timeNs);
      }
    }
  }

  void onEvent(long timeNs, Event event) {
    if (event instanceof Event.ZoneChanged it) {
      if (it.after() == Zone.LIQUIDATION) {
        begin(it.accountId(), timeNs);
      } else {
        end(it.accountId(), timeNs);
      }
    }
  }

  private void begin(long accountId, long timeNs) {
    sinceNs.putIfAbsent(accountId, timeNs);
    everIn.add(accountId);
  }

  private void end(long accountId, long timeNs) {
    Long began = sinceNs.remove(accountId);
    if (began != null) {
      long spentMs = (timeNs - began) / MILLISECOND_NS;
      totalMs = Math.addExact(totalMs, spentMs);
      longestMs = Math.max(longestMs, spentMs);
    }
  }

  /// Accounts in distress now.
  int count() {
    return sinceNs.size();
  }

  /// Ends all that lasts and adds up.
  DistressFigures figures(long endNs) {
    long atTheEnd = sinceNs.size();
    for (Long accountId : Set.copyOf(sinceNs.keySet())) {
      end(accountId, endNs);
    }
    return new DistressFigures(everIn.size(), totalMs, longestMs, atTheEnd);
  }
}
