package io.evenkeel.audit;

import io.evenkeel.audit.AuditModel.Figures;
import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.OpenInterestRates.Tier;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Margin by rates that rise with open interest: section 2.O of the rules.
final class OpenInterest {
  private static final BigInteger MILLION = BigInteger.TEN.pow(6);
  private static final int INDEX_PLACES = 24;

  private final AuditBook book;
  private final AuditAccount account;
  private final OpenInterestRates rates;

  OpenInterest(AuditBook book, AuditAccount account, OpenInterestRates rates) {
    this.book = book;
    this.account = account;
    this.rates = rates;
  }

  /// What the model says of the account, E6; profit is with the funding that is due.
  Figures figures(List<AssetLine> assets) {
    BigInteger profit = profit(book, account);
    BigInteger maintenance = BigInteger.ZERO;
    BigInteger initial = BigInteger.ZERO;
    for (Map.Entry<Place, Row> entry : account.rows().entrySet()) {
      AuditInstrument instrument = entry.getKey().instrument();
      maintenance = maintenance.add(maintenance(instrument, entry.getValue()));
      initial = initial.add(initial(instrument, entry.getValue()));
    }
    BigInteger equity = profit;
    BigInteger initialEquity = profit;
    for (AssetLine line : assets) {
      equity = equity.add(line.maintenanceValue());
      initialEquity = initialEquity.add(line.initialValue());
    }
    return new Figures(equity, initialEquity, maintenance, initial, profit);
  }

  /// Unrealised profit and the funding that is due, E6.
  static BigInteger profit(AuditBook book, AuditAccount account) {
    TreeMap<Integer, BigInteger> profits = new TreeMap<>();
    BigInteger funding = BigInteger.ZERO;
    for (Map.Entry<Place, Row> entry : account.rows().entrySet()) {
      AuditInstrument instrument = entry.getKey().instrument();
      Row row = entry.getValue();
      BigInteger value = minor(instrument, row.quantity().multiply(instrument.markNow()));
      BigInteger cost = Exact.ceilDiv(row.cost(), instrument.ticksPerMinor);
      profits.merge(instrument.settlement.index, value.subtract(cost), BigInteger::add);
      funding = funding.add(fundingE12(instrument, row.quantity()));
    }
    BigInteger profit = Exact.floorDiv(funding, MILLION);
    for (Map.Entry<Integer, BigInteger> entry : profits.entrySet()) {
      profit = profit.add(book.assets.get(entry.getKey()).value(entry.getValue()));
    }
    return profit;
  }

  /// `V(n)`, towards zero.
  private static BigInteger minor(AuditInstrument instrument, BigInteger units) {
    return units.multiply(instrument.ticksPerUnit).divide(instrument.ticksPerMinor);
  }

  static BigInteger notional(AuditInstrument instrument, BigInteger units) {
    return instrument.settlement.value(minor(instrument, units));
  }

  private static BigInteger fundingE12(AuditInstrument instrument, BigInteger quantity) {
    Decimal due = instrument.factors.get(FactorKind.FUNDING_INCREMENT);
    if (due == null) {
      return BigInteger.ZERO;
    }
    int places = due.scale() + instrument.contract.quantityScale();
    BigInteger index = shifted(Exact.of(due.units()), INDEX_PLACES - places);
    return shifted(index.negate().multiply(quantity), 12 - INDEX_PLACES);
  }

  /// `value * 10^places`, towards minus infinity.
  private static BigInteger shifted(BigInteger value, int places) {
    return places >= 0
        ? value.multiply(BigInteger.TEN.pow(places))
        : Exact.floorDiv(value, BigInteger.TEN.pow(-places));
  }

  private BigInteger maintenance(AuditInstrument instrument, Row row) {
    Tier tier = tier(instrument);
    BigInteger size = row.quantity().abs().multiply(instrument.markNow());
    BigInteger base = Ratio.of(tier.initialRate()).ceilTimes(notional(instrument, size));
    return Ratio.of(tier.maintenanceShare()).ceilTimes(base);
  }

  private BigInteger initial(AuditInstrument instrument, Row row) {
    BigInteger notional = notional(instrument, worst(row, instrument.markNow()));
    BigInteger margin = Exact.ceilDiv(notional.multiply(ratePpm(instrument)), MILLION);
    return margin.max(byLeverage(account, notional)).add(orderLoss(instrument, row));
  }

  /// The largest that orders can make of a position, quantity-price units.
  static BigInteger worst(Row row, BigInteger mark) {
    BigInteger held = row.quantity().multiply(mark);
    return held.abs()
        .max(held.add(row.buy().multiply(mark).max(row.buyNotional())))
        .max(row.sell().multiply(mark).max(row.sellNotional()).subtract(held));
  }

  /// What the chosen leverage asks for; nothing while none is chosen.
  static BigInteger byLeverage(AuditAccount account, BigInteger notional) {
    return account.leverageE2 == 0
        ? BigInteger.ZERO
        : Exact.ceilDiv(notional.multiply(Exact.of(100)), Exact.of(account.leverageE2));
  }

  /// What is lost against the mark if the open orders fill.
  static BigInteger orderLoss(AuditInstrument instrument, Row row) {
    BigInteger mark = instrument.markNow();
    BigInteger loss =
        Exact.notBelowZero(row.buyNotional().subtract(row.buy().multiply(mark)))
            .add(Exact.notBelowZero(row.sell().multiply(mark).subtract(row.sellNotional())));
    return instrument.notional(instrument.orderTicks(loss));
  }

  private BigInteger ratePpm(AuditInstrument instrument) {
    Tier tier = tier(instrument);
    BigInteger base = Ratio.of(tier.initialRate()).floorTimes(MILLION);
    BigInteger lower = Exact.of(tier.lowerCapE6());
    BigInteger upper = Exact.of(tier.upperCapE6());
    if (upper.signum() == 0) {
      return base;
    }
    BigInteger open = openInterest(instrument);
    if (open.compareTo(upper) >= 0) {
      return MILLION;
    }
    if (open.compareTo(lower) <= 0) {
      return base;
    }
    BigInteger raise = open.subtract(lower).multiply(MILLION.subtract(base));
    return base.add(Exact.floorDiv(raise, upper.subtract(lower)));
  }

  /// Notional of the published open interest, else of all long positions, with those of copies in
  /// place of the accounts they are copies of.
  private BigInteger openInterest(AuditInstrument instrument) {
    BigInteger mark = instrument.markNow();
    Decimal published = instrument.factors.get(FactorKind.OPEN_INTEREST);
    if (published != null) {
      int places = published.scale() - instrument.contract.quantityScale();
      BigInteger units = Exact.of(published.units()).multiply(mark);
      BigInteger ticks = units.multiply(instrument.ticksPerUnit);
      BigInteger minor =
          places >= 0
              ? ticks.divide(instrument.ticksPerMinor.multiply(BigInteger.TEN.pow(places)))
              : ticks.multiply(BigInteger.TEN.pow(-places)).divide(instrument.ticksPerMinor);
      return instrument.settlement.value(minor);
    }
    BigInteger longs = BigInteger.ZERO;
    for (AuditAccount holder : book.accounts) {
      AuditAccount standing = account.standingFor(holder);
      longs = longs.add(standing.longUnits(instrument));
    }
    return notional(instrument, longs.multiply(mark));
  }

  private Tier tier(AuditInstrument instrument) {
    return rates.tierOf(instrument.contract.symbol());
  }
}
