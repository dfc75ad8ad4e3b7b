package io.evenkeel.engine.lending;

import java.math.BigInteger;

/// What one unit grows to in some whole seconds at an annual rate, all with 27 decimal places
/// ([Ray]). A year has 365 days.
public final class InterestFactor {
  /// Seconds of a year.
  public static final BigInteger SECONDS_PER_YEAR = BigInteger.valueOf(31_536_000);

  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger SIX = BigInteger.valueOf(6);

  private InterestFactor() {}

  /// `1 + rate * seconds / year`, without compounding (reference: Aave linear interest).
  public static BigInteger linear(BigInteger rate, long seconds) {
    BigInteger years =
        Ray.divide(Ray.ofWad(BigInteger.valueOf(seconds)), Ray.ofWad(SECONDS_PER_YEAR));
    return Ray.multiply(rate, years).add(Ray.ONE);
  }

  /// Compounded each second, by the first three terms of the binomial series; the rate per second
  /// is cut to 27 places (reference: Aave compounded interest).
  public static BigInteger compounded(BigInteger rate, long seconds) {
    if (seconds == 0) {
      return Ray.ONE;
    }
    BigInteger count = BigInteger.valueOf(seconds);
    BigInteger perSecond = rate.divide(SECONDS_PER_YEAR);
    BigInteger square = Ray.multiply(perSecond, perSecond);
    BigInteger cube = Ray.multiply(square, perSecond);
    BigInteger pairs = count.multiply(BigInteger.valueOf(seconds - 1));
    BigInteger triples = pairs.multiply(BigInteger.valueOf(Math.max(0, seconds - 2)));
    return Ray.ONE
        .add(count.multiply(perSecond))
        .add(pairs.multiply(square).divide(TWO))
        .add(triples.multiply(cube).divide(SIX));
  }

  /// `e^(rate * seconds / year)` (reference: Derive cash asset).
  public static BigInteger continuous(BigInteger rate, long seconds) {
    return Ray.exp(rate.multiply(BigInteger.valueOf(seconds)).divide(SECONDS_PER_YEAR));
  }

  /// `(1 + rate)^(seconds / year)`: compounded each second so that a year's growth is the stated
  /// rate (reference: Maker stability fee, `duty^seconds`).
  public static BigInteger effective(BigInteger rate, long seconds) {
    return continuous(Ray.logOfOnePlus(rate), seconds);
  }

  /// An index after a factor: what Aave calls normalised income or debt, half up. A factor of one
  /// leaves it as it is.
  public static BigInteger grow(BigInteger index, BigInteger factor) {
    return Ray.multiply(factor, index);
  }

  /// A balance with 18 decimal places that was scaled by an index, half up.
  public static BigInteger balance(BigInteger scaledBalance, BigInteger index) {
    return Ray.toWad(Ray.multiply(Ray.ofWad(scaledBalance), index));
  }
}
