package io.evenkeel.audit;

import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.command.Command.BidInAuction;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.DrawInsurance;
import io.evenkeel.model.rulebook.LiquidationStep.ShareLoss;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Bids for shares of accounts that are auctioned: section 7.A of the rules.
final class BidCommands {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;
  private final Cycle cycle;
  private final Auctions auctions;
  private final LossWaterfall waterfall;

  BidCommands(AuditBook book, Ledger ledger, Journal journal, Valuation valuation, Cycle cycle) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
    this.cycle = cycle;
    this.auctions = new Auctions(book, ledger, journal, valuation);
    this.waterfall = new LossWaterfall(book, ledger, journal, valuation);
  }

  RefusalReason bid(BidInAuction command) {
    AuditAccount account = book.account(command.accountId());
    AuditAccount bidder = book.account(command.bidderAccountId());
    if (account == null || bidder == null) {
      return RefusalReason.UNKNOWN_ACCOUNT;
    }
    AuditAsset asset = book.asset(command.assetId());
    if (asset == null) {
      return RefusalReason.UNKNOWN_ASSET;
    }
    if (account == bidder) {
      return RefusalReason.SELF_TRADE;
    }
    AuditAuction auction = account.auction;
    if (auction == null || auction.cash != asset) {
      return RefusalReason.NO_AUCTION;
    }
    RefusalReason refusal = whyNot(command.share(), account, bidder, auction);
    if (refusal != RefusalReason.NONE) {
      return refusal;
    }
    AuctionTerms terms = Auctions.terms(account);
    if (terms == null || auctions.dueEnd(account) != null) {
      return RefusalReason.NO_AUCTION;
    }
    AuctionFigures figures = auctions.figures(account, auction, terms);
    BigInteger wanted = Ratio.of(command.share()).floorTimes(AuctionFigures.WHOLE);
    BigInteger share = wanted.min(figures.largest());
    BigInteger payment = figures.payment(share, auction.cash);
    if (payment.compareTo(Exact.of(command.maximumPaymentMinor())) > 0) {
      return RefusalReason.PRICE_LIMIT_EXCEEDED;
    }
    BigInteger needed =
        payment.max(payment.add(figures.backing(share, auction.cash))).max(BigInteger.ZERO);
    BigInteger lacking = Exact.notBelowZero(needed.subtract(bidder.balance(auction.cash)));
    if (bidder.party.wallet(auction.cash).compareTo(lacking) < 0) {
      return RefusalReason.INSUFFICIENT_BALANCE;
    }
    sell(account, bidder, auction, figures, share, payment, lacking);
    return RefusalReason.NONE;
  }

  private RefusalReason whyNot(
      Decimal share, AuditAccount account, AuditAccount bidder, AuditAuction auction) {
    if (bidder.auction != null) {
      return RefusalReason.ACCOUNT_IN_AUCTION;
    }
    boolean onlyCash =
        bidder.rows().isEmpty()
            && bidder.posted().keySet().stream()
                .map(book.assets::get)
                .allMatch(asset -> asset == auction.cash || bidder.balance(asset).signum() == 0);
    if (!bidder.isTrader()
        || !bidder.isCross()
        || bidder.rulebook != account.rulebook
        || !onlyCash) {
      return RefusalReason.BIDDER_NOT_ELIGIBLE;
    }
    Ratio wanted = Ratio.of(share);
    if (wanted.floorTimes(AuctionFigures.WHOLE).signum() <= 0
        || wanted.numerator().compareTo(wanted.denominator()) > 0) {
      return RefusalReason.INVALID_QUANTITY;
    }
    if (book.isDegraded(account)) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    return book.isSuspended(account, CycleStep.CLOSE)
        ? RefusalReason.PHASE_FORBIDS
        : RefusalReason.NONE;
  }

  private void sell(
      AuditAccount account,
      AuditAccount bidder,
      AuditAuction auction,
      AuctionFigures figures,
      BigInteger share,
      BigInteger payment,
      BigInteger lacking) {
    CycleRun after = new CycleRun(Trigger.FILL, true, List.of(account, bidder));
    Weighed before = valuation.weigh(account);
    journal.say(
        new Event.AuctionBidTaken(
            account.id,
            auction.id,
            bidder.id,
            new Decimal(share.longValueExact(), 18),
            figures.worth().longValueExact(),
            auction.cash.id(),
            payment.longValueExact(),
            auction.paid.longValueExact(),
            before.assessment()));
    ledger.post(
        auction.cash,
        Ledger.wallet(bidder.party),
        Ledger.margin(bidder),
        lacking,
        MoneyReason.TRANSFER_IN);
    moveBalances(account, bidder, auction, share);
    if (payment.signum() > 0) {
      post(auction.cash, bidder, account, payment);
      auction.paid = auction.paid.add(payment);
    } else if (payment.signum() < 0) {
      AuditAccount backstop = book.backstop();
      post(auction.cash, backstop, bidder, payment.negate());
      cover(after, account, auction.cash, payment.negate());
      after.touch(backstop);
    }
    movePositions(account, bidder, share);
    Weighed left = valuation.weigh(account);
    boolean whole = share.equals(AuctionFigures.WHOLE);
    if (share.equals(figures.largest()) && (whole || !left.isBelow(left.maintenance()))) {
      auctions.end(account, AuctionEnd.SOLD);
    }
    cycle.run(Trigger.FILL, after.touched());
  }

  private void moveBalances(
      AuditAccount account, AuditAccount bidder, AuditAuction auction, BigInteger share) {
    for (AuditAsset asset : book.assets) {
      BigInteger kept = asset == auction.cash ? auction.paid : BigInteger.ZERO;
      BigInteger part =
          Exact.floorDiv(
              account.balance(asset).subtract(kept).multiply(share), AuctionFigures.WHOLE);
      if (part.signum() >= 0) {
        post(asset, account, bidder, part);
      } else {
        post(asset, bidder, account, part.negate());
      }
    }
  }

  /// Whoever bears what bidders are paid: as the account's rulebook says of deficits.
  private void cover(CycleRun run, AuditAccount account, AuditAsset cash, BigInteger amount) {
    LossWaterfall.Deficit deficit =
        LossWaterfall.Deficit.of(valuation.weigh(account), cash, amount);
    for (LiquidationStep step : account.rulebook.inForce().liquidation().steps()) {
      if (step instanceof DrawInsurance) {
        waterfall.drawInsurance(deficit);
      } else if (step instanceof ShareLoss) {
        waterfall.shareLosses(run, List.of(deficit));
      }
    }
    waterfall.recordBadDebt(deficit);
  }

  private void movePositions(AuditAccount account, AuditAccount bidder, BigInteger share) {
    for (Map.Entry<Place, Row> entry : new TreeMap<>(account.rows()).entrySet()) {
      Place from = entry.getKey();
      Row held = entry.getValue();
      if (held.hasPosition()) {
        movePosition(account, bidder, from, held, share);
      }
    }
  }

  private void movePosition(
      AuditAccount account, AuditAccount bidder, Place from, Row held, BigInteger share) {
    AuditInstrument instrument = from.instrument();
    BigInteger size = held.quantity().abs();
    BigInteger lot = Exact.of(instrument.contract.lotSize());
    BigInteger lots = Exact.ceilDiv(size, lot);
    BigInteger units =
        Exact.ceilDiv(lots.multiply(share), AuctionFigures.WHOLE).multiply(lot).min(size);
    BigInteger moved = held.quantity().signum() < 0 ? units.negate() : units;
    BigInteger cost = Exact.floorDiv(held.cost().multiply(units), size);
    Place to = bidder.place(instrument, moved.signum() > 0);
    Trade giving = Trade.on(held, instrument, moved.negate(), cost.negate());
    Trade taking = Trade.on(bidder.row(to), instrument, moved, cost);
    journal.say(
        new Event.PositionTransferred(
            instrument.id(),
            account.id,
            bidder.id,
            moved.longValueExact(),
            cost.longValueExact(),
            giving.realisedMinor().longValueExact(),
            taking.realisedMinor().longValueExact(),
            from.side(),
            to.side()));
    settle(from, account, giving);
    settle(to, bidder, taking);
  }

  private void settle(Place place, AuditAccount account, Trade trade) {
    AuditInstrument instrument = place.instrument();
    book.setRow(account, place, trade.after());
    instrument.residueTicks = instrument.residueTicks.add(trade.residueTicks());
    ledger.postResult(instrument, account, trade.realisedMinor(), MoneyReason.REALISED_PROFIT);
  }

  private void post(AuditAsset asset, AuditAccount from, AuditAccount to, BigInteger amount) {
    ledger.post(asset, Ledger.margin(from), Ledger.margin(to), amount, MoneyReason.AUCTION);
  }
}
