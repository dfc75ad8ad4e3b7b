package io.evenkeel.conform.mango;

import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/// Reads exact fractions such as `7/3`. What has no end as a decimal is cut far beyond the
/// tolerance of the cases.
final class Fractions {
  private static final int PLACES = 12;

  private Fractions() {}

  /// A number; 0 when it is not there.
  static BigDecimal decimal(JsonNode node, String name) {
    String text = node.path(name).asString("0");
    int bar = text.indexOf('/');
    return bar < 0
        ? new BigDecimal(text)
        : new BigDecimal(text.substring(0, bar))
            .divide(new BigDecimal(text.substring(bar + 1)), MathContext.DECIMAL128);
  }

  /// The same with at most twelve places.
  static BigDecimal cut(JsonNode node, String name) {
    return decimal(node, name).setScale(PLACES, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  /// The same as a parameter.
  static Decimal parameter(JsonNode node, String name) {
    return Decimal.parse(cut(node, name).toPlainString());
  }
}
