package io.evenkeel.engine.margin.health;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import java.util.Arrays;

/// Health of one account and what it consists of, as [HealthModel#read] found it: by asset the
/// balance that is weighed, with the results of contracts, and what it counts. Overwritten by the
/// next reading.
public final class HealthFigures {
  /// What no amount of an asset brings about.
  public static final long NEVER = Long.MAX_VALUE;

  /// Below this weight an asset is not worth counting on: a billionth.
  private static final long LEAST_E12 = 1_000;

  private long healthE6;
  private long[] balanceMinor = new long[0];
  private long[] priceUnits = new long[0];
  private long[] divisor = new long[0];
  private long[] assetE12 = new long[0];
  private long[] debtE12 = new long[0];

  void set(long health, Token[] tokens) {
    healthE6 = health;
    if (balanceMinor.length < tokens.length) {
      balanceMinor = Arrays.copyOf(balanceMinor, tokens.length);
      priceUnits = Arrays.copyOf(priceUnits, tokens.length);
      divisor = Arrays.copyOf(divisor, tokens.length);
      assetE12 = Arrays.copyOf(assetE12, tokens.length);
      debtE12 = Arrays.copyOf(debtE12, tokens.length);
    }
    for (int asset = 0; asset < tokens.length; asset++) {
      balanceMinor[asset] = tokens[asset].balanceMinor;
      priceUnits[asset] = tokens[asset].lowUnits;
      divisor[asset] = tokens[asset].divisor;
      assetE12[asset] = tokens[asset].assetE12;
      debtE12[asset] = tokens[asset].debtE12;
    }
  }

  /// Health, millionths of the numeraire, signed.
  public long healthE6() {
    return healthE6;
  }

  /// What is weighed of an asset: money and weighed results, minor units, signed.
  public long balanceMinor(int asset) {
    return balanceMinor[asset];
  }

  /// Weight of an asset that is held, to twelve places.
  public long assetE12(int asset) {
    return assetE12[asset];
  }

  /// Weight of an asset that is owed.
  public long debtE12(int asset) {
    return debtE12[asset];
  }

  /// What a balance of an asset adds to health, millionths, rounded down.
  public long contributionE6(int asset, long amountMinor) {
    long value = Fixed.mulDiv(amountMinor, priceUnits[asset], divisor[asset], Rounding.FLOOR);
    return MarketWeights.weighed(value, amountMinor < 0 ? debtE12[asset] : assetE12[asset]);
  }

  /// The least of an asset that lifts a health to 0, rounded up; 0 when it is there, [#NEVER] when
  /// the asset counts nothing.
  ///
  /// @param fromE6 the health
  /// @param fromMinor the balance that is weighed then
  public long missingMinor(int asset, long fromE6, long fromMinor) {
    if (fromE6 >= 0) {
      return 0;
    }
    long gap = -fromE6;
    long taken = 0;
    if (fromMinor < 0) {
      long owed = -contributionE6(asset, fromMinor);
      if (gap <= owed) {
        return Math.min(-fromMinor, amountMinor(asset, gap, debtE12[asset], Rounding.CEILING));
      }
      taken = -fromMinor;
      gap -= owed;
    }
    return assetE12[asset] < LEAST_E12
        ? NEVER
        : Math.addExact(taken, amountMinor(asset, gap, assetE12[asset], Rounding.CEILING));
  }

  /// The most of an asset that may go before a health sinks below 0, rounded down; 0 when it is
  /// below.
  public long spareMinor(int asset, long fromE6, long fromMinor) {
    if (fromE6 <= 0) {
      return 0;
    }
    long left = fromE6;
    long taken = 0;
    if (fromMinor > 0) {
      long counted = contributionE6(asset, fromMinor);
      if (left <= counted) {
        return Math.min(fromMinor, amountMinor(asset, left, assetE12[asset], Rounding.FLOOR));
      }
      taken = fromMinor;
      left -= counted;
    }
    return Math.addExact(taken, amountMinor(asset, left, debtE12[asset], Rounding.FLOOR));
  }

  private long amountMinor(int asset, long weighedE6, long weightE12, Rounding rounding) {
    long value = Fixed.mulDiv(weighedE6, MarketWeights.ONE_E12, weightE12, rounding);
    return Fixed.mulDiv(value, divisor[asset], priceUnits[asset], rounding);
  }
}
