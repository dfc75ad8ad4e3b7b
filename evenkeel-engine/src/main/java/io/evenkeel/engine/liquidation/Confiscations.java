package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LiquidationStep.Confiscated;
import java.util.List;

/// The backstop takes every position of an account at its mark, and what named sources of its owner
/// hold is forfeited to the funds of the instruments (`docs/RULES.md`, section 7).
final class Confiscations {
  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final TakeOvers takeOvers;

  Confiscations(Book book, Valuation valuation, Trades trades, TakeOvers takeOvers) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.takeOvers = takeOvers;
  }

  /// Takes an account over; the deficit that came with it has rest 0 when there is none.
  Deficit takeOver(int account, List<Confiscated> confiscated) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    takeOvers.cancelOrders(account);
    Deficit deficit = takeOvers.deficitOf(account, terms.cashAsset());
    book.events.emit(
        new Event.AccountTakenOver(
            book.accounts.idAt(account),
            book.accounts.idAt(book.accounts.backstop()),
            valuation.fullValueE6(account),
            takeOvers.notionalE6(account),
            book.assets.idAt(terms.cashAsset()),
            0));
    int[] receivers = fundsByAsset(account);
    movePositions(account);
    for (Confiscated source : confiscated) {
      confiscate(account, source, receivers);
    }
    coverDebts(account, deficit);
    return deficit;
  }

  /// By asset: the first instrument held that settles in it, whose fund receives what is forfeited;
  /// -1 where it is the insurance fund.
  private int[] fundsByAsset(int account) {
    int[] receivers = new int[book.assets.size()];
    for (int asset = 0; asset < receivers.length; asset++) {
      receivers[asset] = -1;
    }
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      int asset = book.instruments.settlementAsset(instrument);
      if (receivers[asset] < 0) {
        receivers[asset] = instrument;
      }
    }
    return receivers;
  }

  private void movePositions(int account) {
    Positions positions = book.positions;
    int row = positions.first(account);
    while (row != Positions.NONE) {
      int next = positions.next(row);
      int instrument = positions.instrument(row);
      int line = positions.line(row);
      if (book.instruments.settlesTradesAtMarks(instrument)) {
        hand(account, line, positions.quantity(row), positions.cost(row));
      } else {
        long quantity = positions.quantity(row);
        long mark = book.instruments.mark(instrument);
        hand(account, line, quantity, trades.costTicks(instrument, quantity, mark));
      }
      row = next;
    }
  }

  /// The backstop takes a whole position at a cost; what trades of it are unsettled go along.
  private void hand(int account, int line, long quantityUnits, long costTicks) {
    int instrument = Positions.instrumentOf(line);
    int backstop = book.accounts.backstop();
    Positions positions = book.positions;
    int backstopRow = positions.open(backstop, instrument);
    int row = positions.find(account, line);
    boolean traded = positions.hasUnsettledTrades(row) || positions.hasUnsettledTrades(backstopRow);
    long realised = trades.change(account, line, -quantityUnits, -costTicks);
    long backstopRealised = trades.change(backstop, instrument, quantityUnits, costTicks);
    positions.setUnsettledTrades(row, false);
    positions.setUnsettledTrades(backstopRow, traded);
    trades.tidy(account, line);
    trades.tidy(backstop, instrument);
    trades.postRealised(account, instrument, realised);
    trades.postRealised(backstop, instrument, backstopRealised);
  }

  private void confiscate(int account, Confiscated source, int[] receivers) {
    int party = book.accounts.party(account);
    for (int asset = 0; asset < receivers.length; asset++) {
      long from =
          switch (source) {
            case WALLET -> Ledger.wallet(party);
            case MARGIN -> Ledger.margin(account);
          };
      long held =
          switch (source) {
            case WALLET ->
                book.accounts.isIsolated(account) ? 0 : book.ledger.walletBalance(party, asset);
            case MARGIN -> Math.max(0, book.ledger.marginBalance(account, asset));
          };
      long owed = source == Confiscated.WALLET ? -book.ledger.marginBalance(account, asset) : 0;
      long repaid = Math.clamp(owed, 0, held);
      long to =
          receivers[asset] < 0
              ? Ledger.house(HouseAccount.INSURANCE_FUND)
              : Ledger.instrumentFund(receivers[asset]);
      book.ledger.post(asset, from, Ledger.margin(account), repaid, MoneyReason.CONFISCATION);
      book.ledger.post(asset, from, to, held - repaid, MoneyReason.CONFISCATION);
    }
  }

  /// What the account owes passes to the backstop and is its deficit.
  private void coverDebts(int account, Deficit deficit) {
    long backstop = Ledger.margin(book.accounts.backstop());
    long owedE6 = 0;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance < 0) {
        owedE6 = Math.addExact(owedE6, book.assets.valueE6(asset, -balance, Rounding.CEILING));
        book.ledger.post(asset, backstop, Ledger.margin(account), -balance, MoneyReason.TAKE_OVER);
      }
    }
    if (owedE6 > 0) {
      deficit.setRest(book.assets.amountMinor(deficit.cashAsset(), owedE6, Rounding.CEILING));
    }
  }
}
