package io.evenkeel.audit;

import java.math.BigInteger;

/// Quotients of integers with the rounding in the name.
final class Exact {
  static final BigInteger BILLION = BigInteger.TEN.pow(9);

  private Exact() {}

  /// `dividend / divisor` towards minus infinity; the divisor is positive.
  static BigInteger floorDiv(BigInteger dividend, BigInteger divisor) {
    if (divisor.equals(BigInteger.ONE)) {
      return dividend;
    }
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /// `dividend / divisor` towards minus infinity, and what that leaves.
  static BigInteger[] floorAndRest(BigInteger dividend, BigInteger divisor) {
    BigInteger quotient = floorDiv(dividend, divisor);
    return new BigInteger[] {quotient, dividend.subtract(quotient.multiply(divisor))};
  }

  /// `dividend / divisor` towards plus infinity; the divisor is positive.
  static BigInteger ceilDiv(BigInteger dividend, BigInteger divisor) {
    if (divisor.equals(BigInteger.ONE)) {
      return dividend;
    }
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  static BigInteger notBelowZero(BigInteger value) {
    return value.signum() < 0 ? BigInteger.ZERO : value;
  }

  static BigInteger of(long value) {
    return BigInteger.valueOf(value);
  }

  /// The sum of two times, stopping at the last representable instant.
  static long later(long timeNs, long durationNs) {
    return of(timeNs).add(of(durationNs)).min(of(Long.MAX_VALUE)).longValueExact();
  }
}
