package io.evenkeel.model.number;

/// The named ways an inexact quotient becomes an integer. Every division in the engine names one.
public enum Rounding {
  /// Towards minus infinity: what an account receives or is worth.
  FLOOR,
  /// Towards plus infinity: what an account owes or must hold.
  CEILING
}
