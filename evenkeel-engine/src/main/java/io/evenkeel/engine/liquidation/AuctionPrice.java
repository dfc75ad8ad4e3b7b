package io.evenkeel.engine.liquidation;

import io.evenkeel.model.rulebook.AuctionTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What a share of an account costs in an auction at one instant, and how large a share may be
/// bought (`docs/RULES.md`, section 7.A; reference: Derive v2). Nothing is rounded before money is.
///
/// @param terms how prices fall
/// @param insolvent whether bidders are paid
/// @param worthE6 what the whole account is worth, millionths of the numeraire, signed
/// @param surplusE6 its equity less its maintenance level, below 0 while it is auctioned
/// @param reservedE6 what bidders have paid into it, 0 or more
/// @param elapsedNs time since the auction began, 0 or more
public record AuctionPrice(
    AuctionTerms terms,
    boolean insolvent,
    long worthE6,
    long surplusE6,
    long reservedE6,
    long elapsedNs) {
  /// All of an account, as shares are counted: 18 decimal places.
  public static final long WHOLE_E18 = 1_000_000_000_000_000_000L;

  private static final BigInteger WHOLE = BigInteger.valueOf(WHOLE_E18);
  private static final BigInteger WHOLE_OF_WHOLE = WHOLE.multiply(WHOLE);
  private static final long SECOND_NS = 1_000_000_000L;

  /// The share of its worth that is asked while bidders pay: 18 decimal places, rounded down.
  public long discountE18() {
    BigInteger start = sizeE18(terms.startPrice().units(), terms.startPrice().scale());
    BigInteger turn = sizeE18(terms.turnPrice().units(), terms.turnPrice().scale());
    long fastNs = terms.fastSeconds() * SECOND_NS;
    long slowNs = terms.slowSeconds() * SECOND_NS;
    BigInteger fallen =
        elapsedNs <= fastNs
            ? start.subtract(ceil(start.subtract(turn), elapsedNs, fastNs))
            : turn.subtract(ceil(turn, Math.min(elapsedNs - fastNs, slowNs), slowNs));
    return fallen.longValueExact();
  }

  private static BigInteger sizeE18(long units, int scale) {
    return BigDecimal.valueOf(units, scale).movePointRight(18).toBigIntegerExact();
  }

  private static BigInteger ceil(BigInteger size, long part, long whole) {
    BigInteger[] divided =
        size.multiply(BigInteger.valueOf(part)).divideAndRemainder(BigInteger.valueOf(whole));
    return divided[1].signum() == 0 ? divided[0] : divided[0].add(BigInteger.ONE);
  }

  /// The surplus less a buffer on what is required, which a sale brings to 0; millionths, rounded
  /// down.
  public long bufferedSurplusE6() {
    BigDecimal required = BigDecimal.valueOf(worthE6).subtract(BigDecimal.valueOf(surplusE6));
    BigDecimal buffer =
        required.multiply(BigDecimal.valueOf(terms.buffer().units(), terms.buffer().scale()));
    return Math.subtractExact(surplusE6, buffer.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /// The largest share that may be bought: the one that brings the buffered surplus to 0, all of an
  /// account worth next to nothing or less, none of one that needs no sale; 18 decimal places,
  /// rounded up.
  public long largestShareE18() {
    return insolvent ? WHOLE_E18 : largestShareE18(discountE18());
  }

  private long largestShareE18(long discountE18) {
    BigInteger missing = BigInteger.valueOf(-Math.min(0, bufferedSurplusE6())).multiply(WHOLE);
    if (missing.signum() == 0) {
      return 0;
    }
    if (worthE6 < terms.smallestWorthE6()) {
      return WHOLE_E18;
    }
    BigInteger divisor =
        missing
            .add(BigInteger.valueOf(worthE6).multiply(BigInteger.valueOf(discountE18)))
            .add(
                BigInteger.valueOf(reservedE6)
                    .multiply(BigInteger.valueOf(WHOLE_E18 - discountE18)));
    return quotient(missing.multiply(WHOLE), divisor, RoundingMode.CEILING)
        .min(WHOLE)
        .longValueExact();
  }

  /// What all of the account would cost now, what bidders have paid into it left out: below 0 where
  /// bidders are paid. Millionths of the numeraire, rounded down.
  public long priceE6() {
    return quotient(priceE24(), WHOLE, RoundingMode.FLOOR).longValueExact();
  }

  private BigInteger priceE24() {
    if (!insolvent) {
      return BigInteger.valueOf(Math.subtractExact(worthE6, reservedE6))
          .multiply(BigInteger.valueOf(discountE18()));
    }
    if (surplusE6 >= 0) {
      return BigInteger.ZERO;
    }
    long from = Math.min(worthE6, 0);
    long lengthNs = terms.insolventSeconds() * SECOND_NS;
    BigInteger fallen =
        BigInteger.valueOf(Math.subtractExact(from, surplusE6))
            .multiply(WHOLE)
            .multiply(BigInteger.valueOf(Math.min(elapsedNs, lengthNs)))
            .divide(BigInteger.valueOf(lengthNs));
    return BigInteger.valueOf(from).multiply(WHOLE).subtract(fallen);
  }

  /// What a bidder pays for a share, below 0 what the bidder is paid: minor units of the cash
  /// asset, rounded against the bidder.
  ///
  /// @param shareE18 18 decimal places
  /// @param divisor what `amount * price` is divided by to give millionths of the numeraire
  /// @param price price units of the cash asset
  public long paymentMinor(long shareE18, long divisor, long price) {
    return minor(priceE24().multiply(BigInteger.valueOf(shareE18)), divisor, price);
  }

  /// What a bidder for a share must hold besides the payment, so as not to be in need of margin
  /// with it: minor units of the cash asset, rounded up. Where bidders are paid the payment counts
  /// toward it.
  public long backingMinor(long shareE18, long divisor, long price) {
    long lacking =
        insolvent
            ? Math.negateExact(Math.min(0, surplusE6))
            : Math.addExact(Math.negateExact(Math.min(0, bufferedSurplusE6())), reservedE6);
    return minor(
        BigInteger.valueOf(lacking).multiply(WHOLE).multiply(BigInteger.valueOf(shareE18)),
        divisor,
        price);
  }

  private static BigInteger times(BigInteger value, long factor) {
    return value.multiply(BigInteger.valueOf(factor));
  }

  private static long minor(BigInteger valueE42, long divisor, long price) {
    return quotient(times(valueE42, divisor), times(WHOLE_OF_WHOLE, price), RoundingMode.CEILING)
        .longValueExact();
  }

  /// What an auction costs the account that begins while it is worth something: the fee on what
  /// could be sold at once at full worth, millionths of the numeraire, rounded down; 0 in an
  /// insolvent one.
  public long feeE6() {
    if (insolvent) {
      return 0;
    }
    BigInteger sold = times(BigInteger.valueOf(largestShareE18(WHOLE_E18)), worthE6);
    return new BigDecimal(sold, 18)
        .multiply(BigDecimal.valueOf(terms.fee().units(), terms.fee().scale()))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private static BigInteger quotient(BigInteger dividend, BigInteger divisor, RoundingMode mode) {
    return new BigDecimal(dividend).divide(new BigDecimal(divisor), 0, mode).toBigIntegerExact();
  }
}
