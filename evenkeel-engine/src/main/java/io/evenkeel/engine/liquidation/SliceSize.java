package io.evenkeel.engine.liquidation;

import io.evenkeel.model.number.Decimal;
import java.math.BigInteger;

/// How much of a position one slice closes (reference: dYdX v4, limits on position and sub-account
/// of a block). What is worth something is in minor units of the settlement asset, cut towards
/// zero.
///
/// @param heldUnits what is held, >= 0
/// @param perUnit what one quantity unit is worth, > 0, over `parts`
/// @param parts > 0
public record SliceSize(BigInteger heldUnits, BigInteger perUnit, BigInteger parts) {
  /// What all of it is worth.
  public BigInteger notionalMinor() {
    return heldUnits.multiply(perUnit).divide(parts);
  }

  /// The least that is worth a slice: `minimumMinor`, but never more than there is.
  public BigInteger leastMinor(BigInteger minimumMinor) {
    return notionalMinor().min(minimumMinor);
  }

  /// The most that a slice takes: a share of the position, rounded down, but not less than
  /// [#leastMinor].
  public BigInteger mostMinor(BigInteger minimumMinor, Decimal share) {
    return notionalMinor()
        .multiply(BigInteger.valueOf(share.units()))
        .divide(BigInteger.valueOf(share.divisor()))
        .max(leastMinor(minimumMinor));
  }

  /// Quantity of a slice worth at most `mostMinor`: all of a position that is worth no more or is
  /// at most a lot, else whole lots, at least one.
  ///
  /// @param lot step of a quantity, > 0
  public BigInteger units(BigInteger lot, BigInteger mostMinor) {
    if (mostMinor.compareTo(notionalMinor()) >= 0 || heldUnits.compareTo(lot) <= 0) {
      return heldUnits;
    }
    BigInteger worthMost = mostMinor.multiply(parts).divide(perUnit);
    return worthMost.divide(lot).multiply(lot).max(lot).min(heldUnits);
  }
}
