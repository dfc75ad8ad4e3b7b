package io.evenkeel.engine.pricing;

/// Many option values at once, the same bits as [Black76#value] one by one. The work is done in
/// short loops without branches, which the JVM compiles to vector instructions where the processor
/// has them; an arithmetic operation gives the same bits in a vector as alone. Options that fall
/// under a special case are valued one by one.
///
/// Holds the space it works in, so it allocates nothing after it was made; not for two threads at a
/// time.
public final class Black76Batch {
  private final double[] forwards;
  private final double[] strikes;
  private final double[] deviations;
  private final double[] ratios;
  private final double[] nearest;
  private final double[] nearer;
  private final double[] farther;
  private final double[] densities;

  /// @param capacity most options of one call
  public Black76Batch(int capacity) {
    forwards = new double[capacity];
    strikes = new double[capacity];
    deviations = new double[capacity];
    ratios = new double[capacity];
    nearest = new double[capacity];
    nearer = new double[capacity];
    farther = new double[capacity];
    densities = new double[capacity];
  }

  /// Options of one expiry: `values[i] = Black76.value(areCalls[i], forward, strikes[i],
  /// volatilities[i], years, discount)`.
  ///
  /// @param count how many, at most the capacity; what lies beyond in the arrays is left alone
  /// @throws IllegalArgumentException as [Black76#value]; nothing is then written
  public void values(
      int count,
      boolean[] areCalls,
      double forward,
      double[] strikes,
      double[] volatilities,
      double years,
      double discount,
      double[] values) {
    Black76.requireMarket(forward, years, discount);
    for (int i = 0; i < count; i++) {
      Black76.requireOption(strikes[i], volatilities[i]);
      this.strikes[i] = strikes[i];
      forwards[i] = forward;
      deviations[i] = Black76.deviation(volatilities[i], years);
    }
    prepare(count);
    for (int i = 0; i < count; i++) {
      values[i] = discount * undiscounted(i, areCalls[i]);
    }
  }

  /// One option in many scenarios: `values[i] = Black76.value(isCall, forwards[i], strike,
  /// volatilities[i], years, discount)`.
  ///
  /// @param count how many, at most the capacity; what lies beyond in the arrays is left alone
  /// @throws IllegalArgumentException as [Black76#value]; nothing is then written
  public void scenarios(
      int count,
      boolean isCall,
      double[] forwards,
      double strike,
      double[] volatilities,
      double years,
      double discount,
      double[] values) {
    for (int i = 0; i < count; i++) {
      Black76.requireMarket(forwards[i], years, discount);
      Black76.requireOption(strike, volatilities[i]);
      strikes[i] = strike;
      this.forwards[i] = forwards[i];
      deviations[i] = Black76.deviation(volatilities[i], years);
    }
    prepare(count);
    for (int i = 0; i < count; i++) {
      values[i] = discount * undiscounted(i, isCall);
    }
  }

  private void prepare(int count) {
    for (int i = 0; i < count; i++) {
      ratios[i] = forwards[i] / strikes[i];
    }
    for (int i = 0; i < count; i++) {
      double distance = Math.abs(Logarithm.within(ratios[i])) / deviations[i];
      nearest[i] = 0.5 * deviations[i] - distance;
      farther[i] = 0.5 * deviations[i] + distance;
    }
    for (int i = 0; i < count; i++) {
      densities[i] = NormalDistribution.densityWithin(nearest[i]);
    }
    for (int i = 0; i < count; i++) {
      nearer[i] = MillsRatio.of(Math.abs(nearest[i]));
    }
    for (int i = 0; i < count; i++) {
      farther[i] = MillsRatio.of(farther[i]);
    }
  }

  private double undiscounted(int i, boolean isCall) {
    double forward = forwards[i];
    double strike = strikes[i];
    double d1 = nearest[i];
    boolean isOrdinary =
        ratios[i] >= Logarithm.LEAST
            && ratios[i] <= Logarithm.GREATEST
            && deviations[i] > 0
            && deviations[i] < Black76.SATURATED_DEVIATION
            && d1 >= -NormalDistribution.FARTHEST;
    if (!isOrdinary) {
      return Black76.undiscounted(isCall, forward, strike, deviations[i]);
    }
    double timeValue =
        Math.min(forward, strike) * Black76.share(d1, densities[i], nearer[i], farther[i]);
    return Black76.total(
        isCall ? forward - strike : strike - forward, timeValue, isCall ? forward : strike);
  }
}
