package io.evenkeel.engine.pricing;

/// The standard normal distribution, with relative accuracy also far out in its tails. Source of
/// the approximations: W. J. Cody, "Rational Chebyshev approximations for the error function",
/// Mathematics of Computation 23 (1969), for `erfc(|x| / sqrt(2))`.
public final class NormalDistribution {
  static final double SQRT_HALF = 0.7071067811865476;
  static final double PER_SQRT_TWO_PI = 0.3989422804014327;

  private static final double PER_SQRT_PI = 0.5641895835477563;
  private static final double NEAR = 0.46875;
  private static final double FAR = 4.0;
  private static final double STEPS = 16.0;

  private NormalDistribution() {}

  /// `exp(-x^2 / 2)`: the square is taken of the sixteenths of x exactly, and of the rest apart, so
  /// that its rounding is not magnified.
  public static double halfSquareDecay(double x) {
    double y = Math.abs(x);
    double coarse = (double) (long) (y * STEPS) / STEPS;
    double rest = (y - coarse) * (y + coarse);
    return Exponential.of(-0.5 * coarse * coarse) * Exponential.of(-0.5 * rest);
  }

  /// Density at x.
  public static double density(double x) {
    return PER_SQRT_TWO_PI * halfSquareDecay(x);
  }

  /// Probability below x: relative error about 1e-15 as far as it is a normal number (x > -37).
  public static double below(double x) {
    return below(x, Math.abs(x) * SQRT_HALF < NEAR ? 1 : halfSquareDecay(x));
  }

  /// The same when `exp(-x^2 / 2)` is known.
  static double below(double x, double halfSquareDecay) {
    double y = Math.abs(x) * SQRT_HALF;
    if (y < NEAR) {
      return 0.5 + 0.5 * errorFunctionNear(x * SQRT_HALF);
    }
    double tail = 0.5 * halfSquareDecay * (y <= FAR ? scaledMiddle(y) : scaledFar(y));
    return x > 0 ? 1 - tail : tail;
  }

  /// `erf(y)` for |y| < 0.46875.
  private static double errorFunctionNear(double y) {
    double s = y * y;
    double top =
        Math.fma(
            Math.fma(
                Math.fma(
                    Math.fma(1.85777706184603153e-1, s, 3.16112374387056560e0),
                    s,
                    1.13864154151050156e2),
                s,
                3.77485237685302021e2),
            s,
            3.20937758913846947e3);
    double bottom =
        Math.fma(
            Math.fma(
                Math.fma(s + 2.36012909523441209e1, s, 2.44024637934444173e2),
                s,
                1.28261652607737228e3),
            s,
            2.84423683343917062e3);
    return y * top / bottom;
  }

  /// `exp(y^2) erfc(y)` for 0.46875 <= y <= 4.
  private static double scaledMiddle(double y) {
    double top = Math.fma(2.15311535474403846e-8, y, 5.64188496988670089e-1);
    top = Math.fma(top, y, 8.88314979438837594e0);
    top = Math.fma(top, y, 6.61191906371416295e1);
    top = Math.fma(top, y, 2.98635138197400131e2);
    top = Math.fma(top, y, 8.81952221241769090e2);
    top = Math.fma(top, y, 1.71204761263407058e3);
    top = Math.fma(top, y, 2.05107837782607147e3);
    top = Math.fma(top, y, 1.23033935479799725e3);
    double bottom = y + 1.57449261107098347e1;
    bottom = Math.fma(bottom, y, 1.17693950891312499e2);
    bottom = Math.fma(bottom, y, 5.37181101862009858e2);
    bottom = Math.fma(bottom, y, 1.62138957456669019e3);
    bottom = Math.fma(bottom, y, 3.29079923573345963e3);
    bottom = Math.fma(bottom, y, 4.36261909014324716e3);
    bottom = Math.fma(bottom, y, 3.43936767414372164e3);
    bottom = Math.fma(bottom, y, 1.23033935480374942e3);
    return top / bottom;
  }

  /// `exp(y^2) erfc(y)` for y > 4.
  private static double scaledFar(double y) {
    double s = 1 / (y * y);
    double top = Math.fma(1.63153871373020978e-2, s, 3.05326634961232344e-1);
    top = Math.fma(top, s, 3.60344899949804439e-1);
    top = Math.fma(top, s, 1.25781726111229246e-1);
    top = Math.fma(top, s, 1.60837851487422766e-2);
    top = Math.fma(top, s, 6.58749161529837803e-4);
    double bottom = s + 2.56852019228982242e0;
    bottom = Math.fma(bottom, s, 1.87295284992346725e0);
    bottom = Math.fma(bottom, s, 5.27905102951428412e-1);
    bottom = Math.fma(bottom, s, 6.05183413124413191e-2);
    bottom = Math.fma(bottom, s, 2.33520497626869185e-3);
    return (PER_SQRT_PI - s * top / bottom) / y;
  }
}
