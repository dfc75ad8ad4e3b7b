package io.evenkeel.audit;

import io.evenkeel.model.rulebook.AuctionTerms;
import java.math.BigInteger;

/// What an account in an auction costs at one instant: the figures of section 7.A, as fractions.
///
/// @param worth W, E6
/// @param surplus S, E6
/// @param paid R, E6
/// @param elapsedNs t
record AuctionFigures(
    AuctionTerms terms,
    boolean insolvent,
    BigInteger worth,
    BigInteger surplus,
    BigInteger paid,
    long elapsedNs) {
  static final BigInteger WHOLE = BigInteger.TEN.pow(18);
  private static final BigInteger SECOND = Exact.BILLION;

  /// B, E6.
  BigInteger buffered() {
    return surplus.subtract(Ratio.of(terms.buffer()).ceilTimes(worth.subtract(surplus)));
  }

  private static BigInteger places18(Ratio ratio) {
    return ratio.floorTimes(WHOLE);
  }

  /// d, 18 places.
  BigInteger discount() {
    BigInteger start = places18(Ratio.of(terms.startPrice()));
    BigInteger turn = places18(Ratio.of(terms.turnPrice()));
    BigInteger fast = Exact.of(terms.fastSeconds()).multiply(SECOND);
    BigInteger slow = Exact.of(terms.slowSeconds()).multiply(SECOND);
    BigInteger now = Exact.of(elapsedNs);
    if (now.compareTo(fast) <= 0) {
      return between(start, turn, now, fast);
    }
    BigInteger later = now.subtract(fast);
    return later.compareTo(slow) < 0
        ? between(turn, BigInteger.ZERO, later, slow)
        : BigInteger.ZERO;
  }

  /// The point of a straight line `from` to `to` after `part` of `whole`, down.
  private static BigInteger between(
      BigInteger from, BigInteger to, BigInteger part, BigInteger whole) {
    return Exact.floorDiv(from.multiply(whole.subtract(part)).add(to.multiply(part)), whole);
  }

  /// The largest share, 18 places.
  BigInteger largest() {
    return insolvent ? WHOLE : largest(discount(), paid);
  }

  private BigInteger largest(BigInteger discount, BigInteger reserved) {
    BigInteger missing = Exact.notBelowZero(buffered().negate());
    if (missing.signum() == 0) {
      return BigInteger.ZERO;
    }
    if (worth.compareTo(Exact.of(terms.smallestWorthE6())) < 0) {
      return WHOLE;
    }
    BigInteger gained = worth.multiply(discount).add(reserved.multiply(WHOLE.subtract(discount)));
    BigInteger divisor = missing.multiply(WHOLE).add(gained);
    return Exact.ceilDiv(missing.multiply(WHOLE).multiply(WHOLE), divisor).min(WHOLE);
  }

  /// The fee of an auction that begins with these figures, E6.
  BigInteger fee() {
    if (insolvent) {
      return BigInteger.ZERO;
    }
    Ratio rate = Ratio.of(terms.fee());
    BigInteger sold = largest(WHOLE, BigInteger.ZERO).multiply(worth);
    return Exact.floorDiv(sold.multiply(rate.numerator()), WHOLE.multiply(rate.denominator()));
  }

  /// The price of all, 18 places below a millionth.
  private BigInteger price() {
    if (!insolvent) {
      return worth.subtract(paid).multiply(discount());
    }
    if (surplus.signum() >= 0) {
      return BigInteger.ZERO;
    }
    BigInteger from = worth.min(BigInteger.ZERO);
    BigInteger length = Exact.of(terms.insolventSeconds()).multiply(SECOND);
    BigInteger part = Exact.of(elapsedNs).min(length);
    BigInteger fallen =
        Exact.floorDiv(from.subtract(surplus).multiply(WHOLE).multiply(part), length);
    return from.multiply(WHOLE).subtract(fallen);
  }

  /// What a bidder pays for a share, minor units.
  BigInteger payment(BigInteger share, AuditAsset cash) {
    return up(cash.minorOf(price().multiply(share), WHOLE.multiply(WHOLE)));
  }

  /// What a bidder must hold besides, minor units.
  BigInteger backing(BigInteger share, AuditAsset cash) {
    BigInteger lacking =
        insolvent
            ? Exact.notBelowZero(surplus.negate())
            : Exact.notBelowZero(buffered().negate()).add(paid);
    return up(cash.minorOf(lacking.multiply(share), WHOLE));
  }

  private static BigInteger up(Ratio ratio) {
    return ratio.ceilTimes(BigInteger.ONE);
  }
}
