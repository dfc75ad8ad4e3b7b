package io.evenkeel.conform.dydx;

import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.OpenInterestRates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One perpetual of a case in the words of the engine. Base quantums are quantity units and price
/// integers price units, with as many decimal places as the case gives them; places that nothing in
/// the case uses are left out, so that more fits.
final class DydxMarket {
  private static final int QUOTE_PLACES = 6;
  private static final int MONEY_INDEX_PLACES = 12;
  private static final int FEWEST_PLACES = -9;

  final int instrumentId;
  final long priceUnits;
  final LinearContract contract;
  final OpenInterestRates.Tier tier;
  final Decimal openInterest;
  final long index;

  private final int resolution;
  private final long quantumsPerUnit;

  /// @param perpetual the perpetual as the case has it
  /// @param quantums all quantities of it in the case, base quantums
  /// @param fill price of a fill of the case, quote in coins of it; 0 where there is none
  /// @param times how many times the price of the case a trade may cost, as far as that fits
  DydxMarket(
      int instrumentId,
      String symbol,
      JsonNode perpetual,
      List<Long> quantums,
      BigDecimal fill,
      int times) {
    this.instrumentId = instrumentId;
    resolution = (int) number(perpetual, "res");
    int exponent = (int) number(perpetual, "exponent");
    long price = Math.multiplyExact(number(perpetual, "price"), power(exponent));
    int priceScale = Math.max(0, -exponent);
    while (priceScale > Math.max(0, fill.scale()) && price % 10 == 0) {
      price /= 10;
      priceScale--;
    }
    while (priceScale < fill.scale()) {
      price = Math.multiplyExact(price, 10);
      priceScale++;
    }
    priceUnits = price;
    int quantityScale = -resolution;
    long perUnit = 1;
    while (quantityScale > FEWEST_PLACES
        && allMultiples(quantums, Math.multiplyExact(perUnit, 10))) {
      perUnit *= 10;
      quantityScale--;
    }
    quantumsPerUnit = perUnit;
    long most = 1;
    for (long each : quantums) {
      most = Math.addExact(most, Math.absExact(each) / perUnit);
    }
    contract = contract(instrumentId, symbol, priceScale, quantityScale, most, times);
    tier =
        new OpenInterestRates.Tier(
            List.of(symbol),
            ppm(perpetual, "imf"),
            ppm(perpetual, "mf"),
            number(perpetual, "lower"),
            number(perpetual, "upper"),
            Decimal.ZERO,
            QuietRulebook.MARKET.dailyMove(),
            QuietRulebook.MARKET.depthE6());
    openInterest = scaled(number(perpetual, "oi"), -resolution);
    index = number(perpetual, "index");
  }

  private static boolean allMultiples(List<Long> quantums, long of) {
    boolean any = false;
    for (long each : quantums) {
      any |= each != 0;
      if (each % of != 0) {
        return false;
      }
    }
    return any;
  }

  private LinearContract contract(
      int id, String symbol, int priceScale, int quantityScale, long most, int times) {
    try {
      return new LinearContract(
          id,
          symbol,
          ContractKind.PERPETUAL,
          DydxVenue.USDC,
          Variation.UNREALISED_UNTIL_CLOSED,
          1,
          priceScale,
          quantityScale,
          1,
          highestPriceUnits(most, times),
          most,
          most);
    } catch (InvalidParameter e) {
      throw new UnsupportedCase("the contract does not fit: " + e.getMessage());
    }
  }

  private long highestPriceUnits(long most, int times) {
    long price = Math.max(1, priceUnits);
    for (long fitting = times; fitting > 1; fitting--) {
      if (Fixed.compareProducts(most, price, (1L << 60) / fitting, 1) < 0) {
        return price * fitting;
      }
    }
    return price;
  }

  /// Quantity units of base quantums.
  long units(long quantums) {
    return quantums / quantumsPerUnit;
  }

  /// Base quantums of quantity units.
  long quantums(long units) {
    return units * quantumsPerUnit;
  }

  /// Ticks of quote quantums.
  long ticks(long quoteQuantums) {
    int places = contract.priceScale() + contract.quantityScale() - QUOTE_PLACES;
    return Math.multiplyExact(quoteQuantums, power(Math.max(0, places)));
  }

  /// Price units of the price at which a case fills.
  long fillUnits(JsonNode given) {
    return fill(given, resolution).setScale(contract.priceScale()).unscaledValue().longValueExact();
  }

  /// The price at which a case fills, quote in coins; 0 where it does not.
  static BigDecimal fill(JsonNode given, int resolution) {
    return BigDecimal.valueOf(number(given, "subticks"))
        .scaleByPowerOfTen(
            (int) number(given, "quantum_conversion_exponent") - QUOTE_PLACES - resolution)
        .stripTrailingZeros();
  }

  /// What a price of one price unit is in quote quantums for a base quantum, over [#priceParts].
  BigInteger quoteQuantums() {
    return BigInteger.TEN.pow(
        QUOTE_PLACES + Math.max(0, -contract.priceScale() - contract.quantityScale()));
  }

  /// See [#quoteQuantums].
  BigInteger priceParts() {
    return BigInteger.TEN
        .pow(Math.max(0, contract.priceScale() + contract.quantityScale()))
        .multiply(BigInteger.valueOf(quantumsPerUnit));
  }

  /// What one whole contract is due when its index has risen by that much.
  Decimal increment(long indexChange) {
    return scaled(indexChange, MONEY_INDEX_PLACES + resolution);
  }

  /// `units * 10^-places`.
  private static Decimal scaled(long units, int places) {
    return new Decimal(Math.multiplyExact(units, power(Math.max(0, -places))), Math.max(0, places));
  }

  private static long power(int exponent) {
    return exponent <= 0 ? 1 : Fixed.pow10(exponent);
  }

  private static Decimal ppm(JsonNode parent, String name) {
    return new Decimal(number(parent, name), 6);
  }

  /// A whole number; 0 when it is not there.
  static long number(JsonNode parent, String name) {
    BigInteger value = new BigInteger(parent.path(name).asString("0"));
    if (value.bitLength() > 63) {
      throw new UnsupportedCase(name + " is " + value + ", beyond 63 bits");
    }
    return value.longValueExact();
  }
}
