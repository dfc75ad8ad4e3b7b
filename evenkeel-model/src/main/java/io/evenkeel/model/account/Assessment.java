package io.evenkeel.model.account;

/// One account weighed at one moment; every figure in millionths of the numeraire.
///
/// @param zone follows from `equityE6` and `levels`
/// @param equityE6 collateral at maintenance weights plus unrealised profit and loss
/// @param initialEquityE6 the same at initial weights, profit at its initial weight
/// @param maintenanceMarginE6 MM of the requirement model
/// @param initialMarginE6 IM of the requirement model, before the difference of weights is folded
///   in
/// @param levels the four levels; `levels.initialE6 = initialMarginE6 + equityE6 - initialEquityE6`
public record Assessment(
    Zone zone,
    long equityE6,
    long initialEquityE6,
    long maintenanceMarginE6,
    long initialMarginE6,
    MarginLevels levels) {}
