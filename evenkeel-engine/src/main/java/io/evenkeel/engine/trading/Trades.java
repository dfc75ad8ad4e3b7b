package io.evenkeel.engine.trading;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// The one way in which a position changes (`docs/RULES.md`, section 3.2). Costs are exact ticks;
/// only money that leaves the clearing account is rounded, and what rounding leaves stays with the
/// instrument as its residue.
public final class Trades {
  private final Book book;
  private final Positions positions;
  private final Instruments instruments;

  /// Writes positions and, on request, the ledger.
  public Trades(Book book) {
    this.book = book;
    this.positions = book.positions;
    this.instruments = book.instruments;
  }

  /// Changes a position by a signed quantity at a signed cost and returns the profit realised in
  /// minor units, which the caller must post with [#postRealised(int, int, long)]; nothing where
  /// trades settle at marks, of which the row only takes note. Leaves an empty row in place: the
  /// caller removes it.
  ///
  /// @param line the line of the row, which for a one-way account is the index of the instrument
  public long change(int account, int line, long quantityUnits, long costTicks) {
    int instrument = Positions.instrumentOf(line);
    int row = positions.open(account, line);
    long held = positions.quantity(row);
    long cost = positions.cost(row);
    long realisedMinor = 0;
    boolean atMarks = instruments.settlesTradesAtMarks(instrument);
    if (atMarks || held == 0 || (held > 0) == (quantityUnits > 0)) {
      cost = Math.addExact(cost, costTicks);
    } else {
      long closed = Math.min(Math.abs(quantityUnits), Math.abs(held));
      long heldShare = Fixed.mulDiv(cost, closed, Math.abs(held), Rounding.FLOOR);
      long tradeShare = Fixed.mulDiv(costTicks, closed, Math.abs(quantityUnits), Rounding.FLOOR);
      long realisedTicks = -(heldShare + tradeShare);
      cost = cost - heldShare + costTicks - tradeShare;
      long ticksPerMinor = instruments.ticksPerMinor(instrument);
      realisedMinor = Math.floorDiv(realisedTicks, ticksPerMinor);
      instruments.setResidueTicks(
          instrument,
          instruments.residueTicks(instrument) + realisedTicks - realisedMinor * ticksPerMinor);
    }
    long now = Math.addExact(held, quantityUnits);
    Check.invariant(Positions.sideOf(line).holds(now), "a position is on the wrong side");
    positions.setPosition(row, now, cost);
    if (atMarks) {
      positions.setUnsettledTrades(row, true);
    }
    instruments.addOpenInterest(instrument, Math.max(now, 0) - Math.max(held, 0));
    return realisedMinor;
  }

  /// Takes back one side of a trade, given as the opposite trade, and returns the profit realised,
  /// which the caller must post. Where the row is larger than the trade and of its side, what the
  /// trade added leaves as it came and nothing is realised; else the opposite trade is made.
  public long takeBack(int account, int line, long quantityUnits, long costTicks) {
    int instrument = Positions.instrumentOf(line);
    int row = positions.find(account, line);
    long held = row == Positions.NONE ? 0 : positions.quantity(row);
    boolean isPart = (held > 0) != (quantityUnits > 0) && Math.abs(held) > Math.abs(quantityUnits);
    if (!isPart || instruments.settlesTradesAtMarks(instrument)) {
      return change(account, line, quantityUnits, costTicks);
    }
    long now = held + quantityUnits;
    positions.setPosition(row, now, Math.addExact(positions.cost(row), costTicks));
    instruments.addOpenInterest(instrument, Math.max(now, 0) - Math.max(held, 0));
    return 0;
  }

  /// Makes a position dearer by so much without changing its quantity, and returns the profit
  /// realised, which the caller must post: all of it where there is no position any more.
  public long addCost(int account, int line, long costTicks) {
    int instrument = Positions.instrumentOf(line);
    int row = positions.find(account, line);
    boolean atMarks = instruments.settlesTradesAtMarks(instrument);
    if (atMarks && row == Positions.NONE) {
      row = positions.open(account, line);
    }
    if (atMarks || (row != Positions.NONE && positions.quantity(row) != 0)) {
      positions.setPosition(
          row, positions.quantity(row), Math.addExact(positions.cost(row), costTicks));
      if (atMarks) {
        positions.setUnsettledTrades(row, true);
      }
      return 0;
    }
    long ticksPerMinor = instruments.ticksPerMinor(instrument);
    long realisedMinor = Math.floorDiv(-costTicks, ticksPerMinor);
    instruments.setResidueTicks(
        instrument,
        instruments.residueTicks(instrument) - costTicks - realisedMinor * ticksPerMinor);
    return realisedMinor;
  }

  /// Changes a position by a signed quantity, which may be 0, at a signed cost. An account whose
  /// rules keep results apart from money realises nothing by it, also when no quantity is left; of
  /// others the profit realised is returned, which the caller must post. Leaves an empty row in
  /// place.
  public long changeKeepingResult(int account, int line, long quantityUnits, long costTicks) {
    if (!book.rulebooks.at(book.accounts.rulebook(account)).keepsResults()) {
      return quantityUnits == 0
          ? addCost(account, line, costTicks)
          : change(account, line, quantityUnits, costTicks);
    }
    int instrument = Positions.instrumentOf(line);
    int row = positions.open(account, line);
    long held = positions.quantity(row);
    long now = Math.addExact(held, quantityUnits);
    positions.setPosition(row, now, Math.addExact(positions.cost(row), costTicks));
    instruments.addOpenInterest(instrument, Math.max(now, 0) - Math.max(held, 0));
    return 0;
  }

  /// Pays a realised profit out of the clearing account, or a realised loss into it.
  public void postRealised(int account, int instrument, long realisedMinor) {
    int asset = instruments.settlementAsset(instrument);
    long margin = Ledger.margin(account);
    long clearing = Ledger.clearing(instrument);
    if (realisedMinor > 0) {
      book.ledger.post(asset, clearing, margin, realisedMinor, MoneyReason.REALISED_PROFIT);
    } else {
      book.ledger.post(asset, margin, clearing, -realisedMinor, MoneyReason.REALISED_PROFIT);
    }
  }

  /// Removes the row of an account on a line if nothing is left in it.
  public void tidy(int account, int line) {
    int row = positions.find(account, line);
    if (row != Positions.NONE) {
      positions.removeIfEmpty(row);
    }
  }

  /// Cost of a quantity at a price, in ticks: signed as the quantity, of an inverse future the
  /// other way.
  public long costTicks(int instrument, long quantityUnits, long priceUnits) {
    return quantityUnits * instruments.worthTicks(instrument, priceUnits);
  }

  /// Cancels all open orders of an account and returns in how many instruments it had some.
  public int cancelOrders(int account) {
    int cancelled = 0;
    int row = positions.first(account);
    while (row != Positions.NONE) {
      int next = positions.next(row);
      if (positions.hasOrders(row)) {
        positions.setOrders(row, 0, 0, 0, 0);
        positions.removeIfEmpty(row);
        cancelled++;
      }
      row = next;
    }
    return cancelled;
  }
}
