package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a book of positions and open orders must be backed by. A closed family: a new model is a
/// nested record here, and the compiler names the switches that must learn it.
public sealed interface RequirementModel permits RequirementModel.TieredRates, ModelParameters {
  /// Whether it knows what options can lose. Accounts of a rulebook whose model does not are not
  /// let into them: a rate on the premium would be no margin for a short option.
  default boolean marginsOptions() {
    return false;
  }

  /// Whether it values inverse futures. Accounts of a rulebook whose model multiplies prices by
  /// quantities are not let into them: a long would be valued by what a short gains.
  default boolean marginsInverseFutures() {
    return false;
  }

  /// Whether it margins a long and a short position in one instrument each for itself. Accounts of
  /// a rulebook whose model looks at net positions have no hedge mode.
  default boolean marginsBothSides() {
    return false;
  }

  /// Whether the model weighs collateral by a rule of its schedule; a rulebook with a rule that its
  /// model would ignore is refused.
  boolean takes(CollateralScaling.Rule rule);

  /// Rates by notional brackets, as perpetual venues publish them: each bracket's rate applies to
  /// the part of the notional inside it, which is the same as `rate * notional - deduction` with
  /// the continuity deduction `deduction_n = deduction_(n-1) + floor_n * (rate_n - rate_(n-1))`
  /// (reference: Binance USD-M leverage brackets).
  ///
  /// @param tables bracket tables by name
  /// @param tableOfInstrument table of an instrument, by symbol
  /// @param defaultTable table of every other instrument
  /// @param ordersInMaintenance whether open orders count for maintenance as they do for initial
  /// @param profitInitialWeight share of net unrealised profit that counts for the initial level, 0
  ///   to 1
  /// @param scaling what raises the rates beyond their table
  record TieredRates(
      Map<String, BracketTable> tables,
      Map<String, String> tableOfInstrument,
      String defaultTable,
      boolean ordersInMaintenance,
      Decimal profitInitialWeight,
      RateScaling scaling)
      implements RequirementModel {
    /// Rates as their tables have them.
    public TieredRates(
        Map<String, BracketTable> tables,
        Map<String, String> tableOfInstrument,
        String defaultTable,
        boolean ordersInMaintenance,
        Decimal profitInitialWeight) {
      this(
          tables,
          tableOfInstrument,
          defaultTable,
          ordersInMaintenance,
          profitInitialWeight,
          RateScaling.NONE);
    }

    /// Refuses names that lead nowhere.
    public TieredRates {
      tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
      tableOfInstrument =
          java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tableOfInstrument));
      Check.parameter(
          tables.containsKey(defaultTable),
          "requirement.defaultTable",
          "must name one of requirement.tables");
      for (Map.Entry<String, String> entry : tableOfInstrument.entrySet()) {
        Check.parameter(
            tables.containsKey(entry.getValue()),
            "requirement.tableOfInstrument." + entry.getKey(),
            "must name one of requirement.tables");
      }
      Check.parameter(
          !profitInitialWeight.isNegative() && profitInitialWeight.compareTo(Decimal.ONE) <= 0,
          "requirement.profitInitialWeight",
          "must be 0 to 1");
    }

    @Override
    public boolean marginsInverseFutures() {
      return true;
    }

    @Override
    public boolean marginsBothSides() {
      return true;
    }

    @Override
    public boolean takes(CollateralScaling.Rule rule) {
      return true;
    }

    /// The table that governs an instrument.
    public BracketTable tableFor(String instrumentSymbol) {
      String name = tableOfInstrument.getOrDefault(instrumentSymbol, defaultTable);
      return java.util.Objects.requireNonNull(tables.get(name), name);
    }
  }

  /// Brackets in ascending order with what else is known of the instruments they govern.
  ///
  /// @param brackets at least one; the first starts at 0
  /// @param dailyMove one standard deviation of a day's relative price move, used to project the
  ///   time to liquidation
  /// @param depthE6 notional that moves the embedded closing market by `impact`, millionths of the
  ///   numeraire
  record BracketTable(List<Bracket> brackets, Decimal dailyMove, long depthE6) {
    /// Refuses brackets out of order and rates that fall as the notional grows.
    public BracketTable {
      brackets = List.copyOf(brackets);
      Check.parameter(!brackets.isEmpty(), "brackets", "must have at least one bracket");
      Check.parameter(
          brackets.getFirst().floorE6() == 0, "brackets[0].floor", "the first bracket starts at 0");
      for (int i = 1; i < brackets.size(); i++) {
        Bracket previous = brackets.get(i - 1);
        Bracket bracket = brackets.get(i);
        Check.parameter(
            bracket.floorE6() > previous.floorE6(),
            "brackets[" + i + "].floor",
            "must be above the floor of the bracket before");
        Check.parameter(
            bracket.maintenanceRate().compareTo(previous.maintenanceRate()) >= 0
                && bracket.initialRate().compareTo(previous.initialRate()) >= 0,
            "brackets[" + i + "]",
            "rates must not fall as the notional grows");
      }
      Check.parameter(
          dailyMove.compareTo(Decimal.ZERO) > 0 && dailyMove.compareTo(new Decimal(10, 0)) <= 0,
          "dailyMove",
          "must be greater than 0 and at most 10");
      Check.parameter(depthE6 > 0, "depth", "must be greater than 0");
    }
  }

  /// One bracket of notional.
  ///
  /// @param floorE6 notional at which it starts, millionths of the numeraire
  /// @param maintenanceRate share of notional required for maintenance, above 0
  /// @param initialRate share required for initial, from `maintenanceRate` to 1
  record Bracket(long floorE6, Decimal maintenanceRate, Decimal initialRate) {
    /// Refuses rates out of order.
    public Bracket {
      Check.parameter(floorE6 >= 0, "bracket.floor", "must not be negative");
      Check.parameter(
          maintenanceRate.compareTo(Decimal.ZERO) > 0,
          "bracket.maintenanceRate",
          "must be greater than 0");
      Check.parameter(
          maintenanceRate.compareTo(initialRate) <= 0,
          "bracket.initialRate",
          "must be at least maintenanceRate");
      Check.parameter(
          initialRate.compareTo(Decimal.ONE) <= 0, "bracket.initialRate", "must be at most 1");
    }
  }
}
