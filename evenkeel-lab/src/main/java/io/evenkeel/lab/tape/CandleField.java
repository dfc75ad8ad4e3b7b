package io.evenkeel.lab.tape;

import io.evenkeel.model.number.Fixed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Reads single fields of a candle file, exactly.
final class CandleField {
  /// Prices above a thousand million whole units would leave no room for quantities.
  private static final BigDecimal MAXIMUM_PRICE = BigDecimal.valueOf(1_000_000_000L);

  private static final int MAXIMUM_LENGTH = 40;

  private CandleField() {}

  /// A positive price, exactly as written, without trailing zeros.
  static BigDecimal price(Path file, int line, String column, String text) {
    if (!isPlain(text)) {
      throw TapeException.ofField(
          file,
          line,
          column,
          text.isEmpty() ? "is empty" : "'" + text + "' is not a number",
          "write a plain decimal such as 123.45");
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    if (value.signum() <= 0) {
      throw TapeException.ofField(
          file,
          line,
          column,
          "the price " + text + " is not positive",
          "remove or correct the row");
    }
    if (value.compareTo(MAXIMUM_PRICE) > 0) {
      throw TapeException.ofField(
          file,
          line,
          column,
          "the price " + text + " is above 1000000000",
          "quote the symbol in a larger unit");
    }
    return value;
  }

  /// Optional sign, digits, optionally a point and digits; no exponent, which would cost nothing to
  /// write and much to expand.
  private static boolean isPlain(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    String whole = text.substring(start, point < 0 ? text.length() : Math.max(point, start));
    String fraction = point < 0 ? "0" : text.substring(point + 1);
    return text.length() <= MAXIMUM_LENGTH && isDigits(whole) && isDigits(fraction);
  }

  static long timeNs(Path file, int line, String column, String text) {
    try {
      long timeNs = isDigits(text) ? epochNs(text) : isoNs(text);
      if (timeNs > 0) {
        return timeNs;
      }
    } catch (ArithmeticException | DateTimeException e) {
      // said below, in the words of the file
    }
    throw TapeException.ofField(
        file,
        line,
        column,
        text.isEmpty() ? "is empty" : "'" + text + "' is not a time",
        "write seconds (10 digits), milliseconds (13), microseconds (16) or ISO-8601");
  }

  private static long epochNs(String digits) {
    int factorDigits =
        switch (digits.length()) {
          case 10 -> 9;
          case 13 -> 6;
          case 16 -> 3;
          case 19 -> 0;
          default -> throw new DateTimeException("no unit has that many digits");
        };
    try {
      return Math.multiplyExact(Long.parseLong(digits), Fixed.pow10(factorDigits));
    } catch (NumberFormatException e) {
      throw new DateTimeException("too large", e);
    }
  }

  private static long isoNs(String text) {
    String iso = text.replace(' ', 'T');
    int clock = Math.max(iso.indexOf('T'), 0);
    boolean zoned =
        iso.endsWith("Z") || iso.indexOf('+', clock) >= 0 || iso.indexOf('-', clock) > clock;
    Instant instant =
        zoned && clock > 0
            ? OffsetDateTime.parse(iso).toInstant()
            : LocalDateTime.parse(clock > 0 ? iso : iso + "T00:00:00").toInstant(ZoneOffset.UTC);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
