package io.evenkeel.model.event;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Trigger;
import java.util.List;

/// What a decision about one account was computed from, line by line. The formulas are those of
/// `docs/RULES.md`.
///
/// @param trigger what set the cycle going
/// @param rulebookId whose rules applied
/// @param rulebookVersion and in which version
/// @param assessment the result
/// @param collateral one line per asset that the account holds or whose positions settle in it, by
///   asset index
/// @param positions one line per position or open-order exposure, by instrument index; their
///   requirements are those of tiered rates, and 0 where another model requires by account
/// @param terms how a model other than tiered rates came to its figures; empty for tiered rates
public record Evidence(
    Trigger trigger,
    int rulebookId,
    int rulebookVersion,
    Assessment assessment,
    List<CollateralLine> collateral,
    List<PositionLine> positions,
    List<Term> terms) {
  /// Copies the lists.
  public Evidence {
    collateral = List.copyOf(collateral);
    positions = List.copyOf(positions);
    terms = List.copyOf(terms);
  }

  /// Evidence of tiered rates, whose lines say everything.
  public Evidence(
      Trigger trigger,
      int rulebookId,
      int rulebookVersion,
      Assessment assessment,
      List<CollateralLine> collateral,
      List<PositionLine> positions) {
    this(trigger, rulebookId, rulebookVersion, assessment, collateral, positions, List.of());
  }

  /// One asset of an account.
  ///
  /// @param balanceMinor posted collateral; negative is a debt
  /// @param priceUnits price it was valued at
  /// @param maintenanceWeight weight applied for equity (the debt weight when the balance is
  ///   negative)
  /// @param initialWeight weight applied for the initial level
  /// @param maintenanceValueE6 what it adds to equity
  /// @param initialValueE6 what it adds to equity at initial weights
  /// @param profitMinor net unrealised profit of the positions that settle in it
  /// @param profitValueE6 what that adds to equity
  /// @param initialProfitValueE6 what that adds to equity at initial weights
  public record CollateralLine(
      int assetId,
      long balanceMinor,
      long priceUnits,
      Decimal maintenanceWeight,
      Decimal initialWeight,
      long maintenanceValueE6,
      long initialValueE6,
      long profitMinor,
      long profitValueE6,
      long initialProfitValueE6) {}

  /// One position with its open orders.
  ///
  /// @param quantityUnits signed, long positive
  /// @param costTicks signed cost in ticks of the instrument
  /// @param markUnits mark it was valued at
  /// @param profitMinor unrealised profit, rounded down
  /// @param maintenanceNotionalE6 notional the maintenance requirement was taken of
  /// @param initialNotionalE6 notional the initial requirement was taken of
  /// @param maintenanceMarginE6 its maintenance requirement
  /// @param initialMarginE6 its initial requirement
  /// @param side which position of the account in the instrument
  public record PositionLine(
      int instrumentId,
      long quantityUnits,
      long costTicks,
      long markUnits,
      long buyUnits,
      long sellUnits,
      long profitMinor,
      long maintenanceNotionalE6,
      long initialNotionalE6,
      long maintenanceMarginE6,
      long initialMarginE6,
      PositionSide side) {
    /// The same of a one-way account.
    public PositionLine(
        int instrumentId,
        long quantityUnits,
        long costTicks,
        long markUnits,
        long buyUnits,
        long sellUnits,
        long profitMinor,
        long maintenanceNotionalE6,
        long initialNotionalE6,
        long maintenanceMarginE6,
        long initialMarginE6) {
      this(
          instrumentId,
          quantityUnits,
          costTicks,
          markUnits,
          buyUnits,
          sellUnits,
          profitMinor,
          maintenanceNotionalE6,
          initialNotionalE6,
          maintenanceMarginE6,
          initialMarginE6,
          PositionSide.NET);
    }
  }
}
