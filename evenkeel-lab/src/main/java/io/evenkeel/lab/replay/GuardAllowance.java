package io.evenkeel.lab.replay;

import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A coarse tape under a strict guard would be stale most of the time, and the replay would show
/// the guard rather than the rules. Where the usual distance between two prices of a symbol is more
/// than a third of the guard's maximum age, that age is raised to twice the largest distance. A
/// tape that is fine enough keeps its guard, whatever its gaps.
///
/// @param stepNs usual distance between two prices of a symbol: the least one, of the symbol where
///   that is largest
/// @param largestGapNs largest distance between two prices of one symbol
/// @param maximumAgeNs the age that both guards of the venue now allow at least
public record GuardAllowance(long stepNs, long largestGapNs, long maximumAgeNs) {
  /// A price may be this many usual distances old before it is called stale.
  private static final int STEPS_OF_PATIENCE = 3;

  /// What a source needs of a rulebook; null when the rulebook's own guards will do.
  ///
  /// @param tickLimit how many ticks to look at; 0 = all of them
  public static @Nullable GuardAllowance of(TickSource source, Rulebook rulebook, long tickLimit) {
    int symbols = source.symbols().size();
    long[] lastNs = new long[symbols];
    long[] leastNs = new long[symbols];
    Arrays.fill(lastNs, -1);
    Arrays.fill(leastNs, Long.MAX_VALUE);
    long largestGapNs = 0;
    Tick tick = new Tick();
    TickStream ticks = source.ticks();
    for (long count = 0; (tickLimit == 0 || count < tickLimit) && ticks.next(tick); count++) {
      for (int i = 0; i < tick.size(); i++) {
        int symbol = tick.symbolIndex(i);
        if (lastNs[symbol] >= 0) {
          long distanceNs = tick.timeNs() - lastNs[symbol];
          leastNs[symbol] = Math.min(leastNs[symbol], distanceNs);
          largestGapNs = Math.max(largestGapNs, distanceNs);
        }
        lastNs[symbol] = tick.timeNs();
      }
    }
    long stepNs = 0;
    for (long distanceNs : leastNs) {
      stepNs = distanceNs == Long.MAX_VALUE ? stepNs : Math.max(stepNs, distanceNs);
    }
    VenuePolicy venue = rulebook.venue();
    boolean fits = fits(venue.markGuard(), stepNs) && fits(venue.assetGuard(), stepNs);
    long ageNs = Math.min(2 * largestGapNs, CallPolicy.MAXIMUM_DURATION_NS);
    return fits ? null : new GuardAllowance(stepNs, largestGapNs, ageNs);
  }

  private static boolean fits(MarketDataGuard guard, long stepNs) {
    return guard.maximumAgeNs() == 0 || stepNs <= guard.maximumAgeNs() / STEPS_OF_PATIENCE;
  }

  /// The rulebook with its venue's guards raised; an age that is unlimited or already larger stays.
  public Rulebook raise(Rulebook rulebook) {
    VenuePolicy venue = rulebook.venue();
    return new Rulebook(
        rulebook.name(),
        rulebook.version(),
        rulebook.cashAsset(),
        rulebook.collateral(),
        rulebook.requirement(),
        rulebook.crossLevels(),
        rulebook.isolatedLevels(),
        rulebook.triggers(),
        rulebook.topUp(),
        rulebook.release(),
        rulebook.call(),
        rulebook.lossSources(),
        rulebook.liquidation(),
        new VenuePolicy(
            venue.executionOrder(),
            venue.priceCollar(),
            raise(venue.markGuard()),
            raise(venue.assetGuard()),
            venue.suspended(),
            venue.lending(),
            venue.conduct(),
            venue.slowInputs()));
  }

  private MarketDataGuard raise(MarketDataGuard guard) {
    return guard.maximumAgeNs() == 0 || guard.maximumAgeNs() >= maximumAgeNs
        ? guard
        : new MarketDataGuard(
            maximumAgeNs,
            guard.maximumDeviation(),
            guard.maximumUncertainty(),
            guard.toleranceNs());
  }
}
