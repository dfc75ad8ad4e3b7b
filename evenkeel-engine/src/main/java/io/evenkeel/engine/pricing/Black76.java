package io.evenkeel.engine.pricing;

/// European options on a forward (Black, 1976): `call = D (F N(d1) - K N(d2))`, `put = D (K N(-d2)
/// - F N(-d1))` with `d1 = ln(F/K)/v + v/2`, `d2 = d1 - v`, `v = volatility * sqrt(years)`. The put
///   is not taken from the call by parity, so that values far out of the money keep their relative
///   accuracy.
///
/// Defined for every input that is not negative and not NaN, in this order: strike 0: call F D, put
/// 0; forward 0: call 0, put K D; `v >= 24`: call F D, put K D; `v = 0` (expired, or without
/// volatility): what exercise would give, times D. Results lie in 0 to F D and 0 to K D.
public final class Black76 {
  /// From this standard deviation on an option is worth as much as it can be.
  public static final double SATURATED_DEVIATION = 24;

  private Black76() {}

  /// Value of an option.
  ///
  /// @param forward F, price of the underlying at expiry as seen now, 0 or more
  /// @param strike K, 0 or more
  /// @param volatility annual, 0 or more; may be infinite
  /// @param years to expiry, 0 or more
  /// @param discount D, present value of one unit at expiry, 0 or more
  /// @throws IllegalArgumentException naming an input that is negative or NaN
  public static double value(
      boolean isCall,
      double forward,
      double strike,
      double volatility,
      double years,
      double discount) {
    requireNotNegative("forward", forward);
    requireNotNegative("strike", strike);
    requireNotNegative("volatility", volatility);
    requireNotNegative("years", years);
    requireNotNegative("discount", discount);
    double deviation = years == 0 || volatility == 0 ? 0 : volatility * Math.sqrt(years);
    return discount * undiscounted(isCall, forward, strike, deviation);
  }

  /// Value of a call; see [#value].
  public static double call(
      double forward, double strike, double volatility, double years, double discount) {
    return value(true, forward, strike, volatility, years, discount);
  }

  /// Value of a put; see [#value].
  public static double put(
      double forward, double strike, double volatility, double years, double discount) {
    return value(false, forward, strike, volatility, years, discount);
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
    }
  }

  /// Value at expiry as seen now, inputs unchecked: none may be negative or NaN.
  ///
  /// @param deviation `volatility * sqrt(years)`
  public static double undiscounted(
      boolean isCall, double forward, double strike, double deviation) {
    if (strike == 0) {
      return isCall ? forward : 0;
    }
    if (forward == 0) {
      return isCall ? 0 : strike;
    }
    if (deviation >= SATURATED_DEVIATION) {
      return isCall ? forward : strike;
    }
    if (deviation == 0) {
      return Math.max(0, isCall ? forward - strike : strike - forward);
    }
    return ordinary(isCall, forward, strike, StrictMath.log(forward / strike), deviation);
  }

  /// The formula itself, for a portfolio that is priced at many forwards: the caller keeps the
  /// logarithms of strikes and takes that of each forward once.
  ///
  /// @param forward above 0
  /// @param strike above 0
  /// @param moneyness `ln(forward / strike)`
  /// @param deviation above 0 and below [#SATURATED_DEVIATION]
  public static double ordinary(
      boolean isCall, double forward, double strike, double moneyness, double deviation) {
    double d1 = moneyness / deviation + 0.5 * deviation;
    double d2 = d1 - deviation;
    // F phi(d1) = K phi(d2): one exponential serves both
    double decay1 = NormalDistribution.halfSquareDecay(d1);
    double decay2 = decay1 * (forward / strike);
    if (decay1 == 0 || !(decay2 <= 1)) {
      decay2 = NormalDistribution.halfSquareDecay(d2);
    }
    if (isCall) {
      double value =
          forward * NormalDistribution.below(d1, decay1)
              - strike * NormalDistribution.below(d2, decay2);
      return Math.min(forward, Math.max(0, value));
    }
    double value =
        strike * NormalDistribution.below(-d2, decay2)
            - forward * NormalDistribution.below(-d1, decay1);
    return Math.min(strike, Math.max(0, value));
  }

  /// Value in coin of an option that pays in its underlying: the value divided by the forward,
  /// undiscounted; for a call `N(d1) - K/F N(d2)`.
  ///
  /// @param forward above 0
  public static double inverseValue(
      boolean isCall, double forward, double strike, double volatility, double years) {
    return value(isCall, forward, strike, volatility, years, 1) / forward;
  }

  /// Sensitivities of [#value].
  ///
  /// @param delta per unit of the forward
  /// @param gamma change of delta per unit of the forward
  /// @param vega per 1.00 of volatility
  /// @param theta per year that passes, forward and discount unchanged
  public record Sensitivities(double delta, double gamma, double vega, double theta) {}

  /// Sensitivities of an option, by the closed formulas; 0 but for delta where the value does not
  /// depend on volatility (expired, without volatility, saturated).
  ///
  /// @throws IllegalArgumentException as [#value]
  public static Sensitivities sensitivities(
      boolean isCall,
      double forward,
      double strike,
      double volatility,
      double years,
      double discount) {
    value(isCall, forward, strike, volatility, years, discount); // refuses what it refuses
    double deviation = years == 0 || volatility == 0 ? 0 : volatility * Math.sqrt(years);
    if (strike == 0 || forward == 0 || deviation == 0 || deviation >= SATURATED_DEVIATION) {
      return new Sensitivities(flatDelta(isCall, forward, strike, deviation) * discount, 0, 0, 0);
    }
    double d1 = StrictMath.log(forward / strike) / deviation + 0.5 * deviation;
    double density = NormalDistribution.density(d1);
    double delta = isCall ? NormalDistribution.below(d1) : -NormalDistribution.below(-d1);
    double vega = discount * forward * density * Math.sqrt(years);
    return new Sensitivities(
        discount * delta,
        discount * density / (forward * deviation),
        vega,
        -0.5 * vega * volatility / years);
  }

  private static double flatDelta(boolean isCall, double forward, double strike, double deviation) {
    if (deviation >= SATURATED_DEVIATION || strike == 0 || forward == 0) {
      return isCall && (strike == 0 || forward > 0) ? 1 : 0;
    }
    if (isCall) {
      return forward > strike ? 1 : 0;
    }
    return forward < strike ? -1 : 0;
  }
}
