package io.evenkeel.audit;

import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.AuctionAccount;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// How auctions begin and end: section 7.A of the rules.
final class Auctions {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  Auctions(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// How the rulebook of an account auctions; null when it does not.
  static @Nullable AuctionTerms terms(AuditAccount account) {
    for (LiquidationStep step : account.rulebook.inForce().liquidation().steps()) {
      if (step instanceof AuctionAccount(AuctionTerms terms)) {
        return terms;
      }
    }
    return null;
  }

  void begin(AuditAccount account, AuctionTerms terms, boolean turned) {
    Weighed weighed = valuation.weigh(account);
    BigInteger worth = weighed.fullValue();
    BigInteger surplus = weighed.equity().subtract(weighed.maintenance());
    boolean insolvent = turned || worth.signum() <= 0;
    AuditAsset cash = book.assetNamed(account.rulebook.inForce().cashAsset());
    AuctionFigures figures =
        new AuctionFigures(terms, insolvent, worth, surplus, BigInteger.ZERO, 0);
    Penalty fee =
        Penalty.split(cash.amount(figures.fee()), account.rulebook.inForce().liquidation());
    long lengthNs = (terms.fastSeconds() + terms.slowSeconds()) * 1_000_000_000L;
    AuditAuction auction =
        new AuditAuction(
            ++book.lastAuctionId,
            insolvent,
            cash,
            book.nowNs,
            insolvent ? Long.MAX_VALUE : Exact.later(book.nowNs, lengthNs),
            insolvent ? Exact.notBelowZero(surplus.negate()) : BigInteger.ZERO);
    account.auction = auction;
    journal.say(
        new Event.AuctionStarted(
            account.id,
            auction.id,
            insolvent,
            worth.longValueExact(),
            cash.id(),
            fee.amount().longValueExact(),
            auction.endNs,
            weighed.assessment()));
    fee.post(ledger, cash, account, book.backstop());
  }

  AuctionFigures figures(AuditAccount account, AuditAuction auction, AuctionTerms terms) {
    Weighed weighed = valuation.weigh(account);
    return new AuctionFigures(
        terms,
        auction.insolvent,
        weighed.fullValue(),
        weighed.equity().subtract(weighed.maintenance()),
        auction.cash.valueUp(auction.paid),
        book.nowNs - auction.startNs);
  }

  /// How the auction of an account is due to end; null when it goes on or there is none.
  @Nullable AuctionEnd dueEnd(AuditAccount account) {
    AuditAuction auction = account.auction;
    if (auction == null) {
      return null;
    }
    AuctionTerms terms = terms(account);
    if (terms == null) {
      return AuctionEnd.WITHDRAWN;
    }
    AuctionFigures figures = figures(account, auction, terms);
    boolean asksForMore = !auction.insolvent && book.nowNs < auction.endNs;
    BigInteger measure = asksForMore ? figures.buffered() : figures.surplus();
    if (measure.signum() >= 0) {
      return AuctionEnd.RESTORED;
    }
    boolean turns =
        !auction.insolvent && (!asksForMore || figures.worth().compareTo(figures.paid()) <= 0);
    return turns ? AuctionEnd.INSOLVENT : null;
  }

  /// Ends the auction of an account as is due.
  void review(AuditAccount account, AuctionEnd end) {
    end(account, end);
    AuctionTerms terms = terms(account);
    if (end == AuctionEnd.INSOLVENT && terms != null) {
      begin(account, terms, true);
    }
  }

  void end(AuditAccount account, AuctionEnd end) {
    AuditAuction auction = account.auction;
    if (auction != null) {
      account.auction = null;
      journal.say(
          new Event.AuctionEnded(
              account.id, auction.id, end, valuation.weigh(account).assessment()));
    }
  }
}
