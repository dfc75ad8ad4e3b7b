package io.evenkeel.model.account;

/// How many rows an account has in an instrument.
public enum PositionMode {
  /// One: a purchase and a sale meet in it.
  ONE_WAY,
  /// A long and a short one side by side, also called dual-side position mode.
  HEDGE
}
