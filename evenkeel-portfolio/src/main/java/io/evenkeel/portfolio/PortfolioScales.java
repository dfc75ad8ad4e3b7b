package io.evenkeel.portfolio;

import io.evenkeel.engine.LiquidationSearch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.InstrumentEntry;
import io.evenkeel.portfolio.PortfolioDocument.OptionEntry;
import io.evenkeel.portfolio.PortfolioDocument.OrderEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Chooses the engine's scales and limits for a document's assets and instruments: as many decimal
/// places as the document writes, limits as high as those leave room for, and prices free to move
/// as far as the search for liquidation prices follows them.
final class PortfolioScales {
  private static final int MOST_PLACES = 12;
  private static final int FEWEST_VALUE_PLACES = 6;

  /// How many times its lowest price the mark of an inverse future is where a search follows it.
  private static final long INVERSE_ROOM = 100;

  /// Leaves room for a tick of rounding in the worth of a unit.
  private static final BigDecimal INVERSE_MARGIN = new BigDecimal("0.999");

  private static final BigInteger MOST_TICKS = BigInteger.TWO.pow(60).subtract(BigInteger.ONE);
  private static final BigInteger MOST_VALUE = BigInteger.valueOf(Asset.MAXIMUM_VALUE_E6);

  /// Prices may go to so many times the present one where a search follows them.
  static final long ROOM_FOR_SEARCH = LiquidationSearch.FARTHEST_UP + 5L;

  /// Prices may go to so many times the present one where nobody moves them; the less room, the
  /// larger the positions that fit.
  static final long ROOM_TO_STAND = 2;

  private PortfolioScales() {}

  static Asset asset(int id, String symbol, AssetEntry entry, long room) {
    int priceScale =
        Math.max(entry.price().scale(), Math.max(2, FEWEST_VALUE_PLACES - entry.decimals()));
    if (priceScale > MOST_PLACES) {
      throw new InvalidParameter(
          "assets." + symbol + ".price", "must have at most " + MOST_PLACES + " decimal places");
    }
    long price = units(entry.price(), priceScale, "assets." + symbol + ".price");
    long highest = product(price, room, "assets." + symbol + ".price");
    BigInteger supply =
        MOST_VALUE
            .multiply(BigInteger.TEN.pow(entry.decimals() + priceScale - FEWEST_VALUE_PLACES))
            .divide(BigInteger.valueOf(highest));
    return new Asset(
        id,
        symbol,
        entry.decimals(),
        supply.min(BigInteger.ONE.shiftLeft(62)).max(BigInteger.ONE).longValueExact(),
        priceScale,
        price,
        highest);
  }

  static LinearContract contract(
      int id,
      String symbol,
      InstrumentEntry entry,
      Asset settlement,
      PortfolioDocument document,
      long room) {
    PositionEntry position = document.account().positions().get(symbol);
    OrderEntry orders = document.account().orders().get(symbol);
    int priceScale = priceScale(entry, position, orders);
    int quantityScale = quantityScale(position, orders);
    long highest = highestPrice(symbol, entry, position, priceScale, document, room);
    if (entry.inverse() && entry.option() == null) {
      long lowest = lowestPrice(symbol, entry, position, priceScale);
      long most =
          mostInverse(symbol, entry, settlement, priceScale - quantityScale, lowest, highest);
      return build(
          id,
          symbol,
          entry,
          settlement,
          document,
          priceScale,
          quantityScale,
          lowest,
          highest,
          most);
    }
    LinearContract sketch =
        build(id, symbol, entry, settlement, document, priceScale, quantityScale, 1, highest, 1);
    TickScale ticks = sketch.tickScale(settlement.scale());
    BigInteger perUnit =
        BigInteger.valueOf(highest).multiply(BigInteger.valueOf(ticks.ticksPerUnit()));
    BigInteger byTicks = MOST_TICKS.divide(perUnit);
    BigInteger byValue =
        MOST_VALUE
            .multiply(BigInteger.valueOf(settlement.valueDivisor()))
            .multiply(BigInteger.valueOf(ticks.ticksPerMinor()))
            .divide(perUnit.multiply(BigInteger.valueOf(settlement.maximumPriceUnits())))
            .subtract(BigInteger.ONE);
    long most = byTicks.min(byValue).longValueExact();
    if (most < 1) {
      throw new InvalidParameter(
          "instruments." + symbol, "is worth too much; write prices with fewer decimal places");
    }
    return build(
        id, symbol, entry, settlement, document, priceScale, quantityScale, 1, highest, most);
  }

  /// How far down a price is followed; a long of that is worth as many times more coin.
  private static long lowestPrice(
      String symbol, InstrumentEntry entry, @Nullable PositionEntry position, int priceScale) {
    String path = "instruments." + symbol + ".mark";
    long lowest = units(entry.mark(), priceScale, path) / INVERSE_ROOM;
    if (position != null) {
      lowest = Math.min(lowest, units(position.entry(), priceScale, path));
    }
    return Math.max(1, lowest);
  }

  /// The most of an inverse future that can be counted, and its value, at its lowest price.
  ///
  /// @param places decimal places of prices less those of quantities
  private static long mostInverse(
      String symbol,
      InstrumentEntry entry,
      Asset settlement,
      int places,
      long lowest,
      long highest) {
    BigDecimal minorPerUnit =
        BigDecimal.valueOf(entry.contractSize())
            .scaleByPowerOfTen(places + settlement.scale())
            .divide(BigDecimal.valueOf(lowest), MathContext.DECIMAL64);
    BigDecimal most = new BigDecimal(MOST_TICKS).divide(minorPerUnit, MathContext.DECIMAL64);
    BigDecimal byValue =
        new BigDecimal(MOST_VALUE.multiply(BigInteger.valueOf(settlement.valueDivisor())))
            .divide(BigDecimal.valueOf(settlement.maximumPriceUnits()), MathContext.DECIMAL64)
            .divide(minorPerUnit, MathContext.DECIMAL64);
    BigInteger units =
        most.min(byValue)
            .multiply(INVERSE_MARGIN)
            .toBigInteger()
            .min(MOST_TICKS.divide(BigInteger.valueOf(highest)));
    if (units.signum() <= 0) {
      throw new InvalidParameter(
          "instruments." + symbol, "is worth too much; write prices with fewer decimal places");
    }
    return units.longValueExact();
  }

  @SuppressWarnings("TooManyParameters") // one per figure of the contract
  private static LinearContract build(
      int id,
      String symbol,
      InstrumentEntry entry,
      Asset settlement,
      PortfolioDocument document,
      int priceScale,
      int quantityScale,
      long lowest,
      long highest,
      long mostUnits) {
    return new LinearContract(
        id,
        symbol,
        switch (entry.kind()) {
          case PERPETUAL -> ContractKind.PERPETUAL;
          case FUTURE -> ContractKind.DATED_FUTURE;
          case OPTION -> ContractKind.OPTION;
        },
        settlement.assetId(),
        Variation.UNREALISED_UNTIL_CLOSED,
        entry.contractSize(),
        priceScale,
        quantityScale,
        1,
        lowest,
        highest,
        mostUnits,
        mostUnits,
        terms(entry, document));
  }

  private static ContractTerms terms(InstrumentEntry entry, PortfolioDocument document) {
    if (entry.underlying() == null) {
      return ContractTerms.UNSTATED;
    }
    OptionEntry option = entry.option();
    return new ContractTerms(
        assetId(document, entry.underlying()),
        entry.expiryNs(),
        entry.inverse(),
        option == null ? null : new OptionTerms(option.right(), option.strike()));
  }

  /// Identifiers of a document's assets are their places in it.
  static int assetId(PortfolioDocument document, String symbol) {
    int id = 0;
    for (String each : document.assets().keySet()) {
      if (each.equals(symbol)) {
        return id;
      }
      id++;
    }
    throw new IllegalArgumentException("no asset " + symbol);
  }

  private static int priceScale(
      InstrumentEntry entry, @Nullable PositionEntry position, @Nullable OrderEntry orders) {
    int scale = Math.max(2, entry.mark().scale());
    if (position != null) {
      scale = Math.max(scale, position.entry().scale());
    }
    if (orders != null) {
      scale = Math.max(scale, Math.max(orders.buyPrice().scale(), orders.sellPrice().scale()));
    }
    return Math.min(scale, MOST_PLACES);
  }

  private static int quantityScale(@Nullable PositionEntry position, @Nullable OrderEntry orders) {
    int scale = 0;
    if (position != null) {
      scale = position.quantity().scale();
    }
    if (orders != null) {
      scale = Math.max(scale, Math.max(orders.buy().scale(), orders.sell().scale()));
    }
    return Math.min(scale, MOST_PLACES);
  }

  /// An option's premium can rise to what its underlying is worth, or to one coin where it pays in
  /// coin; other prices have room for the search.
  private static long highestPrice(
      String symbol,
      InstrumentEntry entry,
      @Nullable PositionEntry position,
      int priceScale,
      PortfolioDocument document,
      long room) {
    String path = "instruments." + symbol + ".mark";
    long highest = product(units(entry.mark(), priceScale, path), room, path);
    if (position != null) {
      highest = Math.max(highest, units(position.entry(), priceScale, path));
    }
    OptionEntry option = entry.option();
    if (option != null) {
      AssetEntry underlying = document.assets().get(entry.underlying());
      Decimal most =
          entry.inverse() || underlying == null
              ? Decimal.ONE
              : underlying.price().compareTo(option.strike()) > 0
                  ? underlying.price()
                  : option.strike();
      highest = Math.max(highest, units(most, priceScale, path));
    }
    return highest;
  }

  /// @throws InvalidParameter when the product does not fit
  static long product(long one, long other, String path) {
    try {
      return Math.multiplyExact(one, other);
    } catch (ArithmeticException e) {
      throw new InvalidParameter(path, "is too large, or written with too many decimal places");
    }
  }

  /// A number in units of `10^-scale`, rounded to the nearest where it has more places.
  ///
  /// @throws InvalidParameter when it does not fit
  static long units(Decimal value, int scale, String path) {
    BigDecimal exact = BigDecimal.valueOf(value.units(), value.scale());
    BigInteger units =
        exact.movePointRight(scale).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    if (units.bitLength() > 62) {
      throw new InvalidParameter(path, "is too large");
    }
    return units.longValueExact();
  }

  /// A number in units of `10^-scale`, exactly.
  ///
  /// @throws InvalidParameter when it has more places or does not fit
  static long exactUnits(Decimal value, int scale, String path) {
    if (value.scale() > scale) {
      throw new InvalidParameter(path, "must have at most " + scale + " decimal places");
    }
    try {
      return Math.multiplyExact(value.units(), Fixed.pow10(scale - value.scale()));
    } catch (ArithmeticException | ArrayIndexOutOfBoundsException e) {
      throw new InvalidParameter(path, "is too large");
    }
  }
}
