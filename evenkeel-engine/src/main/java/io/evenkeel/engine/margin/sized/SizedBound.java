package io.evenkeel.engine.margin.sized;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;

/// A lower bound of equity less maintenance requirement over a box of prices. Between the ends of
/// its range, and a slow price inside it, what an asset adds is linear on each side of its orders
/// and the worse side counts, so it is least at one of these points; what a contract adds is least
/// at a corner of mark and settlement price. Everything is bounded by itself and added up.
final class SizedBound {
  /// Millionths that roundings of one line may come to.
  private static final long SLACK_E6 = 4;

  private final SizedRatioModel model;

  SizedBound(SizedRatioModel model) {
    this.model = model;
  }

  long boundE6(int account, FactorBox box) {
    model.weigh(account, Level.MAINTENANCE);
    long charges = chargesE6(account);
    long floor = model.floorE4(account, Level.MAINTENANCE);
    model.pairs.gather(account);
    long bound = -charges;
    for (int asset = 0; asset < model.book.assets.size(); asset++) {
      if (model.pairs.isTouched(asset)) {
        bound = Math.addExact(bound, assetE6(asset, box, floor) - SLACK_E6);
      }
    }
    Positions positions = model.book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      if (!model.pairs.isPair(positions.instrument(row))) {
        bound = Math.addExact(bound, contractE6(account, row, box) - SLACK_E6);
      }
    }
    return bound;
  }

  private long chargesE6(int account) {
    Positions positions = model.book.positions;
    long orders = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      orders += model.orders(row, positions.instrument(row));
    }
    for (int i = 0; i < model.book.instruments.size(); i++) {
      Decimal stated = model.parameters.openOrders().get(model.book.instruments.at(i).symbol());
      if (stated != null && positions.find(account, i) == Positions.NONE) {
        orders += stated.units();
      }
    }
    return Math.multiplyExact(orders, model.parameters.orderChargeE6());
  }

  private long assetE6(int asset, FactorBox box, long floorE4) {
    long low = box.lowestPrice(asset);
    long high = box.highestPrice(asset);
    long least = Math.min(assetAtE6(asset, low, floorE4), assetAtE6(asset, high, floorE4));
    Decimal slow = model.isSlow(Level.MAINTENANCE) ? model.totals.slowPrice(asset) : null;
    if (slow != null) {
      long below = model.units(asset, slow, Rounding.FLOOR);
      long above = model.units(asset, slow, Rounding.CEILING);
      for (long kink = below; kink <= above; kink++) {
        if (kink > low && kink < high) {
          least = Math.min(least, assetAtE6(asset, kink, floorE4));
        }
      }
    }
    return least;
  }

  private long assetAtE6(int asset, long priceUnits, long floorE4) {
    long held = model.held(asset, Level.MAINTENANCE);
    if (asset == model.quote) {
      return model.quoteValueE6(held, Level.MAINTENANCE, priceUnits);
    }
    model.openSpot(asset, Level.MAINTENANCE, priceUnits, floorE4);
    model.spot.weighSide(held, model.pairs.bidsMinor(asset));
    long bids = model.spot.contributionE6();
    model.spot.weighSide(held, -model.pairs.asksMinor(asset));
    return Math.min(bids, model.spot.contributionE6());
  }

  private long contractE6(int account, int row, FactorBox box) {
    int instrument = model.book.positions.instrument(row);
    int asset = model.book.instruments.settlementAsset(instrument);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int corner = 0; corner < 4; corner++) {
      long mark = (corner & 1) == 0 ? box.lowestMark(instrument) : box.highestMark(instrument);
      long price = (corner & 2) == 0 ? box.lowestPrice(asset) : box.highestPrice(asset);
      model.openContract(account, row, Level.MAINTENANCE, mark, price);
      least = Math.min(least, model.contract.profitE6);
      most = Math.max(most, model.contract.requirementE6);
    }
    return Math.subtractExact(least, most);
  }
}
