package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// How shares of an account below maintenance are sold in a falling-price auction (reference:
/// Derive v2, solvent and insolvent Dutch auctions). While the account is worth something bidders
/// pay: at first [#startPrice] of its worth, falling in a straight line to [#turnPrice], then to
/// nothing. Once it is worth nothing they are paid: at first what it lacks of nothing, then more,
/// up to what it lacks of its maintenance level.
///
/// @param startPrice share of the account's worth asked at first, above 0 to 1
/// @param turnPrice share asked when the fast part is over, 0 to `startPrice`
/// @param fastSeconds how long the price falls to `turnPrice`, 1 to [#LONGEST_SECONDS]
/// @param slowSeconds how long it falls from there to nothing, 1 to [#LONGEST_SECONDS]
/// @param insolventSeconds how long what is paid to bidders rises, 1 to [#LONGEST_SECONDS]
/// @param buffer what a sale restores on top of maintenance, as a share of what is required, 0 to
///   10
/// @param fee what the account pays when an auction begins at which bidders pay, as a share of what
///   could be sold at once at full worth, 0 to 1
/// @param smallestWorthE6 below this worth the whole account may be bought at once; millionths of
///   the numeraire, >= 0
public record AuctionTerms(
    Decimal startPrice,
    Decimal turnPrice,
    long fastSeconds,
    long slowSeconds,
    long insolventSeconds,
    Decimal buffer,
    Decimal fee,
    long smallestWorthE6) {
  /// The longest part of an auction: thirty days.
  public static final long LONGEST_SECONDS = 30 * 86_400;

  private static final Decimal TEN = new Decimal(10, 0);

  /// Refuses what is out of range.
  public AuctionTerms {
    within(startPrice, Decimal.ONE, "startPrice", "must be above 0 to 1");
    Check.parameter(startPrice.units() > 0, "startPrice", "must be above 0 to 1");
    within(turnPrice, startPrice, "turnPrice", "must be 0 to startPrice");
    seconds(fastSeconds, "fastSeconds");
    seconds(slowSeconds, "slowSeconds");
    seconds(insolventSeconds, "insolventSeconds");
    within(buffer, TEN, "buffer", "must be 0 to 10");
    within(fee, Decimal.ONE, "fee", "must be 0 to 1");
    Check.parameter(smallestWorthE6 >= 0, "smallestWorth", "must not be negative");
  }

  private static void within(Decimal value, Decimal most, String name, String remedy) {
    Check.parameter(!value.isNegative() && value.compareTo(most) <= 0, name, remedy);
  }

  private static void seconds(long value, String name) {
    Check.parameter(
        value >= 1 && value <= LONGEST_SECONDS,
        name,
        "must be a whole number of 1 to " + LONGEST_SECONDS);
  }

  /// Adds the terms to the tree of a step.
  void addTo(ParameterNode.Builder fields) {
    fields
        .number("startPrice", startPrice)
        .number("turnPrice", turnPrice)
        .number("fastSeconds", fastSeconds)
        .number("slowSeconds", slowSeconds)
        .number("insolventSeconds", insolventSeconds)
        .number("buffer", buffer)
        .number("fee", fee)
        .amountE6("smallestWorth", smallestWorthE6);
  }

  static AuctionTerms read(ParameterReader reader) {
    return new AuctionTerms(
        reader.decimal("startPrice"),
        reader.decimal("turnPrice"),
        reader.whole("fastSeconds"),
        reader.whole("slowSeconds"),
        reader.whole("insolventSeconds"),
        reader.decimal("buffer"),
        reader.decimal("fee"),
        reader.amountE6("smallestWorth"));
  }
}
