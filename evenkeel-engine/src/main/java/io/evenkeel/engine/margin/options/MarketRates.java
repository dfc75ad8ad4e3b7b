package io.evenkeel.engine.margin.options;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.StandardOptions;

/// The parameters of one underlying as doubles; thresholds stay exact, because a confidence just
/// below one is not the same as one at it.
final class MarketRates {
  final double maximumRate;
  final double minimumRate;
  final double maintenanceCallRate;
  final double maintenancePutRate;
  final double maintenancePutValueRate;
  final double initialPutFactor;
  final double unpairedInitialFactor;
  final double unpairedMaintenanceFactor;
  final double futureInitialRate;
  final double futureInitialRatePerCoin;
  final double futureMaintenanceRate;
  final double futureMaintenanceRatePerCoin;
  final Decimal futureThreshold;
  final Decimal optionThreshold;
  final Decimal collateralThreshold;
  final double oracleFactor;

  MarketRates(StandardOptions.Market market) {
    StandardOptions.OptionRates option = market.option();
    maximumRate = Doubles.of(option.maximumRate());
    minimumRate = Doubles.of(option.minimumRate());
    maintenanceCallRate = Doubles.of(option.maintenanceCallRate());
    maintenancePutRate = Doubles.of(option.maintenancePutRate());
    maintenancePutValueRate = Doubles.of(option.maintenancePutValueRate());
    initialPutFactor = Doubles.of(option.initialPutFactor());
    unpairedInitialFactor = Doubles.of(option.unpairedInitialFactor());
    unpairedMaintenanceFactor = Doubles.of(option.unpairedMaintenanceFactor());
    StandardOptions.FutureRates future = market.future();
    futureInitialRate = Doubles.of(future.initialRate());
    futureInitialRatePerCoin = Doubles.of(future.initialRatePerCoin());
    futureMaintenanceRate = Doubles.of(future.maintenanceRate());
    futureMaintenanceRatePerCoin = Doubles.of(future.maintenanceRatePerCoin());
    StandardOptions.OracleContingency oracle = market.oracle();
    futureThreshold = oracle.futureThreshold();
    optionThreshold = oracle.optionThreshold();
    collateralThreshold = oracle.collateralThreshold();
    oracleFactor = Doubles.of(oracle.factor());
  }

  /// Requirement of one short option for maintenance, with its value, in the unit of `value`.
  ///
  /// @param value what the option is worth
  /// @param base the reference price in the same unit
  double maintenance(boolean call, double value, double base) {
    return call
        ? value + maintenanceCallRate * base
        : value + Math.max(maintenancePutRate * base, maintenancePutValueRate * value);
  }

  /// The same for the initial requirement.
  ///
  /// @param outOfTheMoney by how much, as a share of the reference price; 0 in the money
  double initial(boolean call, double value, double base, double outOfTheMoney) {
    double simple = value + Math.max(maximumRate - outOfTheMoney, minimumRate) * base;
    return call ? simple : Math.max(simple, initialPutFactor * maintenance(false, value, base));
  }

  /// By how much an option is out of the money, as a share of the reference price.
  static double outOfTheMoney(boolean call, double strike, double reference) {
    return reference <= 0
        ? 0
        : Math.max(0, call ? strike - reference : reference - strike) / reference;
  }

  /// Maintenance rate of a future position.
  ///
  /// @param coins its size in whole units of the underlying
  double futureMaintenance(double coins) {
    return futureMaintenanceRate + futureMaintenanceRatePerCoin * coins;
  }

  /// Initial rate of a future position.
  ///
  /// @param coins its size in whole units of the underlying
  /// @param leverageE2 leverage the account has chosen, hundredths; 0 when none
  double futureInitial(double coins, int leverageE2) {
    double rate = futureInitialRate + futureInitialRatePerCoin * coins;
    return leverageE2 > 0 ? Math.max(rate, 100.0 / leverageE2) : rate;
  }

  /// What a weak price adds, per unit of exposure; 0 at the threshold and above.
  double oracle(Decimal confidence, Decimal threshold) {
    return confidence.compareTo(threshold) < 0 ? (1 - Doubles.of(confidence)) * oracleFactor : 0;
  }
}
