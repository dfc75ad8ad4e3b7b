package io.evenkeel.engine.pricing;

/// The standard normal distribution, with relative accuracy also far out in its tails: density and
/// [MillsRatio] multiplied.
public final class NormalDistribution {
  static final double PER_SQRT_TWO_PI = 0.3989422804014327;

  /// Density is counted as 0 beyond: there it is less than 1e-307.
  static final double FARTHEST = 37.6;

  private NormalDistribution() {}

  /// Density at x, `exp(-x^2 / 2) / sqrt(2 pi)`: relative error below 5e-16; 0 beyond 37.6.
  public static double density(double x) {
    return Math.abs(x) <= FARTHEST ? densityWithin(x) : Double.isNaN(x) ? x : 0;
  }

  /// Density at |x| <= 37.6, and whatever comes out elsewhere, without a branch. What rounding the
  /// square leaves over is put back, or the exponential would magnify it.
  static double densityWithin(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    double decay = Exponential.within(-0.5 * square);
    return PER_SQRT_TWO_PI * Math.fma(decay, -0.5 * rest, decay);
  }

  /// Probability below x: relative error below 1.2e-15; 0 below -37.6.
  public static double below(double x) {
    if (!(Math.abs(x) <= FARTHEST)) {
      return x > 0 ? 1 : x < 0 ? 0 : x;
    }
    double tail = densityWithin(x) * MillsRatio.of(Math.abs(x));
    return x > 0 ? 1 - tail : tail;
  }
}
