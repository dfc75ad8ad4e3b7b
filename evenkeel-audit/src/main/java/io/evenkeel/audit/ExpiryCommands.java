package io.evenkeel.audit;

import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How contracts end: sections 5.2 and 5.3 of the rules.
final class ExpiryCommands {
  private final AuditBook book;
  private final Journal journal;
  private final CashSettlement cashSettlement;
  private final Cycle cycle;

  ExpiryCommands(AuditBook book, Ledger ledger, Journal journal, Cycle cycle) {
    this.book = book;
    this.journal = journal;
    this.cashSettlement = new CashSettlement(book, ledger, journal);
    this.cycle = cycle;
  }

  RefusalReason settle(SettleExpiry command) {
    if (book.asset(command.underlyingAssetId()) == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    List<AuditInstrument> all =
        book.instruments.stream().filter(each -> Expiries.ends(command, each.contract)).toList();
    if (all.isEmpty()) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    boolean ahead = command.expiryNs() > book.nowNs;
    List<AuditInstrument> meant =
        all.stream().filter(each -> !each.settled && (!ahead || isInSeries(each))).toList();
    if (meant.isEmpty()) {
      return ahead ? RefusalReason.NOT_EXPIRED : RefusalReason.INSTRUMENT_SETTLED;
    }
    if (command.settlementPrice().units() <= 0
        || !meant.stream().allMatch(each -> Expiries.isPossible(each, command.settlementPrice()))) {
      return RefusalReason.INVALID_PRICE;
    }
    if (ahead) {
      book.statedAhead.put(
          new AuditBook.Expiry(command.underlyingAssetId(), command.expiryNs()),
          command.settlementPrice());
      journal.say(
          new Event.SettlementPriceStated(
              command.underlyingAssetId(), command.expiryNs(), command.settlementPrice()));
      return RefusalReason.NONE;
    }
    Map<AuditInstrument, Decimal> prices = new HashMap<>();
    meant.forEach(each -> prices.put(each, command.settlementPrice()));
    endAll(prices);
    return RefusalReason.NONE;
  }

  private boolean isInSeries(AuditInstrument instrument) {
    return book.series.stream().anyMatch(each -> each.contracts.contains(instrument));
  }

  /// The expiry of series has come.
  void fallDue(List<ExpirySeries> due) {
    Map<AuditInstrument, Decimal> prices = new HashMap<>();
    for (ExpirySeries series : due) {
      Decimal stated =
          book.statedAhead.get(new AuditBook.Expiry(series.index.id(), series.expiryNs));
      @Nullable Decimal price = series.fix(stated, journal);
      if (price != null) {
        series.standing().forEach(each -> prices.put(each, price));
      }
    }
    endAll(prices);
  }

  /// Ends contracts at prices of their underlying, in instrument order.
  private void endAll(Map<AuditInstrument, Decimal> prices) {
    List<AuditInstrument> ending = book.instruments.stream().filter(prices::containsKey).toList();
    List<AuditAccount> had =
        book.accounts.stream()
            .filter(account -> ending.stream().anyMatch(each -> account.isIn(each)))
            .toList();
    for (AuditInstrument each : ending) {
      Decimal price = Objects.requireNonNull(prices.get(each));
      end(each, Expiries.price(each.contract, price).longValueExact());
    }
    cycle.run(Trigger.SETTLEMENT, had);
  }

  /// Ends a contract at its settlement price, price units.
  void end(AuditInstrument instrument, long price) {
    cashSettlement.settleFinally(instrument, Exact.of(price));
    instrument.settled = true;
    book.stamp++;
    journal.say(new Event.InstrumentSettled(instrument.id(), price));
  }
}
