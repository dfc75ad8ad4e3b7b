package io.evenkeel.model.account;

/// How far the collateral of a margin account reaches.
public enum AccountMode {
  /// Backs positions in one instrument only, and nothing else backs them.
  ISOLATED,
  /// Backs every position of the account.
  CROSS
}
