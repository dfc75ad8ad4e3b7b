package io.evenkeel.lab.history;

/// A price that wanders, and sometimes jumps.
final class PriceWalk {
  private final long minimum;
  private final long maximum;
  private final double restlessness;
  private long units;

  /// @param restlessness standard step as a share of the price
  PriceWalk(long units, long minimum, long maximum, double restlessness) {
    this.minimum = minimum;
    this.units = units;
    this.maximum = maximum;
    this.restlessness = restlessness;
  }

  long units() {
    return units;
  }

  /// Moves on by an ordinary step, or now and then by a jump.
  void move(Dice dice) {
    double step = restlessness * 2 * (dice.share() - 0.5);
    if (dice.chance(0.02)) {
      step = dice.oneOf(-0.5, -0.3, -0.2, -0.12, -0.07, 0.07, 0.12, 0.25, 0.4, 0.8);
    }
    units = times(1 + step);
  }

  /// The price times a factor, within what a price may be.
  long times(double factor) {
    long moved = Math.round(units * factor);
    return Math.min(Math.max(moved, minimum), maximum);
  }

  long maximum() {
    return maximum;
  }
}
