package io.evenkeel.conform.synthetix;

import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One position of a case with its market, in the words of the engine. Prices and sizes have as
/// many decimal places as the case gives them.
final class SynthetixMarket {
  private static final int CASH_PLACES = 6;
  private static final MathContext DIGITS = new MathContext(34);

  final LinearContract contract;
  final long priceUnits;
  final long sizeUnits;

  private final BigDecimal size;

  /// @param price in whole numeraire
  /// @param size signed, in whole units
  /// @param leastScale decimal places that prices have at least
  SynthetixMarket(int id, String symbol, BigDecimal price, BigDecimal size, int leastScale) {
    this.size = size;
    int priceScale = Math.max(leastScale, scale(price));
    int sizeScale = scale(size);
    priceUnits = units(price, priceScale);
    sizeUnits = units(size, sizeScale);
    long most = Math.max(1, Math.absExact(sizeUnits));
    contract =
        new LinearContract(
            id,
            symbol,
            ContractKind.PERPETUAL,
            SynthetixCases.CASH,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            priceScale,
            sizeScale,
            1,
            Math.multiplyExact(4, Math.max(1, priceUnits)),
            most,
            most);
  }

  private static int scale(BigDecimal value) {
    return Math.max(0, value.signum() == 0 ? 0 : value.stripTrailingZeros().scale());
  }

  private static long units(BigDecimal value, int scale) {
    try {
      return value.movePointRight(scale).longValueExact();
    } catch (ArithmeticException e) {
      throw new UnsupportedCase(value + " does not fit an instrument");
    }
  }

  /// What the position cost at an entry price, in ticks, to the nearest.
  long costTicks(BigDecimal entry) {
    long ticksPerMinor = contract.tickScale(CASH_PLACES).ticksPerMinor();
    return size.multiply(entry)
        .movePointRight(CASH_PLACES)
        .multiply(BigDecimal.valueOf(ticksPerMinor))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /// Rates of the market; a figure that the case does not state is one that does not matter to it.
  SizeScaledRates.Market rates(JsonNode given) {
    return new SizeScaledRates.Market(
        List.of(contract.symbol()),
        decimal(optional(given, BigDecimal.ONE, "skew_scale")),
        decimal(optional(given, BigDecimal.ZERO, "initial_margin_fraction", "fraction")),
        decimal(
            optional(
                given,
                BigDecimal.ZERO,
                "minimum_initial_margin_ratio",
                "min_initial_margin_ratio",
                "minimum_ratio",
                "min_ratio")),
        decimal(
            optional(
                given,
                BigDecimal.ONE,
                "maintenance_margin_scalar",
                "maintenance_scalar",
                "scalar")),
        units(
            optional(
                given,
                BigDecimal.ZERO,
                "minimum_position_margin",
                "min_position_margin",
                "flat_minimum"),
            CASH_PLACES),
        Decimal.ZERO,
        QuietRulebook.MARKET.dailyMove(),
        QuietRulebook.MARKET.depthE6());
  }

  private static BigDecimal optional(JsonNode given, BigDecimal other, String... names) {
    for (String name : names) {
      if (given.has(name)) {
        return number(given, name);
      }
    }
    return other;
  }

  /// A plain number or a fraction.
  static BigDecimal number(JsonNode given, String name) {
    String[] parts = given.path(name).asString().split("/", -1);
    BigDecimal whole = new BigDecimal(parts[0]);
    return parts.length == 1 ? whole : whole.divide(new BigDecimal(parts[1]), DIGITS);
  }

  static Decimal decimal(BigDecimal value) {
    BigDecimal rounded = value.round(new MathContext(18));
    if (rounded.scale() > 18) {
      rounded = rounded.setScale(18, RoundingMode.HALF_EVEN);
    }
    return Decimal.parse(rounded.toPlainString());
  }

  /// A size in quantity units of this contract.
  long quantityUnits(BigDecimal whole) {
    return units(whole, contract.quantityScale());
  }
}
