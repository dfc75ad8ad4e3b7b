package io.evenkeel.engine.margin.rates;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.SizeScaledRates;

/// What collateral loses of its value because there is much of it: a share that grows with the
/// amount between two limits (reference: Synthetix v3 collateral discount).
public final class SizeDiscount {
  /// A share of 1.
  public static final long WHOLE_E12 = 1_000_000_000_000L;

  private final long lowestE12;
  private final long highestE12;
  private final long scalarE12;
  private final long skewScaleMinor;

  /// @param assetScale decimal places of the asset's minor unit
  public SizeDiscount(SizeScaledRates.Discount discount, int assetScale) {
    lowestE12 = e12(discount.lowest());
    highestE12 = e12(discount.highest());
    scalarE12 = e12(discount.scalar());
    skewScaleMinor = units(discount.skewScale(), assetScale);
  }

  /// The share that an amount loses: `clamp(amount / skewScale * scalar, lowest, highest)`, in
  /// `10^-12`, rounded up.
  ///
  /// @param amountMinor 0 or more
  public long shareE12(long amountMinor) {
    long bySize =
        LinearNotional.saturated(amountMinor, scalarE12, skewScaleMinor) == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : Fixed.mulDiv(amountMinor, scalarE12, skewScaleMinor, Rounding.CEILING);
    return Math.clamp(bySize, lowestE12, highestE12);
  }

  /// What is left of a value, rounded down.
  public long keptE6(long valueE6, long amountMinor) {
    return Fixed.mulDiv(valueE6, WHOLE_E12 - shareE12(amountMinor), WHOLE_E12, Rounding.FLOOR);
  }

  static long e12(Decimal share) {
    return share.times(WHOLE_E12, Rounding.CEILING);
  }

  /// A size in smallest units, rounded down, at least 1 and at most what fits.
  static long units(Decimal whole, int scale) {
    return Math.max(1, LinearNotional.saturatedMinor(whole.units(), 1, scale - whole.scale()));
  }
}
