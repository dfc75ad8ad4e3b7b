package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.model.event.Event;

/// Moves the prices of a tape by what liquidations have bought and sold before: as [ImpactTerms]
/// says. The same commands give the same prices on every machine.
public final class PriceImpact {
  /// A mark is displaced down to a tenth of the tape's price and up to ten times it at most.
  private static final double LEAST_FACTOR = 0.1;

  private static final double MOST_FACTOR = 10;

  private final ImpactTerms terms;
  private final Listing listing;
  private final ClosingFlow flow;
  private final Tick given = new Tick();
  private final double[] depthE6;
  private final double[] pressureE6;
  private final long[] sinceNs;
  private long flowTimeNs;
  private double largest;

  PriceImpact(ImpactTerms terms, Listing listing) {
    this.terms = terms;
    this.listing = listing;
    depthE6 = new double[listing.contractCount()];
    pressureE6 = new double[listing.contractCount()];
    sinceNs = new long[listing.contractCount()];
    flow =
        new ClosingFlow(
            listing,
            (_, instrumentId, units, _, notionalE6, kind) -> {
              if (kind != ClosingFlow.Kind.DELEVERAGED) {
                add(instrumentId, units > 0 ? notionalE6 : -notionalE6);
              }
            });
  }

  /// Depth of each contract by the open interest as it stands, at first prices.
  void measureDepth(EngineView view) {
    long[] interest = openInterestUnits(view, listing);
    for (int id = 0; id < interest.length; id++) {
      depthE6[id] = depthE6(terms, listing, id, interest[id]);
    }
  }

  /// Long positions of all accounts together, by contract.
  public static long[] openInterestUnits(EngineView view, Listing listing) {
    long[] units = new long[listing.contractCount()];
    for (int index = 0; index < view.accountCount(); index++) {
      for (EngineView.Position position : view.positions(view.accountIdAt(index))) {
        units[position.instrumentId()] =
            Math.addExact(units[position.instrumentId()], Math.max(0, position.quantityUnits()));
      }
    }
    return units;
  }

  /// Notional that moves a mark by [ImpactTerms#MOVE_AT_DEPTH], millionths.
  public static double depthE6(
      ImpactTerms terms, Listing listing, int instrumentId, long openInterestUnits) {
    long firstUnits = listing.symbols().get(instrumentId).firstPriceUnits();
    return terms.depthShare() * listing.notionalE6(instrumentId, openInterestUnits, firstUnits);
  }

  /// Takes note of an event.
  void onEvent(long timeNs, Event event) {
    flowTimeNs = timeNs;
    flow.onEvent(event);
  }

  private void add(int instrumentId, long signedE6) {
    settle(instrumentId, flowTimeNs);
    pressureE6[instrumentId] += signedE6;
  }

  private void settle(int instrumentId, long timeNs) {
    pressureE6[instrumentId] =
        terms.decayed(pressureE6[instrumentId], timeNs - sinceNs[instrumentId]);
    sinceNs[instrumentId] = Math.max(timeNs, sinceNs[instrumentId]);
  }

  /// The tick with its prices moved; valid until the next call.
  Tick displaced(Tick tick) {
    given.start(tick.timeNs());
    for (int i = 0; i < tick.size(); i++) {
      int id = tick.symbolIndex(i);
      settle(id, tick.timeNs());
      double displacement = terms.displacement(pressureE6[id], depthE6[id]);
      largest = Math.max(largest, Math.abs(displacement));
      given.add(id, moved(id, tick.priceUnits(i), displacement));
    }
    return given;
  }

  private long moved(int instrumentId, long priceUnits, double displacement) {
    if (displacement == 0) {
      return priceUnits;
    }
    double factor = Math.clamp(1 + displacement, LEAST_FACTOR, MOST_FACTOR);
    return Math.clamp(
        (long) StrictMath.rint(priceUnits * factor),
        1,
        listing.contract(instrumentId).maximumPriceUnits());
  }

  /// The largest displacement so far, a share of the tape's price, whatever its direction.
  public double largestDisplacement() {
    return largest;
  }
}
