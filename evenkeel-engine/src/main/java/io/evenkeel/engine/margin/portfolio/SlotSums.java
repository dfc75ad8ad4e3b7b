package io.evenkeel.engine.margin.portfolio;

/// What one account holds of one expiry: the value of its options in each column, in what the unit
/// is valued in, added up from scratch in the order of its rows. Scratch, valid where `stamp` is
/// that of the sweep at hand.
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

  SlotSums(ExpiryMarket expiry) {
    this.expiry = expiry;
    worth = new double[expiry.terms.columns];
  }

  void clear() {
    java.util.Arrays.fill(worth, 0);
    hasOptions = false;
    grossOptions = 0;
    delta = 0;
    grossDelta = 0;
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
