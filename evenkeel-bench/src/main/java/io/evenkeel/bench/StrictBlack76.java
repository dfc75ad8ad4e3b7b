package io.evenkeel.bench;

/// What a deterministic option value costs without polynomials of one's own: the textbook formula,
/// each elementary function from `StrictMath`, and the normal distribution by W. J. Cody's rational
/// approximations (Mathematics of Computation 23, 1969), which is what comes closest to ours in
/// accuracy.
final class StrictBlack76 {
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double PER_SQRT_PI = 0.5641895835477563;

  private static final double[] NEAR_TOP = {
    0.18577770618460315,
    3.1611237438705655,
    113.86415415105016,
    377.485237685302,
    3209.3775891384694
  };
  private static final double[] NEAR_BOTTOM = {
    1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
  };
  private static final double[] MIDDLE_TOP = {
    2.1531153547440383e-8,
    0.5641884969886701,
    8.883149794388377,
    66.11919063714163,
    298.6351381974001,
    881.952221241769,
    1712.0476126340707,
    2051.0783778260716,
    1230.3393547979972
  };
  private static final double[] MIDDLE_BOTTOM = {
    1,
    15.744926110709835,
    117.6939508913125,
    537.1811018620099,
    1621.3895745666903,
    3290.7992357334597,
    4362.619090143247,
    3439.3676741437216,
    1230.3393548037495
  };
  private static final double[] FAR_TOP = {
    0.016315387137302097,
    0.30532663496123236,
    0.36034489994980445,
    0.12578172611122926,
    0.016083785148742275,
    0.0006587491615298378
  };
  private static final double[] FAR_BOTTOM = {
    1,
    2.568520192289822,
    1.8729528499234673,
    0.5279051029514285,
    0.06051834131244132,
    0.0023352049762686918
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
