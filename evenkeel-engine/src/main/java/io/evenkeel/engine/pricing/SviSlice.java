package io.evenkeel.engine.pricing;

/// One expiry's volatility by strike in raw SVI form: total variance `w(k) = a + b (rho (k - m) +
/// sqrt((k - m)^2 + sigma^2))` at `k = ln(K / forward)`, volatility `sqrt(w / years)`. Forward and
/// years are those at which the parameters were fitted, not the present ones. `k` is held within
/// four at-the-money deviations, `4 sqrt(a + b sigma)`, and `w` at most 144, as the venue that
/// publishes such slices does (reference: Derive's volatility feed).
///
/// @param a level of total variance
/// @param b slope of the wings, 0 or more
/// @param rho skew, -1 to 1
/// @param m where the smile has its middle
/// @param sigma how round it is, 0 or more
/// @param forward at fitting time, above 0
/// @param years to expiry at fitting time, above 0
public record SviSlice(
    double a, double b, double rho, double m, double sigma, double forward, double years) {
  private static final double MOST_VARIANCE = 144;
  private static final double MOST_DEVIATIONS = 4;

  /// Refuses what is no slice.
  ///
  /// @throws IllegalArgumentException naming the parameter
  public SviSlice {
    require(b >= 0, "b", b);
    require(rho >= -1 && rho <= 1, "rho", rho);
    require(sigma >= 0, "sigma", sigma);
    require(forward > 0, "forward", forward);
    require(years > 0, "years", years);
    require(a + b * sigma >= 0, "a", a);
    require(!Double.isNaN(m), "m", m);
  }

  private static void require(boolean holds, String name, double value) {
    if (!holds) {
      throw new IllegalArgumentException("SVI parameter " + name + " cannot be " + value);
    }
  }

  /// Annual volatility at a strike.
  ///
  /// @param strike above 0
  /// @throws IllegalArgumentException when the total variance there is negative
  public double volatility(double strike) {
    double volatility = volatility(a, b, rho, m, sigma, forward, years, strike);
    if (Double.isNaN(volatility)) {
      throw new IllegalArgumentException(
          "the SVI slice has no volatility, or a total variance below 0, at strike " + strike);
    }
    return volatility;
  }

  /// Annual volatility at a strike, from the bare parameters, without making a slice or checking
  /// them; NaN where the total variance is negative, also at the money, or a parameter is no
  /// number.
  public static double volatility(
      double a,
      double b,
      double rho,
      double m,
      double sigma,
      double forward,
      double years,
      double strike) {
    double widest = MOST_DEVIATIONS * Math.sqrt(a + b * sigma);
    double k = Math.min(widest, Math.max(-widest, Logarithm.of(strike / forward)));
    double fromMiddle = k - m;
    double variance =
        a + b * (rho * fromMiddle + Math.sqrt(fromMiddle * fromMiddle + sigma * sigma));
    return variance >= 0 ? Math.sqrt(Math.min(variance, MOST_VARIANCE) / years) : Double.NaN;
  }
}
