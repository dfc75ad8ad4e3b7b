package io.evenkeel.audit;

import io.evenkeel.model.number.Decimal;
import java.math.BigInteger;

/// An exact fraction, made of the figures of a decimal parameter.
///
/// @param numerator signed
/// @param denominator greater than zero
record Ratio(BigInteger numerator, BigInteger denominator) {
  static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);

  static Ratio of(Decimal decimal) {
    return new Ratio(Exact.of(decimal.units()), BigInteger.TEN.pow(decimal.scale()));
  }

  boolean isZero() {
    return numerator.signum() == 0;
  }

  /// `1 - this`.
  Ratio complement() {
    return new Ratio(denominator.subtract(numerator), denominator);
  }

  BigInteger floorTimes(BigInteger value) {
    return Exact.floorDiv(value.multiply(numerator), denominator);
  }

  BigInteger ceilTimes(BigInteger value) {
    return Exact.ceilDiv(value.multiply(numerator), denominator);
  }

  /// `floor(value / this)`; this is positive.
  BigInteger floorUnder(BigInteger value) {
    return Exact.floorDiv(value.multiply(denominator), numerator);
  }

  /// `ceil(value / this)`; this is positive.
  BigInteger ceilUnder(BigInteger value) {
    return Exact.ceilDiv(value.multiply(denominator), numerator);
  }

  /// The sign of `value - this * other`.
  int compareToShare(BigInteger value, BigInteger other) {
    return value.multiply(denominator).compareTo(numerator.multiply(other));
  }
}
