package io.evenkeel.reader;

import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.rulebook.TradingPhase;
import org.jspecify.annotations.Nullable;

/// One price.
///
/// @param id asset or instrument
/// @param priceUnits last good price, scaled as the target says; 0 when an instrument was never
///   marked
/// @param timeNs when it was true according to its source; 0 when never marked
/// @param isDegraded whether it may not be relied on for release, withdrawal and new risk
/// @param isLost whether the tolerance of a degraded price has run out
/// @param isFrozen whether the instrument is frozen after a fault
/// @param isSettled whether the contract has ended
/// @param phase trading phase; CONTINUOUS for assets
/// @param openInterestUnits sum of all long positions, quantity units; 0 for assets
/// @param average of a contract that ends by itself, what has come of its settlement average; else
///   null
public record PriceReading(
    MarkBatch.Target target,
    int id,
    long priceUnits,
    long timeNs,
    boolean isDegraded,
    boolean isLost,
    boolean isFrozen,
    boolean isSettled,
    TradingPhase phase,
    long openInterestUnits,
    @Nullable AverageReading average) {}
