package io.evenkeel.wire.json;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Numbers and times between JSON and the engine's integers, exactly or not at all.
final class Figures {
  private static final long NANOSECONDS = 1_000_000_000L;
  private static final int SECOND_SCALE = 9;
  private static final int MAXIMUM_LENGTH = JsonText.MAXIMUM_NUMBER_LENGTH;

  private Figures() {}

  /// The number that a string or an exact JSON number states.
  static BigDecimal exact(JsonNode json, String pointer) {
    if (json.isString()) {
      String text = json.stringValue();
      if (!isPlain(text)) {
        throw new InvalidJson(pointer, quoted(text) + " is not a plain decimal such as \"12.50\"");
      }
      return new BigDecimal(text);
    }
    if (json.isIntegralNumber()) {
      return new BigDecimal(json.bigIntegerValue());
    }
    if (json.isBigDecimal()) {
      BigDecimal number = json.decimalValue();
      if (Math.abs((long) number.scale()) > MAXIMUM_LENGTH) {
        throw new InvalidJson(pointer, "has too many digits");
      }
      return number;
    }
    if (json.isNumber()) {
      throw new InvalidJson(pointer, "a floating-point number is not exact; write a string");
    }
    throw new InvalidJson(pointer, "must be a decimal as a string, not " + typeOf(json));
  }

  /// A number as a count of `10^-scale`.
  ///
  /// @param scale decimal places; negative counts tens, hundreds, ...
  static long units(BigDecimal number, int scale, String pointer) {
    BigDecimal units = number.scaleByPowerOfTen(scale).stripTrailingZeros();
    if (units.scale() > 0) {
      throw new InvalidJson(
          pointer,
          scale >= 0
              ? "has too many decimals; %s allowed here".formatted(decimals(scale))
              : "must be a multiple of "
                  + BigDecimal.ONE.scaleByPowerOfTen(-scale).toPlainString());
    }
    try {
      return units.longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidJson(pointer, "is out of range: it does not fit 64 bits");
    }
  }

  /// An exact decimal of at most 18 places.
  static Decimal decimal(JsonNode json, String pointer) {
    BigDecimal number = exact(json, pointer).stripTrailingZeros();
    int scale = Math.max(0, number.scale());
    if (scale > 18) {
      throw new InvalidJson(
          pointer, "has too many decimals; %s allowed here".formatted(decimals(18)));
    }
    long units = units(number, scale, pointer);
    if (units == Long.MIN_VALUE) {
      throw new InvalidJson(pointer, "is out of range: it does not fit 64 bits");
    }
    return new Decimal(units, scale);
  }

  /// An instant, nanoseconds since 1970-01-01T00:00Z, from ISO 8601 in UTC or from an integer.
  static long timeNs(JsonNode json, String pointer) {
    if (json.isIntegralNumber()) {
      return units(exact(json, pointer), 0, pointer);
    }
    if (!json.isString()) {
      throw new InvalidJson(
          pointer, "must be a time such as \"2026-01-02T03:04:05Z\", not " + typeOf(json));
    }
    String text = json.stringValue();
    if (isPlain(text)) {
      return units(new BigDecimal(text), 0, pointer);
    }
    try {
      Instant instant = Instant.parse(text);
      if (!text.endsWith("Z")) {
        throw new InvalidJson(
            pointer, quoted(text) + " is not in UTC; write it with a Z at the end");
      }
      return timeNs(instant);
    } catch (DateTimeException e) {
      throw new InvalidJson(
          pointer,
          quoted(text)
              + " is not a time; write \"2026-01-02T03:04:05.123456789Z\" or nanoseconds since 1970");
    } catch (ArithmeticException e) {
      throw new InvalidJson(pointer, quoted(text) + " is outside the years 1678 to 2261");
    }
  }

  private static long timeNs(Instant instant) {
    long seconds = instant.getEpochSecond();
    // the smallest long lies within a second that itself does not fit
    return seconds >= 0
        ? Math.addExact(Math.multiplyExact(seconds, NANOSECONDS), instant.getNano())
        : Math.addExact(
            Math.multiplyExact(seconds + 1, NANOSECONDS), instant.getNano() - NANOSECONDS);
  }

  /// A count of `10^-scale` as a plain decimal, with all its places.
  static String text(long units, int scale) {
    return BigDecimal.valueOf(units, scale).toPlainString();
  }

  /// An instant in ISO 8601, UTC, exact to the nanosecond.
  static String time(long timeNs) {
    return Instant.ofEpochSecond(
            Math.floorDiv(timeNs, NANOSECONDS), Math.floorMod(timeNs, NANOSECONDS))
        .toString();
  }

  /// A length of time in seconds; null for the largest long, which stands for "never".
  static @Nullable String seconds(long durationNs) {
    return durationNs == Long.MAX_VALUE ? null : text(durationNs, SECOND_SCALE);
  }

  /// The price at which a position cost what it did, with two places more than prices have; null
  /// without a position, or where an inverse future cost nothing.
  ///
  /// @param cost settlement currency, with the sign of the quantity; of an inverse future with the
  ///   other one
  static @Nullable String entryPrice(
      LinearContract contract, BigDecimal cost, BigDecimal quantity) {
    BigDecimal size = quantity.multiply(BigDecimal.valueOf(contract.contractSize()));
    boolean inverse = contract.isInverseFuture();
    BigDecimal above = inverse ? size.negate() : cost;
    BigDecimal below = inverse ? cost : size;
    return quantity.signum() == 0 || below.signum() == 0
        ? null
        : above.divide(below, contract.priceScale() + 2, RoundingMode.HALF_EVEN).toPlainString();
  }

  static String typeOf(JsonNode json) {
    return switch (json.getNodeType()) {
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case MISSING -> "nothing";
    };
  }

  /// A text in quotation marks, cut when it is long, without control characters.
  static String quoted(String text) {
    String cut = text.length() <= 40 ? text : text.substring(0, 40) + "...";
    return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  private static String decimals(int scale) {
    return scale == 0 ? "none are" : scale == 1 ? "1 is" : scale + " are";
  }

  /// Optional sign, digits, optional point and digits.
  private static boolean isPlain(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    boolean digitBefore = false;
    boolean seenPoint = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && digitBefore && !seenPoint) {
        seenPoint = true;
        digitBefore = false;
      } else if (c >= '0' && c <= '9') {
        digitBefore = true;
      } else {
        return false;
      }
    }
    return digitBefore && text.length() <= MAXIMUM_LENGTH;
  }
}
