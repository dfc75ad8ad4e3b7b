package io.evenkeel.engine.market;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.OpenInterestRates;

/// How far the funding rate of a market may stand from zero: a factor times what lies between its
/// initial and its maintenance rate, so that funding cannot eat a margin before it is called
/// (reference: dYdX v4 funding rate clamp). A feed computes it here and cuts its rate to it before
/// it sends [io.evenkeel.model.command.Command.ApplyFunding].
public final class FundingLimit {
  private static final long MILLION = 1_000_000;

  private FundingLimit() {}

  /// Largest funding rate of eight hours, either side, of a tier.
  public static Decimal ofEightHours(OpenInterestRates.Tier tier) {
    long limit = largestPpm(tier.fundingFactorPpm(), tier.initialPpm(), tier.maintenanceSharePpm());
    return new Decimal(limit, 6);
  }

  /// The same in millionths: `floor(factor * (initial - floor(initial * maintenanceShare)))`.
  ///
  /// @param factorPpm millionths, 0 or more
  /// @param initialPpm initial rate, millionths, 0 to a million
  /// @param maintenanceSharePpm what maintenance is of it, millionths, 0 to a million
  public static long largestPpm(long factorPpm, long initialPpm, long maintenanceSharePpm) {
    long maintenancePpm = Fixed.mulDiv(initialPpm, maintenanceSharePpm, MILLION, Rounding.FLOOR);
    return Fixed.mulDiv(factorPpm, initialPpm - maintenancePpm, MILLION, Rounding.FLOOR);
  }
}
