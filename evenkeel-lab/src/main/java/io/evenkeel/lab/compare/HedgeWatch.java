package io.evenkeel.lab.compare;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.replay.ClosingFlow;
import io.evenkeel.model.event.Event;
import java.util.HashMap;
import java.util.Map;

/// Finds hedged accounts of which a liquidation left one side only. An account is hedged when its
/// longs and its shorts are both there and the smaller side is at least half the larger, at mark;
/// it is left naked when after the command it still holds positions, and all on one side. What it
/// held before is what it holds after plus what the command closed.
final class HedgeWatch {
  private final Listing listing;
  private final EngineView view;
  private final ClosingFlow flow;
  private final Map<Long, long[]> closedOfOwn = new HashMap<>();
  private final Map<Long, long[]> closedAsHolder = new HashMap<>();
  private long byDeleveraging;
  private long byClosing;

  /// Signed change of the liquidated account by the event at hand.
  private long lastUnits;

  HedgeWatch(Listing listing, EngineView view) {
    this.listing = listing;
    this.view = view;
    flow =
        new ClosingFlow(
            listing,
            (accountId, instrumentId, units, _, _, kind) -> {
              if (kind != ClosingFlow.Kind.TAKE_OVER) {
                add(closedOfOwn, accountId, instrumentId, units);
              }
              lastUnits = units;
            });
  }

  void onEvent(Event event) {
    lastUnits = 0;
    flow.onEvent(event);
    if (event instanceof Event.Deleveraged it) {
      add(closedAsHolder, it.counterpartyAccountId(), it.instrumentId(), -lastUnits);
    }
  }

  private void add(Map<Long, long[]> closed, long accountId, int instrumentId, long units) {
    closed.computeIfAbsent(accountId, _ -> new long[listing.contractCount()])[instrumentId] +=
        units;
  }

  /// All events of a command have been told.
  void onCommand() {
    if (!closedOfOwn.isEmpty()) {
      closedOfOwn.forEach((accountId, units) -> byClosing += isLeftNaked(accountId, units) ? 1 : 0);
      closedOfOwn.clear();
    }
    if (!closedAsHolder.isEmpty()) {
      closedAsHolder.forEach(
          (accountId, units) -> byDeleveraging += isLeftNaked(accountId, units) ? 1 : 0);
      closedAsHolder.clear();
    }
  }

  private boolean isLeftNaked(long accountId, long[] change) {
    long longsBefore = 0;
    long shortsBefore = 0;
    long longs = 0;
    long shorts = 0;
    for (int id = 0; id < change.length; id++) {
      long now = view.quantityUnits(accountId, id);
      long before = now - change[id];
      long markUnits = view.markUnits(id);
      long nowE6 = listing.notionalE6(id, Math.abs(now), markUnits);
      long beforeE6 = listing.notionalE6(id, Math.abs(before), markUnits);
      longs += now > 0 ? nowE6 : 0;
      shorts += now < 0 ? nowE6 : 0;
      longsBefore += before > 0 ? beforeE6 : 0;
      shortsBefore += before < 0 ? beforeE6 : 0;
    }
    long smaller = Math.min(longsBefore, shortsBefore);
    boolean wasHedged = smaller > 0 && smaller >= Math.max(longsBefore, shortsBefore) / 2;
    return wasHedged && (longs > 0) != (shorts > 0);
  }

  long byDeleveraging() {
    return byDeleveraging;
  }

  long byClosing() {
    return byClosing;
  }
}
