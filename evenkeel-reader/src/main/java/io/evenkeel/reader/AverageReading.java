package io.evenkeel.reader;

import io.evenkeel.engine.MarketView.RunningAverage;
import io.evenkeel.model.number.Decimal;
import org.jspecify.annotations.Nullable;

/// What has come of the settlement average of a contract by now (`docs/RULES.md`, section 5.3).
///
/// @param averagePriceUnits of what has passed, price units of the underlying; 0 before anything
///   has
/// @param coveredNs for how long of the window the price was known, nanoseconds
/// @param observations from how many pieces of one price, with the one that runs
/// @param stated the price stated ahead, of a whole unit of the underlying, which wins; or null
/// @param isOver whether the expiry has been dealt with: the contract has ended, or waits for a
///   stated price
public record AverageReading(
    long averagePriceUnits,
    long coveredNs,
    long observations,
    @Nullable Decimal stated,
    boolean isOver) {
  static @Nullable AverageReading of(@Nullable RunningAverage average) {
    return average == null
        ? null
        : new AverageReading(
            average.averagePriceUnits(),
            average.coveredNs(),
            average.observations(),
            average.stated(),
            average.isOver());
  }
}
