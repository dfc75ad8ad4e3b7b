package io.evenkeel.audit;

import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigInteger;
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
  @Nullable Decimal fundingIncrement;
  @Nullable Decimal openInterest;
  BigInteger statedOpenInterest = BigInteger.ZERO;
  @Nullable Long openInterestStatedAtNs;
  @Nullable Moves moves;
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
            contract.maximumPriceUnits(),
            null);
  }

  /// The instrument, or null when values at its limits could not be represented.
  static @Nullable AuditInstrument of(int index, LinearContract contract, AuditAsset settlement) {
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

  boolean paysVariationInCash() {
    return contract.variation() == Variation.CASH_AT_EACH_MARK;
  }

  /// Ticks of so many quantity units at a price; exact.
  BigInteger ticks(BigInteger units, BigInteger price) {
    return units.multiply(price).multiply(ticksPerUnit);
  }

  /// `ceil(n * tpu / tpm)`: minor units that `n` quantity-price units are worth.
  BigInteger minorUp(BigInteger quantityPriceUnits) {
    return Exact.ceilDiv(quantityPriceUnits.multiply(ticksPerUnit), ticksPerMinor);
  }

  /// `N(n)`: notional of `n` quantity-price units, E6.
  BigInteger notional(BigInteger quantityPriceUnits) {
    return settlement.valueUp(minorUp(quantityPriceUnits));
  }

  /// Unrealised profit of a row in minor units, towards minus infinity.
  BigInteger profit(Row row) {
    return Exact.floorDiv(ticks(row.quantity(), markNow()).subtract(row.cost()), ticksPerMinor);
  }
}
