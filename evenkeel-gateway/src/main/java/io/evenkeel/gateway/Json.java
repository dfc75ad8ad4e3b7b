package io.evenkeel.gateway;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How this gateway writes JSON: money as decimal strings in whole units, numbers that may pass
/// 2^53 as strings, times as ISO 8601.
final class Json {
  static final String MEDIA_TYPE = "application/json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long NANOSECONDS = 1_000_000_000L;

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(ObjectNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  static String text(ObjectNode json) {
    return MAPPER.writeValueAsString(json);
  }

  /// Units with a number of decimal places, written out with all of them.
  static String decimal(long units, int scale) {
    return BigDecimal.valueOf(units, scale).toPlainString();
  }

  /// A value in millionths.
  static String value(long valueE6) {
    return decimal(valueE6, 6);
  }

  static String number(long number) {
    return Long.toString(number);
  }

  /// An instant, to the nanosecond where it matters.
  static String time(long timeNs) {
    return Instant.ofEpochSecond(
            Math.floorDiv(timeNs, NANOSECONDS), Math.floorMod(timeNs, NANOSECONDS))
        .toString();
  }

  /// Seconds with milliseconds.
  static String seconds(long durationNs) {
    return decimal(durationNs / 1_000_000, 3);
  }

  /// Puts `key` to the text, or to null when there is none to state.
  static void putOrNull(ObjectNode json, String key, boolean present, String text) {
    if (present) {
      json.put(key, text);
    } else {
      json.putNull(key);
    }
  }

  /// An object from names to texts.
  static ObjectNode texts(Map<String, String> texts) {
    ObjectNode json = object();
    texts.forEach(json::put);
    return json;
  }
}
