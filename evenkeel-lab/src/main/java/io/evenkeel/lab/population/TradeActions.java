package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.RandomStreams;
import io.evenkeel.model.command.Command;
import java.util.SplittableRandom;

/// Traders adding to positions and reducing them, against other traders or the market maker.
final class TradeActions {
  private static final int SETTLEMENT_ASSET_ID = 0;
  private static final int CANDIDATES = 4;

  /// Less than this is not worth a trade, millionths.
  private static final long LEAST_BUDGET_E6 = 2_000_000L;

  /// The taker of a trade pays this share of its value: one over this.
  private static final long FEE_DIVISOR = 2_500;

  private final Population population;
  private final Listing listing;
  private final RequirementEstimate estimate;
  private final MarketMaker marketMaker;
  private final AccountView view;
  private final CommandSink sink;
  private final TraderChoice choice;

  TradeActions(
      Population population,
      RequirementEstimate estimate,
      MarketMaker marketMaker,
      AccountView view,
      CommandSink sink,
      TraderChoice choice) {
    this.choice = choice;
    this.population = population;
    this.listing = population.listing();
    this.estimate = estimate;
    this.marketMaker = marketMaker;
    this.view = view;
    this.sink = sink;
  }

  /// Opens or adds to a position, with part of what the account and its wallet can spare.
  void add(long timeNs, int trader, SplittableRandom random) {
    long accountId = population.accountId(trader);
    int instrumentId = drawInstrument(trader, random);
    long units = affordableUnits(trader, instrumentId, random);
    if (units == 0) {
      return;
    }
    long makerHeld = marketMaker.positionUnits(instrumentId);
    double buyChance = makerHeld == 0 ? 0.5 : makerHeld > 0 ? 0.65 : 0.35;
    boolean buys = random.nextDouble() < buyChance;
    long held = view.positionUnits(accountId, instrumentId);
    if (held != 0 && random.nextInt(100) < 80) {
      buys = held > 0;
    }
    trade(timeNs, trader, instrumentId, buys ? units : -units, random);
  }

  /// Closes a quarter to all of a position.
  void reduce(long timeNs, int trader, SplittableRandom random) {
    long accountId = population.accountId(trader);
    int instrumentId = heldInstrument(accountId, random);
    if (instrumentId < 0 || !view.isActive(accountId)) {
      return;
    }
    long held = view.positionUnits(accountId, instrumentId);
    long lot = listing.contract(instrumentId).lotSize();
    double share = random.nextInt(3) == 0 ? 1 : 0.25 + 0.75 * random.nextDouble();
    long part = (long) (Math.abs(held) * share);
    long units = Math.clamp(part - part % lot, lot, Math.abs(held));
    trade(timeNs, trader, instrumentId, held > 0 ? -units : units, random);
  }

  /// How many units an account may reasonably take on in an instrument now; 0 when it should not.
  long affordableUnits(int trader, int instrumentId, SplittableRandom random) {
    long accountId = population.accountId(trader);
    long markUnits = view.markUnits(instrumentId);
    long equityE6 = view.equityE6(accountId);
    long initialE6 = view.initialE6(accountId);
    if (markUnits == 0
        || !view.isActive(accountId)
        || equityE6 < initialE6
        || view.call(accountId) != null) {
      return 0;
    }
    long spareE6 =
        equityE6 - initialE6 + view.walletMinor(population.partyId(trader), SETTLEMENT_ASSET_ID);
    long budgetE6 = (long) (spareE6 * (0.1 + 0.4 * random.nextDouble()));
    double leverage = RandomStreams.logUniform(random, 1.5, 15);
    int chosenE2 = view.leverageE2(accountId);
    if (budgetE6 < LEAST_BUDGET_E6) {
      return 0;
    }
    double mostLeverage = chosenE2 == 0 ? leverage : Math.min(leverage, 0.008 * chosenE2);
    long wantedE6 =
        Math.min(
            (long) (budgetE6 * mostLeverage), estimate.affordableE6(instrumentId, budgetE6) / 2);
    long held = Math.abs(view.positionUnits(accountId, instrumentId));
    AccountView.OpenOrders orders = view.openOrders(accountId, instrumentId);
    held += Math.max(orders.buyUnits(), orders.sellUnits());
    boolean isolated = population.isolatedInstrumentId(trader) >= 0;
    long heldE6 = listing.notionalE6(instrumentId, held, markUnits);
    long requiredE6 =
        estimate.initialE6(instrumentId, heldE6 + wantedE6, chosenE2, isolated)
            - estimate.initialE6(instrumentId, heldE6, chosenE2, isolated);
    boolean fits =
        requiredE6 + wantedE6 / 100 <= budgetE6
            && held < listing.contract(instrumentId).maximumPositionUnits() / 4;
    return fits ? listing.unitsFor(instrumentId, wantedE6, markUnits) : 0;
  }

  /// The isolated instrument, one that is held, or any.
  int drawInstrument(int trader, SplittableRandom random) {
    int isolated = population.isolatedInstrumentId(trader);
    if (isolated >= 0) {
      return isolated;
    }
    int held = random.nextInt(100) < 60 ? heldInstrument(population.accountId(trader), random) : -1;
    return held >= 0 ? held : random.nextInt(listing.contractCount());
  }

  /// The first instrument with a position from a random one on; -1 without any.
  private int heldInstrument(long accountId, SplittableRandom random) {
    int count = listing.contractCount();
    int start = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      int instrumentId = (start + i) % count;
      if (view.positionUnits(accountId, instrumentId) != 0) {
        return instrumentId;
      }
    }
    return -1;
  }

  /// @param units signed, positive to buy
  private void trade(
      long timeNs, int trader, int instrumentId, long units, SplittableRandom random) {
    long markUnits = view.markUnits(instrumentId);
    if (markUnits == 0) {
      return;
    }
    long accountId = population.accountId(trader);
    long quantity = Math.abs(units);
    long other =
        random.nextBoolean() ? reducingCounterparty(accountId, instrumentId, units, random) : -1;
    if (other >= 0) {
      quantity = Math.min(quantity, Math.abs(view.positionUnits(other, instrumentId)));
    } else if (marketMaker.canTake(instrumentId, -units)) {
      other = marketMaker.accountId();
    } else {
      return;
    }
    double factor = 1 + 0.0005 * (2 * random.nextDouble() - 1);
    long priceUnits = Math.max(1, (long) StrictMath.rint(markUnits * factor));
    long fee = listing.notionalE6(instrumentId, quantity, priceUnits) / FEE_DIVISOR;
    boolean buys = units > 0;
    sink.submit(
        timeNs,
        new Command.Fill(
            instrumentId,
            buys ? accountId : other,
            buys ? other : accountId,
            quantity,
            priceUnits,
            buys ? fee : 0,
            buys ? 0 : fee,
            false,
            false));
  }

  /// A trader that would reduce its position by taking the other side; -1 when none is found soon.
  private long reducingCounterparty(
      long accountId, int instrumentId, long units, SplittableRandom random) {
    for (int i = 0; i < CANDIDATES; i++) {
      long candidate = population.accountId(choice.next(random));
      long held = view.positionUnits(candidate, instrumentId);
      boolean reduces = held != 0 && (held > 0) == (units > 0);
      if (candidate != accountId && reduces && view.isActive(candidate)) {
        return candidate;
      }
    }
    return -1;
  }
}
