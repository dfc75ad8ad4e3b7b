package io.evenkeel.lab.history;

import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.Market;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.MarketProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Parameters of risk factors and slippage, and the factors that linear models read.
final class FactorChoices {
  private FactorChoices() {}

  /// Parameters; a part of the markets is collateralised in full.
  static FactorRates rates(HistoryWorld world) {
    Dice dice = world.dice;
    Map<String, Market> markets = new LinkedHashMap<>();
    for (LinearContract contract : world.instruments.values()) {
      if (dice.chance(0.3)) {
        markets.put(contract.symbol(), riskFactors(dice, perContract(dice, contract)));
      } else if (dice.chance(0.5)) {
        markets.put(
            contract.symbol(),
            new FullyCollateralised(price(world, contract, dice.oneOf(0.9, 1.0, 1.5, 3.0))));
      }
    }
    return new FactorRates(
        markets,
        riskFactors(dice, Decimal.ZERO),
        dice.chance(0.6),
        dice.decimal("1", "1.2", "1.3333333"),
        new MarketProfile(
            dice.decimal("0.02", "0.045", "0.8"),
            dice.oneOf(1_000_000_000L, 100_000_000_000L),
            dice.decimal("0.05", "0.1", "1")));
  }

  /// Slippage per contract that no position of an instrument makes more than some times its value;
  /// else what is required would be beyond all numbers.
  private static Decimal perContract(Dice dice, LinearContract contract) {
    int places =
        Long.toString(contract.maximumOpenInterestUnits()).length() - contract.quantityScale();
    return places > 18 || dice.chance(0.4)
        ? Decimal.ZERO
        : new Decimal(dice.oneOf(1L, 7L), Math.max(0, places));
  }

  private static RiskFactors riskFactors(Dice dice, Decimal quadraticSlippage) {
    boolean fine = dice.chance(0.2);
    return new RiskFactors(
        fine ? dice.decimal("523412.345671234567") : dice.decimal("0.05", "0.1", "0.0123456", "0"),
        fine ? dice.decimal("612345.678901234567") : dice.decimal("0.05", "0.2", "0.0987654321"),
        dice.decimal("0", "0.01", "0.05", "0.001234567"),
        quadraticSlippage,
        fine ? 7 : 0);
  }

  /// A factor of an instrument that models look at, or null while there is no instrument.
  static @Nullable FactorValue factor(HistoryWorld world) {
    Dice dice = world.dice;
    if (world.instruments.isEmpty()) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    int id = contract.instrumentId();
    if (dice.chance(0.5)) {
      Decimal some = price(world, contract, dice.oneOf(0.001, 0.01, 0.03));
      return new FactorValue(
          FactorKind.FUNDING_INCREMENT,
          id,
          0,
          dice.chance(0.5) ? some : new Decimal(-some.units(), some.scale()));
    }
    return new FactorValue(
        FactorKind.AUCTION_PRICE, id, 0, price(world, contract, dice.oneOf(0.9, 1.0, 1.1)));
  }

  /// A multiple of an instrument's price in its own price, with more places than the price has.
  private static Decimal price(HistoryWorld world, LinearContract contract, double factor) {
    PriceWalk walk = Objects.requireNonNull(world.instrumentPrices.get(contract.instrumentId()));
    int more = Math.min(2, 18 - contract.priceScale());
    long units = Math.round(walk.units() * factor * HistoryWorld.power(more));
    return new Decimal(Math.max(1, units), contract.priceScale() + more);
  }
}
