package io.evenkeel.lab.population;

import io.evenkeel.model.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Traders placing resting orders, cancelling them, and having them filled when the mark comes to
/// their limit.
final class OrderActions {
  /// How many of the known orders are looked at between two ticks.
  private static final int LOOKED_AT_PER_TICK = 32;

  private static final int MOST_KNOWN = 100_000;

  private final Population population;
  private final TradeActions trades;
  private final MarketMaker marketMaker;
  private final AccountView view;
  private final CommandSink sink;
  private final List<Resting> known = new ArrayList<>();

  OrderActions(
      Population population,
      TradeActions trades,
      MarketMaker marketMaker,
      AccountView view,
      CommandSink sink) {
    this.population = population;
    this.trades = trades;
    this.marketMaker = marketMaker;
    this.view = view;
    this.sink = sink;
  }

  /// Where orders were seen; whether they still rest is asked of the view.
  private record Resting(long accountId, int instrumentId) {}

  /// Takes note that an account may have orders now.
  void onOrders(long accountId, int instrumentId) {
    if (known.size() < MOST_KNOWN) {
      known.add(new Resting(accountId, instrumentId));
    }
  }

  /// Places an order on one side, 0.3 to 4 % from the mark, where the account has none yet.
  void place(long timeNs, int trader, SplittableRandom random) {
    long accountId = population.accountId(trader);
    int instrumentId = trades.drawInstrument(trader, random);
    boolean buy = random.nextBoolean();
    double distance = 0.003 + 0.037 * random.nextDouble();
    long units = trades.affordableUnits(trader, instrumentId, random);
    if (units == 0 || !view.openOrders(accountId, instrumentId).isEmpty()) {
      return;
    }
    double factor = buy ? 1 - distance : 1 + distance;
    long limitUnits = Math.max(1, (long) StrictMath.rint(view.markUnits(instrumentId) * factor));
    long notional = Math.multiplyExact(units, limitUnits);
    sink.submit(
        timeNs,
        new Command.SetOrderExposure(
            accountId,
            instrumentId,
            buy ? units : 0,
            buy ? 0 : units,
            buy ? notional : 0,
            buy ? 0 : notional));
  }

  /// Cancels what one account has resting in one contract.
  void cancel(long timeNs, SplittableRandom random) {
    while (!known.isEmpty()) {
      Resting resting = removeAt(random.nextInt(known.size()));
      boolean rests =
          !view.openOrders(resting.accountId, resting.instrumentId).isEmpty()
              && view.isActive(resting.accountId);
      if (rests) {
        sink.submit(
            timeNs,
            new Command.SetOrderExposure(resting.accountId, resting.instrumentId, 0, 0, 0, 0));
        return;
      }
    }
  }

  /// Fills some of the orders whose limit the mark has reached, against the market maker.
  void fillCrossed(long timeNs, SplittableRandom random) {
    int looks = Math.min(LOOKED_AT_PER_TICK, known.size());
    for (int i = 0; i < looks && !known.isEmpty(); i++) {
      int at = random.nextInt(known.size());
      Resting resting = known.get(at);
      AccountView.OpenOrders orders = view.openOrders(resting.accountId, resting.instrumentId);
      long markUnits = view.markUnits(resting.instrumentId);
      if (orders.isEmpty() || !view.isActive(resting.accountId)) {
        removeAt(at);
      } else if (orders.buyUnits() > 0 && orders.buyNotional() / orders.buyUnits() >= markUnits) {
        fill(timeNs, resting, orders.buyUnits(), markUnits);
      } else if (orders.sellUnits() > 0
          && Math.ceilDiv(orders.sellNotional(), orders.sellUnits()) <= markUnits) {
        fill(timeNs, resting, -orders.sellUnits(), markUnits);
      }
    }
  }

  /// @param units signed, positive for a buy order
  private void fill(long timeNs, Resting resting, long units, long markUnits) {
    if (markUnits == 0 || !marketMaker.canTake(resting.instrumentId, -units)) {
      return;
    }
    boolean buys = units > 0;
    sink.submit(
        timeNs,
        new Command.Fill(
            resting.instrumentId,
            buys ? resting.accountId : marketMaker.accountId(),
            buys ? marketMaker.accountId() : resting.accountId,
            Math.abs(units),
            markUnits,
            0,
            0,
            buys,
            !buys));
  }

  /// Order of the list means nothing, so the last takes the place of the one removed.
  private Resting removeAt(int index) {
    Resting removed = known.get(index);
    Resting last = known.removeLast();
    if (index < known.size()) {
      known.set(index, last);
    }
    return removed;
  }
}
