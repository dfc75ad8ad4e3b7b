package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.margin.SizeWeights;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// One asset of one account, weighed: the worse of "all its bids fill" and "all its asks fill".
/// Overwritten by the next weighing. Values in millionths of the numeraire, those of amounts
/// rounded down, those of weights towards zero.
final class SpotLine {
  /// What was held, signed minor units, and its value.
  long amountMinor;

  long valueE6;

  /// What the orders of the worse side would bring, signed minor units, and what they would pay
  /// (positive) or cost (negative).
  long filledMinor;

  long ordersE6;

  /// What would then be held, its value, its weight and what that makes of it.
  long heldMinor;

  long heldE6;
  long weightE4;
  long weighedE6;

  /// Prices in force: for what is held, for what is owed and for orders.
  private long lowUnits;

  private long highUnits;
  private long divisor;
  private long depositsE6;
  private SpotWeights weights;
  private Level level;
  private long floorE4;

  SpotLine(SpotWeights none) {
    weights = none;
    level = Level.MAINTENANCE;
  }

  /// Sets what all sides share.
  ///
  /// @param lowPrice price of what is held
  /// @param highPrice price of what is owed or ordered, at least `lowPrice`
  /// @param valueDivisor what amount times price is divided by
  /// @param ratioFloorE4 least margin ratio, 0 for none
  void open(
      SpotWeights spotWeights,
      Level weightLevel,
      long lowPrice,
      long highPrice,
      long valueDivisor,
      long venueDepositsE6,
      long ratioFloorE4) {
    weights = spotWeights;
    level = weightLevel;
    lowUnits = lowPrice;
    highUnits = highPrice;
    divisor = valueDivisor;
    depositsE6 = venueDepositsE6;
    floorE4 = ratioFloorE4;
  }

  /// Weighs the worse side.
  ///
  /// @param heldNowMinor signed
  /// @param bidsMinor open buys, 0 or more
  /// @param asksMinor open sells, 0 or more
  void weighWorse(long heldNowMinor, long bidsMinor, long asksMinor) {
    simulate(heldNowMinor, bidsMinor);
    long bids = contributionE6();
    simulate(heldNowMinor, -asksMinor);
    if (contributionE6() > bids) {
      simulate(heldNowMinor, bidsMinor);
    }
    applyFloor();
  }

  /// Weighs one side with the ratio floor.
  void weighSide(long heldNowMinor, long fillMinor) {
    simulate(heldNowMinor, fillMinor);
    applyFloor();
  }

  /// Price at which what is held or owed now is valued.
  long heldPrice() {
    return amountMinor > 0 ? lowUnits : highUnits;
  }

  /// Price at which orders are valued.
  long orderPrice() {
    return highUnits;
  }

  /// What the line adds to collateral less what it adds to the requirement.
  long contributionE6() {
    return Math.addExact(weighedE6, ordersE6);
  }

  private void simulate(long heldNowMinor, long fillMinor) {
    amountMinor = heldNowMinor;
    valueE6 = value(heldNowMinor, heldNowMinor > 0 ? lowUnits : highUnits);
    filledMinor = fillMinor;
    ordersE6 = value(-fillMinor, highUnits);
    heldMinor = Math.addExact(heldNowMinor, fillMinor);
    heldE6 = Math.subtractExact(valueE6, ordersE6);
    if (heldE6 > 0) {
      weightE4 = weights.assetWeightE4(Math.abs(heldMinor), level, depositsE6);
    } else if (heldE6 < 0) {
      weightE4 = weights.debtWeightE4(Math.abs(heldMinor), level);
    } else {
      weightE4 = 0;
    }
    weighedE6 = SizeWeights.weighed(heldE6, weightE4);
  }

  private void applyFloor() {
    if (floorE4 == 0) {
      return;
    }
    if (weighedE6 < 0) {
      weightE4 =
          Math.max(
              weights.debtWeightE4(Math.abs(heldMinor), Level.INITIAL),
              SizeWeights.ONE_E4 + floorE4);
    } else if (weighedE6 > 0) {
      weightE4 =
          Math.min(
              weights.assetWeightE4(Math.abs(heldMinor), Level.INITIAL, depositsE6),
              Math.max(0, SizeWeights.ONE_E4 - floorE4));
    }
    weighedE6 = SizeWeights.weighed(heldE6, weightE4);
  }

  private long value(long amount, long priceUnits) {
    return Fixed.mulDiv(amount, priceUnits, divisor, Rounding.FLOOR);
  }
}
