package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.model.number.Decimal;
import java.util.Arrays;

/// What one account holds of one unit, added up, and what follows from it. Scratch: filled by
/// [PortfolioSweep], read until the next account.
final class UnitSums {
  /// Stands for "no scenario loses": the basis shock, or nothing at all, is the worst.
  static final int NO_SCENARIO = -1;

  final UnitTerms terms;

  /// Index of the underlying asset.
  final int asset;

  boolean used;
  double spot;

  /// Least confidence of what the whole portfolio depends on.
  Decimal portfolioConfidence = Decimal.ONE;

  /// Spot confidence alone.
  Decimal spotConfidence = Decimal.ONE;

  double stable;

  /// Net perpetuals and futures, whole units of the underlying.
  double linearAmount;

  /// What a move of the spot by 1 gains on them, in what the unit is valued in.
  double linearExposure;

  /// Unrealised profit of them, numeraire.
  double linearProfit;

  /// Funding they have to pay, numeraire.
  double fundingDue;

  /// Of all contracts, whole units without sign.
  double grossAmount;

  /// Open orders, whole units.
  double orderAmount;

  /// Value of options now, numeraire.
  double optionValue;

  /// What options cost, numeraire.
  double optionCost;

  /// Naked short options, whole units.
  double naked;

  /// Value of collateral, numeraire, and the parts of it.
  double collateralValue;

  double degradedCollateral;
  double movingCollateral;
  double baseAmount;
  double maintenanceHaircut;
  double initialHaircut;

  /// Confidence charge, in what the unit is valued in.
  double confidenceCharge;

  double netDelta;
  double grossDelta;

  /// Expiries touched, in order of touch.
  int[] slots = new int[16];

  int slotCount;

  /// Profit of each scenario as it counts.
  final double[] pnl;

  /// The same before it is damped and before gains are cut.
  final double[] undamped;

  double basisLoss;
  double worst;
  int worstScenario;
  double rollCharge;
  double sizeCharge;
  double scaledCharges;
  double minimum;
  double loss;
  double maintenanceCharges;
  double initialCharges;
  double provisionFee;
  double provisionInitial;
  double initialFactor;

  /// Requirements in the numeraire.
  double maintenance;

  double initial;

  UnitSums(UnitTerms terms, int asset) {
    this.terms = terms;
    this.asset = asset;
    pnl = new double[terms.scenarios];
    undamped = new double[terms.scenarios];
  }

  void clear() {
    used = false;
    linearAmount = 0;
    linearExposure = 0;
    linearProfit = 0;
    fundingDue = 0;
    grossAmount = 0;
    orderAmount = 0;
    optionValue = 0;
    optionCost = 0;
    naked = 0;
    collateralValue = 0;
    degradedCollateral = 0;
    movingCollateral = 0;
    baseAmount = 0;
    maintenanceHaircut = 0;
    initialHaircut = 0;
    confidenceCharge = 0;
    netDelta = 0;
    grossDelta = 0;
    slotCount = 0;
  }

  void touch(int slot) {
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slotCount);
    }
    slots[slotCount++] = slot;
  }

  /// What one whole unit of the underlying is worth in what the unit is valued in.
  double unitPrice() {
    return terms.inCoin ? 1 : spot;
  }

  /// What the unit's valuation is worth in the numeraire.
  double toNumeraire() {
    return terms.inCoin ? spot : 1;
  }

  /// What the account owns in the unit, numeraire.
  double equity() {
    return (linearProfit - fundingDue) + (optionValue - optionCost) + collateralValue;
  }

  /// What the worst was, in words.
  String worstName() {
    if (worstScenario != NO_SCENARIO) {
      return terms.name(worstScenario);
    }
    return worst < 0 ? "basis shock" : "nothing loses";
  }
}
