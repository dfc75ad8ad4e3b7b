package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.event.Event;

/// New risk must be backed at the initial level, by the account or by its party's wallet.
public final class MarginGate {
  private final Book book;
  private final Valuation valuation;
  private final Collateral collateral;
  private final Weighing weighing = new Weighing();
  private final PullPlan plan = new PullPlan();

  /// Reads and, when it lets something pass, moves.
  public MarginGate(Book book, Valuation valuation, Collateral collateral) {
    this.book = book;
    this.valuation = valuation;
    this.collateral = collateral;
  }

  /// With the new risk already in the book: pulls what is missing from the wallet and announces it.
  /// False when even the whole wallet leaves a gap; then nothing was moved and the caller takes the
  /// new risk back.
  public boolean secure(int account) {
    valuation.assess(account, weighing);
    long gap = weighing.initialE6() - weighing.equityE6();
    if (gap <= 0) {
      return true;
    }
    plan.clear();
    int party = book.accounts.party(account);
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    for (int asset : terms.scheduleOrder()) {
      long available = book.ledger.walletBalance(party, asset);
      if (available > 0 && plan.gainedE6() < gap) {
        long amount =
            collateral.pullMinor(account, plan, asset, available, gap - plan.gainedE6());
        plan.add(Ledger.wallet(party), asset, amount, collateral.gainedE6());
      }
    }
    if (plan.gainedE6() < gap) {
      return false;
    }
    book.events.emit(
        new Event.OrderMarginSecured(book.accounts.idAt(account), gap, plan.toAmounts(book)));
    plan.post(book, account);
    return true;
  }
}
