package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// At what rate one asset is lent to accounts that owe it, out of what other accounts hold of it.
/// Rates are annual, of 365 days. The borrowing rate depends on the utilisation `u = borrowed /
/// supplied`, at most 1: `minimumRate + u * slope` up to the optimal utilisation, and above it
/// `minimumRate + optimal * slope + (u - optimal) * highSlope` (reference: Derive cash interest;
/// Aave v3 interest rate strategy with `slope = slope1 / optimal`, `highSlope = slope2 / (1 -
/// optimal)`).
///
/// @param asset symbol
/// @param minimumRate borrowing rate of an unused pool, 0 to [#MOST]
/// @param slope rise of the rate per unit of utilisation, 0 to [#MOST]
/// @param optimalUtilisation where the steeper part begins, 0 to 1
/// @param highSlope rise above it, `slope` to [#MOST]
/// @param compounding how debts grow within one accrual
/// @param deposits what depositors receive of what borrowers pay
/// @param venueShare share of the interest that the venue keeps, 0 to 1
/// @param payee who receives it
/// @param minted whether what is borrowed comes into being, so that nobody needs to hold it first
///   (reference: Maker)
/// @param ceilingMinor the most that all accounts together may owe after a borrowing, minor units,
///   at most 2^62 (reference: Maker debt ceiling, Aave borrow cap)
/// @param intervalNs interest accrues at the first command at least so long after the last accrual,
///   a whole number of seconds, at least one
public record LendingTerms(
    String asset,
    Decimal minimumRate,
    Decimal slope,
    Decimal optimalUtilisation,
    Decimal highSlope,
    Compounding compounding,
    Deposits deposits,
    Decimal venueShare,
    Payee payee,
    boolean minted,
    long ceilingMinor,
    long intervalNs) {
  /// The highest rate or slope.
  public static final Decimal MOST = new Decimal(1_000, 0);

  private static final long SECOND_NS = 1_000_000_000L;

  /// Refuses rates out of order.
  public LendingTerms {
    Check.parameter(!asset.isBlank(), "venue.lending.asset", "must be a symbol");
    checkRate(minimumRate, "minimumRate");
    checkRate(slope, "slope");
    checkRate(highSlope, "highSlope");
    checkShare(optimalUtilisation, "optimalUtilisation");
    checkShare(venueShare, "venueShare");
    Check.parameter(
        highSlope.compareTo(slope) >= 0, "venue.lending.highSlope", "must be at least slope");
    Check.parameter(
        ceilingMinor >= 0 && ceilingMinor <= 1L << 62,
        "venue.lending.ceiling",
        "must be 0 to 2^62 minor units");
    Check.parameter(
        intervalNs >= SECOND_NS && intervalNs % SECOND_NS == 0,
        "venue.lending.interval",
        "must be a whole number of seconds, at least one");
  }

  private static void checkRate(Decimal rate, String name) {
    Check.parameter(
        !rate.isNegative() && rate.compareTo(MOST) <= 0,
        "venue.lending." + name,
        "must be 0 to " + MOST);
  }

  private static void checkShare(Decimal share, String name) {
    Check.parameter(
        !share.isNegative() && share.compareTo(Decimal.ONE) <= 0,
        "venue.lending." + name,
        "must be 0 to 1");
  }

  /// How a debt grows in `t` years at rate `r`.
  public enum Compounding {
    /// `1 + r * t`.
    LINEAR,
    /// Per second, by the first three terms of the binomial series (reference: Aave v3).
    BINOMIAL,
    /// `exp(r * t)` (reference: Derive).
    CONTINUOUS,
    /// `(1 + r)^t`: the rate is what a year comes to (reference: Maker stability fee).
    EFFECTIVE
  }

  /// What depositors receive.
  public enum Deposits {
    /// All that borrowers pay, less the venue's share (reference: Derive).
    SHARE,
    /// Without compounding: `rate * utilisation * (1 - venueShare) * t` of their balances; what
    /// compounding makes borrowers pay more goes to the venue (reference: Aave v3 liquidity rate).
    LINEAR
  }

  /// Who receives what the venue keeps.
  public enum Payee {
    /// The insurance fund.
    INSURANCE_FUND,
    /// The backstop account, which then earns interest on it (reference: Derive security module).
    BACKSTOP
  }
}
