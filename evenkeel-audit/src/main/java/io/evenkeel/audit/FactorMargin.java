package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.FactorRates.FullyCollateralised;
import io.evenkeel.model.rulebook.FactorRates.RiskFactors;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Risk factors and slippage: section 2.F of the rules. Everything written there is a product of
/// decimals, so decimals keep it exact until it is rounded up once.
final class FactorMargin implements AuditModel {
  private final FactorRates rates;

  FactorMargin(FactorRates rates) {
    this.rates = rates;
  }

  @Override
  public Figures figures(AuditAccount account, List<AssetLine> assets, List<RowLine> rows) {
    BigInteger equity = BigInteger.ZERO;
    BigInteger initialEquity = BigInteger.ZERO;
    for (AssetLine line : assets) {
      equity = equity.add(line.maintenanceValue());
      initialEquity = initialEquity.add(line.initialValue());
    }
    BigInteger profit = BigInteger.ZERO;
    BigInteger maintenance = BigInteger.ZERO;
    BigInteger initial = BigInteger.ZERO;
    for (RowLine line : rows) {
      AuditInstrument instrument = line.instrument();
      if (rates.unsettledProfit()) {
        profit = profit.add(instrument.settlement.value(line.profit()));
      }
      BigInteger required = required(account, instrument, line.row());
      maintenance = maintenance.add(required);
      initial =
          initial.add(
              account.isCross()
                  ? required
                  : Ratio.of(rates.isolatedInitial()).floorTimes(required));
    }
    return new Figures(equity.add(profit), initialEquity.add(profit), maintenance, initial, profit);
  }

  /// `MM_r`, E6.
  private BigInteger required(AuditAccount account, AuditInstrument instrument, Row row) {
    Row counted = account.isCross() ? row : row.withoutOrders();
    BigDecimal perUnit =
        switch (rates.marketOf(instrument.contract.symbol())) {
          case RiskFactors factors ->
              side(factors, instrument, counted, true)
                  .max(side(factors, instrument, counted, false));
          case FullyCollateralised full -> new BigDecimal(inFull(full, instrument, counted));
        };
    BigDecimal ticks = perUnit.multiply(new BigDecimal(instrument.ticksPerUnit));
    BigInteger minor =
        Exact.ceilDiv(
            roundedUp(ticks.add(fundingTicks(instrument, row))), instrument.ticksPerMinor);
    return instrument.settlement.valueUp(minor);
  }

  /// One side of the book in quantity-price units, without funding.
  private static BigDecimal side(
      RiskFactors factors, AuditInstrument instrument, Row row, boolean isLong) {
    BigInteger held = isLong ? row.quantity() : row.quantity().negate();
    BigInteger ordered = isLong ? row.buy() : row.sell();
    if (held.add(ordered).signum() <= 0) {
      return BigDecimal.ZERO;
    }
    BigInteger open = Exact.notBelowZero(held);
    BigDecimal volume = new BigDecimal(open.multiply(instrument.observedPrice()));
    BigDecimal contracts = new BigDecimal(open).scaleByPowerOfTen(-scale(instrument));
    BigDecimal risk =
        decimal(isLong ? factors.riskLong() : factors.riskShort())
            .scaleByPowerOfTen(-factors.riskPlaces());
    BigDecimal slippage =
        decimal(factors.linearSlippage())
            .add(decimal(factors.quadraticSlippage()).multiply(contracts));
    BigDecimal orders =
        orders(instrument, ordered, isLong ? row.buyNotional() : row.sellNotional());
    return volume.multiply(slippage.add(risk)).add(orders.multiply(risk));
  }

  private static BigDecimal orders(
      AuditInstrument instrument, BigInteger units, BigInteger notional) {
    if (instrument.phase != TradingPhase.AUCTION) {
      return new BigDecimal(units.multiply(instrument.observedPrice()));
    }
    Decimal published = instrument.factors.get(FactorKind.AUCTION_PRICE);
    BigInteger price = instrument.markNow();
    if (published != null) {
      price =
          price.max(
              roundedUp(decimal(published).scaleByPowerOfTen(instrument.contract.priceScale())));
    }
    return new BigDecimal(notional.max(units.multiply(price)));
  }

  /// Everything that could still be lost, in quantity-price units.
  private static BigInteger inFull(FullyCollateralised full, AuditInstrument instrument, Row row) {
    BigInteger mark = instrument.markNow();
    BigInteger cap =
        roundedUp(decimal(full.priceCap()).scaleByPowerOfTen(instrument.contract.priceScale()));
    BigInteger q = row.quantity();
    BigInteger position =
        q.signum() >= 0
            ? q.multiply(mark)
            : q.negate().multiply(Exact.notBelowZero(cap.subtract(mark)));
    BigInteger buys = BigInteger.ZERO;
    if (row.buy().signum() > 0) {
      buys = row.buy().multiply(Exact.floorDiv(row.buyNotional(), row.buy()));
    }
    BigInteger sells = BigInteger.ZERO;
    if (row.sell().signum() > 0) {
      BigInteger average = Exact.floorDiv(row.sellNotional(), row.sell());
      sells = row.sell().multiply(Exact.notBelowZero(cap.subtract(average)));
    }
    return position.add(buys.max(sells));
  }

  /// What the holder would pay of the funding due; nothing where the market is collateralised in
  /// full.
  private BigDecimal fundingTicks(AuditInstrument instrument, Row row) {
    Decimal due = instrument.factors.get(FactorKind.FUNDING_INCREMENT);
    boolean full = rates.marketOf(instrument.contract.symbol()) instanceof FullyCollateralised;
    if (due == null || full) {
      return BigDecimal.ZERO;
    }
    BigDecimal whole =
        decimal(due).multiply(new BigDecimal(row.quantity())).scaleByPowerOfTen(-scale(instrument));
    return whole
        .max(BigDecimal.ZERO)
        .scaleByPowerOfTen(instrument.settlement.definition.scale())
        .multiply(new BigDecimal(instrument.ticksPerMinor));
  }

  private static int scale(AuditInstrument instrument) {
    return instrument.contract.quantityScale();
  }

  private static BigDecimal decimal(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  private static BigInteger roundedUp(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING).toBigIntegerExact();
  }
}
