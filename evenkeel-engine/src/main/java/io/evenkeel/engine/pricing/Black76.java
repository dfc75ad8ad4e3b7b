package io.evenkeel.engine.pricing;

/// European options on a forward (Black, 1976): `call = D (F N(d1) - K N(d2))`, `put = D (K N(-d2)
/// - F N(-d1))` with `d1 = ln(F/K)/v + v/2`, `d2 = d1 - v`, `v = volatility * sqrt(years)`.
///
/// Computed as it keeps its accuracy: the option that is out of the money by its own formula, never
/// by subtraction from the other; the one in the money as that plus what exercise would give, two
/// terms that are not negative. As `F phi(d1) = K phi(d2)`, the first is `F phi(d1) (M(-d1) -
/// M(-d2))` for a call with `d1 <= 0`, M being [MillsRatio]. Its error is a few units in the last
/// place of `F N(d1)` (call) or `K N(-d2)` (put), apart from what the rounding of `ln(F/K) / v`
/// moves, which grows with `d1^2`.
///
/// Defined for every input that is not negative and not NaN, in this order: strike 0: call F D, put
/// 0; forward 0: call 0, put K D; `v >= 24`: call F D, put K D; `v = 0` (expired, or without
/// volatility): what exercise would give, times D. Results lie in 0 to F D and 0 to K D.
public final class Black76 {
  /// From this standard deviation on an option is worth as much as it can be.
  public static final double SATURATED_DEVIATION = 24;

  private static final double DAYS_PER_YEAR = 365;

  private Black76() {}

  /// Value of an option.
  ///
  /// @param forward F, price of the underlying at expiry as seen now, 0 or more, finite
  /// @param strike K, 0 or more, finite
  /// @param volatility annual, 0 or more; may be infinite
  /// @param years to expiry, 0 or more; may be infinite
  /// @param discount D, present value of one unit at expiry, 0 or more, finite
  /// @throws IllegalArgumentException naming an input that is negative, NaN, or infinite where it
  ///   may not be
  public static double value(
      boolean isCall,
      double forward,
      double strike,
      double volatility,
      double years,
      double discount) {
    requireMarket(forward, years, discount);
    requireOption(strike, volatility);
    return discount * undiscounted(isCall, forward, strike, deviation(volatility, years));
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

  /// Refuses what no expiry can have.
  static void requireMarket(double forward, double years, double discount) {
    requireFinite("forward", forward);
    requireNotNegative("years", years);
    requireFinite("discount", discount);
  }

  /// Refuses what no option can have.
  static void requireOption(double strike, double volatility) {
    requireFinite("strike", strike);
    requireNotNegative("volatility", volatility);
  }

  static void requireFinite(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be finite and 0 or more, not " + value);
    }
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
    }
  }

  /// Standard deviation of the logarithm of the price at expiry; 0 when expired, whatever the
  /// volatility.
  static double deviation(double volatility, double years) {
    return years == 0 || volatility == 0 ? 0 : volatility * Math.sqrt(years);
  }

  /// Value at expiry as seen now, inputs unchecked: none may be negative or NaN, forward and strike
  /// must be finite.
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
    double exercise = isCall ? forward - strike : strike - forward;
    if (deviation == 0) {
      return Math.max(0, exercise);
    }
    return ordinary(isCall, forward, strike, Logarithm.of(forward / strike), deviation);
  }

  /// The formula itself.
  ///
  /// @param forward above 0
  /// @param strike above 0
  /// @param moneyness `ln(forward / strike)`
  /// @param deviation above 0 and below [#SATURATED_DEVIATION]
  private static double ordinary(
      boolean isCall, double forward, double strike, double moneyness, double deviation) {
    double exercise = isCall ? forward - strike : strike - forward;
    double timeValue = Math.min(forward, strike) * share(Math.abs(moneyness), deviation);
    return total(exercise, timeValue, isCall ? forward : strike);
  }

  /// What the option out of the money is worth, as a share of the lesser of forward and strike,
  /// which is the most it can be worth.
  ///
  /// @param moneyness `|ln(F/K)|`
  /// @param deviation above 0, below [#SATURATED_DEVIATION]
  static double share(double moneyness, double deviation) {
    double distance = moneyness / deviation;
    double d1 = 0.5 * deviation - distance;
    if (!(d1 >= -NormalDistribution.FARTHEST)) {
      return 0;
    }
    return share(
        d1,
        NormalDistribution.densityWithin(d1),
        MillsRatio.of(Math.abs(d1)),
        MillsRatio.of(0.5 * deviation + distance));
  }

  /// The same share from its parts. Call and put are mirror images, so it is written for a call
  /// with `F <= K`: `N(d1) - K/F N(d2)`, with `N(d1)` as 1 less the other side when d1 is above 0.
  ///
  /// @param d1 of the option out of the money, -37.6 or more
  /// @param density at d1
  /// @param nearer Mills' ratio at |d1|
  /// @param farther Mills' ratio at -d2, which is not negative
  static double share(double d1, double density, double nearer, double farther) {
    double share = d1 <= 0 ? density * (nearer - farther) : 1 - density * (nearer + farther);
    return Math.max(0, share);
  }

  /// Time value and what exercise would give, not above what the option can be worth at most.
  static double total(double exercise, double timeValue, double most) {
    return Math.min(most, Math.max(0, exercise) + timeValue);
  }

  /// Value in coin of an option that pays in its underlying: the value divided by the forward,
  /// undiscounted; for a call `N(d1) - K/F N(d2)`.
  ///
  /// @param forward above 0
  /// @throws IllegalArgumentException as [#value], and when the forward is 0
  public static double inverseValue(
      boolean isCall, double forward, double strike, double volatility, double years) {
    if (forward == 0) {
      throw new IllegalArgumentException("forward must be above 0 for a value in coin");
    }
    return value(isCall, forward, strike, volatility, years, 1) / forward;
  }

  /// Sensitivities of [#value].
  ///
  /// @param delta per unit of the forward
  /// @param gamma change of delta per unit of the forward
  /// @param vega per 1.00 of volatility
  /// @param thetaPerDay change of value in one day of 1/365 year, forward and discount unchanged
  public record Sensitivities(double delta, double gamma, double vega, double thetaPerDay) {}

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
    requireMarket(forward, years, discount);
    requireOption(strike, volatility);
    double deviation = deviation(volatility, years);
    if (strike == 0 || forward == 0 || deviation == 0 || deviation >= SATURATED_DEVIATION) {
      return new Sensitivities(discount * flatDelta(isCall, forward, strike, deviation), 0, 0, 0);
    }
    double d1 = d1(forward, strike, deviation);
    double density = NormalDistribution.density(d1);
    double delta = isCall ? NormalDistribution.below(d1) : -NormalDistribution.below(-d1);
    double vega = density * discount * forward * Math.sqrt(years);
    return new Sensitivities(
        discount * delta,
        density * discount / deviation / forward,
        vega,
        -0.5 * vega * volatility / years / DAYS_PER_YEAR);
  }

  private static double d1(double forward, double strike, double deviation) {
    return Logarithm.of(forward / strike) / deviation + 0.5 * deviation;
  }

  /// The delta of [#sensitivities] alone.
  ///
  /// @throws IllegalArgumentException as [#value]
  public static double delta(
      boolean isCall,
      double forward,
      double strike,
      double volatility,
      double years,
      double discount) {
    requireMarket(forward, years, discount);
    requireOption(strike, volatility);
    double deviation = deviation(volatility, years);
    if (strike == 0 || forward == 0 || deviation == 0 || deviation >= SATURATED_DEVIATION) {
      return discount * flatDelta(isCall, forward, strike, deviation);
    }
    double d1 = d1(forward, strike, deviation);
    return discount * (isCall ? NormalDistribution.below(d1) : -NormalDistribution.below(-d1));
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
