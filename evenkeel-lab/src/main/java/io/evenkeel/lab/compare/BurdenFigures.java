package io.evenkeel.lab.compare;

import java.math.BigDecimal;

/// Who bore what liquidated accounts could not: by party, what its accounts gave up when they were
/// deleveraged against, and what was taken out of their profit when losses were shared.
///
/// @param parties that could have borne something: those of the population and the market maker
/// @param bearers parties that did
/// @param total what they bore together, in the numeraire
/// @param largest what the party that bore most did
/// @param giniOfBearers among those who bore something; NaN when nobody did
/// @param giniOfAll among all parties; NaN when nobody bore anything
/// @param topShare share that the hundredth part of bearers with most bore; NaN when nobody did
/// @param nakedByDeleveraging hedged accounts that were left with one side only when holders of the
///   other side were closed with them
/// @param nakedByClosing the same by a closing of their own, with positions left
public record BurdenFigures(
    int parties,
    int bearers,
    BigDecimal total,
    BigDecimal largest,
    double giniOfBearers,
    double giniOfAll,
    double topShare,
    long nakedByDeleveraging,
    long nakedByClosing) {}
