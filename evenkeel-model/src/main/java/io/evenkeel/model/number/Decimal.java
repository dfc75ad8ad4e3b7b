package io.evenkeel.model.number;

/// An exact decimal parameter: `units / 10^scale`. Rates, weights, shares and factors are decimals,
/// so that a threshold written `0.1` is one tenth and nothing else. Kept in lowest terms (no
/// trailing zeros), so equal values are equal records; that also keeps products small enough for
/// the fast path of [Fixed#mulDiv].
///
/// @param units signed numerator
/// @param scale number of decimal places, 0 to 18
public record Decimal(long units, int scale) implements Comparable<Decimal> {
  /// Zero.
  public static final Decimal ZERO = new Decimal(0, 0);

  /// One.
  public static final Decimal ONE = new Decimal(1, 0);

  /// Reduces to lowest terms.
  ///
  /// @throws IllegalArgumentException when `scale` is outside 0 to 18 or `units` has no negative
  public Decimal {
    if (scale < 0 || scale > 18) {
      throw new IllegalArgumentException("a decimal has 0 to 18 places, not " + scale);
    }
    if (units == Long.MIN_VALUE) {
      throw new IllegalArgumentException("a decimal's units must be negatable");
    }
    while (scale > 0 && units % 10 == 0) {
      units /= 10;
      scale--;
    }
  }

  /// Parses plain decimal notation: optional sign, digits, optional point and digits. No exponent,
  /// no grouping.
  ///
  /// @throws IllegalArgumentException naming the text when it is not such a number or does not fit
  public static Decimal parse(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    int places = point < 0 ? 0 : text.length() - point - 1;
    boolean plain =
        end > start && (point < 0 || places > 0) && places <= 18 && isDigits(text, start, end);
    if (!plain || (point >= 0 && !isDigits(text, point + 1, text.length()))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a plain decimal with at most 18 places");
    }
    String digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
    try {
      return new Decimal(Long.parseLong(digits), places);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' has too many digits", e);
    }
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The divisor that belongs to [#units()]: `10^scale`.
  public long divisor() {
    return Fixed.pow10(scale);
  }

  /// `value * this`, rounded as named.
  ///
  /// @throws ArithmeticException when the result does not fit a long
  public long times(long value, Rounding rounding) {
    return Fixed.mulDiv(value, units, divisor(), rounding);
  }

  /// `value / this`, rounded as named.
  ///
  /// @throws ArithmeticException when this is zero or the result does not fit a long
  public long divide(long value, Rounding rounding) {
    return units < 0
        ? Fixed.mulDiv(Math.negateExact(value), divisor(), -units, rounding)
        : Fixed.mulDiv(value, divisor(), units, rounding);
  }

  /// `1 - this`, exactly.
  ///
  /// @throws ArithmeticException when it does not fit
  public Decimal complement() {
    return new Decimal(Math.subtractExact(divisor(), units), scale);
  }

  /// Exact comparison by value.
  @Override
  public int compareTo(Decimal other) {
    return Fixed.compareProducts(units, other.divisor(), other.units, divisor());
  }

  /// True when this is below zero.
  public boolean isNegative() {
    return units < 0;
  }

  /// Plain decimal notation, as [#parse(String)] reads it.
  @Override
  public String toString() {
    if (scale == 0) {
      return Long.toString(units);
    }
    String digits = Long.toString(Math.abs(units));
    String padded = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
    int point = padded.length() - scale;
    return (units < 0 ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
  }
}
