package io.evenkeel.engine.pricing;

/// The volatility at which [Black76] gives a price. A search that cannot leave its bracket: Newton
/// steps from the point of inflection, `v = sqrt(2 |ln(F/K)|)`, on a scale on which the price is
/// nearly straight far out of the money; halving wherever a step would leave the bracket.
///
/// Valued again, the result gives the price back to `1e-15` of the lesser of forward and strike,
/// and out of the money also the volatility to `1e-12`, while the price depends on it more than its
/// own rounding does. Less is known deep in the money, where the time value is lost in the rounding
/// of the price, and near saturation.
public final class ImpliedVolatility {
  private static final int MOST_STEPS = 200;

  /// A price this little below what exercise would give counts as that: dividing by the discount
  /// rounds.
  private static final double ROUNDING = 0x1p-51;

  /// After a Newton step this small, relative to where we are, the next would be about its square.
  private static final double LAST_STEP = 0x1p-30;

  /// A bracket this narrow cannot be halved in earnest.
  private static final double NARROWEST = 0x1p-51;

  /// Below this share of the most an option can be worth the search runs on `1 / sqrt(-ln share)`,
  /// which far out of the money is nearly proportional to the deviation.
  private static final double LITTLE = 0.1;

  private ImpliedVolatility() {}

  /// Annual volatility that a price implies; 0 when the price is what exercise would give; NaN when
  /// no volatility gives it (below that, or the most an option can be worth or more) or every one
  /// does (expired, or forward, strike or discount 0).
  ///
  /// @param price in the same unit as the strike, 0 or more, finite
  /// @throws IllegalArgumentException naming an input that is negative, NaN or infinite
  public static double of(
      boolean isCall, double price, double forward, double strike, double years, double discount) {
    Black76.requireMarket(forward, years, discount);
    Black76.requireOption(strike, 0);
    Black76.requireFinite("price", price);
    if (years == 0 || forward == 0 || strike == 0 || discount == 0) {
      return Double.NaN;
    }
    double exercise = Math.max(0, isCall ? forward - strike : strike - forward);
    double timeValue = price / discount - exercise;
    double share = timeValue / Math.min(forward, strike);
    if (!(timeValue >= -ROUNDING * exercise && share < 1)) {
      return Double.NaN;
    }
    double moneyness = Math.abs(Logarithm.of(forward / strike));
    return share <= 0 ? 0 : deviation(share, moneyness) / Math.sqrt(years);
  }

  /// The deviation at which the option out of the money is worth a share of the most it can be.
  private static double deviation(double share, double moneyness) {
    double low = 0;
    double high = Black76.SATURATED_DEVIATION;
    double at = Math.min(high / 2, Math.max(0x1p-40, Math.sqrt(2 * moneyness)));
    for (int step = 0; step < MOST_STEPS; step++) {
      double here = Black76.share(moneyness, at);
      if (here == share) {
        return at;
      }
      if (here < share) {
        low = at;
      } else {
        high = at;
      }
      double next = at - newtonStep(here, share, moneyness, at);
      boolean isInside = next > low && next < high;
      if (!isInside) {
        next = 0.5 * (low + high);
      }
      boolean isLast = isInside && Math.abs(next - at) <= LAST_STEP * at;
      if (isLast || high - low <= NARROWEST * at) {
        return next;
      }
      at = next;
    }
    return at;
  }

  private static double newtonStep(double here, double share, double moneyness, double at) {
    double slope = NormalDistribution.density(0.5 * at - moneyness / at);
    if (share >= LITTLE || here >= 0.5) {
      return (here - share) / slope;
    }
    double depth = -Logarithm.of(here);
    double wanted = 1 / Math.sqrt(-Logarithm.of(share));
    return (1 / Math.sqrt(depth) - wanted) * 2 * depth * Math.sqrt(depth) * here / slope;
  }
}
