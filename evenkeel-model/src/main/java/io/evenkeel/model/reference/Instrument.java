package io.evenkeel.model.reference;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Fixed;

/// Something that can be held long or short. One page for the whole family; a new kind adds a
/// nested record and then the compiler names every switch that must learn it.
public sealed interface Instrument {
  /// Chosen by whoever defines it, 0 to 65535.
  int instrumentId();

  /// Unique, e.g. `BTCUSDT`.
  String symbol();

  /// The asset in which profit, loss, funding and fees are paid.
  int settlementAssetId();

  /// A contract whose value is linear in its price: `quantity * contractSize * price`, in the
  /// settlement asset.
  ///
  /// @param instrumentId see [Instrument#instrumentId()]
  /// @param symbol see [Instrument#symbol()]
  /// @param kind dated future or perpetual
  /// @param settlementAssetId see [Instrument#settlementAssetId()]
  /// @param variation when profit and loss becomes cash
  /// @param contractSize whole units of the underlying per contract, 1 to 10^9
  /// @param priceScale decimal places of prices, 0 to 12
  /// @param quantityScale decimal places of quantities in contracts, -9 to 12; -3 counts thousands
  ///   of contracts
  /// @param lotSize smallest step of a quantity, in quantity units
  /// @param maximumPriceUnits marks and trades above are refused
  /// @param maximumPositionUnits the largest position of one account, either side, in quantity
  ///   units
  /// @param maximumOpenInterestUnits the largest sum of all long positions, in quantity units
  /// @param terms what it is written on
  record LinearContract(
      int instrumentId,
      String symbol,
      ContractKind kind,
      int settlementAssetId,
      Variation variation,
      long contractSize,
      int priceScale,
      int quantityScale,
      long lotSize,
      long maximumPriceUnits,
      long maximumPositionUnits,
      long maximumOpenInterestUnits,
      ContractTerms terms)
      implements Instrument {

    /// A contract that does not state what it is written on.
    public LinearContract(
        int instrumentId,
        String symbol,
        ContractKind kind,
        int settlementAssetId,
        Variation variation,
        long contractSize,
        int priceScale,
        int quantityScale,
        long lotSize,
        long maximumPriceUnits,
        long maximumPositionUnits,
        long maximumOpenInterestUnits) {
      this(
          instrumentId,
          symbol,
          kind,
          settlementAssetId,
          variation,
          contractSize,
          priceScale,
          quantityScale,
          lotSize,
          maximumPriceUnits,
          maximumPositionUnits,
          maximumOpenInterestUnits,
          ContractTerms.UNSTATED);
    }

    /// Refuses what could overflow: open interest at the maximum price must stay below 2^60 ticks.
    public LinearContract {
      Check.parameter(
          instrumentId >= 0 && instrumentId <= 65_535, "instrumentId", "must be 0 to 65535");
      Check.parameter(
          !symbol.isBlank() && symbol.length() <= 32, "symbol", "must have 1 to 32 characters");
      Check.parameter(
          contractSize >= 1 && contractSize <= 1_000_000_000L, "contractSize", "must be 1 to 10^9");
      Check.parameter(priceScale >= 0 && priceScale <= 12, "priceScale", "must be 0 to 12");
      Check.parameter(
          quantityScale >= -9 && quantityScale <= 12, "quantityScale", "must be -9 to 12");
      Check.parameter(lotSize >= 1, "lotSize", "must be at least 1 quantity unit");
      Check.parameter(maximumPriceUnits >= 1, "maximumPriceUnits", "must be positive");
      Check.parameter(
          maximumPositionUnits >= lotSize && maximumPositionUnits <= maximumOpenInterestUnits,
          "maximumPositionUnits",
          "must be at least one lot and at most maximumOpenInterestUnits");
      Check.parameter(
          Fixed.compareProducts(maximumOpenInterestUnits, maximumPriceUnits, 1L << 60, 1) < 0,
          "maximumOpenInterestUnits",
          "open interest x maximum price must stay below 2^60");
      Check.parameter(
          (kind == ContractKind.OPTION) == (terms.option() != null),
          "terms.option",
          "is there for kind OPTION and for no other");
      Check.parameter(
          kind != ContractKind.PERPETUAL || terms.expiryNs() == 0,
          "terms.expiryNs",
          "a perpetual has none");
    }

    /// Ticks per minor unit and ticks per `quantity unit x price unit`, given the scale of the
    /// settlement asset. A *tick* is the exact unit of cost and profit of this contract: no
    /// valuation of a position in ticks ever rounds.
    ///
    /// @throws io.evenkeel.model.number.InvalidParameter when open interest at the maximum price
    ///   would not fit 2^60 ticks
    public TickScale tickScale(int settlementAssetScale) {
      int exponent = settlementAssetScale - priceScale - quantityScale;
      Check.parameter(
          exponent <= 18 && exponent >= -18,
          "priceScale",
          "priceScale + quantityScale must be within 18 places of the settlement asset's scale");
      long perUnit =
          exponent >= 0 ? exactProduct(contractSize, Fixed.pow10(exponent)) : contractSize;
      long perMinor = exponent >= 0 ? 1 : Fixed.pow10(-exponent);
      Check.parameter(
          Fixed.compareProducts(maximumOpenInterestUnits * maximumPriceUnits, perUnit, 1L << 60, 1)
              < 0,
          "maximumOpenInterestUnits",
          "open interest x maximum price x contract size must stay below 2^60 ticks");
      return new TickScale(perUnit, perMinor);
    }

    private static long exactProduct(long a, long b) {
      try {
        return Math.multiplyExact(a, b);
      } catch (ArithmeticException e) {
        throw new io.evenkeel.model.number.InvalidParameter(
            "contractSize", "too large for the scale of the settlement asset");
      }
    }
  }

  /// How the exact unit of an instrument relates to quantities, prices and money.
  ///
  /// @param ticksPerUnit ticks in one quantity unit times one price unit; at least 1
  /// @param ticksPerMinor ticks in one minor unit of the settlement asset; a power of ten, 1 when
  ///   values never round
  record TickScale(long ticksPerUnit, long ticksPerMinor) {}
}
