package io.evenkeel.lab.tape;

/// One symbol of a source of ticks, with what must be known of its prices before the first tick:
/// reference data is made from it.
///
/// @param symbol e.g. `BTCUSDT`; unique within a source
/// @param priceScale decimal places of its prices, 0 to 8
/// @param firstPriceUnits its first price
/// @param lowestPriceUnits no price of the source is below
/// @param highestPriceUnits no price of the source is above
public record QuotedSymbol(
    String symbol,
    int priceScale,
    long firstPriceUnits,
    long lowestPriceUnits,
    long highestPriceUnits) {
  /// Most decimal places of a price.
  public static final int MAXIMUM_PRICE_SCALE = 8;

  /// Refuses what no source may state.
  ///
  /// @throws IllegalArgumentException when the scale is out of range or the prices are out of order
  public QuotedSymbol {
    if (symbol.isBlank() || priceScale < 0 || priceScale > MAXIMUM_PRICE_SCALE) {
      throw new IllegalArgumentException(
          "a quoted symbol needs a name and 0 to 8 decimals, not '" + symbol + "', " + priceScale);
    }
    if (lowestPriceUnits <= 0
        || lowestPriceUnits > firstPriceUnits
        || firstPriceUnits > highestPriceUnits) {
      throw new IllegalArgumentException(
          symbol + ": prices must be positive with lowest <= first <= highest");
    }
  }
}
