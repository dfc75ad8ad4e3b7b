package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import java.util.Arrays;

/// The backstop takes a whole account at its bankruptcy price: positions at their cost and every
/// balance, so that nothing is left and no price has to be found.
final class TakeOvers {
  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final Penalties penalties;

  TakeOvers(Book book, Valuation valuation, Trades trades, Penalties penalties) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.penalties = penalties;
  }

  /// Takes an account over; the deficit that came with it has rest 0 when there is none.
  Deficit takeOver(int account) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    cancelOrders(account);
    long value = valuation.fullValueE6(account);
    Deficit deficit = deficitOf(account, terms.cashAsset());
    if (value < 0) {
      deficit.setRest(book.assets.amountMinor(terms.cashAsset(), -value, Rounding.CEILING));
    }
    payPenalty(account, terms, value);
    movePositions(account);
    moveBalances(account);
    return deficit;
  }

  /// Cancels what orders are still open and says so.
  void cancelOrders(int account) {
    int cancelled = trades.cancelOrders(account);
    if (cancelled > 0) {
      book.events.emit(new Event.OrdersCancelled(book.accounts.idAt(account), cancelled));
    }
  }

  /// Notional of all positions at their marks, millionths of the numeraire.
  long notionalE6(int account) {
    long notional = 0;
    Positions positions = book.positions;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      notional =
          Math.addExact(notional, valuation.positionNotionalE6(row, positions.instrument(row)));
    }
    return notional;
  }

  /// A deficit without amount, with the weights by which its loss would be shared.
  Deficit deficitOf(int account, int cashAsset) {
    Positions positions = book.positions;
    int count = positions.count(account);
    int[] instruments = new int[count];
    long[] losses = new long[count];
    long[] notionals = new long[count];
    long lossSum = 0;
    int at = 0;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      // the two sides of an account in hedge mode weigh together
      if (at > 0 && instruments[at - 1] == instrument) {
        at--;
      }
      instruments[at] = instrument;
      long profit =
          book.assets.valueE6(
              book.instruments.settlementAsset(instrument),
              valuation.profitMinor(row, instrument),
              Rounding.FLOOR);
      long loss = Math.max(0, -profit);
      losses[at] += loss;
      notionals[at] = Math.addExact(notionals[at], valuation.positionNotionalE6(row, instrument));
      lossSum += loss;
      at++;
    }
    return new Deficit(
        book.accounts.idAt(account),
        cashAsset,
        Arrays.copyOf(instruments, at),
        Arrays.copyOf(lossSum > 0 ? losses : notionals, at));
  }

  private void payPenalty(int account, RulebookTerms terms, long fullValueE6) {
    LiquidationPolicy policy = terms.rulebook().liquidation();
    long notional = notionalE6(account);
    int cash = terms.cashAsset();
    long penaltyE6 =
        Math.min(
            policy.takeOverPenalty().times(notional, Rounding.CEILING), Math.max(0, fullValueE6));
    long penalty = book.assets.amountMinor(cash, penaltyE6, Rounding.FLOOR);
    book.events.emit(
        new Event.AccountTakenOver(
            book.accounts.idAt(account),
            book.accounts.idAt(book.accounts.backstop()),
            fullValueE6,
            notional,
            book.assets.idAt(cash),
            penalty));
    penalties.post(account, cash, penalty, policy);
  }

  private void movePositions(int account) {
    int backstop = book.accounts.backstop();
    Positions positions = book.positions;
    int row = positions.first(account);
    while (row != Positions.NONE) {
      int next = positions.next(row);
      int instrument = positions.instrument(row);
      long quantity = positions.quantity(row);
      long cost = positions.cost(row);
      book.instruments.addOpenInterest(instrument, -Math.max(0, quantity));
      positions.setPosition(row, 0, 0);
      positions.removeIfEmpty(row);
      long realised = trades.change(backstop, instrument, quantity, cost);
      trades.tidy(backstop, instrument);
      trades.postRealised(backstop, instrument, realised);
      row = next;
    }
  }

  private void moveBalances(int account) {
    long margin = Ledger.margin(account);
    long backstop = Ledger.margin(book.accounts.backstop());
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      if (balance > 0) {
        book.ledger.post(asset, margin, backstop, balance, MoneyReason.TAKE_OVER);
      } else {
        book.ledger.post(asset, backstop, margin, -balance, MoneyReason.TAKE_OVER);
      }
    }
  }
}
