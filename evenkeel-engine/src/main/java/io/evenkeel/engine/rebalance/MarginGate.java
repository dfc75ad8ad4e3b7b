package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.MarginRisk;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.ModelParameters;

/// New risk must be backed at the initial level, by the account or by its party's wallet. A fill
/// that is not stands under some rulebooks where it leaves the account no riskier.
public final class MarginGate {
  private final Book book;
  private final Valuation valuation;
  private final Collateral collateral;
  private final Weighing weighing = new Weighing();
  private final PullPlan plan = new PullPlan();
  private final MarginRisk[] before = {new MarginRisk(), new MarginRisk()};
  private final MarginRisk after = new MarginRisk();
  private final long[] shortfallE6 = new long[2];

  /// Reads and, when it lets something pass, moves.
  public MarginGate(Book book, Valuation valuation, Collateral collateral) {
    this.book = book;
    this.valuation = valuation;
    this.collateral = collateral;
  }

  /// Whether fills of an account are judged by the risk they leave, whether or not they make a
  /// position smaller.
  public boolean judgesByRisk(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account)).rulebook().requirement()
            instanceof ModelParameters parameters
        && parameters.takesNoRiskierFills();
  }

  /// Keeps the risk of an account as it is before a fill, if its fills are judged by risk.
  ///
  /// @param side 0 or 1, the side of the fill that the account is on
  public void note(int side, int account) {
    if (judgesByRisk(account)) {
      weigh(account, before[side]);
    }
  }

  /// With a fill already in the book: like [#secure(int)], but where fills are judged by risk,
  /// nothing is needed if the account is backed or no riskier than it was when [#note] was called.
  public boolean secureFill(int side, int account) {
    if (judgesByRisk(account)) {
      weigh(account, after);
      if (after.isBackedAtInitial() || before[side].changeTo(after) == MarginRisk.Change.ACCEPTED) {
        return true;
      }
    }
    return secure(account);
  }

  /// Keeps what an account lacks of its initial level before a transfer.
  ///
  /// @param side 0 or 1, the side of the transfer that the account is on
  public void noteShortfall(int side, int account) {
    valuation.assess(account, weighing);
    shortfallE6[side] = weighing.initialE6() - weighing.equityE6();
  }

  /// With a transfer already in the book: like [#secure(int)], but nothing is needed if the account
  /// lacks no more than it did when [#noteShortfall] was called.
  public boolean secureTransfer(int side, int account) {
    valuation.assess(account, weighing);
    return weighing.initialE6() - weighing.equityE6() <= shortfallE6[side] || secure(account);
  }

  private void weigh(int account, MarginRisk risk) {
    valuation.assess(account, weighing);
    risk.clear().add(weighing.equityE6(), weighing.initialE6(), weighing.maintenanceMarginE6());
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
        long amount = collateral.pullMinor(account, plan, asset, available, gap - plan.gainedE6());
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
