package io.evenkeel.engine.trading;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.rebalance.MarginGate;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.TradingPhase;

/// Atomic two-sided fills (`docs/RULES.md`, section 3.2). A refused fill is taken back by the
/// engine, which rolls the book back to where the command began.
public final class FillDesk {
  private static final long LARGEST_FEE_SHARE = 10;

  private final Book book;
  private final EngineLimits limits;
  private final Valuation valuation;
  private final Trades trades;
  private final OrderDesk orders;
  private final MarginGate gate;

  /// Reads and writes the book.
  public FillDesk(
      Book book,
      EngineLimits limits,
      Valuation valuation,
      Trades trades,
      OrderDesk orders,
      MarginGate gate) {
    this.book = book;
    this.limits = limits;
    this.valuation = valuation;
    this.trades = trades;
    this.orders = orders;
    this.gate = gate;
  }

  /// Books a fill.
  public RefusalReason fill(Command.Fill fill) {
    int instrument = book.instruments.find(fill.instrumentId());
    int buyer = book.accounts.findOpen(fill.buyerAccountId());
    int seller = book.accounts.findOpen(fill.sellerAccountId());
    RefusalReason reason = checkStanding(instrument, buyer, seller);
    if (reason == RefusalReason.NONE) {
      reason = checkSidesFit(buyer, fill.buyerSide(), seller, fill.sellerSide());
    }
    if (reason == RefusalReason.NONE) {
      reason = checkTerms(instrument, fill);
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int bought = Positions.line(instrument, fill.buyerSide());
    int sold = Positions.line(instrument, fill.sellerSide());
    reason = checkSides(bought, sold, buyer, seller, fill);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(buyer, instrument);
    boolean gates = orders.gatesOnChange();
    boolean buyerRisks =
        gates
            && !fill.buyerOrder()
            && !isReducing(book.positions.held(buyer, bought), fill.quantityUnits());
    boolean sellerRisks =
        gates
            && !fill.sellerOrder()
            && !isReducing(book.positions.held(seller, sold), -fill.quantityUnits());
    if (buyerRisks) {
      reason = orders.checkNewRisk(buyer, instrument);
    }
    if (sellerRisks && reason == RefusalReason.NONE) {
      reason = orders.checkNewRisk(seller, instrument);
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    boolean buyerGated = buyerRisks || (!fill.buyerOrder() && gate.judgesByRisk(buyer));
    boolean sellerGated = sellerRisks || (!fill.sellerOrder() && gate.judgesByRisk(seller));
    if (buyerGated) {
      gate.note(0, buyer);
    }
    if (sellerGated) {
      gate.note(1, seller);
    }
    apply(bought, sold, buyer, seller, fill);
    boolean backed =
        (!buyerGated || gate.secureFill(0, buyer)) && (!sellerGated || gate.secureFill(1, seller));
    return backed ? RefusalReason.NONE : RefusalReason.INSUFFICIENT_MARGIN;
  }

  /// Whether the sides stated of two accounts are such as they have.
  RefusalReason checkSidesFit(
      int buyer, PositionSide buyerSide, int seller, PositionSide sellerSide) {
    return orders.fits(buyer, buyerSide) && orders.fits(seller, sellerSide)
        ? RefusalReason.NONE
        : RefusalReason.WRONG_POSITION_SIDE;
  }

  /// Why two accounts may not trade an instrument with one another at all.
  RefusalReason checkStanding(int instrument, int buyer, int seller) {
    if (instrument == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (buyer == IdIndex.ABSENT || seller == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (buyer == seller) {
      return RefusalReason.SELF_TRADE;
    }
    if (book.instruments.isFrozen(instrument)) {
      return RefusalReason.INSTRUMENT_FROZEN;
    }
    if (book.instruments.isSettled(instrument)) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    RefusalReason standing = book.standing(buyer, seller);
    if (standing != RefusalReason.NONE) {
      return standing;
    }
    return OrderDesk.checkAdmission(book, buyer, seller, instrument);
  }

  private RefusalReason checkTerms(int instrument, Command.Fill fill) {
    LinearContract contract = book.instruments.at(instrument);
    long quantity = fill.quantityUnits();
    if (quantity <= 0
        || quantity % contract.lotSize() != 0
        || quantity > contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    long price = fill.priceUnits();
    if (!contract.allowsPrice(price)) {
      return RefusalReason.INVALID_PRICE;
    }
    if (orders.isUnmarked(instrument)) {
      return RefusalReason.NO_MARK_PRICE;
    }
    if (orders.isOutsideCollar(instrument, price)) {
      return RefusalReason.PRICE_OUTSIDE_COLLAR;
    }
    if (!areFeesValid(instrument, quantity, price, fill.buyerFeeMinor(), fill.sellerFeeMinor())) {
      return RefusalReason.INVALID_FEE;
    }
    return book.instruments.phase(instrument) == TradingPhase.HALTED
        ? RefusalReason.PHASE_FORBIDS
        : RefusalReason.NONE;
  }

  /// Whether each fee is at most a tenth of the notional and the two are not negative together.
  boolean areFeesValid(
      int instrument, long quantity, long price, long buyerFeeMinor, long sellerFeeMinor) {
    long largestFee =
        Math.ceilDiv(
            valuation.notionalMinor(instrument, trades.costTicks(instrument, quantity, price)),
            LARGEST_FEE_SHARE);
    return !isBeyond(buyerFeeMinor, largestFee)
        && !isBeyond(sellerFeeMinor, largestFee)
        && buyerFeeMinor + sellerFeeMinor >= 0;
  }

  private static boolean isBeyond(long feeMinor, long largestFeeMinor) {
    return feeMinor > largestFeeMinor || feeMinor < -largestFeeMinor;
  }

  private RefusalReason checkSides(int bought, int sold, int buyer, int seller, Command.Fill fill) {
    long quantity = fill.quantityUnits();
    if ((fill.buyerOrder() && openOrders(buyer, bought, true) < quantity)
        || (fill.sellerOrder() && openOrders(seller, sold, false) < quantity)) {
      return RefusalReason.NO_SUCH_ORDER;
    }
    long buyerHeld = book.positions.held(buyer, bought);
    long sellerHeld = book.positions.held(seller, sold);
    if (!fill.buyerSide().holds(buyerHeld + quantity)
        || !fill.sellerSide().holds(sellerHeld - quantity)) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    int instrument = Positions.instrumentOf(bought);
    if (isOverLimit(buyer, instrument, buyerHeld, quantity)
        || isOverLimit(seller, instrument, sellerHeld, -quantity)) {
      return RefusalReason.POSITION_LIMIT;
    }
    return checkRoom(bought, sold, buyer, seller, quantity);
  }

  /// Why there is no room for what a trade makes of two accounts; a negative quantity is sold by
  /// the buyer.
  RefusalReason checkRoom(int bought, int sold, int buyer, int seller, long quantity) {
    if (needsTooManyRows(buyer, bought) || needsTooManyRows(seller, sold)) {
      return RefusalReason.LIMIT_REACHED;
    }
    int instrument = Positions.instrumentOf(bought);
    long openInterest =
        book.instruments.openInterestUnits(instrument)
            + longChange(book.positions.held(buyer, bought), quantity)
            + longChange(book.positions.held(seller, sold), -quantity);
    return openInterest > book.instruments.at(instrument).maximumOpenInterestUnits()
        ? RefusalReason.OPEN_INTEREST_LIMIT
        : RefusalReason.NONE;
  }

  private static long longChange(long held, long change) {
    return Math.max(held + change, 0) - Math.max(held, 0);
  }

  private boolean isOverLimit(int account, int instrument, long held, long change) {
    long now = Math.abs(held + change);
    return !book.accounts.isBackstop(account)
        && now > book.instruments.at(instrument).maximumPositionUnits()
        && now > Math.abs(held);
  }

  private boolean needsTooManyRows(int account, int line) {
    return !book.accounts.isBackstop(account)
        && book.positions.find(account, line) == Positions.NONE
        && book.positions.count(account) >= limits.positionsPerAccount();
  }

  private long openOrders(int account, int line, boolean buys) {
    int row = book.positions.find(account, line);
    if (row == Positions.NONE) {
      return 0;
    }
    return buys ? book.positions.buyUnits(row) : book.positions.sellUnits(row);
  }

  /// Whether a signed change makes a position smaller without turning it round.
  private static boolean isReducing(long held, long change) {
    long now = held + change;
    return Math.abs(now) < Math.abs(held) && (now == 0 || (now > 0) == (held > 0));
  }

  private void apply(int bought, int sold, int buyer, int seller, Command.Fill fill) {
    int instrument = Positions.instrumentOf(bought);
    long quantity = fill.quantityUnits();
    long cost = trades.costTicks(instrument, quantity, fill.priceUnits());
    long buyerRealised = trades.change(buyer, bought, quantity, cost);
    long sellerRealised = trades.change(seller, sold, -quantity, -cost);
    book.events.emit(
        new Event.FillApplied(
            fill.instrumentId(),
            fill.buyerAccountId(),
            fill.sellerAccountId(),
            quantity,
            fill.priceUnits(),
            buyerRealised,
            sellerRealised,
            fill.buyerSide(),
            fill.sellerSide()));
    trades.postRealised(buyer, instrument, buyerRealised);
    trades.postRealised(seller, instrument, sellerRealised);
    int asset = book.instruments.settlementAsset(instrument);
    postFee(buyer, asset, fill.buyerFeeMinor());
    postFee(seller, asset, fill.sellerFeeMinor());
    if (fill.buyerOrder()) {
      shrinkBuys(book.positions.find(buyer, bought), quantity);
    }
    if (fill.sellerOrder()) {
      shrinkSells(book.positions.find(seller, sold), quantity);
    }
    trades.tidy(buyer, bought);
    trades.tidy(seller, sold);
  }

  /// Charges a fee to a margin account; a negative one is paid to it.
  void postFee(int account, int asset, long feeMinor) {
    long margin = Ledger.margin(account);
    long fees = Ledger.house(HouseAccount.FEES);
    if (feeMinor > 0) {
      book.ledger.post(asset, margin, fees, feeMinor, MoneyReason.FEE);
    } else {
      book.ledger.post(asset, fees, margin, -feeMinor, MoneyReason.FEE);
    }
  }

  private void shrinkBuys(int row, long quantity) {
    Positions positions = book.positions;
    long filled =
        Fixed.mulDiv(
            positions.buyNotional(row), quantity, positions.buyUnits(row), Rounding.CEILING);
    positions.setOrders(
        row,
        positions.buyUnits(row) - quantity,
        positions.sellUnits(row),
        positions.buyNotional(row) - filled,
        positions.sellNotional(row));
  }

  private void shrinkSells(int row, long quantity) {
    Positions positions = book.positions;
    long filled =
        Fixed.mulDiv(
            positions.sellNotional(row), quantity, positions.sellUnits(row), Rounding.CEILING);
    positions.setOrders(
        row,
        positions.buyUnits(row),
        positions.sellUnits(row) - quantity,
        positions.buyNotional(row),
        positions.sellNotional(row) - filled);
  }
}
