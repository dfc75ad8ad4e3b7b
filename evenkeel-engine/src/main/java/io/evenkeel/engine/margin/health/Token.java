package io.evenkeel.engine.margin.health;

/// One asset of the account at hand. Overwritten by the next weighing.
final class Token {
  /// Spot balance and weighed results of contracts that settle in it, minor units, signed.
  long balanceMinor;

  /// The most that open orders of all spot pairs could bring of it.
  long reservedMinor;

  /// Prices of what is held and of what is owed, price units.
  long lowUnits;

  long highUnits;
  long divisor;
  long assetE12;
  long debtE12;

  /// What the balance adds to health, millionths, rounded down.
  long contributionE6() {
    return balanceMinor < 0
        ? MarketWeights.weighed(ContractHealth.valueE6(balanceMinor, highUnits, divisor), debtE12)
        : MarketWeights.weighed(ContractHealth.valueE6(balanceMinor, lowUnits, divisor), assetE12);
  }
}
