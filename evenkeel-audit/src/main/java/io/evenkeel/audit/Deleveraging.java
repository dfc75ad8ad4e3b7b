package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Closes positions of an account that is worth less than nothing against holders of the other
/// side, at the bankruptcy price.
final class Deleveraging {
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(62);

  /// Holders of one side: which of their rows is meant.
  private record Against(AuditInstrument instrument, boolean isLong) {
    Row row(AuditAccount other) {
      return other.row(other.place(instrument, isLong));
    }
  }

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  Deleveraging(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// Deleverages an account; true when no position is left and it is worth at least nothing.
  ///
  /// @param batch whose positions are not closed against one another
  boolean deleverage(CycleRun run, AuditAccount account, Deleverage step, Set<AuditAccount> batch) {
    BigInteger value = valuation.weigh(account).fullValue();
    if (value.signum() < 0 && !(step.beyondFundOnly() && fundCovers(account, value.negate()))) {
      for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
        AuditInstrument instrument = entry.getKey().instrument();
        if (entry.getValue().hasPosition() && instrument.markNow().signum() > 0) {
          close(run, account, entry.getKey(), step, batch);
        }
      }
    }
    Weighed after = valuation.weigh(account);
    if (!account.rows().isEmpty()
        || after.fullValue().signum() < 0
        || after.isBelow(after.maintenance())) {
      return false;
    }
    journal.say(
        new Event.LiquidationEnded(account.id, LiquidationResult.DELEVERAGED, after.assessment()));
    return true;
  }

  private boolean fundCovers(AuditAccount account, BigInteger deficit) {
    AuditAsset cash = book.assetNamed(account.rulebook.inForce().cashAsset());
    return cash.amountUp(deficit).compareTo(cash.house(HouseAccount.INSURANCE_FUND)) <= 0;
  }

  private void close(
      CycleRun run, AuditAccount account, Place place, Deleverage step, Set<AuditAccount> batch) {
    List<AuditAccount> others = new ArrayList<>(book.accountsWithRow(place.instrument()));
    int side = account.row(place).quantity().signum();
    Against against = new Against(place.instrument(), side < 0);
    others.removeIf(other ->
        against.row(other).quantity().signum() != -side
            || !other.isTrader()
            || batch.contains(other));
    Map<AuditAccount, BigInteger> wanted =
        switch (step.ranking()) {
          case PROFIT_SHARE -> byProfit(account.row(place), against, others);
          case ROTATION -> {
            Bankruptcy.rotate(book, account, others);
            yield whole(against, others);
          }
          case PROFIT_AND_LEVERAGE -> {
            Map<AuditAccount, BigInteger> scores = new LinkedHashMap<>();
            others.forEach(other -> scores.put(other, score(other, against)));
            others.sort(Comparator.comparing(scores::get).reversed());
            yield whole(against, others);
          }
        };
    BigInteger left = account.row(place).quantity().abs();
    for (Map.Entry<AuditAccount, BigInteger> entry : wanted.entrySet()) {
      BigInteger units = entry.getValue().min(left);
      if (units.signum() > 0 && match(account, entry.getKey(), place, units)) {
        run.touch(entry.getKey());
        left = left.subtract(units);
      }
    }
  }

  private static Map<AuditAccount, BigInteger> whole(Against against, List<AuditAccount> others) {
    Map<AuditAccount, BigInteger> wanted = new LinkedHashMap<>();
    others.forEach(other -> wanted.put(other, against.row(other).quantity().abs()));
    return wanted;
  }

  private static Map<AuditAccount, BigInteger> byProfit(
      Row row, Against against, List<AuditAccount> others) {
    AuditInstrument instrument = against.instrument;
    BigInteger all = row.quantity().abs();
    BigInteger lot = Exact.of(instrument.contract.lotSize());
    Map<AuditAccount, BigInteger> shares = new LinkedHashMap<>();
    BigInteger sum = BigInteger.ZERO;
    for (AuditAccount other : others) {
      BigInteger profit = instrument.profit(against.row(other));
      if (profit.signum() > 0) {
        shares.put(other, profit);
        sum = sum.add(profit);
      }
    }
    BigInteger left = all;
    for (Map.Entry<AuditAccount, BigInteger> entry : shares.entrySet()) {
      BigInteger held = against.row(entry.getKey()).quantity().abs();
      BigInteger exact = all.multiply(entry.getValue()).divide(sum);
      entry.setValue(exact.divide(lot).multiply(lot).min(held));
      left = left.subtract(entry.getValue());
    }
    for (Map.Entry<AuditAccount, BigInteger> entry : shares.entrySet()) {
      BigInteger held = against.row(entry.getKey()).quantity().abs();
      BigInteger more = held.subtract(entry.getValue()).min(left);
      entry.setValue(entry.getValue().add(more));
      left = left.subtract(more);
    }
    return shares;
  }

  private BigInteger score(AuditAccount other, Against against) {
    AuditInstrument instrument = against.instrument;
    Row row = against.row(other);
    BigInteger profit = instrument.profit(row);
    BigInteger equity = valuation.weigh(other).equity().max(BigInteger.ONE);
    BigInteger notional =
        instrument.notional(instrument.sizeTicks(row.quantity())).max(BigInteger.ONE);
    BigInteger cost = row.cost().abs().divide(instrument.ticksPerMinor).max(BigInteger.ONE);
    BigInteger share = profit.abs().multiply(Exact.BILLION).divide(cost).min(MOST);
    return profit.signum() >= 0
        ? share.multiply(notional).divide(equity).min(MOST)
        : share.multiply(equity).divide(notional).min(MOST).negate();
  }

  private boolean match(AuditAccount account, AuditAccount other, Place place, BigInteger units) {
    AuditInstrument instrument = place.instrument();
    Row row = account.row(place);
    boolean sells = row.quantity().signum() > 0;
    Place opposed = other.place(instrument, !sells);
    BigInteger quantity = sells ? units.negate() : units;
    Weighed before = valuation.weigh(account);
    if (before.maintenanceMargin().signum() <= 0) {
      return false;
    }
    BigInteger value = new Bankruptcy(valuation, before, place).value(quantity);
    BigInteger paid = sells == instrument.isInverseFuture() ? value.negate() : value;
    BigInteger most = instrument.mostTicks(units);
    if (paid.signum() < 0 || paid.multiply(instrument.ticksPerMinor).compareTo(most) > 0) {
      return false;
    }
    BigInteger cost = value.negate().multiply(instrument.ticksPerMinor);
    Trade own = Trade.on(row, instrument, quantity, cost);
    Trade opposite = Trade.on(other.row(opposed), instrument, quantity.negate(), cost.negate());
    AuditAccount copy = other.copy();
    AuditAccount closed = account.copy();
    closed.putRow(place, own.after());
    copy.putRow(opposed, opposite.after());
    copy.addBalance(instrument.settlement, opposite.realisedMinor());
    if (falls(copy, closed)) {
      return false;
    }
    book.setRow(account, place, own.after());
    book.setRow(other, opposed, opposite.after());
    instrument.residueTicks =
        instrument.residueTicks.add(own.residueTicks()).add(opposite.residueTicks());
    BigInteger forgone = instrument.ticks(quantity, instrument.markNow()).subtract(cost);
    journal.say(
        new Event.Deleveraged(
            account.id,
            other.id,
            instrument.id(),
            units.longValueExact(),
            instrument.markNow().longValueExact(),
            cost.longValueExact(),
            own.realisedMinor().longValueExact(),
            opposite.realisedMinor().longValueExact(),
            Exact.ceilDiv(forgone, instrument.ticksPerMinor).longValueExact(),
            place.side(),
            opposed.side()));
    ledger.postResult(instrument, account, own.realisedMinor(), MoneyReason.REALISED_PROFIT);
    ledger.postResult(instrument, other, opposite.realisedMinor(), MoneyReason.REALISED_PROFIT);
    return true;
  }

  private boolean falls(AuditAccount copy, AuditAccount closed) {
    copy.otherSide = closed;
    closed.otherSide = copy;
    Weighed after = valuation.weigh(copy);
    return after.isBelow(after.maintenance()) || after.fullValue().signum() < 0;
  }
}
