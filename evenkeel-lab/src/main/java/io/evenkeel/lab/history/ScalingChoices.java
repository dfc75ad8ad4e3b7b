package io.evenkeel.lab.history;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import io.evenkeel.model.rulebook.SlowInputs;
import io.evenkeel.model.rulebook.SlowInputs.Volatility;

/// What raises rates beyond their tables, and how the figures it goes by are stated.
final class ScalingChoices {
  private static final long SECOND = 1_000_000_000L;
  private static final long USD = 1_000_000L;

  private final Dice dice;

  ScalingChoices(Dice dice) {
    this.dice = dice;
  }

  /// Always some: rates that go by open interest need them.
  SlowInputs slowInputs() {
    return new SlowInputs(
        dice.oneOf(1, 5, 30, 300) * SECOND,
        dice.decimal("0", "0.05", "0.2", "0.333333", "1"),
        volatility());
  }

  private Volatility volatility() {
    return new Volatility(
        dice.oneOf(1, 2, 7, 60) * SECOND,
        dice.decimal("0.5", "0.9", "0.970001", "0.1"),
        dice.decimal("0.333333", "1", "0.7"),
        dice.decimal("1", "3", "20.5"),
        dice.decimal("0.05", "0.25", "0.333333", "10"),
        dice.decimal("0.01", "0.1", "0.5"));
  }

  /// None, one or several ways.
  RateScaling rates() {
    return new RateScaling(
        dice.chance(0.3) ? null : concentration(),
        dice.chance(0.5)
            ? null
            : ramp(
                dice.oneOf(0L, 1_000 * USD, 50_000_000_001L),
                dice.oneOf(1L, 20_000 * USD, 70_000_000_003L)),
        dice.chance(0.5) ? null : ramp(dice.oneOf(0L, 100L), dice.oneOf(1L, 5_000L, 33_333L)),
        dice.chance(0.4)
            ? null
            : new VolatilityRange(
                dice.decimal("1", "0.5", "0.777777777"), dice.decimal("1", "2.5", "3.333333333")));
  }

  private Concentration concentration() {
    long from = dice.oneOf(0L, 50_000_000L, 333_333_333L);
    Ramp ramp = ramp(from, dice.oneOf(1L, 200_000_001L, 666_666_667L));
    return new Concentration(ramp, dice.oneOf(USD, 2_000 * USD, 123_456_789_012L));
  }

  private Ramp ramp(long from, long width) {
    Decimal most = dice.decimal("0.1", "0.333333333", "1", "2.5");
    return new Ramp(from, from + width, most, dice.chance(0.6));
  }
}
