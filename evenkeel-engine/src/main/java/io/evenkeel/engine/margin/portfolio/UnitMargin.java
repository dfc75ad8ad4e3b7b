package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.portfolio.BasisShock;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.ConfidenceCharge;
import io.evenkeel.model.rulebook.portfolio.DeltaCharges;
import io.evenkeel.model.rulebook.portfolio.GainOffset;
import io.evenkeel.model.rulebook.portfolio.PegLoss;
import io.evenkeel.model.rulebook.portfolio.Provisions;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;

/// From what an account holds of a unit to what it must have for it (`docs/RULES.md`, scenario
/// portfolios).
final class UnitMargin {
  private UnitMargin() {}

  /// The profit of every scenario, in what the unit is valued in, and the basis shock.
  static void sweepScenarios(UnitSums sums, SlotSums[] slots) {
    UnitTerms terms = sums.terms;
    GainOffset gains = terms.unit.gains();
    for (int i = 0; i < terms.scenarios; i++) {
      double move = terms.spot[i] - 1;
      double profit =
          terms.weight[i] * sums.linearExposure * (terms.inCoin ? move / terms.spot[i] : move);
      for (int k = 0; k < sums.slotCount; k++) {
        SlotSums slot = slots[sums.slots[k]];
        if (slot.hasOptions) {
          profit += slot.profit(i);
        }
      }
      profit += terms.weight[i] * sums.movingCollateral * move;
      sums.undamped[i] = profit;
      double allowance = terms.allowance[i] / (terms.inCoin ? sums.spot : 1);
      if (allowance > 0) {
        profit -= Math.copySign(Math.min(allowance, Math.abs(profit)), profit);
      }
      if (gains != null && profit > 0) {
        double most = Crossing.of(gains.maximum()) / sums.toNumeraire();
        profit = Math.min(Crossing.of(gains.share()) * profit, most);
      }
      sums.pnl[i] = profit;
    }
    sums.basisLoss = 0;
    BasisShock basis = terms.unit.basis();
    if (basis != null) {
      double addition = Crossing.of(basis.addition());
      double multiple = Crossing.of(basis.multiple());
      for (int k = 0; k < sums.slotCount; k++) {
        SlotSums slot = slots[sums.slots[k]];
        if (slot.hasOptions) {
          sums.basisLoss += slot.basisLoss(addition, multiple);
        }
      }
    }
  }

  /// The unit's own worst: the basis shock or the first scenario that loses most.
  static void chooseWorst(UnitSums sums) {
    sums.worst = sums.basisLoss;
    sums.worstScenario = UnitSums.NO_SCENARIO;
    for (int i = 0; i < sums.pnl.length; i++) {
      if (sums.pnl[i] < sums.worst) {
        sums.worst = sums.pnl[i];
        sums.worstScenario = i;
      }
    }
  }

  /// Requirements of the unit, once its worst is chosen.
  static void require(UnitSums sums, SlotSums[] slots) {
    RiskUnit unit = sums.terms.unit;
    double price = sums.unitPrice();
    chargeDeltas(sums, slots, unit.delta());
    Charges charges = unit.charges();
    double linear = Math.abs(sums.linearAmount) * price;
    double naked = sums.naked * price;
    double maintenance =
        linear * Crossing.of(charges.perpMaintenance())
            + naked * Crossing.of(charges.optionMaintenance())
            + sums.maintenanceHaircut;
    sums.scaledCharges = charges.scaled() ? maintenance : 0;
    sums.maintenanceCharges = charges.scaled() ? 0 : maintenance;
    chargeConfidence(sums, slots, unit, price);
    sums.initialCharges =
        linear * Crossing.of(charges.perpInitial())
            + naked * Crossing.of(charges.optionInitial())
            + sums.initialHaircut;
    Provisions provisions = unit.provisions();
    sums.provisionFee = sums.grossAmount * price * Crossing.of(provisions.feeRate());
    sums.provisionInitial =
        sums.orderAmount * price * Crossing.of(provisions.orderRate())
            + (sums.used ? Crossing.of(provisions.reserve()) : 0);
    double loss = -sums.worst + sums.rollCharge + sums.sizeCharge + sums.scaledCharges;
    sums.loss = Math.max(loss, sums.minimum);
    sums.initialFactor = Crossing.of(unit.initialFactor()) + pegLoss(unit.peg(), sums.stable);
    double common = sums.maintenanceCharges + sums.provisionFee;
    sums.maintenance =
        (sums.loss * Crossing.of(unit.maintenanceFactor()) + common) * sums.toNumeraire();
    sums.initial =
        (sums.loss * sums.initialFactor
                + common
                + sums.initialCharges
                + sums.confidenceCharge
                + sums.provisionInitial)
            * sums.toNumeraire();
  }

  private static void chargeDeltas(
      UnitSums sums, SlotSums[] slots, @org.jspecify.annotations.Nullable DeltaCharges delta) {
    sums.rollCharge = 0;
    sums.sizeCharge = 0;
    sums.minimum = 0;
    if (delta == null) {
      return;
    }
    double price = sums.unitPrice();
    double annual = Crossing.of(delta.rollAnnual());
    double least = Crossing.of(delta.rollMinimum());
    for (int k = 0; k < sums.slotCount; k++) {
      SlotSums slot = slots[sums.slots[k]];
      sums.rollCharge += Math.abs(slot.delta) * price * Math.max(least, annual * slot.expiry.years);
    }
    double net = Math.abs(sums.netDelta);
    // an underlying that the venue does not know has no price, and nobody holds anything of it
    double free = sums.spot > 0 ? Crossing.of(delta.sizeThreshold()) / sums.spot : net;
    double beyond = Math.max(0, net - free);
    sums.sizeCharge =
        net
            * price
            * Math.min(Crossing.of(delta.sizeMaximum()), Crossing.of(delta.sizeSlope()) * beyond);
    double hedged = (sums.grossDelta - net) / 2;
    sums.minimum =
        (net * Crossing.of(delta.netMinimum()) + hedged * Crossing.of(delta.hedgedMinimum()))
            * price;
  }

  private static void chargeConfidence(
      UnitSums sums, SlotSums[] slots, RiskUnit unit, double price) {
    double portfolio = (Math.abs(sums.linearAmount) + sums.baseAmount) * price;
    double charge = confidenceCharge(unit, sums.portfolioConfidence, portfolio);
    for (int k = 0; k < sums.slotCount; k++) {
      SlotSums slot = slots[sums.slots[k]];
      Decimal confidence = ExpiryMarket.least(sums.portfolioConfidence, slot.expiry.confidence);
      charge += confidenceCharge(unit, confidence, slot.grossOptions * price);
    }
    sums.confidenceCharge = charge + sums.confidenceCharge;
  }

  /// What a notional costs at a confidence; the comparison with the threshold is exact.
  static double confidenceCharge(RiskUnit unit, Decimal confidence, double notional) {
    ConfidenceCharge terms = unit.confidence();
    if (terms == null || confidence.compareTo(terms.threshold()) >= 0) {
      return 0;
    }
    return Crossing.of(confidence.complement()) * Crossing.of(terms.rate()) * notional;
  }

  private static double pegLoss(@org.jspecify.annotations.Nullable PegLoss peg, double stable) {
    return peg == null
        ? 0
        : Crossing.of(peg.factor()) * Math.max(0, Crossing.of(peg.threshold()) - stable);
  }
}
