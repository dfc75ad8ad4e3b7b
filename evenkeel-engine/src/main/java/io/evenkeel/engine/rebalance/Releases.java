package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;

/// Gives back what lies above the initial level.
final class Releases {
  private final Book book;
  private final Valuation valuation;
  private final EvidenceWriter evidence;
  private final ExposureRules exposures;
  private final Collateral collateral;
  private final Weighing weighing = new Weighing();
  private long[] takenMinor = new long[4];
  private long plannedExcessE6;

  Releases(
      Book book,
      Valuation valuation,
      EvidenceWriter evidence,
      ExposureRules exposures,
      Collateral collateral) {
    this.book = book;
    this.valuation = valuation;
    this.evidence = evidence;
    this.exposures = exposures;
    this.collateral = collateral;
  }

  /// Whether the cycle may release to an account, whose valuation is `now`, at this time.
  boolean isDue(int account, Weighing now) {
    if (now.zone() != Zone.EXCESS
        || book.accounts.isBackstop(account)
        || book.auctions.isLive(account)) {
      return false;
    }
    ReleasePolicy policy = policy(account);
    if (!policy.automatic() || exposures.isDegraded(account)) {
      return false;
    }
    return now.isFlat()
        || (exposures.hasBands(account) && coolDownEndNs(account) <= book.nowNs.get());
  }

  /// When an account may be released to again; `Long.MIN_VALUE` when it never was.
  long coolDownEndNs(int account) {
    long last = book.accounts.lastReleaseNs(account);
    return last == Accounts.NEVER
        ? Accounts.NEVER
        : Instants.plus(last, policy(account).coolDownNs());
  }

  private ReleasePolicy policy(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account)).rulebook().release();
  }

  /// Works out what could be released to an account whose valuation is `now`; false when it is
  /// nothing or not enough.
  boolean plan(int account, Weighing now) {
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    int[] order = terms.releaseOrder();
    if (takenMinor.length < order.length) {
      takenMinor = new long[order.length];
    }
    plannedExcessE6 = now.isFlat() ? now.equityE6() : collateral.excessE6(account, now);
    if (!now.isFlat() && collateral.isTried(account)) {
      return planByTrial(account, order, terms.rulebook().release().minimumE6());
    }
    long left = plannedExcessE6;
    boolean any = false;
    for (int i = 0; i < order.length; i++) {
      int asset = order[i];
      long balance = book.ledger.marginBalance(account, asset);
      takenMinor[i] = 0;
      if (balance > 0) {
        takenMinor[i] =
            now.isFlat() ? balance : collateral.releasableMinor(terms, asset, balance, left);
        takenMinor[i] = Math.min(takenMinor[i], book.ledger.accruals().liquidityMinor(asset));
        long free = collateral.freeMinor(terms, asset, balance);
        left -= collateral.costE6(terms, asset, takenMinor[i] - free);
        any |= takenMinor[i] > 0;
      }
    }
    return any
        && (now.isFlat() || plannedExcessE6 - left >= terms.rulebook().release().minimumE6());
  }

  private boolean planByTrial(int account, int[] order, long minimumE6) {
    CollateralTrial trial = collateral.trial();
    trial.begin(account);
    boolean any = false;
    for (int i = 0; i < order.length; i++) {
      long balance = book.ledger.marginBalance(account, order[i]);
      takenMinor[i] =
          balance > 0
              ? Math.min(
                  collateral.releasableInTrialMinor(account, order[i], balance),
                  book.ledger.accruals().liquidityMinor(order[i]))
              : 0;
      trial.change(order[i], -takenMinor[i]);
      any |= takenMinor[i] > 0;
    }
    long left = collateral.excessE6(account, trial.weigh());
    trial.end();
    return any && plannedExcessE6 - left >= minimumE6;
  }

  /// Releases to an account for which [#plan] said yes.
  void release(int account, Trigger trigger) {
    valuation.assess(account, weighing);
    if (plan(account, weighing)) {
      int[] order = book.rulebooks.at(book.accounts.rulebook(account)).releaseOrder();
      execute(account, trigger, order, plannedExcessE6);
    }
  }

  private void execute(int account, Trigger trigger, int[] order, long excessE6) {
    List<SourcedAmount> amounts = new ArrayList<>(2);
    for (int i = 0; i < order.length; i++) {
      if (takenMinor[i] > 0) {
        amounts.add(
            new SourcedAmount(
                book.nameOf(Ledger.margin(account)), book.assets.idAt(order[i]), takenMinor[i]));
      }
    }
    book.events.emit(
        new Event.Released(
            book.accounts.idAt(account),
            excessE6,
            List.copyOf(amounts),
            evidence.of(account, trigger, weighing)));
    long wallet = Ledger.wallet(book.accounts.party(account));
    for (int i = 0; i < order.length; i++) {
      book.ledger.post(
          order[i], Ledger.margin(account), wallet, takenMinor[i], MoneyReason.RELEASE);
    }
    book.accounts.noteRelease(account, book.nowNs.get());
  }
}
