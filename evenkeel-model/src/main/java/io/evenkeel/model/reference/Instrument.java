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
  /// settlement asset; or an inverse future, linear in minus one over its price: `-quantity *
  /// contractSize / price`, in coin. What one quantity unit is worth at a price is
  /// [TickScale#worthTicks(long)], and only that may be multiplied by quantities.
  ///
  /// @param instrumentId see [Instrument#instrumentId()]
  /// @param symbol see [Instrument#symbol()]
  /// @param kind dated future or perpetual
  /// @param settlementAssetId see [Instrument#settlementAssetId()]
  /// @param variation when profit and loss becomes cash
  /// @param contractSize whole units of the underlying per contract, 1 to 10^9; of an inverse
  ///   future whole units of the numeraire, its face value
  /// @param priceScale decimal places of prices, 0 to 12
  /// @param quantityScale decimal places of quantities in contracts, -9 to 12; -3 counts thousands
  ///   of contracts
  /// @param lotSize smallest step of a quantity, in quantity units
  /// @param minimumPriceUnits marks and trades below are refused, at least 1. What an inverse
  ///   future is worth in coin grows without bound as its price falls, so the lower this is, the
  ///   less open interest it may have
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
      long minimumPriceUnits,
      long maximumPriceUnits,
      long maximumPositionUnits,
      long maximumOpenInterestUnits,
      ContractTerms terms)
      implements Instrument {
    /// How many times the lowest price of an inverse future its highest is, where the lowest is not
    /// stated.
    private static final int INVERSE_PRICE_RANGE = 100;

    /// Most decimal places of a minor unit that a tick of an inverse future has.
    private static final int FINEST_INVERSE_TICK = 9;

    /// A contract with any price up to the highest; an inverse future, down to a hundredth of that.
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
        long maximumOpenInterestUnits,
        ContractTerms terms) {
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
          minimumPrice(kind, maximumPriceUnits, terms),
          maximumPriceUnits,
          maximumPositionUnits,
          maximumOpenInterestUnits,
          terms);
    }

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
          minimumPriceUnits >= 1 && minimumPriceUnits <= maximumPriceUnits,
          "minimumPriceUnits",
          "must be at least 1 and at most maximumPriceUnits");
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
          !isInverseFuture(kind, terms) || terms.underlyingAssetId() == settlementAssetId,
          "terms.inverse",
          "an inverse future settles in its underlying");
      Check.parameter(
          kind != ContractKind.PERPETUAL || terms.expiryNs() == 0,
          "terms.expiryNs",
          "a perpetual has none");
    }

    /// Whether it is quoted in the numeraire and pays in coin: `1/entry - 1/exit` per unit of face
    /// value. An option that pays in coin is quoted in coin, and linear in that quote.
    public boolean isInverseFuture() {
      return isInverseFuture(kind, terms);
    }

    private static boolean isInverseFuture(ContractKind kind, ContractTerms terms) {
      return terms.inverse() && kind != ContractKind.OPTION;
    }

    /// The lowest price of a contract that does not state one.
    private static long minimumPrice(
        ContractKind kind, long maximumPriceUnits, ContractTerms terms) {
      return isInverseFuture(kind, terms)
          ? Math.max(1, Math.ceilDiv(maximumPriceUnits, INVERSE_PRICE_RANGE))
          : 1;
    }

    /// This contract without the lowest price it states.
    public LinearContract withUsualPrices() {
      return new LinearContract(
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
          terms);
    }

    /// Whether a mark or a trade may have a price.
    public boolean allowsPrice(long priceUnits) {
      return priceUnits >= minimumPriceUnits() && priceUnits <= maximumPriceUnits;
    }

    /// The price at which a unit is worth most, of either sign.
    public long dearestPriceUnits() {
      return isInverseFuture() ? minimumPriceUnits() : maximumPriceUnits;
    }

    /// What ticks of this contract are, given the scale of the settlement asset. A *tick* is the
    /// exact unit of cost and profit: no valuation of a position in ticks ever rounds. A tick of an
    /// inverse future is the smallest decimal part of a minor unit, down to 10^-9, in which its
    /// open interest can still be counted.
    ///
    /// @throws io.evenkeel.model.number.InvalidParameter when open interest at the dearest price
    ///   would not fit 2^60 ticks
    public TickScale tickScale(int settlementAssetScale) {
      return isInverseFuture()
          ? inverseTickScale(settlementAssetScale)
          : linearTickScale(settlementAssetScale);
    }

    private TickScale linearTickScale(int settlementAssetScale) {
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
      return new TickScale(perUnit, perMinor, false);
    }

    private TickScale inverseTickScale(int settlementAssetScale) {
      int coarsest = settlementAssetScale + priceScale - quantityScale;
      for (int digits = FINEST_INVERSE_TICK; digits >= Math.max(0, -coarsest); digits--) {
        int exponent = coarsest + digits;
        if (exponent <= 18
            && Fixed.compareProducts(contractSize, Fixed.pow10(exponent), 1L << 62, 1) < 0) {
          TickScale scale =
              new TickScale(contractSize * Fixed.pow10(exponent), Fixed.pow10(digits), true);
          long dearest = -scale.worthTicks(minimumPriceUnits());
          if (Fixed.compareProducts(maximumOpenInterestUnits, dearest, 1L << 60, 1) < 0) {
            return scale;
          }
        }
      }
      throw new io.evenkeel.model.number.InvalidParameter(
          "maximumOpenInterestUnits",
          "open interest x contract size / lowest price must stay below 2^60 ticks of an inverse"
              + " future");
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
  /// @param ticksPerUnit ticks in one quantity unit times one price unit, at least 1; of an inverse
  ///   future ticks in one quantity unit at a price of one price unit
  /// @param ticksPerMinor ticks in one minor unit of the settlement asset; a power of ten, 1 when
  ///   values never round
  /// @param inverse whether worth falls, in size, as the price rises
  record TickScale(long ticksPerUnit, long ticksPerMinor, boolean inverse) {
    /// What one quantity unit is worth at a price, in ticks: `price * ticksPerUnit`. Of an inverse
    /// future `-round(ticksPerUnit / price)`, nearest, halves up in size: whoever holds it owes
    /// coin, and less of it the higher the price. So worth rises with the price either way, and
    /// profit is `quantity * (worth now - worth at entry)`.
    ///
    /// @param priceUnits 0 is worth 0: there is no price yet
    public long worthTicks(long priceUnits) {
      if (!inverse) {
        return priceUnits * ticksPerUnit;
      }
      return priceUnits == 0 ? 0 : -((ticksPerUnit + priceUnits / 2) / priceUnits);
    }

    /// Decimal places in which a whole unit of the settlement asset is counted in ticks.
    public int decimalPlaces(int settlementAssetScale) {
      int places = settlementAssetScale;
      for (long left = ticksPerMinor; left > 1; left /= 10) {
        places++;
      }
      return places;
    }

    /// Ticks of an order total: of a sum of price times quantity, or for an inverse future the
    /// ticks themselves with the sign of its worth.
    public long orderTicks(long notional) {
      return inverse ? -notional : notional * ticksPerUnit;
    }
  }
}
