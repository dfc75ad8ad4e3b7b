package io.evenkeel.audit;

import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.OpenInterestRates;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What new risk must pass: prices that may be relied on, and margin.
final class Gate {
  /// What an account lacks for initial, and what its wallet gives.
  record Secured(AuditAccount account, BigInteger gap, PullPlan plan) {
    /// Moves the money and says so, if any was needed.
    void execute(Ledger ledger, Journal journal) {
      if (!plan.isEmpty()) {
        journal.say(
            new Event.OrderMarginSecured(account.id, gap.longValueExact(), plan.sourcedAmounts()));
        plan.post(ledger);
      }
    }
  }

  private final AuditBook book;
  private final Valuation valuation;

  Gate(AuditBook book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  RefusalReason prices(AuditInstrument instrument, AuditAccount account) {
    boolean degraded =
        instrument.mark.degraded
            || book.isDegraded(account)
            || instrument.settlement.price.degraded;
    return degraded ? RefusalReason.MARKET_DATA_DEGRADED : RefusalReason.NONE;
  }

  /// Whether fills of an account are judged by the risk they leave.
  boolean judgesByRisk(AuditAccount account) {
    OpenInterestRates rates = account.rulebook.openInterestRates();
    return rates != null && rates.fills() == OpenInterestRates.FillRule.NO_RISKIER;
  }

  /// Secures a fill: of an account whose fills are judged by risk nothing is asked if it is backed
  /// or no riskier than before.
  @Nullable Secured fill(
      AuditAccount before, AuditAccount changed, Map<Integer, BigInteger> wallet) {
    if (judgesByRisk(changed)) {
      Weighed after = valuation.weigh(changed);
      if (!after.isBelow(after.initial()) || isNoRiskier(valuation.weigh(before), after)) {
        return new Secured(changed, BigInteger.ZERO, new PullPlan(valuation, changed));
      }
    }
    return margin(changed, wallet);
  }

  private static boolean isNoRiskier(Weighed before, Weighed after) {
    BigInteger had = before.maintenanceMargin();
    BigInteger has = after.maintenanceMargin();
    if (has.compareTo(had) > 0) {
      return false;
    }
    if (has.signum() == 0) {
      return had.signum() == 0 && after.equity().compareTo(before.equity()) > 0;
    }
    return after.equity().multiply(had).compareTo(before.equity().multiply(has)) >= 0;
  }

  /// Secures a side of a transfer: nothing is asked of an account that lacks no more of its initial
  /// level than before.
  @Nullable Secured transfer(
      AuditAccount before, AuditAccount changed, Map<Integer, BigInteger> wallet) {
    boolean worse = lacking(changed).compareTo(lacking(before)) > 0;
    return worse
        ? margin(changed, wallet)
        : new Secured(changed, BigInteger.ZERO, new PullPlan(valuation, changed));
  }

  private BigInteger lacking(AuditAccount account) {
    Weighed weighed = valuation.weigh(account);
    return weighed.initial().subtract(weighed.equity());
  }

  /// Secures initial margin for a copy of an account on which the change is already made, out of a
  /// wallet that shrinks by what is pulled. Null when that does not suffice.
  @Nullable Secured margin(AuditAccount changed, Map<Integer, BigInteger> wallet) {
    Weighed weighed = valuation.weigh(changed);
    BigInteger gap = weighed.initial().subtract(weighed.equity());
    PullPlan plan = new PullPlan(valuation, changed);
    for (AuditAsset asset : changed.rulebook.schedule()) {
      BigInteger left = gap.subtract(plan.gained());
      if (left.signum() > 0) {
        BigInteger available = wallet.getOrDefault(asset.index, BigInteger.ZERO);
        BigInteger taken = plan.pull(Ledger.wallet(changed.party), asset, left, available);
        wallet.put(asset.index, available.subtract(taken));
      }
    }
    boolean enough = gap.compareTo(plan.gained()) <= 0;
    return enough ? new Secured(changed, gap, plan) : null;
  }
}
