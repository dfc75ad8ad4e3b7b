package io.evenkeel.engine.trading;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Instrument.LinearContract;

/// Trades that the venue takes back or gives another price (`docs/RULES.md`, section 3.5). A
/// refused one is taken back by the engine, which rolls the book back to where the command began.
public final class CorrectionDesk {
  private final Book book;
  private final Trades trades;
  private final FillDesk fills;

  /// Reads and writes the book.
  public CorrectionDesk(Book book, Trades trades, FillDesk fills) {
    this.book = book;
    this.trades = trades;
    this.fills = fills;
  }

  /// Takes a trade back, and its fees.
  public RefusalReason bust(Command.BustTrade bust) {
    int instrument = book.instruments.find(bust.instrumentId());
    int buyer = book.accounts.findOpen(bust.buyerAccountId());
    int seller = book.accounts.findOpen(bust.sellerAccountId());
    long quantity = bust.quantityUnits();
    long price = bust.priceUnits();
    RefusalReason reason = fills.checkStanding(instrument, buyer, seller);
    if (reason == RefusalReason.NONE) {
      reason = fills.checkSidesFit(buyer, bust.buyerSide(), seller, bust.sellerSide());
    }
    if (reason == RefusalReason.NONE) {
      reason = checkTrade(instrument, quantity, price);
    }
    if (reason == RefusalReason.NONE) {
      reason = checkFees(instrument, bust);
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    int bought = Positions.line(instrument, bust.buyerSide());
    int sold = Positions.line(instrument, bust.sellerSide());
    if (!bust.buyerSide().holds(book.positions.held(buyer, bought) - quantity)
        || !bust.sellerSide().holds(book.positions.held(seller, sold) + quantity)) {
      return RefusalReason.SIDE_EXCEEDED;
    }
    reason = fills.checkRoom(bought, sold, buyer, seller, -quantity);
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(buyer, instrument);
    long cost = trades.costTicks(instrument, quantity, price);
    long buyerRealised = trades.takeBack(buyer, bought, -quantity, -cost);
    long sellerRealised = trades.takeBack(seller, sold, quantity, cost);
    if (isTooDear(buyer, bought) || isTooDear(seller, sold)) {
      return RefusalReason.INVALID_COST;
    }
    book.events.emit(
        new Event.TradeBusted(
            bust.instrumentId(),
            bust.buyerAccountId(),
            bust.sellerAccountId(),
            quantity,
            price,
            buyerRealised,
            sellerRealised,
            bust.buyerSide(),
            bust.sellerSide()));
    trades.postRealised(buyer, instrument, buyerRealised);
    trades.postRealised(seller, instrument, sellerRealised);
    int asset = book.instruments.settlementAsset(instrument);
    fills.postFee(buyer, asset, -bust.buyerFeeMinor());
    fills.postFee(seller, asset, -bust.sellerFeeMinor());
    trades.tidy(buyer, bought);
    trades.tidy(seller, sold);
    return RefusalReason.NONE;
  }

  /// Gives a trade another price.
  public RefusalReason correct(Command.CorrectTrade correction) {
    int instrument = book.instruments.find(correction.instrumentId());
    int buyer = book.accounts.findOpen(correction.buyerAccountId());
    int seller = book.accounts.findOpen(correction.sellerAccountId());
    long quantity = correction.quantityUnits();
    long corrected = correction.correctedPriceUnits();
    RefusalReason reason = fills.checkStanding(instrument, buyer, seller);
    if (reason == RefusalReason.NONE) {
      reason = fills.checkSidesFit(buyer, correction.buyerSide(), seller, correction.sellerSide());
    }
    if (reason == RefusalReason.NONE) {
      reason = checkTrade(instrument, quantity, correction.priceUnits());
    }
    if (reason == RefusalReason.NONE) {
      reason = checkTrade(instrument, quantity, corrected);
    }
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    book.workOn(buyer, instrument);
    long cost =
        trades.costTicks(instrument, quantity, corrected)
            - trades.costTicks(instrument, quantity, correction.priceUnits());
    int bought = Positions.line(instrument, correction.buyerSide());
    int sold = Positions.line(instrument, correction.sellerSide());
    long buyerRealised = trades.addCost(buyer, bought, cost);
    long sellerRealised = trades.addCost(seller, sold, -cost);
    if (isTooDear(buyer, bought) || isTooDear(seller, sold)) {
      return RefusalReason.INVALID_COST;
    }
    book.events.emit(
        new Event.TradeCorrected(
            correction.instrumentId(),
            correction.buyerAccountId(),
            correction.sellerAccountId(),
            quantity,
            correction.priceUnits(),
            corrected,
            buyerRealised,
            sellerRealised,
            correction.buyerSide(),
            correction.sellerSide()));
    trades.postRealised(buyer, instrument, buyerRealised);
    trades.postRealised(seller, instrument, sellerRealised);
    return RefusalReason.NONE;
  }

  private RefusalReason checkTrade(int instrument, long quantity, long price) {
    LinearContract contract = book.instruments.at(instrument);
    if (quantity <= 0
        || quantity % contract.lotSize() != 0
        || quantity > contract.maximumOpenInterestUnits()) {
      return RefusalReason.INVALID_QUANTITY;
    }
    return contract.allowsPrice(price) ? RefusalReason.NONE : RefusalReason.INVALID_PRICE;
  }

  /// The fees account never owes, so it gives back at most what it holds.
  private RefusalReason checkFees(int instrument, Command.BustTrade bust) {
    long buyerFee = bust.buyerFeeMinor();
    long sellerFee = bust.sellerFeeMinor();
    if (!fills.areFeesValid(
        instrument, bust.quantityUnits(), bust.priceUnits(), buyerFee, sellerFee)) {
      return RefusalReason.INVALID_FEE;
    }
    int asset = book.instruments.settlementAsset(instrument);
    return buyerFee + sellerFee > book.ledger.houseBalance(HouseAccount.FEES, asset)
        ? RefusalReason.INSUFFICIENT_BALANCE
        : RefusalReason.NONE;
  }

  /// Costs that could not come of trades within the limits could leave the range of values.
  private boolean isTooDear(int account, int line) {
    int instrument = Positions.instrumentOf(line);
    int row = book.positions.find(account, line);
    if (row == Positions.NONE) {
      return false;
    }
    long units = book.instruments.at(instrument).maximumOpenInterestUnits();
    return Math.abs(book.positions.cost(row)) > book.instruments.mostTicks(instrument, units);
  }
}
