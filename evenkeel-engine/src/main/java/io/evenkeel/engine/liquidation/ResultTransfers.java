package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.margin.health.HealthFigures;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Unsettled results of contracts pass from an account to the backstop, for money; and what the
/// classes that close by health have in common.
final class ResultTransfers {
  private final Book book;
  private final Valuation valuation;
  private final Trades trades;
  private final Weighing weighing = new Weighing();

  ResultTransfers(Book book, Valuation valuation, Trades trades) {
    this.book = book;
    this.valuation = valuation;
    this.trades = trades;
  }

  /// The backstop takes over a result of a row.
  ///
  /// @param resultMinor minor units of the settlement asset, signed, not beyond the row's cost
  ///   where there is no position
  /// @param paidMinor what the backstop pays for it; below 0 the account pays
  void take(int account, int instrument, long resultMinor, long paidMinor) {
    int backstop = book.accounts.backstop();
    long ticks = ticks(account, instrument, resultMinor);
    trades.changeKeepingResult(account, instrument, 0, ticks);
    long realised = trades.changeKeepingResult(backstop, instrument, 0, -ticks);
    book.events.emit(
        new Event.PositionTransferred(
            book.instruments.idAt(instrument),
            book.accounts.idAt(account),
            book.accounts.idAt(backstop),
            0,
            -ticks,
            0,
            realised,
            PositionSide.NET,
            PositionSide.NET));
    trades.tidy(account, instrument);
    trades.tidy(backstop, instrument);
    trades.postRealised(backstop, instrument, realised);
    int asset = book.instruments.settlementAsset(instrument);
    long to = Ledger.margin(account);
    long from = Ledger.margin(backstop);
    if (paidMinor >= 0) {
      book.ledger.post(asset, from, to, paidMinor, MoneyReason.TAKE_OVER);
    } else {
      book.ledger.post(asset, to, from, -paidMinor, MoneyReason.TAKE_OVER);
    }
  }

  /// Parts of a minor unit go along with the last of a result that has no position any more.
  long ticks(int account, int instrument, long resultMinor) {
    Positions positions = book.positions;
    int row = positions.find(account, instrument);
    long perMinor = book.instruments.ticksPerMinor(instrument);
    long ticks = Math.multiplyExact(resultMinor, perMinor);
    boolean isRest =
        positions.quantity(row) == 0 && Math.abs(-positions.cost(row) - ticks) < perMinor;
    return isRest ? -positions.cost(row) : ticks;
  }

  /// A limit in whole units as minor units of an asset.
  long limitMinor(int asset, @Nullable Decimal limit) {
    return limit == null
        ? HealthFigures.NEVER
        : limit.times(Fixed.pow10(book.assets.at(asset).scale()), Rounding.FLOOR);
  }

  /// Does something, and undoes it when the backstop is not at its initial level afterwards; false
  /// then, and when nothing was done.
  boolean ifBackstopCarries(BooleanSupplier action) {
    int start = book.undo.savepoint();
    int told = book.events.size();
    if (!action.getAsBoolean()) {
      return false;
    }
    valuation.assess(book.accounts.backstop(), weighing);
    if (weighing.equityE6() >= weighing.initialE6()) {
      return true;
    }
    book.undo.rollbackTo(start);
    book.events.truncate(told);
    return false;
  }
}
