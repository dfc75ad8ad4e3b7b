package io.evenkeel.lab.history;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CollateralisedDebt.Category;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.RequirementModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parameters of debts against collateral: averaged or not, with and without categories.
final class DebtChoices {
  private static final int MOST_DECIMALS = 9;

  private DebtChoices() {}

  /// Parameters that fit a collateral schedule.
  static CollateralisedDebt debts(HistoryWorld world, List<CollateralTerms> collateral) {
    Dice dice = world.dice;
    Map<String, Category> categories = new LinkedHashMap<>();
    List<CollateralTerms> left = dice.shuffled(collateral);
    int groups = dice.below(3);
    for (int i = 0; i < groups && !left.isEmpty(); i++) {
      List<String> assets = new ArrayList<>();
      int size = 1 + dice.below(left.size());
      for (CollateralTerms terms : left.subList(0, size)) {
        assets.add(terms.asset());
      }
      left = left.subList(size, left.size());
      categories.put("group-" + i, category(world, assets));
    }
    List<String> choices = new ArrayList<>(categories.keySet());
    choices.add(CollateralisedDebt.NONE);
    choices.add(CollateralisedDebt.AUTOMATIC);
    choices.add(CollateralisedDebt.AUTOMATIC);
    return new CollateralisedDebt(
        dice.chance(0.4) ? CollateralisedDebt.PER_ASSET : decimals(dice, collateral, categories),
        dice.pick(choices),
        categories,
        new MarketProfile(
            dice.decimal("0.02", "0.045", "0.8"),
            dice.oneOf(1_000_000_000L, 100_000_000_000L),
            dice.decimal("0.05", "0.5", "1")));
  }

  /// Whether excess may be released by itself: not where there are categories.
  static boolean mayRelease(RequirementModel requirement) {
    return !(requirement instanceof CollateralisedDebt debts) || debts.categories().isEmpty();
  }

  /// A requirement that fits every collateral schedule.
  static RequirementModel withoutNames(RequirementModel requirement) {
    return requirement instanceof CollateralisedDebt debts
        ? new CollateralisedDebt(
            debts.averageDecimals(), CollateralisedDebt.NONE, Map.of(), debts.market())
        : requirement;
  }

  private static Category category(HistoryWorld world, List<String> assets) {
    Dice dice = world.dice;
    Decimal threshold = dice.decimal("0.95", "0.93", "1", "0.7777");
    Decimal loanToValue = dice.decimal("0.77", "0.5", "0", "0.7123");
    return new Category(
        assets, loanToValue, threshold, dice.chance(0.5) ? "" : priceOf(world, assets));
  }

  /// One at whose price the others are not worth more than all numbers.
  private static String priceOf(HistoryWorld world, List<String> symbols) {
    List<Asset> assets =
        world.assets.values().stream().filter(it -> symbols.contains(it.symbol())).toList();
    double lowest = assets.stream().mapToDouble(it -> wholePrice(world, it)).min().orElse(0);
    return world
        .dice
        .pick(assets.stream().filter(it -> wholePrice(world, it) <= 100 * lowest).toList())
        .symbol();
  }

  private static double wholePrice(HistoryWorld world, Asset asset) {
    return world.minorValue(asset.assetId()) * HistoryWorld.power(asset.scale());
  }

  /// Enough decimals for every weight, and at times more.
  private static int decimals(
      Dice dice, List<CollateralTerms> collateral, Map<String, Category> categories) {
    int least = 0;
    for (CollateralTerms terms : collateral) {
      least = Math.max(least, terms.initialWeight().scale());
      least = Math.max(least, terms.maintenanceWeight().scale());
    }
    for (Category category : categories.values()) {
      least = Math.max(least, category.initialWeight().scale());
      least = Math.max(least, category.maintenanceWeight().scale());
    }
    return dice.chance(0.6) ? least : (int) dice.between(least, MOST_DECIMALS);
  }
}
