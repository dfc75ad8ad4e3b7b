package io.evenkeel.model.rulebook;

/// How collateral is pulled in below the search level.
///
/// @param siblingsAllowed whether a party that agrees may have its own accounts help one another,
///   after the wallet
public record TopUpPolicy(boolean siblingsAllowed) {}
