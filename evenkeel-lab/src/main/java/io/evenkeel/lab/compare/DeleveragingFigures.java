package io.evenkeel.lab.compare;

import java.math.BigDecimal;

/// Closings against holders of the other side. Money is in the numeraire.
///
/// @param closings how many
/// @param notional closed, at mark
/// @param forgone what holders got less than at mark, net of what some got more
/// @param overshoot by how much that exceeded the deficits of the accounts they were closed with:
///   the value of the account at mark, less what its own liquidation had cost it before
public record DeleveragingFigures(
    long closings, BigDecimal notional, BigDecimal forgone, BigDecimal overshoot) {}
