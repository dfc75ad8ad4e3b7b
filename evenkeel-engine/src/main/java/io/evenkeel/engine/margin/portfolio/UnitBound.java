package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.portfolio.ContractTable.Contract;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.rulebook.portfolio.Charges;
import io.evenkeel.model.rulebook.portfolio.DeltaCharges;
import io.evenkeel.model.rulebook.portfolio.UnitCollateral;
import java.util.Arrays;

/// The least of equity less maintenance margin of one unit over a box, numeraire.
///
/// `equity - factor * loss` is the least of `equity + factor * profit` over the scenarios, the
/// basis shock and no loss at all, less charges. Each of these is bounded by itself: contracts and
/// collateral exactly at corners, options by [ExpiryBound], charges at their most. The range of the
/// spot is cut into pieces, so that what moves together is held together.
final class UnitBound {
  /// Pieces of a range; what is lost by bounding parts apart falls with their number.
  private static final int PIECES = 8;

  private final Book book;
  private final PortfolioSweep sweep;
  private final UnitSums sums;
  private final UnitTerms terms;
  private final FactorBox box;
  private final MarketRanges ranges;
  private final ExpiryBound expiry;
  private final double requirementFactor;

  /// By scenario, no loss, basis shock: what options add in the unit's valuation, what all else
  /// adds in the numeraire.
  private final double[] options;

  private final double[] rest;

  private double lowSpot;
  private double highSpot;
  private double rollCharge;
  private double lowNet;
  private double highNet;
  private double grossDelta;
  private double grossAmount;
  private double lowLinear;
  private double highLinear;

  /// All that was added up, without sign.
  double magnitude;

  UnitBound(Book book, PortfolioSweep sweep, UnitSums sums, FactorBox box, MarketRanges ranges) {
    this.book = book;
    this.sweep = sweep;
    this.sums = sums;
    this.box = box;
    this.ranges = ranges;
    terms = sums.terms;
    expiry = new ExpiryBound(terms);
    requirementFactor = Crossing.of(terms.unit.maintenanceFactor());
    options = new double[terms.scenarios + 2];
    rest = new double[terms.scenarios + 2];
  }

  /// NaN where nothing can be said.
  double lowest(int account) {
    double from = ranges.low(sums.asset);
    double to = ranges.high(sums.asset);
    int pieces = from == to ? 1 : PIECES;
    double lowest = Double.POSITIVE_INFINITY;
    for (int piece = 0; piece < pieces; piece++) {
      lowSpot = piece == 0 ? from : highSpot;
      highSpot = piece == pieces - 1 ? to : from + (to - from) * (piece + 1) / pieces;
      double surplus = piece(account);
      if (Double.isNaN(surplus)) {
        return Double.NaN;
      }
      lowest = Math.min(lowest, surplus);
    }
    return lowest;
  }

  private double piece(int account) {
    Arrays.fill(options, 0);
    Arrays.fill(rest, -sums.fundingDue);
    rollCharge = 0;
    lowNet = 0;
    highNet = 0;
    grossDelta = 0;
    grossAmount = 0;
    lowLinear = 0;
    highLinear = 0;
    for (int k = 0; k < sums.slotCount; k++) {
      if (!addExpiry(account, sums.slots[k])) {
        return Double.NaN;
      }
    }
    addCollateral(account);
    return worst();
  }

  private boolean addExpiry(int account, int slotIndex) {
    SlotSums slot = sweep.slots[slotIndex];
    double low = 0;
    double high = 0;
    double gross = 0;
    if (slot.hasOptions) {
      boundOptions(slot);
      if (!expiry.claims) {
        return false;
      }
      for (int i = 0; i < options.length; i++) {
        options[i] += expiry.surplus[i];
      }
      low = expiry.lowDelta;
      high = expiry.highDelta;
      gross = expiry.grossDelta;
      magnitude += expiry.magnitude * (terms.inCoin ? highSpot : 1);
    }
    for (int row = book.positions.first(account); row >= 0; row = book.positions.next(row)) {
      int instrument = book.positions.instrument(row);
      Contract contract = sweep.contract(instrument);
      if (contract.slot() != slotIndex || book.positions.quantity(row) == 0) {
        continue;
      }
      if (contract.option() != null) {
        addCost(row, instrument, contract);
      } else if (!addLinear(row, instrument, contract)) {
        return false;
      } else {
        low += lowAmount;
        high += highAmount;
        gross += Math.max(Math.abs(lowAmount), Math.abs(highAmount));
      }
    }
    chargeDelta(slot, low, high, gross);
    return true;
  }

  private void boundOptions(SlotSums slot) {
    expiry.clear();
    ExpiryMarket market = slot.expiry;
    if (market.followsSpot()) {
      double fixed = market.fixed;
      expiry.add(slot, Math.max(0, lowSpot - fixed), Math.max(0, highSpot - fixed), box);
      return;
    }
    FactorBox.Range range = box.range(FactorKind.FORWARD_VARIABLE, market.place());
    double from = range == null ? market.variable : Crossing.of(range.lowest());
    double to = range == null ? market.variable : Crossing.of(range.highest());
    int pieces = from == to ? 1 : PIECES;
    double end = from;
    for (int piece = 0; piece < pieces; piece++) {
      double start = end;
      end = piece == pieces - 1 ? to : from + (to - from) * (piece + 1) / pieces;
      expiry.add(slot, start, end, box);
    }
  }

  private void chargeDelta(SlotSums slot, double low, double high, double gross) {
    DeltaCharges delta = terms.unit.delta();
    if (delta == null) {
      return;
    }
    double rate =
        Math.max(
            Crossing.of(delta.rollMinimum()), Crossing.of(delta.rollAnnual()) * slot.expiry.years);
    rollCharge += Math.max(Math.abs(low), Math.abs(high)) * rate;
    lowNet += low;
    highNet += high;
    grossDelta += gross;
  }

  private double lowPrice(int asset) {
    return asset == sums.asset ? lowSpot : ranges.low(asset);
  }

  private double highPrice(int asset) {
    return asset == sums.asset ? highSpot : ranges.high(asset);
  }

  /// What an option cost leaves equity.
  private void addCost(int row, int instrument, Contract contract) {
    int settlement = book.instruments.settlementAsset(instrument);
    double cost = book.positions.cost(row) * contract.tickValue();
    double paid = cost * (cost > 0 ? highPrice(settlement) : lowPrice(settlement));
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= paid;
    }
    magnitude += Math.abs(paid);
    double amount = book.positions.quantity(row) * contract.contractsPerUnit() * contract.size();
    grossAmount += Math.abs(amount);
  }

  private double lowAmount;
  private double highAmount;

  /// A future or perpetual: profit, and what scenarios gain, at the worst corner of mark and price.
  private boolean addLinear(int row, int instrument, Contract contract) {
    double low = box.lowestMark(instrument) * contract.priceUnit();
    double high = box.highestMark(instrument) * contract.priceUnit();
    if (!(low > 0)) {
      return false;
    }
    double contracts = book.positions.quantity(row) * contract.contractsPerUnit();
    double size = contracts * contract.size();
    boolean inverse = contract.isInverseFuture();
    lowAmount = inverse ? Math.min(size / low, size / high) : size;
    highAmount = inverse ? Math.max(size / low, size / high) : size;
    lowLinear += lowAmount;
    highLinear += highAmount;
    grossAmount += Math.max(Math.abs(lowAmount), Math.abs(highAmount));
    int settlement = book.instruments.settlementAsset(instrument);
    double cost = book.positions.cost(row) * contract.tickValue();
    double gainAtLow = worth(row, instrument, box.lowestMark(instrument), contract) - cost;
    double gainAtHigh = worth(row, instrument, box.highestMark(instrument), contract) - cost;
    // a minor unit for rounding profit down, and between the ends an inverse worth is half a tick
    // off the straight line in one over the mark
    double rounding =
        (book.instruments.ticksPerMinor(instrument) + Math.abs(book.positions.quantity(row)))
            * contract.tickValue();
    for (int i = 0; i < rest.length; i++) {
      double share = i < terms.scenarios ? requirementFactor * terms.weight[i] * move(i) : 0;
      double worst = Double.POSITIVE_INFINITY;
      for (int corner = 0; corner < 4; corner++) {
        double price = (corner & 1) == 0 ? lowPrice(settlement) : highPrice(settlement);
        double spot = (corner & 2) == 0 ? lowSpot : highSpot;
        double atLow = share * size * (inverse ? spot / low : low);
        double atHigh = share * size * (inverse ? spot / high : high);
        worst = Math.min(worst, Math.min(gainAtLow * price + atLow, gainAtHigh * price + atHigh));
      }
      rest[i] += worst - rounding * highPrice(settlement);
    }
    double scale = highPrice(settlement);
    magnitude +=
        (Math.abs(gainAtLow) + Math.abs(gainAtHigh) + Math.abs(cost)) * scale
            + Math.abs(size) * (inverse ? highSpot / low : high);
    return true;
  }

  /// What a position is worth at a mark, whole units of the settlement asset.
  private double worth(int row, int instrument, long markUnits, Contract contract) {
    return (double) book.positions.quantity(row)
        * book.instruments.worthTicks(instrument, markUnits)
        * contract.tickValue();
  }

  /// What a scenario gains on one unit of exposure.
  private double move(int scenario) {
    double move = terms.spot[scenario] - 1;
    return terms.inCoin ? move / terms.spot[scenario] : move;
  }

  private void addCollateral(int account) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      UnitCollateral collateral = sweep.collateralOf(asset, sums);
      long balance = book.ledger.marginBalance(account, asset);
      if (collateral == null || balance <= 0 || book.assets.quotes().isLost(asset)) {
        continue;
      }
      double amount = Crossing.of(balance, book.assets.at(asset).scale());
      int priced = collateral.base() ? sums.asset : asset;
      double low = amount * lowPrice(priced);
      double high = amount * highPrice(priced);
      double haircut =
          Crossing.of(collateral.maintenanceHaircut()) / (collateral.base() ? 1 : sums.stable);
      double charged = haircut * (terms.unit.charges().scaled() ? requirementFactor : 1);
      for (int i = 0; i < rest.length; i++) {
        double gains =
            i < terms.scenarios && collateral.moves()
                ? requirementFactor * terms.weight[i] * (terms.spot[i] - 1)
                : 0;
        double share = (1 + gains) / sums.stable - charged;
        rest[i] += share * (share >= 0 ? low : high);
      }
      magnitude += 2 * high / sums.stable;
    }
  }

  /// The least of all ways in which the worst may come about, less charges.
  private double worst() {
    Charges charges = terms.unit.charges();
    double linear = Math.max(Math.abs(lowLinear), Math.abs(highLinear)) * highSpot;
    double fixed =
        (linear * Crossing.of(charges.perpMaintenance())
                + sums.naked * highSpot * Crossing.of(charges.optionMaintenance()))
            * (charges.scaled() ? requirementFactor : 1);
    double fee = grossAmount * highSpot * Crossing.of(terms.unit.provisions().feeRate());
    double deltas = 0;
    double minimum = 0;
    DeltaCharges delta = terms.unit.delta();
    if (delta != null) {
      double net = Math.max(Math.abs(lowNet), Math.abs(highNet));
      double beyond = Math.max(0, net - Crossing.of(delta.sizeThreshold()) / highSpot);
      double size =
          net * Math.min(Crossing.of(delta.sizeMaximum()), Crossing.of(delta.sizeSlope()) * beyond);
      deltas = requirementFactor * (rollCharge + size) * highSpot;
      minimum = requirementFactor * minimum(delta, net) * highSpot;
    }
    magnitude += linear + fixed + fee + deltas + minimum;
    int none = terms.scenarios;
    double worst = total(none) - deltas;
    for (int i = 0; i < terms.scenarios; i++) {
      worst = Math.min(worst, total(i) + requirementFactor * terms.allowance[i] - deltas);
    }
    if (terms.unit.basis() != null) {
      worst = Math.min(worst, total(none + 1) - deltas);
    }
    worst = Math.min(worst, total(none) - minimum);
    return worst - fixed - fee;
  }

  /// The most that the minimum on deltas can be, whole units of the underlying.
  private double minimum(DeltaCharges delta, double net) {
    double hedged = Crossing.of(delta.hedgedMinimum()) / 2;
    double share = Crossing.of(delta.netMinimum()) - hedged;
    double leastNet =
        lowNet <= 0 && highNet >= 0 ? 0 : Math.min(Math.abs(lowNet), Math.abs(highNet));
    return Math.max(0, share * (share >= 0 ? net : leastNet) + hedged * grossDelta);
  }

  private double total(int way) {
    double sum = options[way];
    return rest[way] + (terms.inCoin ? Math.min(sum * lowSpot, sum * highSpot) : sum);
  }
}
