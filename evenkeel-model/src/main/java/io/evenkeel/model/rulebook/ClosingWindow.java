package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// How much of one instrument may be closed by slices, of all accounts together, in any span of
/// time of some length: what trading at its fees would bring back in that time (reference:
/// Synthetix v3, maximum liquidation in a window). The scale of an instrument is the `skewScale` of
/// its market under rates by size, else what its `depth` buys at the mark.
///
/// @param seconds length of the span, 1 to [#LONGEST_SECONDS]
/// @param makerFee share of notional, 0 to 1
/// @param takerFee share of notional, 0 to 1
/// @param multiplier how much of the scale one fee of 1 lets through in a second, 0 to a million
public record ClosingWindow(long seconds, Decimal makerFee, Decimal takerFee, Decimal multiplier) {
  /// The longest span; what is older is forgotten.
  public static final long LONGEST_SECONDS = 3_600;

  private static final Decimal MILLION = new Decimal(1_000_000, 0);

  /// Refuses what is out of range.
  public ClosingWindow {
    Check.parameter(
        seconds >= 1 && seconds <= LONGEST_SECONDS,
        "seconds",
        "must be a whole number of 1 to " + LONGEST_SECONDS);
    within(makerFee, Decimal.ONE, "makerFee", "must be 0 to 1");
    within(takerFee, Decimal.ONE, "takerFee", "must be 0 to 1");
    within(multiplier, MILLION, "multiplier", "must be 0 to 1000000");
  }

  private static void within(Decimal value, Decimal most, String name, String remedy) {
    Check.parameter(!value.isNegative() && value.compareTo(most) <= 0, name, remedy);
  }

  /// As a tree; what [#read] makes an equal window of.
  ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("seconds", seconds)
        .number("makerFee", makerFee)
        .number("takerFee", takerFee)
        .number("multiplier", multiplier)
        .build();
  }

  static ClosingWindow read(ParameterReader reader) {
    return new ClosingWindow(
        reader.whole("seconds"),
        reader.decimal("makerFee"),
        reader.decimal("takerFee"),
        reader.decimal("multiplier"));
  }
}
