package io.evenkeel.engine.trading;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.rebalance.MarginGate;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;

/// Positions that go from one account to another (`docs/RULES.md`, section 3.4). A refused transfer
/// is taken back by the engine, which rolls the book back to where the command began.
public final class TransferDesk {
  private static final int GIVER = 0;
  private static final int TAKER = 1;

  private final Book book;
  private final EngineLimits limits;
  private final Trades trades;
  private final OrderDesk orders;
  private final MarginGate gate;

  /// Reads and writes the book.
  public TransferDesk(
      Book book, EngineLimits limits, Trades trades, OrderDesk orders, MarginGate gate) {
    this.book = book;
    this.limits = limits;
    this.trades = trades;
    this.orders = orders;
    this.gate = gate;
  }

  /// Moves a position, or part of one.
  public RefusalReason transfer(Command.TransferPosition command) {
    int instrument = book.instruments.find(command.instrumentId());
    int giver = book.accounts.findOpen(command.fromAccountId());
    int taker = book.accounts.findOpen(command.toAccountId());
    RefusalReason reason = checkStanding(instrument, giver, taker);
    if (reason == RefusalReason.NONE && !orders.fits(giver, command.fromSide())) {
      reason = RefusalReason.WRONG_POSITION_SIDE;
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int given = Positions.line(instrument, command.fromSide());
    long held = book.positions.held(giver, given);
    int taken = book.positions.lineOf(taker, instrument, held > 0);
    reason = checkTerms(instrument, held, command);
    if (reason == RefusalReason.NONE) {
      reason =
          checkTaker(taken, taker, held > 0 ? command.quantityUnits() : -command.quantityUnits());
    }
    if (reason == RefusalReason.NONE) {
      reason = orders.checkNewRisk(giver, instrument);
    }
    if (reason == RefusalReason.NONE) {
      reason = orders.checkNewRisk(taker, instrument);
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(giver, instrument);
    gate.noteShortfall(GIVER, giver);
    gate.noteShortfall(TAKER, taker);
    move(given, taken, giver, taker, command);
    return gate.secureTransfer(GIVER, giver) && gate.secureTransfer(TAKER, taker)
        ? RefusalReason.NONE
        : RefusalReason.INSUFFICIENT_MARGIN;
  }

  private RefusalReason checkStanding(int instrument, int giver, int taker) {
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (giver == IdIndex.ABSENT || taker == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (giver == taker) {
      return RefusalReason.SELF_TRADE;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    if (book.instruments.isSettled(instrument)) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    RefusalReason standing = book.standing(giver, taker);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    return OrderDesk.checkAdmission(book, taker, taker, instrument);
  }

  private RefusalReason checkTerms(int instrument, long held, Command.TransferPosition command) {
    LinearContract contract = book.instruments.at(instrument);
    long quantity = command.quantityUnits();
    if (quantity <= 0 || quantity % contract.lotSize() != 0) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (quantity > Math.abs(held)) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    long price = command.priceUnits();
    boolean stated = command.basis() == TransferBasis.PRICE;
    if (stated ? !contract.allowsPrice(price) : price != 0) {
      return RefusalReason.INVALID_PRICE;
    }
    boolean atMark = command.basis() == TransferBasis.MARK;
    if (orders.isUnmarked(instrument) || (atMark && book.instruments.mark(instrument) == 0)) {
      return RefusalReason.NO_MARK_PRICE;
    }
    return stated && orders.isOutsideCollar(instrument, price)
        ? RefusalReason.PRICE_OUTSIDE_COLLAR
        : RefusalReason.NONE;
  }

  /// Open interest cannot grow by a transfer, so its limit is not asked.
  private RefusalReason checkTaker(int line, int taker, long moved) {
    if (book.accounts.isBackstop(taker)) {
      return RefusalReason.NONE;
    }
    long before = book.positions.held(taker, line);
    long after = before + moved;
    if (Math.abs(after) > book.instruments.at(Positions.instrumentOf(line)).maximumPositionUnits()
        && Math.abs(after) > Math.abs(before)) {
      return RefusalReason.POSITION_LIMIT;
    }
    return book.positions.find(taker, line) == Positions.NONE
            && book.positions.count(taker) >= limits.positionsPerAccount()
        ? RefusalReason.LIMIT_REACHED
        : RefusalReason.NONE;
  }

  private void move(int given, int taken, int giver, int taker, Command.TransferPosition command) {
    int instrument = Positions.instrumentOf(given);
    boolean isLong = book.positions.held(giver, given) > 0;
    long moved = isLong ? command.quantityUnits() : -command.quantityUnits();
    long cost =
        switch (command.basis()) {
          case MARK -> trades.costTicks(instrument, moved, book.instruments.mark(instrument));
          case PRICE -> trades.costTicks(instrument, moved, command.priceUnits());
          case COST -> shareOfCost(book.positions.find(giver, given), command.quantityUnits());
        };
    long giverRealised = trades.change(giver, given, -moved, -cost);
    long takerRealised = trades.change(taker, taken, moved, cost);
    book.events.emit(
        new Event.PositionTransferred(
            command.instrumentId(),
            command.fromAccountId(),
            command.toAccountId(),
            moved,
            cost,
            giverRealised,
            takerRealised,
            command.fromSide(),
            Positions.sideOf(taken)));
    trades.postRealised(giver, instrument, giverRealised);
    trades.postRealised(taker, instrument, takerRealised);
    trades.tidy(giver, given);
    trades.tidy(taker, taken);
  }

  /// The share of a row's cost that a trade of so much would close, so that the giver realises
  /// nothing; what rounding leaves stays with the giver.
  private long shareOfCost(int row, long quantity) {
    return Fixed.mulDiv(
        book.positions.cost(row), quantity, Math.abs(book.positions.quantity(row)), Rounding.FLOOR);
  }
}
