package io.evenkeel.conform.derive;

import io.evenkeel.model.number.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/// Numbers of a case as the engine takes them: at most 18 significant digits and 18 decimal places,
/// rounded to nearest beyond.
final class Figures {
  static final BigDecimal RELATIVE = new BigDecimal("1e-9");
  static final BigDecimal ABSOLUTE = new BigDecimal("1e-6");

  private static final MathContext DIGITS = new MathContext(18, RoundingMode.HALF_EVEN);
  private static final int PLACES = 18;

  private Figures() {}

  static BigDecimal big(JsonNode node, String name) {
    return new BigDecimal(node.get(name).asString());
  }

  static Decimal decimal(JsonNode node, String name) {
    return decimal(big(node, name));
  }

  static Decimal decimal(BigDecimal exact) {
    BigDecimal rounded = exact.round(DIGITS);
    if (rounded.scale() > PLACES) {
      rounded = rounded.setScale(PLACES, RoundingMode.HALF_EVEN);
    }
    if (rounded.scale() < 0) {
      rounded = rounded.setScale(0);
    }
    return new Decimal(rounded.unscaledValue().longValueExact(), rounded.scale());
  }

  /// Decimal places of a number, at most `most`.
  static int places(BigDecimal value, int most) {
    return Math.max(0, Math.min(most, value.stripTrailingZeros().scale()));
  }

  /// A number in units of `10^-places`, rounded to nearest.
  static long units(BigDecimal value, int places) {
    return value.setScale(places, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
  }
}
