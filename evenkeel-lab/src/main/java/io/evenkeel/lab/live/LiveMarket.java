package io.evenkeel.lab.live;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.List;

/// A synthetic market that goes on from any prices, one crash after the other, without an end. It
/// begins shortly before the first crash sets in: what lies before is walked through unseen, and
/// the prices it begins with are led back to those of the story in small steps.
public final class LiveMarket {
  /// Ticks from one crash to the next: five minutes at four ticks a second.
  public static final long EPISODE_TICKS = 1_200;

  private static final long UNSEEN_TICKS = 390;
  private static final double LEAD_BACK_TICKS = 400;

  private final Listing listing;
  private final TickStream stream;
  private final Tick walked = new Tick();
  private final Tick shown = new Tick();
  private final double[] offset;
  private long ticks;

  /// @param seed all prices follow from it and from those it begins with
  /// @param startUnits the prices to begin with, by instrument id
  public LiveMarket(long seed, Listing listing, long[] startUnits) {
    this.listing = listing;
    stream = market(seed).ticks();
    for (long i = 0; i < UNSEEN_TICKS; i++) {
      stream.next(walked);
    }
    offset = new double[listing.contractCount()];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = StrictMath.log((double) startUnits[i] / walked.priceUnits(i));
    }
  }

  /// What such a market quotes.
  public static Listing listing(Rulebook rulebook) {
    return Listing.of(market(0).symbols(), rulebook);
  }

  /// The prices that a market begins with which has no history.
  public static long[] firstUnits(Listing listing) {
    List<QuotedSymbol> symbols = listing.symbols();
    return symbols.stream().mapToLong(QuotedSymbol::firstPriceUnits).toArray();
  }

  private static SyntheticMarket market(long seed) {
    return new SyntheticMarket(SyntheticMarket.Plan.endless(seed, EPISODE_TICKS));
  }

  /// The next prices, stamped with an instant.
  public MarkBatch next(long nowNs) {
    stream.next(walked);
    double left = Math.max(0, 1 - ticks++ / LEAD_BACK_TICKS);
    shown.start(nowNs);
    for (int i = 0; i < offset.length; i++) {
      QuotedSymbol symbol = listing.symbols().get(i);
      long units = (long) StrictMath.rint(walked.priceUnits(i) * StrictMath.exp(left * offset[i]));
      shown.add(i, Math.clamp(units, symbol.lowestPriceUnits(), symbol.highestPriceUnits()));
    }
    return listing.marks(shown);
  }

  /// The last price given for an instrument, price units.
  public long markUnits(int instrumentId) {
    return shown.size() == 0 ? 0 : shown.priceUnits(instrumentId);
  }

  /// Instant of the story, nanoseconds: it passes much faster than the clock.
  public long storyTimeNs() {
    return walked.timeNs();
  }
}
