package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.SizeScaledRates;
import io.evenkeel.model.rulebook.SizeScaledRates.Discount;
import io.evenkeel.model.rulebook.SizeScaledRates.Market;
import io.evenkeel.model.rulebook.SizeScaledRates.Reward;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Rates that grow with the position: section 2.Z of the rules. Rates and shares are in `10^-12`.
final class SizeScaled implements AuditModel {
  private static final BigInteger WHOLE = BigInteger.TEN.pow(12);
  private static final BigInteger MOST = WHOLE.multiply(Exact.of(100));

  private final AuditBook book;
  private final SizeScaledRates rates;

  SizeScaled(AuditBook book, SizeScaledRates rates) {
    this.book = book;
    this.rates = rates;
  }

  @Override
  public Figures figures(AuditAccount account, List<AssetLine> assets, List<RowLine> rows) {
    BigInteger profit = OpenInterest.profit(book, account);
    BigInteger equity = profit;
    BigInteger initialEquity = profit;
    BigInteger held = BigInteger.ZERO;
    for (AssetLine line : assets) {
      equity = equity.add(discounted(line, line.maintenanceValue()));
      initialEquity = initialEquity.add(discounted(line, line.initialValue()));
      if (line.balance().signum() > 0) {
        held = held.add(line.maintenanceValue());
      }
    }
    BigInteger flagged = BigInteger.ZERO;
    BigInteger maintenance = BigInteger.ZERO;
    BigInteger initial = BigInteger.ZERO;
    boolean positions = false;
    for (RowLine line : rows) {
      AuditInstrument instrument = line.instrument();
      Row row = line.row();
      Market market = rates.marketOf(instrument.contract.symbol());
      BigInteger size = row.quantity().abs();
      BigInteger notional = OpenInterest.notional(instrument, size.multiply(instrument.markNow()));
      flagged = flagged.add(Ratio.of(market.flagRate()).floorTimes(notional));
      if (row.hasPosition()) {
        positions = true;
        BigInteger byRate = byRate(instrument, market, notional, size);
        maintenance =
            maintenance
                .add(Ratio.of(market.maintenanceScalar()).ceilTimes(byRate))
                .add(Exact.of(market.flatE6()));
      }
      initial = initial.add(initial(account, instrument, row, market));
    }
    BigInteger reward = positions ? reward(held, flagged) : BigInteger.ZERO;
    return new Figures(equity, initialEquity, maintenance.add(reward), initial.add(reward), profit);
  }

  /// Nothing leaves an account that owes anything.
  @Override
  public boolean letsOut(AuditAccount account) {
    return account.posted().values().stream().noneMatch(balance -> balance.signum() < 0);
  }

  private BigInteger initial(
      AuditAccount account, AuditInstrument instrument, Row row, Market market) {
    BigInteger notional =
        OpenInterest.notional(instrument, OpenInterest.worst(row, instrument.markNow()));
    BigInteger largest =
        row.quantity()
            .abs()
            .max(row.quantity().add(row.buy()))
            .max(row.sell().subtract(row.quantity()));
    BigInteger margin =
        byRate(instrument, market, notional, largest).add(Exact.of(market.flatE6()));
    return margin
        .max(OpenInterest.byLeverage(account, notional))
        .add(OpenInterest.orderLoss(instrument, row));
  }

  private static BigInteger byRate(
      AuditInstrument instrument, Market market, BigInteger notional, BigInteger size) {
    BigInteger growth =
        Exact.ceilDiv(size.multiply(e12(market.fraction())), skewUnits(instrument, market));
    BigInteger rate = e12(market.minimumRate()).add(growth).min(MOST);
    return Exact.ceilDiv(notional.multiply(rate), WHOLE);
  }

  /// `K`: the scale of a market's skew in quantity units.
  static BigInteger skewUnits(AuditInstrument instrument, Market market) {
    return floor(market.skewScale(), instrument.contract.quantityScale())
        .divide(Exact.of(instrument.contract.contractSize()))
        .max(BigInteger.ONE);
  }

  /// `max(1, floor(value * 10^places))`.
  private static BigInteger floor(Decimal value, int places) {
    return BigDecimal.valueOf(value.units(), value.scale())
        .scaleByPowerOfTen(places)
        .setScale(0, RoundingMode.FLOOR)
        .toBigIntegerExact()
        .max(BigInteger.ONE);
  }

  private static BigInteger e12(Decimal share) {
    return Ratio.of(share).ceilTimes(WHOLE);
  }

  private BigInteger discounted(AssetLine line, BigInteger value) {
    Discount discount = rates.discounts().get(line.asset().definition.symbol());
    if (discount == null || line.balance().signum() <= 0) {
      return value;
    }
    BigInteger scale = floor(discount.skewScale(), line.asset().definition.scale());
    BigInteger lost =
        Exact.ceilDiv(line.balance().multiply(e12(discount.scalar())), scale)
            .max(e12(discount.lowest()))
            .min(e12(discount.highest()));
    return Exact.floorDiv(value.multiply(WHOLE.subtract(lost)), WHOLE);
  }

  /// What a keeper would be paid.
  private BigInteger reward(BigInteger held, BigInteger flagged) {
    Reward reward = rates.reward();
    BigInteger cost = Exact.of(reward.executionCostE6());
    BigInteger flag = flagged.max(Ratio.of(reward.collateralShare()).floorTimes(held));
    BigInteger gain =
        Exact.of(reward.minimumE6()).max(Ratio.of(reward.minimumProfit()).floorTimes(cost));
    return cost.add(gain.max(flag))
        .min(Exact.of(reward.maximumE6()))
        .min(Ratio.of(reward.maximumShare()).floorTimes(held));
  }
}
