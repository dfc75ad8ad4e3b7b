package io.evenkeel.audit;

import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One instrument with its mark and what its closed positions left.
final class AuditInstrument {
  final int index;
  final LinearContract contract;
  final AuditAsset settlement;
  final PriceState mark;
  final BigInteger ticksPerUnit;
  final BigInteger ticksPerMinor;
  TradingPhase phase = TradingPhase.CONTINUOUS;
  boolean settled;
  BigInteger statedOpenInterest = BigInteger.ZERO;
  @Nullable Long openInterestStatedAtNs;
  @Nullable Moves moves;

  /// Factors as last published, without those of single expiries.
  final Map<FactorKind, Decimal> factors = new EnumMap<>(FactorKind.class);

  /// The price at which a request looks at risk, or null for the mark.
  @Nullable BigInteger observed;

  BigInteger clearing = BigInteger.ZERO;
  BigInteger fund = BigInteger.ZERO;
  BigInteger residueTicks = BigInteger.ZERO;

  /// What was closed by slices, by the instant.
  final TreeMap<Long, BigInteger> closedSlices = new TreeMap<>();

  private AuditInstrument(
      int index,
      LinearContract contract,
      AuditAsset settlement,
      BigInteger ticksPerUnit,
      BigInteger ticksPerMinor) {
    this.index = index;
    this.contract = contract;
    this.settlement = settlement;
    this.ticksPerUnit = ticksPerUnit;
    this.ticksPerMinor = ticksPerMinor;
    this.mark =
        new PriceState(
            MarkBatch.Target.INSTRUMENT,
            contract.instrumentId(),
            contract.minimumPriceUnits(),
            contract.maximumPriceUnits(),
            null);
  }

  /// The instrument, or null when values at its limits could not be represented.
  static @Nullable AuditInstrument of(int index, LinearContract contract, AuditAsset settlement) {
    if (isInverseFuture(contract)) {
      return inverse(index, contract, settlement);
    }
    int exponent = settlement.definition.scale() - contract.priceScale() - contract.quantityScale();
    if (exponent > 18 || exponent < -18) {
      return null;
    }
    BigInteger size = Exact.of(contract.contractSize());
    BigInteger perUnit = exponent >= 0 ? size.multiply(BigInteger.TEN.pow(exponent)) : size;
    BigInteger perMinor = exponent >= 0 ? BigInteger.ONE : BigInteger.TEN.pow(-exponent);
    BigInteger mostTicks =
        Exact.of(contract.maximumOpenInterestUnits())
            .multiply(Exact.of(contract.maximumPriceUnits()))
            .multiply(perUnit);
    BigInteger mostValue = settlement.valueUpAtMaximum(Exact.ceilDiv(mostTicks, perMinor));
    boolean representable =
        perUnit.bitLength() <= 63
            && mostTicks.compareTo(BigInteger.TWO.pow(60)) < 0
            && mostValue.compareTo(BigInteger.TWO.pow(56)) <= 0;
    return representable
        ? new AuditInstrument(index, contract, settlement, perUnit, perMinor)
        : null;
  }

  /// An inverse future: as many decimal places of a minor unit as its open interest leaves room
  /// for.
  private static @Nullable AuditInstrument inverse(
      int index, LinearContract contract, AuditAsset settlement) {
    int places = settlement.definition.scale() + contract.priceScale() - contract.quantityScale();
    for (int digits = 9; digits >= 0; digits--) {
      BigDecimal face =
          BigDecimal.valueOf(contract.contractSize()).scaleByPowerOfTen(places + digits);
      boolean whole = places + digits >= 0 && places + digits <= 18;
      if (!whole || face.compareTo(new BigDecimal(BigInteger.TWO.pow(62))) >= 0) {
        continue;
      }
      AuditInstrument found =
          new AuditInstrument(
              index, contract, settlement, face.toBigIntegerExact(), BigInteger.TEN.pow(digits));
      BigInteger most = found.mostTicks(Exact.of(contract.maximumOpenInterestUnits()));
      if (most.compareTo(BigInteger.TWO.pow(60)) < 0) {
        BigInteger value = settlement.valueUpAtMaximum(Exact.ceilDiv(most, found.ticksPerMinor));
        return value.compareTo(BigInteger.TWO.pow(56)) <= 0 ? found : null;
      }
    }
    return null;
  }

  private static boolean isInverseFuture(LinearContract contract) {
    return contract.terms().inverse() && contract.terms().option() == null;
  }

  boolean isInverseFuture() {
    return isInverseFuture(contract);
  }

  boolean allows(long price) {
    return price >= contract.minimumPriceUnits() && price <= contract.maximumPriceUnits();
  }

  int id() {
    return contract.instrumentId();
  }

  boolean isMarked() {
    return mark.last != null;
  }

  /// The mark; 0 before the first one, which only imported positions can meet.
  BigInteger markNow() {
    return mark.last == null ? BigInteger.ZERO : mark.last;
  }

  /// The price at which risk is looked at.
  BigInteger observedPrice() {
    BigInteger other = observed;
    return other == null ? markNow() : other;
  }

  boolean paysVariationInCash() {
    return contract.variation() == Variation.CASH_AT_EACH_MARK;
  }

  /// `w(p)`: what a quantity unit is worth at a price, in ticks.
  BigInteger worth(BigInteger price) {
    if (!isInverseFuture()) {
      return price.multiply(ticksPerUnit);
    }
    return price.signum() == 0
        ? BigInteger.ZERO
        : new BigDecimal(ticksPerUnit)
            .divide(new BigDecimal(price), 0, RoundingMode.HALF_UP)
            .toBigIntegerExact()
            .negate();
  }

  /// Ticks of so many quantity units at a price; exact.
  BigInteger ticks(BigInteger units, BigInteger price) {
    return units.multiply(worth(price));
  }

  /// Ticks of so many quantity units at the mark, whichever side holds them.
  BigInteger sizeTicks(BigInteger units) {
    return ticks(units, markNow()).abs();
  }

  /// Ticks of a total of open orders, without sign.
  BigInteger orderTicks(BigInteger notional) {
    return isInverseFuture() ? notional : notional.multiply(ticksPerUnit);
  }

  /// The most that so many quantity units can be worth, without sign.
  BigInteger mostTicks(BigInteger units) {
    BigInteger dearest =
        Exact.of(isInverseFuture() ? contract.minimumPriceUnits() : contract.maximumPriceUnits());
    return ticks(units, dearest).abs();
  }

  /// `ceil(t / tpm)`: minor units in so many ticks.
  BigInteger minorUp(BigInteger ticks) {
    return Exact.ceilDiv(ticks, ticksPerMinor);
  }

  /// `N(t)`: notional of so many ticks, E6.
  BigInteger notional(BigInteger ticks) {
    return settlement.valueUp(minorUp(ticks));
  }

  /// Unrealised profit of a row in minor units, towards minus infinity.
  BigInteger profit(Row row) {
    return Exact.floorDiv(ticks(row.quantity(), markNow()).subtract(row.cost()), ticksPerMinor);
  }
}
