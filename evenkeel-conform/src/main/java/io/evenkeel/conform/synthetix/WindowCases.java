package io.evenkeel.conform.synthetix;

import static io.evenkeel.conform.synthetix.SynthetixMarket.number;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.market.ClosedSlices;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ClosingWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How much of a market Synthetix v3 closes in a window of time: what the engine's record of slices
/// lets through. All exact.
public final class WindowCases {
  /// Decimal places of quantities, which the cases have fewer of.
  private static final int PLACES = 9;

  private static final BigDecimal SECOND_NS = BigDecimal.valueOf(1_000_000_000L);

  private WindowCases() {}

  /// Adds the families this runs.
  public static void register(Map<String, CaseRunner> runners) {
    runners.put("synthetix-v3/max_liquidation_in_window", WindowCases::capacity);
    runners.put("synthetix-v3/window_rate_limit", WindowCases::limit);
  }

  private static void capacity(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    ClosingWindow window =
        new ClosingWindow(
            number(given, "window_seconds").longValueExact(),
            SynthetixMarket.decimal(number(given, "maker_fee")),
            SynthetixMarket.decimal(number(given, "taker_fee")),
            SynthetixMarket.decimal(number(given, "multiplier")));
    BigInteger capacity =
        ClosedSlices.capacityUnits(window, units(number(given, "skew_scale")).toBigIntegerExact());
    comparison.exact(
        "max_amount",
        number(each.path("expected"), "max_amount"),
        new BigDecimal(capacity, PLACES));
  }

  private static void limit(JsonNode each, Comparison comparison) {
    JsonNode given = each.path("inputs");
    ClosedSlices closed = new ClosedSlices(new UndoLog());
    for (JsonNode earlier : given.path("history")) {
      closed.add(
          0,
          new BigDecimal(earlier.path(0).asString()).multiply(SECOND_NS).longValueExact(),
          units(new BigDecimal(earlier.path(1).asString())).longValueExact());
    }
    ClosingWindow window =
        new ClosingWindow(
            number(given, "window_seconds").longValueExact(),
            Decimal.ZERO,
            Decimal.ZERO,
            Decimal.ZERO);
    BigDecimal size = units(number(given, "position_size"));
    BigInteger now =
        closed.most(
            0,
            size.toBigIntegerExact(),
            units(number(given, "max_in_window")).toBigIntegerExact(),
            window,
            number(given, "now").multiply(SECOND_NS).longValueExact());
    comparison.exact(
        "size_after",
        number(each.path("expected"), "size_after"),
        size.subtract(new BigDecimal(now)).movePointLeft(PLACES));
  }

  private static BigDecimal units(BigDecimal amount) {
    return amount.movePointRight(PLACES);
  }
}
