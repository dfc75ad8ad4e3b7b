package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Requirements of a perpetual whose initial margin fraction rises with the open interest of its
/// market (reference: dYdX v4 liquidity tiers). Fractions are millionths (ppm); notionals are whole
/// units of any one kind, here millionths of the numeraire.
public final class OpenInterestScaling {
  private static final long ONE_PPM = 1_000_000;

  private OpenInterestScaling() {}

  /// The initial margin fraction at an open interest: the base up to the lower cap, one from the
  /// upper cap on, linear in between, rounded down to a millionth. Without an upper cap (0) it is
  /// the base always.
  ///
  /// @param basePpm 0 to 1_000_000
  /// @param lowerCap open interest up to which the base holds
  /// @param upperCap at least `lowerCap`, or 0 for none
  /// @param openInterest notional of all long positions, 0 or more
  public static long initialFractionPpm(
      long basePpm, long lowerCap, long upperCap, long openInterest) {
    if (upperCap == 0 || openInterest <= lowerCap) {
      return basePpm;
    }
    if (openInterest >= upperCap) {
      return ONE_PPM;
    }
    return basePpm
        + Fixed.mulDiv(
            openInterest - lowerCap, ONE_PPM - basePpm, upperCap - lowerCap, Rounding.FLOOR);
  }

  /// What a notional requires at a fraction, rounded up.
  ///
  /// @param notional 0 or more
  public static long required(long notional, long fractionPpm) {
    return Fixed.mulDiv(notional, fractionPpm, ONE_PPM, Rounding.CEILING);
  }

  /// Maintenance requirement: a share of the initial requirement at the base fraction, rounded up
  /// twice. It does not rise with open interest, so that a crowded market stops new risk without
  /// liquidating anybody.
  public static long maintenance(long notional, long basePpm, long maintenanceSharePpm) {
    return required(required(notional, basePpm), maintenanceSharePpm);
  }

  /// The largest funding rate of a period, ppm: `clampFactor * (initial - maintenance fraction)`,
  /// rounded down twice (reference: dYdX v4 funding rate clamp).
  public static long fundingClampPpm(long clampFactorPpm, long basePpm, long maintenanceSharePpm) {
    long maintenancePpm = Fixed.mulDiv(basePpm, maintenanceSharePpm, ONE_PPM, Rounding.FLOOR);
    return Fixed.mulDiv(clampFactorPpm, basePpm - maintenancePpm, ONE_PPM, Rounding.FLOOR);
  }
}
