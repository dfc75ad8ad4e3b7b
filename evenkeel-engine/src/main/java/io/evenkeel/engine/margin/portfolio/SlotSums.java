package io.evenkeel.engine.margin.portfolio;

import java.util.Arrays;

/// What one account holds of one expiry: the value of its options in each column, in what the unit
/// is valued in, added up from scratch in the order of its rows. Scratch, valid where `stamp` is
/// that of the sweep at hand.
///
/// The vector is kept with the legs it was added up from, and is added up anew unless the next
/// sweep finds the very same legs, amounts and values: so an account weighed again after one of its
/// legs changed pays for that expiry alone, and no figure depends on what was weighed before. One
/// vector is kept per expiry, whoever's it was.
final class SlotSums {
  final ExpiryMarket expiry;
  final double[] worth;
  long stamp;
  boolean hasOptions;

  /// Options without sign, whole units.
  double grossOptions;

  /// Of options and futures, whole units.
  double delta;

  /// Signed delta times price, over gross.
  double grossDelta;

  /// Legs taken in by the sweep at hand, and whole units of the underlying of each, signed.
  OptionValues[] legs = new OptionValues[8];

  double[] amounts = new double[8];
  int legCount;
  private long[] changes = new long[8];
  private int summedCount;
  private boolean summed;

  SlotSums(ExpiryMarket expiry) {
    this.expiry = expiry;
    worth = new double[expiry.terms.columns];
  }

  void clear() {
    legCount = 0;
    hasOptions = false;
    grossOptions = 0;
    delta = 0;
    grossDelta = 0;
  }

  /// Takes in the next leg, in the order of rows.
  ///
  /// @param amount whole units of the underlying, signed
  void add(OptionValues option, double amount) {
    int at = legCount++;
    boolean same =
        at < summedCount
            && legs[at] == option
            && amounts[at] == amount
            && changes[at] == option.changes;
    if (!same) {
      summed = false;
      if (at == amounts.length) {
        legs = Arrays.copyOf(legs, 2 * at);
        amounts = Arrays.copyOf(amounts, 2 * at);
        changes = Arrays.copyOf(changes, 2 * at);
      }
      legs[at] = option;
      amounts[at] = amount;
      changes[at] = option.changes;
    }
  }

  /// Adds up the legs taken in, or finds that they are those added up before.
  void sum() {
    if (summed && legCount == summedCount) {
      return;
    }
    summed = false;
    Arrays.fill(worth, 0);
    for (int leg = 0; leg < legCount; leg++) {
      double amount = amounts[leg];
      double[] value = legs[leg].worth;
      for (int i = 0; i < worth.length; i++) {
        worth[i] += amount * value[i];
      }
    }
    summedCount = legCount;
    summed = true;
  }

  /// What the whole expiry gains in a scenario.
  double profit(int scenario) {
    UnitTerms terms = expiry.terms;
    double value = worth[terms.column[scenario]];
    value *= value >= 0 ? expiry.longFactor : expiry.shortFactor;
    double profit = terms.weight[scenario] * (value - worth[0]);
    return terms.bends[scenario] ? -Math.abs(profit) : profit;
  }

  /// What the basis shock costs, 0 or less.
  double basisLoss(double addition, double multiple) {
    UnitTerms terms = expiry.terms;
    double worse = Math.min(worth[terms.upColumn] - worth[0], worth[terms.downColumn] - worth[0]);
    return Math.min(0, worse) * (addition + multiple * expiry.years);
  }
}
