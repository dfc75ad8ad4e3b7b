package io.evenkeel.lab.history;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.SizeScaledRates;
import io.evenkeel.model.rulebook.SizeScaledRates.Discount;
import io.evenkeel.model.rulebook.SizeScaledRates.Market;
import io.evenkeel.model.rulebook.SizeScaledRates.Reward;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parameters of rates that grow with the size of a position.
final class SizeChoices {
  private SizeChoices() {}

  /// Parameters whose scales are of the order of what is held.
  static SizeScaledRates rates(HistoryWorld world) {
    Dice dice = world.dice;
    Map<String, Market> markets = new LinkedHashMap<>();
    for (LinearContract contract : world.instruments.values()) {
      if (dice.chance(0.7)) {
        double value = world.unitValue(contract);
        double units = (value > 0 ? 1 / value : 1) * dice.magnitude(100, 1_000_000);
        double whole =
            units * contract.contractSize() / HistoryWorld.power(contract.quantityScale());
        markets.put(contract.symbol(), market(dice, List.of(contract.symbol()), rounded(whole)));
      }
    }
    markets.put("others", market(dice, List.of(), dice.decimal("0.5", "1000", "123456789")));
    Map<String, Discount> discounts = new LinkedHashMap<>();
    for (Asset asset : world.assets.values()) {
      double value = world.minorValue(asset.assetId()) * HistoryWorld.power(asset.scale());
      if (dice.chance(0.5) && value > 0) {
        discounts.put(
            asset.symbol(),
            new Discount(
                rounded(dice.magnitude(100, 1_000_000) / value),
                dice.decimal("0.5", "1", "2.123456789012"),
                dice.decimal("0", "0", "0.01"),
                dice.decimal("0.05", "0.25", "0.3333333")));
      }
    }
    return new SizeScaledRates(markets, "others", discounts, reward(dice));
  }

  private static Market market(Dice dice, List<String> instruments, Decimal skewScale) {
    return new Market(
        instruments,
        skewScale,
        dice.decimal("0", "0.5", "1", "25.123456789012"),
        dice.decimal("0", "0.01", "0.033333333333"),
        dice.decimal("0.5", "0.75", "1", "0.333333333333"),
        dice.oneOf(0L, 0L, 1L, 5_000_000L),
        dice.decimal("0", "0.0003", "0.001234567891"),
        dice.decimal("0.02", "0.045", "0.8"),
        dice.oneOf(1_000_000_000L, 100_000_000_000L));
  }

  private static Reward reward(Dice dice) {
    return dice.chance(0.3)
        ? Reward.NONE
        : new Reward(
            dice.decimal("0", "0.0001", "0.012345678901"),
            dice.oneOf(0L, 123_457L, 2_000_000L),
            dice.oneOf(0L, 1_000_000L),
            dice.decimal("0", "0.3", "1"),
            dice.oneOf(3_000_000L, 500_000_000L),
            dice.decimal("0.1", "0.25", "0.333333333333"));
  }

  /// A decimal of a few figures.
  private static Decimal rounded(double value) {
    BigDecimal few = new BigDecimal(value).round(new MathContext(6)).max(new BigDecimal("1e-12"));
    BigDecimal fitting = few.scale() > 18 ? few.setScale(18, java.math.RoundingMode.UP) : few;
    return Decimal.parse(fitting.stripTrailingZeros().toPlainString());
  }
}
