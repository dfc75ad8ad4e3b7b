package io.evenkeel.conform;

import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Chooses scales for a contract of a case: no more decimal places than its own figures need, so
/// that they fit, and limits as high as the engine takes.
public final class ContractScale {
  private static final BigInteger MOST_TICKS =
      BigInteger.ONE.shiftLeft(60).subtract(BigInteger.ONE);
  private static final BigInteger MOST_VALUE_E6 = BigInteger.ONE.shiftLeft(55);

  private int pricePlaces;
  private int quantityPlaces;
  private BigDecimal highestPrice = BigDecimal.ONE;

  /// Makes room for a price.
  public ContractScale price(BigDecimal price) {
    pricePlaces = Math.max(pricePlaces, places(price));
    highestPrice = highestPrice.max(price);
    return this;
  }

  /// Makes room for a quantity in contracts.
  public ContractScale quantity(BigDecimal quantity) {
    quantityPlaces = Math.max(quantityPlaces, places(quantity));
    return this;
  }

  private static int places(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
  }

  /// A price in units.
  public long priceUnits(BigDecimal price) {
    return price.movePointRight(pricePlaces).longValueExact();
  }

  /// A signed quantity in units.
  public long quantityUnits(BigDecimal quantity) {
    return quantity.movePointRight(quantityPlaces).longValueExact();
  }

  /// A product of quantity and price, in whole units, as order totals state it.
  public long unitProduct(BigDecimal product) {
    return product.movePointRight(pricePlaces + quantityPlaces).longValueExact();
  }

  /// An amount of the settlement asset, in whole units, in ticks.
  public long ticks(BigDecimal amount, int settlementScale) {
    int places = Math.max(settlementScale, pricePlaces + quantityPlaces);
    return amount.movePointRight(places).longValueExact();
  }

  /// A perpetual with these scales.
  public LinearContract contract(int id, String symbol, Asset settlement, long contractSize) {
    BigInteger mostPrice = BigInteger.valueOf(2 * priceUnits(highestPrice));
    int finer = Math.max(0, settlement.scale() - pricePlaces - quantityPlaces);
    BigInteger perUnit = BigInteger.valueOf(contractSize);
    BigInteger ticks = perUnit.multiply(BigInteger.TEN.pow(finer));
    BigInteger byTicks = MOST_TICKS.divide(mostPrice).divide(ticks);
    BigDecimal unit =
        new BigDecimal(mostPrice.multiply(perUnit))
            .multiply(BigDecimal.valueOf(settlement.maximumPriceUnits(), settlement.priceScale()));
    BigDecimal valueE6 = unit.movePointLeft(pricePlaces + quantityPlaces).movePointRight(6);
    BigInteger byValue =
        new BigDecimal(MOST_VALUE_E6).divideToIntegralValue(valueE6).toBigInteger();
    long most = byTicks.min(byValue).min(BigInteger.ONE.shiftLeft(61)).longValueExact();
    return new LinearContract(
        id,
        symbol,
        ContractKind.PERPETUAL,
        settlement.assetId(),
        Variation.UNREALISED_UNTIL_CLOSED,
        contractSize,
        pricePlaces,
        quantityPlaces,
        1,
        mostPrice.longValueExact(),
        most,
        most);
  }
}
