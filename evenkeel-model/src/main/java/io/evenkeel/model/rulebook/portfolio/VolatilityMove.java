package io.evenkeel.model.rulebook.portfolio;

/// How a scenario moves the volatilities of an expiry.
public enum VolatilityMove {
  /// Not at all.
  NONE,
  /// By the upward shock, at least to the minimum.
  UP,
  /// By the downward shock.
  DOWN,
  /// Skew: each strike by its signed log-moneyness; only where the spot does not move.
  LINEAR,
  /// Skew: each strike by its absolute log-moneyness; only where the spot does not move.
  ABS;

  /// Whether it bends the smile instead of moving it; its profit counts as a loss of the same size.
  public boolean isSkew() {
    return this == LINEAR || this == ABS;
  }
}
