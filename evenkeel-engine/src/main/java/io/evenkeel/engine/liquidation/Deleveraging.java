package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import io.evenkeel.model.rulebook.LiquidationStep.Ranking;
import java.util.Arrays;

/// Auto-deleveraging: closes positions of an account that is worth less than nothing against
/// holders of the other side, at the bankruptcy price (`docs/RULES.md`, section 7). Whether a
/// holder can bear a trade is tried on the real book with the real model and taken back.
public final class Deleveraging {
  private static final long MOST = 1L << 62;
  private static final long ONE_E9 = 1_000_000_000L;

  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final BankruptcyPrice bankruptcy;
  private final HolderQueue queue = new HolderQueue();
  private final Weighing weighing = new Weighing();
  private int[] holders = new int[64];
  private long[] profitsMinor = new long[64];

  /// Reads and writes the book.
  public Deleveraging(Book book, Valuation valuation, Trades trades, BankruptcyPrice bankruptcy) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
    this.bankruptcy = bankruptcy;
  }

  /// Deleverages an account as far as holders can bear it; whoever was dealt with is added to
  /// `touched`. Nothing happens to an account that is worth something, or that the fund covers.
  ///
  /// @param batch accounts being liquidated, whose positions are not closed against one another
  void deleverage(int account, Deleverage step, Batch batch, AccountSet touched) {
    long value = valuation.fullValueE6(account);
    if (value >= 0 || (step.beyondFundOnly() && fundCovers(account, -value))) {
      return;
    }
    Positions positions = book.positions;
    int row = positions.first(account);
    while (row != Positions.NONE) {
      int next = positions.next(row);
      int instrument = positions.instrument(row);
      if (positions.quantity(row) != 0
          && book.instruments.mark(instrument) > 0
          && !book.instruments.isFrozen(instrument)) {
        close(account, positions.line(row), Long.MAX_VALUE, step.ranking(), batch, touched);
      }
      row = next;
    }
  }

  /// Closes a position, or part of one, against holders of the other side, whatever the account is
  /// worth.
  ///
  /// @param line the line of the position
  /// @param mostUnits the most to close, > 0
  /// @return signed quantity that is left
  public long offset(int account, int line, long mostUnits, Ranking ranking) {
    close(account, line, mostUnits, ranking, new Batch(), new AccountSet());
    return book.positions.held(account, line);
  }

  private boolean fundCovers(int account, long deficitE6) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    int cash = terms.cashAsset();
    return book.assets.covers(
        cash, book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, cash), deficitE6);
  }

  private void close(
      int account, int line, long mostUnits, Ranking ranking, Batch batch, AccountSet touched) {
    int instrument = Positions.instrumentOf(line);
    long held = book.positions.held(account, line);
    int count = gather(instrument, held > 0, batch);
    if (ranking == Ranking.PROFIT_SHARE) {
      closeByShares(account, line, mostUnits, count, touched);
      return;
    }
    queue.clear();
    int start = count == 0 ? 0 : Rotation.start(book, account, count);
    for (int i = 0; i < count; i++) {
      long place = i >= start ? count - (i - start) : start - i;
      queue.add(
          holders[i],
          ranking == Ranking.ROTATION
              ? place
              : scoreE9(holders[i], lineAgainst(holders[i], line, held), profitsMinor[i]));
    }
    queue.order();
    long left = Math.min(mostUnits, Math.abs(held));
    for (int holder = queue.take(); holder >= 0 && left > 0; holder = queue.take()) {
      long units = Math.min(left, heldUnits(holder, lineAgainst(holder, line, held)));
      if (match(account, holder, instrument, held > 0 ? -units : units)) {
        touched.add(holder);
        left -= units;
      }
    }
  }

  /// In proportion to profit; what rounding to lots leaves is taken in account order.
  private void closeByShares(int account, int line, long mostUnits, int count, AccountSet touched) {
    int instrument = Positions.instrumentOf(line);
    long lot = book.instruments.at(instrument).lotSize();
    long held = book.positions.held(account, line);
    long all = Math.min(mostUnits, Math.abs(held));
    long[] shares = new long[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum = Math.addExact(sum, Math.max(0, profitsMinor[i]));
    }
    long left = all;
    for (int i = 0; i < count && sum > 0; i++) {
      long share = Fixed.mulDiv(all, Math.max(0, profitsMinor[i]), sum, Rounding.FLOOR);
      shares[i] =
          Math.min(share / lot * lot, heldUnits(holders[i], lineAgainst(holders[i], line, held)));
      left -= shares[i];
    }
    for (int i = 0; i < count && left > 0; i++) {
      if (profitsMinor[i] > 0) {
        long most = heldUnits(holders[i], lineAgainst(holders[i], line, held));
        long more = Math.min(left, most - shares[i]);
        shares[i] += more;
        left -= more;
      }
    }
    for (int i = 0; i < count; i++) {
      long change = held > 0 ? -shares[i] : shares[i];
      if (shares[i] > 0 && match(account, holders[i], instrument, change)) {
        touched.add(holders[i]);
      }
    }
  }

  /// Holders of the other side who may be dealt with, in account order; returns how many.
  private int gather(int instrument, boolean isLong, Batch batch) {
    Positions positions = book.positions;
    int count = 0;
    int all = positions.holderCount(instrument);
    if (holders.length < all) {
      holders = new int[2 * all];
      profitsMinor = new long[2 * all];
    }
    for (int place = 0; place < all; place++) {
      int row = positions.holderRow(instrument, place);
      int holder = positions.account(row);
      long quantity = positions.quantity(row);
      if (quantity != 0
          && (quantity > 0) != isLong
          && book.accounts.isActive(holder)
          && !book.accounts.isBackstop(holder)
          && !batch.contains(holder)) {
        holders[count++] = holder;
      }
    }
    Arrays.sort(holders, 0, count);
    for (int i = 0; i < count; i++) {
      int row = positions.find(holders[i], positions.lineOf(holders[i], instrument, !isLong));
      profitsMinor[i] = valuation.profitMinor(row, instrument);
    }
    return count;
  }

  /// Share of profit in what the position cost, times leverage; of a loser over leverage, so that
  /// the riskiest winner comes first and the riskiest loser last but one.
  long scoreE9(int holder, int line, long profitMinor) {
    int instrument = Positions.instrumentOf(line);
    int row = book.positions.find(holder, line);
    valuation.assess(holder, weighing);
    long equity = Math.max(1, weighing.equityE6());
    long notional = Math.max(1, valuation.positionNotionalE6(row, instrument));
    long cost =
        Math.max(
            1, Math.abs(book.positions.cost(row)) / book.instruments.ticksPerMinor(instrument));
    long share = ratio(Math.abs(profitMinor), ONE_E9, cost);
    return profitMinor >= 0 ? ratio(share, notional, equity) : -ratio(share, equity, notional);
  }

  /// `floor(a * b / divisor)`, at most 2^62.
  private static long ratio(long a, long b, long divisor) {
    return Fixed.compareProducts(a, b, MOST, divisor) >= 0
        ? MOST
        : Fixed.mulDiv(a, b, divisor, Rounding.FLOOR);
  }

  private long heldUnits(int account, int line) {
    return Math.abs(book.positions.held(account, line));
  }

  /// The line of a holder that is closed against a position of the other sign.
  private int lineAgainst(int holder, int line, long held) {
    return book.positions.lineOf(holder, Positions.instrumentOf(line), held < 0);
  }

  /// Closes part of a position against another account's, both at the bankruptcy price of the
  /// first.
  ///
  /// @param changeUnits signed change of the account's position; must make both positions smaller
  /// @return false, with nothing changed, when it does not, when there is no such price, or when
  ///   the counterparty would be left below maintenance or owing
  public boolean match(int account, int counterparty, int instrument, long changeUnits) {
    long units = Math.abs(changeUnits);
    int line = book.positions.lineOf(account, instrument, changeUnits < 0);
    if (!reduces(account, line, changeUnits)
        || !reduces(
            counterparty,
            book.positions.lineOf(counterparty, instrument, changeUnits > 0),
            -changeUnits)
        || !bankruptcy.exists(account, line, units)) {
      return false;
    }
    int savepoint = book.undo.savepoint();
    int announced = book.events.size();
    if (trade(account, counterparty, instrument, changeUnits)) {
      valuation.assess(counterparty, weighing);
      if (weighing.equityE6() >= weighing.maintenanceE6()
          && valuation.fullValueE6(counterparty) >= 0) {
        return true;
      }
    }
    book.undo.rollbackTo(savepoint);
    book.events.truncate(announced);
    return false;
  }

  private boolean reduces(int account, int line, long changeUnits) {
    long held = book.positions.held(account, line);
    return changeUnits > 0 ? changeUnits <= -held : changeUnits < 0 && -changeUnits <= held;
  }

  /// False when the price would be below zero or dearer than what the instrument allows.
  private boolean trade(int account, int counterparty, int instrument, long quantity) {
    long units = Math.abs(quantity);
    int line = book.positions.lineOf(account, instrument, quantity < 0);
    int opposite = book.positions.lineOf(counterparty, instrument, quantity > 0);
    long value = bankruptcy.valueMinor(account, line, units);
    long ticksPerMinor = book.instruments.ticksPerMinor(instrument);
    long most = book.instruments.mostTicks(instrument, units);
    long paid = (quantity < 0) == book.instruments.isInverse(instrument) ? -value : value;
    if (paid < 0 || Fixed.compareProducts(paid, ticksPerMinor, most, 1) > 0) {
      return false;
    }
    long cost = -value * ticksPerMinor;
    long atMark = trades.costTicks(instrument, quantity, book.instruments.mark(instrument));
    long realised = trades.change(account, line, quantity, cost);
    long counterpartyRealised = trades.change(counterparty, opposite, -quantity, -cost);
    trades.tidy(account, line);
    trades.tidy(counterparty, opposite);
    book.events.emit(
        new Event.Deleveraged(
            book.accounts.idAt(account),
            book.accounts.idAt(counterparty),
            book.instruments.idAt(instrument),
            units,
            book.instruments.mark(instrument),
            cost,
            realised,
            counterpartyRealised,
            Math.ceilDiv(atMark - cost, ticksPerMinor),
            Positions.sideOf(line),
            Positions.sideOf(opposite)));
    trades.postRealised(account, instrument, realised);
    trades.postRealised(counterparty, instrument, counterpartyRealised);
    return true;
  }
}
