package io.evenkeel.engine.margin.options;

/// Options of one underlying, expiry and settlement held by one account. Legs are added in the
/// order of strikes. Everything is in whole units of the settlement asset, margins are what the
/// options add to the account's surplus: 0 or below.
final class SeriesMargin {
  int count;
  final int[] instrument;
  final double[] amount;
  final double[] value;
  final double[] maintenanceEach;
  final double[] initialEach;

  /// The reference price in the unit of values, by leg.
  final double[] base;

  /// By how much a leg is out of the money, as a share of the reference price.
  final double[] outOfTheMoney;

  private final boolean[] call;
  private final double[] strike;
  private double forward;
  private double unpairedMaintenanceFactor;
  private double unpairedInitialFactor;
  private boolean relief;

  SeriesMargin(int most) {
    instrument = new int[most];
    amount = new double[most];
    value = new double[most];
    maintenanceEach = new double[most];
    initialEach = new double[most];
    base = new double[most];
    outOfTheMoney = new double[most];
    call = new boolean[most];
    strike = new double[most];
  }

  /// Starts another series.
  ///
  /// @param forwardPrice forward of the expiry
  /// @param grantsRelief whether its options may count together
  void start(MarketRates rates, double forwardPrice, boolean grantsRelief) {
    count = 0;
    forward = forwardPrice;
    unpairedMaintenanceFactor = rates.unpairedMaintenanceFactor;
    unpairedInitialFactor = rates.unpairedInitialFactor;
    relief = grantsRelief;
  }

  /// Adds a leg.
  ///
  /// @param quantity signed, whole units of the underlying
  /// @param valueEach what one is worth
  /// @param maintenance what one short must be backed by, its value included
  /// @param initial the same for the initial requirement
  void add(
      ContractTable contracts,
      int contract,
      double quantity,
      double valueEach,
      double maintenance,
      double initial) {
    instrument[count] = contract;
    amount[count] = quantity;
    value[count] = valueEach;
    maintenanceEach[count] = maintenance;
    initialEach[count] = initial;
    call[count] = contracts.call[contract];
    strike[count] = contracts.strike[contract];
    count++;
  }

  /// Whether the options may count together.
  boolean grantsRelief() {
    return relief;
  }

  /// Forward of the expiry.
  double forward() {
    return forward;
  }

  /// What all are worth.
  double worth() {
    double sum = 0;
    for (int leg = 0; leg < count; leg++) {
      sum += amount[leg] * value[leg];
    }
    return sum;
  }

  /// Total of the short amounts, 0 or above.
  double shorts() {
    double sum = 0;
    for (int leg = 0; leg < count; leg++) {
      sum += Math.max(0, -amount[leg]);
    }
    return sum;
  }

  /// What the options add to the surplus: every short by itself, or all together, whichever is
  /// better.
  double margin(boolean initial) {
    double alone = alone(initial);
    return relief ? Math.max(alone, together(initial)) : alone;
  }

  /// Every short by itself; what is long does not count.
  double alone(boolean initial) {
    double sum = 0;
    for (int leg = 0; leg < count; leg++) {
      sum += alone(leg, initial);
    }
    return sum;
  }

  /// One leg by itself.
  double alone(int leg, boolean initial) {
    return Math.min(0, amount[leg]) * (initial ? initialEach[leg] : maintenanceEach[leg]);
  }

  /// The most that all lose together, and the charge for unpaired calls.
  double together(boolean initial) {
    return worstPayoff() + unpaired(initial);
  }

  /// The charge for calls short beyond those long, 0 or below.
  double unpaired(boolean initial) {
    return unpairedFactor(initial) * forward * Math.min(0, calls());
  }

  /// The factor of that charge.
  double unpairedFactor(boolean initial) {
    return initial ? unpairedInitialFactor : unpairedMaintenanceFactor;
  }

  /// Net amount of calls.
  double calls() {
    double sum = 0;
    for (int leg = 0; leg < count; leg++) {
      sum += call[leg] ? amount[leg] : 0;
    }
    return sum;
  }

  /// The lowest payoff at 0 and at every strike held, at most 0.
  double worstPayoff() {
    double worst = Math.min(0, payoff(0));
    for (int leg = 0; leg < count; leg++) {
      if (amount[leg] != 0) {
        worst = Math.min(worst, payoff(strike[leg]));
      }
    }
    return worst;
  }

  /// What all pay if the underlying ends at a price.
  double payoff(double price) {
    double sum = 0;
    for (int leg = 0; leg < count; leg++) {
      double inTheMoney = call[leg] ? price - strike[leg] : strike[leg] - price;
      sum += inTheMoney > 0 ? amount[leg] * inTheMoney : 0;
    }
    return sum;
  }

  /// Strike of a leg.
  double strike(int leg) {
    return strike[leg];
  }
}
