package io.evenkeel.lab.compare;

/// Time that accounts spent below maintenance without being brought out of it: from the moment the
/// engine states the zone LIQUIDATION until it states another, or the end of the replay. An account
/// that is closed in the same instant spends none.
///
/// @param accounts that were in distress at least once
/// @param accountMilliseconds of all of them together
/// @param longestMilliseconds longest stretch of one account
/// @param atTheEnd accounts still in distress at the end
public record DistressFigures(
    long accounts, long accountMilliseconds, long longestMilliseconds, long atTheEnd) {}
