package io.evenkeel.model.account;

/// What a margin account is for.
public enum AccountRole {
  /// An ordinary account.
  TRADER,
  /// Takes the other side of closing trades with finite capital of its own. Marked and margined
  /// like any other; never released automatically and never closed itself: its deficit goes to the
  /// insurance fund, then to sharing.
  BACKSTOP
}
