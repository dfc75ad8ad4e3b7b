package io.evenkeel.engine.margin.options;

import io.evenkeel.model.number.Decimal;

/// Adds an account up: market value, and the two surpluses, in the numeraire.
final class MarginSums implements MarginSink {
  double marketValue;
  double maintenance;
  double initial;
  double profit;

  void clear() {
    marketValue = 0;
    maintenance = 0;
    initial = 0;
    profit = 0;
  }

  @Override
  public void balance(
      int asset,
      double amount,
      double price,
      double stable,
      double counted,
      Decimal maintenanceWeight,
      Decimal initialWeight) {
    // a debt is weighed in its market value too: what is owed has to be bought back
    double weight = amount < 0 ? Doubles.of(maintenanceWeight) : 1;
    marketValue += amount * price * weight / stable;
    maintenance += counted * price * Doubles.of(maintenanceWeight);
    initial += counted * price * Doubles.of(initialWeight);
  }

  @Override
  public void future(FutureLine line) {
    double value = line.profit * line.settlementPrice;
    profit += value;
    marketValue += value;
    maintenance += (line.profit - line.maintenance()) * line.settlementPrice;
    initial += (line.profit - line.initial()) * line.settlementPrice;
  }

  @Override
  public void series(SeriesMargin series, double premium, double orders, double settlementPrice) {
    double value = (series.worth() - premium) * settlementPrice;
    profit += value;
    marketValue += value;
    maintenance += (series.margin(false) - premium) * settlementPrice;
    initial += (series.margin(true) - premium - orders) * settlementPrice;
  }

  @Override
  public void addition(Addition what, int subject, double coins, double price, double rate) {
    initial -= coins * price * rate;
  }
}
