package io.evenkeel.bench;

/// What a deterministic option value costs without polynomials of one's own: the textbook formula,
/// each elementary function from `StrictMath`, and the normal distribution by W. J. Cody's rational
/// approximations (Mathematics of Computation 23, 1969), which is what comes closest to ours in
/// accuracy.
final class StrictBlack76 {
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double PER_SQRT_PI = 0.5641895835477563;

  private static final double[] NEAR_TOP = {
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] NEAR_BOTTOM = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_TOP = {
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_BOTTOM = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] FAR_TOP = {
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4
  };
  private static final double[] FAR_BOTTOM = {
    1,
    2.56852019228982242e0,
    1.87295284992346725e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private StrictBlack76() {}

  /// Undiscounted value of an option that has neither expired nor an edge of any kind.
  static double value(
      boolean isCall, double forward, double strike, double volatility, double years) {
    double deviation = volatility * Math.sqrt(years);
    double d1 = StrictMath.log(forward / strike) / deviation + 0.5 * deviation;
    double d2 = d1 - deviation;
    return isCall
        ? forward * below(d1) - strike * below(d2)
        : strike * below(-d2) - forward * below(-d1);
  }

  private static double below(double x) {
    double y = Math.abs(x) * SQRT_HALF;
    double square = y * y;
    if (y < 0.46875) {
      return 0.5 + 0.5 * x * SQRT_HALF * ratio(NEAR_TOP, NEAR_BOTTOM, square);
    }
    double scaled =
        y <= 4
            ? ratio(MIDDLE_TOP, MIDDLE_BOTTOM, y)
            : (PER_SQRT_PI - ratio(FAR_TOP, FAR_BOTTOM, 1 / square) / square) / y;
    double tail = 0.5 * StrictMath.exp(-0.5 * x * x) * scaled;
    return x > 0 ? 1 - tail : tail;
  }

  private static double ratio(double[] top, double[] bottom, double at) {
    double above = 0;
    double under = 0;
    for (int i = 0; i < top.length; i++) {
      above = above * at + top[i];
      under = under * at + bottom[i];
    }
    return above / under;
  }
}
