package io.evenkeel.model.reference;

/// What ends a contract.
public enum ContractKind {
  /// Ends by final settlement only; pays no funding.
  DATED_FUTURE,
  /// Never expires; pays funding between longs and shorts.
  PERPETUAL,
  /// A European option: ends by final settlement at what its exercise is worth; pays no funding.
  OPTION
}
