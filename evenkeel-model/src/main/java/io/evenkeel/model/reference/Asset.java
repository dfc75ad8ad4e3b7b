package io.evenkeel.model.reference;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// A currency or coin that can be deposited, posted as collateral or settled in. How much of its
/// value counts is not here but in the collateral schedule of a rulebook: the same coin is weighed
/// differently by different rules.
///
/// @param assetId chosen by whoever defines it, 0 to 65535
/// @param symbol e.g. `USDT`; unique
/// @param scale decimal places of the minor unit, 0 to 18: `1 USDT = 10^scale` minor units
/// @param maximumSupplyMinor the most that may ever be deposited and not withdrawn, minor units, at
///   most 2^62
/// @param priceScale decimal places of its price in the numeraire (one whole unit of the asset), 0
///   to 12
/// @param initialPriceUnits price from definition until a feed marks it, scaled by `priceScale`
/// @param maximumPriceUnits marks above are refused as bad
public record Asset(
    int assetId,
    String symbol,
    int scale,
    long maximumSupplyMinor,
    int priceScale,
    long initialPriceUnits,
    long maximumPriceUnits) {
  /// Decimal places of account values in the numeraire.
  public static final int NUMERAIRE_SCALE = 6;

  /// The most that the whole supply of one asset, or the whole open interest of one instrument, may
  /// be worth at its maximum price: 2^56 millionths, about 72 billion numeraire units. Sums over an
  /// account then fit a long.
  public static final long MAXIMUM_VALUE_E6 = 1L << 56;

  /// Refuses scales, supplies and prices that could overflow a valuation.
  public Asset {
    Check.parameter(assetId >= 0 && assetId <= 65_535, "assetId", "must be 0 to 65535");
    Check.parameter(
        !symbol.isBlank() && symbol.length() <= 32, "symbol", "must have 1 to 32 characters");
    Check.parameter(scale >= 0 && scale <= 18, "scale", "must be 0 to 18");
    Check.parameter(priceScale >= 0 && priceScale <= 12, "priceScale", "must be 0 to 12");
    int exponent = scale + priceScale - NUMERAIRE_SCALE;
    Check.parameter(
        exponent >= 0 && exponent <= 18, "priceScale", "scale + priceScale must be 6 to 24");
    Check.parameter(
        maximumSupplyMinor > 0 && maximumSupplyMinor <= 1L << 62,
        "maximumSupplyMinor",
        "must be positive and at most 2^62");
    Check.parameter(
        initialPriceUnits > 0 && initialPriceUnits <= maximumPriceUnits,
        "initialPriceUnits",
        "must be positive and at most maximumPriceUnits");
    Check.parameter(
        isBounded(maximumSupplyMinor, maximumPriceUnits, Fixed.pow10(exponent)),
        "maximumSupplyMinor",
        "maximum supply at maximum price must be worth at most 2^56 millionths of the numeraire");
  }

  /// `10^(scale + priceScale - 6)`: what `amountMinor * priceUnits` is divided by to give a value
  /// in the numeraire.
  public long valueDivisor() {
    return Fixed.pow10(scale + priceScale - NUMERAIRE_SCALE);
  }

  private static boolean isBounded(long a, long b, long divisor) {
    try {
      return Fixed.mulDiv(a, b, divisor, Rounding.CEILING) <= MAXIMUM_VALUE_E6;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
