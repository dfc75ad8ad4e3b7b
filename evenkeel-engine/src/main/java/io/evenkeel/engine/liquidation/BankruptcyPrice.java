package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;

/// What closing part of a position must bring so that the account is left with nothing: what the
/// part is worth at the mark, less the share of the account's value that goes with it, by the
/// maintenance margin that closing frees (reference: dYdX v4 bankruptcy price). Rounded against the
/// account.
public final class BankruptcyPrice {
  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final Weighing weighing = new Weighing();
  private long freedE6;
  private long maintenanceE6;

  /// Reads the book; what it tries out is taken back.
  public BankruptcyPrice(Book book, Valuation valuation, Trades trades) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
  }

  /// Whether there is a price for closing `units` of an account's position: it holds that much, and
  /// has a maintenance margin to divide by.
  ///
  /// @param line the line of the position
  /// @param units > 0
  public boolean exists(int account, int line, long units) {
    int row = book.positions.find(account, line);
    if (units <= 0 || row == Positions.NONE || Math.abs(book.positions.quantity(row)) < units) {
      return false;
    }
    weigh(account, row, units);
    return maintenanceE6 > 0;
  }

  /// What the account must receive for closing `units`, minor units of the settlement asset; for a
  /// short negative: what it pays. `-(change of signed notional) - floor(V * freed / MM)`, notional
  /// cut towards zero, V at full value. Only where [#exists] holds.
  ///
  /// @throws ArithmeticException when the value does not fit
  public long valueMinor(int account, int line, long units) {
    int instrument = Positions.instrumentOf(line);
    int row = book.positions.find(account, line);
    long held = book.positions.quantity(row);
    weigh(account, row, units);
    long left = held > 0 ? held - units : held + units;
    long change = notionalMinor(instrument, left) - notionalMinor(instrument, held);
    long shareE6 =
        Fixed.mulDiv(valuation.fullValueE6(account), freedE6, maintenanceE6, Rounding.FLOOR);
    int asset = book.instruments.settlementAsset(instrument);
    long share = book.assets.amountMinor(asset, shareE6, Rounding.FLOOR);
    return Math.subtractExact(-change, share);
  }

  /// Maintenance margin that closing what [#exists] was last asked about frees, E6.
  long freedE6() {
    return freedE6;
  }

  /// Maintenance margin of the account that [#exists] was last asked about, E6.
  long maintenanceE6() {
    return maintenanceE6;
  }

  /// Signed worth of a position at the mark, cut towards zero.
  long notionalMinor(int instrument, long units) {
    return trades.costTicks(instrument, units, book.instruments.mark(instrument))
        / book.instruments.ticksPerMinor(instrument);
  }

  /// Maintenance margin now, and what of it closing frees.
  private void weigh(int account, int row, long units) {
    valuation.assess(account, weighing);
    maintenanceE6 = weighing.maintenanceMarginE6();
    long held = book.positions.quantity(row);
    long cost = book.positions.cost(row);
    int start = book.undo.savepoint();
    long left = held > 0 ? held - units : held + units;
    book.positions.setPosition(
        row, left, Fixed.mulDiv(cost, Math.abs(left), Math.abs(held), Rounding.FLOOR));
    book.positions.removeIfEmpty(row);
    valuation.assess(account, weighing);
    book.undo.rollbackTo(start);
    freedE6 = Math.max(0, maintenanceE6 - weighing.maintenanceMarginE6());
  }
}
