package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.Auctions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.DueHeap;
import io.evenkeel.engine.rebalance.Instants;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.AuctionAccount;
import org.jspecify.annotations.Nullable;

/// The life of auctions: how one begins, when it turns and when it ends (`docs/RULES.md`, section
/// 7.A). Bids are the part of [AuctionDesk].
final class AccountAuctions {
  private static final long SECOND_NS = 1_000_000_000L;

  private final Book book;
  private final Valuation valuation;
  private final Penalties penalties;
  private final DueHeap ends;
  private final Weighing weighing = new Weighing();

  /// @param ends receives when prices have fallen to nothing
  AccountAuctions(Book book, Valuation valuation, Penalties penalties, DueHeap ends) {
    this.book = book;
    this.valuation = valuation;
    this.penalties = penalties;
    this.ends = ends;
  }

  /// Begins an auction of an account that is in none.
  ///
  /// @param turned whether bidders are paid whatever the account is worth
  void begin(int account, AuctionTerms terms, boolean turned) {
    valuation.assess(account, weighing);
    long worthE6 = valuation.worthE6(account, weighing);
    long surplusE6 = weighing.equityE6() - weighing.maintenanceE6();
    boolean insolvent = turned || worthE6 <= 0;
    long now = book.nowNs.get();
    long length = (terms.fastSeconds() + terms.slowSeconds()) * SECOND_NS;
    long end = insolvent ? Long.MAX_VALUE : Instants.plus(now, length);
    int cash = terms(account).cashAsset();
    AuctionPrice first = new AuctionPrice(terms, insolvent, worthE6, surplusE6, 0, 0);
    long fee = book.assets.amountMinor(cash, first.feeE6(), Rounding.FLOOR);
    long id =
        book.auctions.begin(
            account,
            insolvent ? Auctions.INSOLVENT : Auctions.SOLVENT,
            cash,
            now,
            end,
            insolvent ? Math.max(0, -surplusE6) : 0);
    book.events.emit(
        new Event.AuctionStarted(
            book.accounts.idAt(account),
            id,
            insolvent,
            worthE6,
            book.assets.idAt(cash),
            fee,
            end,
            weighing.toAssessment()));
    penalties.post(account, cash, fee, terms(account).rulebook().liquidation());
    if (!insolvent) {
      ends.add(end, account);
    }
  }

  /// Whether the auction of an account is due to end or to turn.
  ///
  /// @param now its valuation in the same state
  boolean isDue(int account, Weighing now) {
    return dueEnd(account, now) != null;
  }

  /// Ends the auction of an account if that is due and says why; one that turned begins again as
  /// insolvent.
  @Nullable AuctionEnd review(int account) {
    valuation.assess(account, weighing);
    AuctionEnd end = dueEnd(account, weighing);
    if (end == null) {
      return null;
    }
    AuctionTerms terms = auctionTerms(account);
    end(account, end);
    if (end == AuctionEnd.INSOLVENT && terms != null) {
      begin(account, terms, true);
    }
    return end;
  }

  private @Nullable AuctionEnd dueEnd(int account, Weighing now) {
    AuctionTerms terms = auctionTerms(account);
    if (terms == null) {
      return AuctionEnd.WITHDRAWN;
    }
    AuctionPrice price = price(account, terms, now);
    boolean solvent = !price.insolvent();
    boolean over = solvent && book.nowNs.get() >= book.auctions.endNs(account);
    boolean withBuffer = solvent && !over;
    if ((withBuffer ? price.bufferedSurplusE6() : price.surplusE6()) >= 0) {
      return AuctionEnd.RESTORED;
    }
    return solvent && (over || price.worthE6() <= price.reservedE6()) ? AuctionEnd.INSOLVENT : null;
  }

  /// The price of an account in an auction as things stand.
  AuctionPrice price(int account, AuctionTerms terms, Weighing now) {
    return new AuctionPrice(
        terms,
        book.auctions.state(account) == Auctions.INSOLVENT,
        valuation.worthE6(account, now),
        now.equityE6() - now.maintenanceE6(),
        book.assets.valueE6(
            book.auctions.cashAsset(account),
            book.auctions.reservedMinor(account),
            Rounding.CEILING),
        book.nowNs.get() - book.auctions.startNs(account));
  }

  /// Ends the auction of an account, as it stands now.
  void end(int account, AuctionEnd end) {
    valuation.assess(account, weighing);
    long id = book.auctions.auctionId(account);
    book.auctions.end(account);
    book.events.emit(
        new Event.AuctionEnded(book.accounts.idAt(account), id, end, weighing.toAssessment()));
  }

  /// How the account's rulebook auctions; null when it does not.
  @Nullable AuctionTerms auctionTerms(int account) {
    for (LiquidationStep step : terms(account).rulebook().liquidation().steps()) {
      if (step instanceof AuctionAccount(AuctionTerms auction)) {
        return auction;
      }
    }
    return null;
  }

  private RulebookTerms terms(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account));
  }
}
