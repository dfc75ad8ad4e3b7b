package io.evenkeel.conform.vega;

import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import java.math.BigInteger;

/// How a market's figures are written in the engine's. Prices come in minor units of the settlement
/// asset; a price unit is the largest power of ten of those that all prices of a case share, where
/// single minor units would not fit.
///
/// @param places zeros that every price of the case ends in and that a price unit stands for
/// @param quantityScale decimal places of sizes in contracts
record VegaScale(int places, int quantityScale) {
  /// Decimal places of the settlement asset in the engine.
  static final int ASSET_SCALE = 6;

  /// Most of the settlement asset that can be in one engine.
  static final long MOST_MINOR = 1L << 56;

  private static final int MOST_PLACES = 15;

  /// The finest scale in which `sizes` contracts at the highest price fit.
  ///
  /// @param highestPrice above 0
  /// @param zeros zeros that every price ends in
  static VegaScale fitting(BigInteger highestPrice, BigInteger sizes, int zeros, int pdp) {
    for (int places = 0; places <= Math.min(zeros, MOST_PLACES); places++) {
      VegaScale scale = new VegaScale(places, pdp);
      if (scale.fits(highestPrice, sizes)) {
        return scale;
      }
    }
    throw new UnsupportedCase(
        sizes + " size units at a price of " + highestPrice + " are beyond the engine's limits");
  }

  private boolean fits(BigInteger highestPrice, BigInteger sizes) {
    if (quantityScale < -9 || quantityScale > 12) {
      return false;
    }
    BigInteger units = highestPrice.divide(BigInteger.TEN.pow(places)).multiply(sizes);
    BigInteger ticks = units.multiply(BigInteger.TEN.pow(Math.max(0, places - quantityScale)));
    BigInteger minor =
        highestPrice
            .multiply(sizes)
            .multiply(BigInteger.TEN.pow(Math.max(0, -quantityScale)))
            .divide(BigInteger.TEN.pow(Math.max(0, quantityScale)));
    return ticks.max(units).bitLength() < 60 && minor.compareTo(BigInteger.valueOf(MOST_MINOR)) < 0;
  }

  /// Decimal places of prices in the engine.
  int priceScale() {
    return Math.max(0, ASSET_SCALE - places);
  }

  private long contractSize() {
    return Fixed.pow10(Math.max(0, places - ASSET_SCALE));
  }

  /// The contract.
  LinearContract contract(
      int id, String symbol, int asset, ContractKind kind, long mostPriceUnits, long mostUnits) {
    return new LinearContract(
        id,
        symbol,
        kind,
        asset,
        Variation.CASH_AND_TRADES_AT_EACH_MARK,
        contractSize(),
        priceScale(),
        quantityScale,
        1,
        mostPriceUnits,
        mostUnits,
        mostUnits);
  }

  /// A price, or a sum of prices times sizes, in price units.
  long units(BigInteger price) {
    BigInteger[] parts = price.divideAndRemainder(BigInteger.TEN.pow(places));
    if (parts[1].signum() != 0) {
      throw new UnsupportedCase(price + " is between two price units");
    }
    return parts[0].longValueExact();
  }

  /// A price in the contract's own price, as factors and parameters state it.
  Decimal price(BigInteger price) {
    return new Decimal(units(price), priceScale());
  }
}
