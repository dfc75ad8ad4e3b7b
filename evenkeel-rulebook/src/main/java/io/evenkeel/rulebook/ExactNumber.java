package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Written numbers, kept exact. A failure is told as the remedy, in words that fit behind the key.
///
/// @param value null when the text could not be accepted
/// @param remedy what to write instead; empty when the text was accepted
record ExactNumber(@Nullable BigDecimal value, String remedy) {
  /// Longer than any long with 18 places, and short enough that nothing here takes time.
  private static final int MAXIMUM_DIGITS = 40;

  private static final Pattern PLAIN = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern PERCENT = Pattern.compile("[0-9]+(\\.[0-9]+)?%");
  private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(_[0-9]{3})+(\\.[0-9]+)?");
  private static final Pattern EXPONENT =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?[eE][+-]?[0-9]{1,2}");
  private static final BigInteger LONG_MAXIMUM = BigInteger.valueOf(Long.MAX_VALUE);

  /// `0.1`, `-3`.
  static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }

  /// `10%`, `0.25%`.
  static boolean isPercent(String text) {
    return PERCENT.matcher(text).matches();
  }

  /// `100_000`, `1_000_000.5`: groups of three, so that a missing zero shows.
  static boolean isGrouped(String text) {
    return GROUPED.matcher(text).matches();
  }

  /// Reads what one of the three tests above accepts.
  static ExactNumber parse(String text) {
    return isPlain(text) || isPercent(text) || isGrouped(text)
        ? ofReadable(text)
        : new ExactNumber(null, "must be a plain decimal such as 0.1");
  }

  /// Reads a plain number, or one with an exponent of up to two digits, as other programs write
  /// large ones.
  static ExactNumber parseExported(String text) {
    return isPlain(text) || EXPONENT.matcher(text).matches()
        ? ofReadable(text)
        : new ExactNumber(null, "must be a number");
  }

  private static ExactNumber ofReadable(String text) {
    if (text.length() > MAXIMUM_DIGITS) {
      return new ExactNumber(null, "must have fewer digits");
    }
    BigDecimal value = new BigDecimal(text.replace("_", "").replace("%", ""));
    return new ExactNumber(isPercent(text) ? value.movePointLeft(2) : value, "");
  }

  /// As a parameter of the model; null when it does not fit.
  static @Nullable Decimal toDecimal(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    int places = Math.max(0, shortest.scale());
    Long units = places > 18 ? null : toUnits(shortest, places);
    return units == null ? null : new Decimal(units, places);
  }

  /// As a whole number of units of `10^-places`; null when that would lose a digit or does not fit
  /// a long. The smallest long does not fit either, because the model wants every number to have a
  /// negative.
  static @Nullable Long toUnits(BigDecimal value, int places) {
    BigDecimal scaled = value.movePointRight(places).stripTrailingZeros();
    if (scaled.scale() > 0) {
      return null;
    }
    BigInteger units = scaled.setScale(0, RoundingMode.UNNECESSARY).toBigIntegerExact();
    return units.abs().compareTo(LONG_MAXIMUM) <= 0 ? units.longValueExact() : null;
  }
}
