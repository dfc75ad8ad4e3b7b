package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The backstop takes a whole account at its bankruptcy price.
final class TakeOvers {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  TakeOvers(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// Cancels all open orders of an account, if it has any.
  void cancelOrders(AuditAccount account) {
    int cancelled = 0;
    for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
      if (entry.getValue().hasOrders()) {
        book.setRow(account, entry.getKey(), entry.getValue().withoutOrders());
        cancelled++;
      }
    }
    if (cancelled > 0) {
      journal.say(new Event.OrdersCancelled(account.id, cancelled));
    }
  }

  /// Takes over an account; tells its deficit if it was worth less than nothing.
  LossWaterfall.@Nullable Deficit takeOver(AuditAccount account) {
    cancelOrders(account);
    AuditAccount backstop = book.backstop();
    Weighed weighed = valuation.weigh(account);
    LossWaterfall.Deficit deficit =
        weighed.fullValue().signum() < 0
            ? LossWaterfall.Deficit.of(weighed, cashAsset(account))
            : null;
    LiquidationPolicy policy = account.rulebook.inForce().liquidation();
    BigInteger notional =
        weighed.rowLines().stream().map(RowLine::notional).reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger penaltyValue =
        Ratio.of(policy.takeOverPenalty())
            .ceilTimes(notional)
            .min(Exact.notBelowZero(weighed.fullValue()));
    AuditAsset cash = cashAsset(account);
    Penalty penalty = Penalty.split(cash.amount(penaltyValue), policy);
    journal.say(
        new Event.AccountTakenOver(
            account.id,
            backstop.id,
            weighed.fullValue().longValueExact(),
            notional.longValueExact(),
            cash.id(),
            penalty.amount().longValueExact()));
    penalty.post(ledger, cash, account, backstop);
    takePositions(account, backstop);
    takeBalances(account, backstop);
    journal.say(
        new Event.LiquidationEnded(
            account.id, LiquidationResult.TAKEN_OVER, valuation.weigh(account).assessment()));
    return deficit;
  }

  /// The asset in which penalties of a take-over and deficits of the account are counted.
  AuditAsset cashAsset(AuditAccount account) {
    return book.assetNamed(account.rulebook.inForce().cashAsset());
  }

  private void takePositions(AuditAccount account, AuditAccount backstop) {
    for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
      AuditInstrument instrument = entry.getKey().instrument();
      Row taken = entry.getValue();
      Trade trade =
          Trade.on(backstop.row(Place.net(instrument)), instrument, taken.quantity(), taken.cost());
      book.setRow(account, entry.getKey(), Row.NOTHING);
      book.setRow(backstop, Place.net(instrument), trade.after());
      instrument.residueTicks = instrument.residueTicks.add(trade.residueTicks());
      ledger.postResult(instrument, backstop, trade.realisedMinor(), MoneyReason.REALISED_PROFIT);
    }
  }

  private void takeBalances(AuditAccount account, AuditAccount backstop) {
    for (int index : List.copyOf(account.posted().keySet())) {
      AuditAsset asset = book.assets.get(index);
      BigInteger balance = account.balance(asset);
      boolean positive = balance.signum() > 0;
      ledger.post(
          asset,
          Ledger.margin(positive ? account : backstop),
          Ledger.margin(positive ? backstop : account),
          balance.abs(),
          MoneyReason.TAKE_OVER);
    }
  }
}
