package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.LiquidationStep.Confiscated;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The backstop takes the positions of an account at their marks; what named sources hold is
/// forfeited to the funds of the instruments.
final class Confiscations {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;
  private final TakeOvers takeOvers;

  Confiscations(
      AuditBook book, Ledger ledger, Journal journal, Valuation valuation, TakeOvers takeOvers) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
    this.takeOvers = takeOvers;
  }

  /// Takes over an account; tells its deficit if it owed something that its owner did not have.
  LossWaterfall.@Nullable Deficit takeOver(AuditAccount account, List<Confiscated> confiscated) {
    takeOvers.cancelOrders(account);
    Weighed weighed = valuation.weigh(account);
    AuditAsset cash = takeOvers.cashAsset(account);
    BigInteger notional =
        weighed.rowLines().stream().map(RowLine::notional).reduce(BigInteger.ZERO, BigInteger::add);
    journal.say(
        new Event.AccountTakenOver(
            account.id,
            book.backstop().id,
            weighed.fullValue().longValueExact(),
            notional.longValueExact(),
            cash.id(),
            0));
    Map<Integer, AuditInstrument> receivers = new HashMap<>();
    for (Place place : new TreeMap<>(account.rows()).keySet()) {
      AuditInstrument instrument = place.instrument();
      receivers.putIfAbsent(instrument.settlement.index, instrument);
    }
    for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
      takePosition(account, entry.getKey(), entry.getValue());
    }
    for (Confiscated source : confiscated) {
      for (AuditAsset asset : book.assets) {
        confiscate(account, source, asset, receivers.get(asset.index));
      }
    }
    BigInteger owed = takeDebts(account);
    journal.say(
        new Event.LiquidationEnded(
            account.id, LiquidationResult.TAKEN_OVER, valuation.weigh(account).assessment()));
    return owed.signum() == 0 ? null : LossWaterfall.Deficit.of(weighed, cash, cash.amountUp(owed));
  }

  private void takePosition(AuditAccount account, Place place, Row row) {
    AuditInstrument instrument = place.instrument();
    Place net = Place.net(instrument);
    AuditAccount backstop = book.backstop();
    BigInteger cost = instrument.ticks(row.quantity(), instrument.markNow());
    Trade left = Trade.on(row, instrument, row.quantity().negate(), cost.negate());
    Trade taken = Trade.on(backstop.row(net), instrument, row.quantity(), cost);
    book.setRow(account, place, left.after());
    book.setRow(backstop, net, taken.after());
    instrument.residueTicks =
        instrument.residueTicks.add(left.residueTicks()).add(taken.residueTicks());
    ledger.postResult(instrument, account, left.realisedMinor(), MoneyReason.REALISED_PROFIT);
    ledger.postResult(instrument, backstop, taken.realisedMinor(), MoneyReason.REALISED_PROFIT);
  }

  private void confiscate(
      AuditAccount account,
      Confiscated source,
      AuditAsset asset,
      @Nullable AuditInstrument receiver) {
    LedgerAccount to =
        receiver == null ? Ledger.house(HouseAccount.INSURANCE_FUND) : Ledger.fund(receiver);
    BigInteger balance = account.balance(asset);
    switch (source) {
      case WALLET -> {
        if (account.isCross()) {
          BigInteger held = account.party.wallet(asset);
          BigInteger repaid = Exact.notBelowZero(balance.negate()).min(held);
          LedgerAccount wallet = Ledger.wallet(account.party);
          ledger.post(asset, wallet, Ledger.margin(account), repaid, MoneyReason.CONFISCATION);
          ledger.post(asset, wallet, to, held.subtract(repaid), MoneyReason.CONFISCATION);
        }
      }
      case MARGIN ->
          ledger.post(
              asset,
              Ledger.margin(account),
              to,
              Exact.notBelowZero(balance),
              MoneyReason.CONFISCATION);
    }
  }

  /// The backstop takes what the account still owes; tells its worth.
  private BigInteger takeDebts(AuditAccount account) {
    BigInteger owed = BigInteger.ZERO;
    for (AuditAsset asset : book.assets) {
      BigInteger debt = account.balance(asset).negate();
      if (debt.signum() > 0) {
        owed = owed.add(asset.valueUp(debt));
        ledger.post(
            asset,
            Ledger.margin(book.backstop()),
            Ledger.margin(account),
            debt,
            MoneyReason.TAKE_OVER);
      }
    }
    return owed;
  }
}
