package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// Requirements of a notional under rates that grow with open interest (reference: dYdX v4 margin
/// requirements). Rates in millionths, money in millionths of the numeraire.
public final class OpenInterestScaling {
  /// A rate of 1.
  public static final long WHOLE_PPM = 1_000_000;

  private OpenInterestScaling() {}

  /// The initial rate at an open interest: the base rate up to `fromE6`, 1 from `toE6` on, between
  /// them on the straight line, rounded down to a millionth.
  ///
  /// @param basePpm 0 to 1,000,000
  /// @param fromE6 0 or more
  /// @param toE6 at least `fromE6`; 0 when open interest does not matter
  /// @param openInterestE6 notional of all open positions, one side, 0 or more
  public static long initialPpm(long basePpm, long fromE6, long toE6, long openInterestE6) {
    if (toE6 == 0) {
      return basePpm;
    }
    if (openInterestE6 >= toE6) {
      return WHOLE_PPM;
    }
    if (openInterestE6 <= fromE6) {
      return basePpm;
    }
    return basePpm
        + Fixed.mulDiv(openInterestE6 - fromE6, WHOLE_PPM - basePpm, toE6 - fromE6, Rounding.FLOOR);
  }

  /// Initial margin of a notional, rounded up.
  ///
  /// @param notionalE6 0 or more
  /// @param ratePpm what [#initialPpm] gave
  public static long initialE6(long notionalE6, long ratePpm) {
    return Fixed.mulDiv(notionalE6, ratePpm, WHOLE_PPM, Rounding.CEILING);
  }

  /// Maintenance margin of a notional: a share of the initial margin at the base rate, rounded up
  /// twice. Open interest does not matter to it.
  ///
  /// @param notionalE6 0 or more
  /// @param basePpm base initial rate
  /// @param sharePpm what maintenance is of it, 0 to 1,000,000
  public static long maintenanceE6(long notionalE6, long basePpm, long sharePpm) {
    return Fixed.mulDiv(initialE6(notionalE6, basePpm), sharePpm, WHOLE_PPM, Rounding.CEILING);
  }
}
