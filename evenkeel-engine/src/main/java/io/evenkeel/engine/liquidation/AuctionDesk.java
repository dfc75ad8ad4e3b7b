package io.evenkeel.engine.liquidation;

import static io.evenkeel.engine.liquidation.AuctionPrice.WHOLE_E18;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CycleStep;
import org.jspecify.annotations.Nullable;

/// Bids for shares of accounts that are auctioned (`docs/RULES.md`, section 7.A).
public final class AuctionDesk {
  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final Trades trades;
  private final Liquidation liquidation;
  private final Weighing weighing = new Weighing();

  /// Reads and writes the book.
  public AuctionDesk(
      Book book,
      Valuation valuation,
      ExposureRules exposures,
      Trades trades,
      Liquidation liquidation) {
    this.book = book;
    this.valuation = valuation;
    this.exposures = exposures;
    this.trades = trades;
    this.liquidation = liquidation;
  }

  /// Sells a share of an account to a bidder.
  ///
  /// @param concerned whoever bore what bidders were paid is added
  public RefusalReason bid(Command.BidInAuction bid, AccountSet concerned) {
    int account = book.accounts.findOpen(bid.accountId());
    int bidder = book.accounts.findOpen(bid.bidderAccountId());
    RefusalReason reason = checkParties(account, bidder, book.assets.find(bid.assetId()));
    if (reason != RefusalReason.NONE) {
      return reason;
    }
    long wantedE18 = shareE18(bid.share());
    if (wantedE18 <= 0 || wantedE18 > WHOLE_E18) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (exposures.isDegraded(account)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    if (exposures.isSuspended(account, CycleStep.CLOSE)) {
      return RefusalReason.PHASE_FORBIDS;
    }
    book.workOn(account, -1);
    AccountAuctions auctions = liquidation.auctions();
    AuctionTerms terms = auctions.auctionTerms(account);
    valuation.assess(account, weighing);
    if (terms == null || auctions.isDue(account, weighing)) {
      return RefusalReason.NO_AUCTION;
    }
    AuctionPrice price = auctions.price(account, terms, weighing);
    long largestE18 = price.largestShareE18();
    long shareE18 = Math.min(wantedE18, largestE18);
    int cash = book.auctions.cashAsset(account);
    long payment = price.paymentMinor(shareE18, book.assets.divisor(cash), book.assets.price(cash));
    if (payment > bid.maximumPaymentMinor()) {
      return RefusalReason.PRICE_LIMIT_EXCEEDED;
    }
    long backing = price.backingMinor(shareE18, book.assets.divisor(cash), book.assets.price(cash));
    long needed = Math.max(Math.max(0, payment), Math.addExact(payment, backing));
    long lacking = Math.max(0, needed - book.ledger.marginBalance(bidder, cash));
    if (lacking > book.ledger.walletBalance(book.accounts.party(bidder), cash)) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    sell(account, bidder, shareE18, payment, lacking, price, concerned);
    if (shareE18 == largestE18 && isSold(account, shareE18)) {
      auctions.end(account, AuctionEnd.SOLD);
    }
    return RefusalReason.NONE;
  }

  /// How the auction of an account stands now; null when it is in none, or none under the rules in
  /// force.
  public @Nullable AuctionPrice price(int account) {
    AuctionTerms terms = liquidation.auctions().auctionTerms(account);
    if (terms == null || !book.auctions.isLive(account)) {
      return null;
    }
    valuation.assess(account, weighing);
    return liquidation.auctions().price(account, terms, weighing);
  }

  private RefusalReason checkParties(int account, int bidder, int asset) {
    if (account == IdIndex.ABSENT || bidder == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    if (asset == IdIndex.ABSENT) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (account == bidder) {
      return RefusalReason.SELF_TRADE;
    }
    if (book.accounts.isFrozen(account) || book.accounts.isFrozen(bidder)) {
      return RefusalReason.ACCOUNT_FROZEN;
    }
    if (!book.auctions.isLive(account) || book.auctions.cashAsset(account) != asset) {
      return RefusalReason.NO_AUCTION;
    }
    if (book.auctions.isLive(bidder)) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    return isEligible(account, bidder) ? RefusalReason.NONE : RefusalReason.BIDDER_NOT_ELIGIBLE;
  }

  /// What a bidder holds must not make the price of the share an occasion to leave risk with the
  /// venue: nothing but cash, under the same rules.
  private boolean isEligible(int account, int bidder) {
    if (book.accounts.isBackstop(bidder)
        || book.accounts.isIsolated(bidder)
        || book.accounts.rulebook(bidder) != book.accounts.rulebook(account)
        || book.positions.first(bidder) != Positions.NONE) {
      return false;
    }
    int cash = book.auctions.cashAsset(account);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (asset != cash && book.ledger.marginBalance(bidder, asset) != 0) {
        return false;
      }
    }
    return true;
  }

  /// 18 decimal places; 0, which is no share, of what is not a number between 0 and 1.
  private static long shareE18(Decimal share) {
    return share.isNegative() || share.compareTo(Decimal.ONE) > 0
        ? 0
        : share.times(WHOLE_E18, Rounding.FLOOR);
  }

  private void sell(
      int account,
      int bidder,
      long shareE18,
      long paymentMinor,
      long lackingMinor,
      AuctionPrice price,
      AccountSet concerned) {
    int cash = book.auctions.cashAsset(account);
    long reserved = book.auctions.reservedMinor(account);
    book.events.emit(
        new Event.AuctionBidTaken(
            book.accounts.idAt(account),
            book.auctions.auctionId(account),
            book.accounts.idAt(bidder),
            new Decimal(shareE18, 18),
            price.worthE6(),
            book.assets.idAt(cash),
            paymentMinor,
            reserved,
            weighing.toAssessment()));
    book.ledger.post(
        cash,
        Ledger.wallet(book.accounts.party(bidder)),
        Ledger.margin(bidder),
        lackingMinor,
        MoneyReason.TRANSFER_IN);
    moveBalances(account, bidder, shareE18, cash, reserved);
    if (paymentMinor > 0) {
      post(cash, Ledger.margin(bidder), Ledger.margin(account), paymentMinor);
      book.auctions.addReserved(account, paymentMinor);
    } else if (paymentMinor < 0) {
      payBidder(account, bidder, cash, -paymentMinor, concerned);
    }
    movePositions(account, bidder, shareE18);
  }

  /// The backstop pays, and gets it back as from any deficit. Positions are still the account's, so
  /// that the loss is shared in them and not with the bidder.
  private void payBidder(
      int account, int bidder, int cash, long amountMinor, AccountSet concerned) {
    int backstop = book.accounts.backstop();
    post(cash, Ledger.margin(backstop), Ledger.margin(bidder), amountMinor);
    Deficit deficit = liquidation.takeOvers().deficitOf(account, cash);
    deficit.setRest(amountMinor);
    liquidation.cover(account, deficit, concerned);
    concerned.add(backstop);
  }

  /// The share of what is held goes to the bidder, the share of what is owed with it.
  private void moveBalances(int account, int bidder, long shareE18, int cash, long reservedMinor) {
    long from = Ledger.margin(account);
    long to = Ledger.margin(bidder);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      long sold = asset == cash ? Math.subtractExact(balance, reservedMinor) : balance;
      long share = Fixed.mulDiv(sold, shareE18, WHOLE_E18, Rounding.FLOOR);
      if (share > 0) {
        post(asset, from, to, share);
      } else {
        post(asset, to, from, -share);
      }
    }
  }

  private void movePositions(int account, int bidder, long shareE18) {
    Positions positions = book.positions;
    int row = positions.first(account);
    while (row != Positions.NONE) {
      int next = positions.next(row);
      long held = positions.quantity(row);
      if (held != 0) {
        int instrument = positions.instrument(row);
        long lot = book.instruments.at(instrument).lotSize();
        long lots = Math.ceilDiv(Math.abs(held), lot);
        long size =
            Math.min(
                Math.abs(held), lot * Fixed.mulDiv(lots, shareE18, WHOLE_E18, Rounding.CEILING));
        movePosition(account, bidder, row, held > 0 ? size : -size);
      }
      row = next;
    }
  }

  private void movePosition(int account, int bidder, int row, long moved) {
    Positions positions = book.positions;
    int given = positions.line(row);
    int instrument = positions.instrument(row);
    int taken = positions.lineOf(bidder, instrument, moved > 0);
    long cost =
        Fixed.mulDiv(
            positions.cost(row),
            Math.abs(moved),
            Math.abs(positions.quantity(row)),
            Rounding.FLOOR);
    long realised = trades.change(account, given, -moved, -cost);
    long bidderRealised = trades.change(bidder, taken, moved, cost);
    book.events.emit(
        new Event.PositionTransferred(
            book.instruments.idAt(instrument),
            book.accounts.idAt(account),
            book.accounts.idAt(bidder),
            moved,
            cost,
            realised,
            bidderRealised,
            positions.side(row),
            Positions.sideOf(taken)));
    trades.postRealised(account, instrument, realised);
    trades.postRealised(bidder, instrument, bidderRealised);
    trades.tidy(account, given);
    trades.tidy(bidder, taken);
  }

  private boolean isSold(int account, long shareE18) {
    valuation.assess(account, weighing);
    return shareE18 == WHOLE_E18 || weighing.equityE6() >= weighing.maintenanceE6();
  }

  private void post(int asset, long from, long to, long amountMinor) {
    book.ledger.post(asset, from, to, amountMinor, MoneyReason.AUCTION);
  }
}
