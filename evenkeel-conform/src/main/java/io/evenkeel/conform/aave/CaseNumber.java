package io.evenkeel.conform.aave;

import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import tools.jackson.databind.JsonNode;

/// Numbers of a case: whole numbers or fractions, written as text.
final class CaseNumber {
  private static final MathContext DIGITS = new MathContext(60);

  private CaseNumber() {}

  /// The number, exactly as far as sixty digits go.
  static BigDecimal of(JsonNode text) {
    String[] parts = text.asString().split("/", -1);
    BigDecimal numerator = new BigDecimal(parts[0]);
    return parts.length == 1 ? numerator : numerator.divide(new BigDecimal(parts[1]), DIGITS);
  }

  /// The number as a whole one.
  static BigInteger whole(JsonNode text) {
    return of(text).toBigIntegerExact();
  }

  /// The number in units of `10^-decimals`.
  ///
  /// @throws UnsupportedCase when it does not fit 2^63 such units or is not a whole number of them
  static long units(JsonNode text, int decimals) {
    try {
      return of(text).movePointRight(decimals).longValueExact();
    } catch (ArithmeticException e) {
      throw new UnsupportedCase(text.asString() + " is not a whole number of units below 2^63");
    }
  }

  /// The number as an exact decimal parameter.
  static Decimal decimal(BigDecimal value) {
    try {
      return Decimal.parse(value.stripTrailingZeros().toPlainString());
    } catch (IllegalArgumentException e) {
      throw new UnsupportedCase(value + " is not a decimal of at most 18 places");
    }
  }
}
