package io.evenkeel.audit;

import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.rulebook.ReleasePolicy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The RELEASE step: excess goes back to the wallet.
final class Releases {
  private record Release(
      Weighed weighed, BigInteger excess, List<AuditAsset> assets, List<BigInteger> amounts) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;
  private final Ranking ranking;

  Releases(AuditBook book, Ledger ledger, Journal journal, Valuation valuation, Ranking ranking) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
    this.ranking = ranking;
  }

  void run(CycleRun run, List<AuditAccount> accounts) {
    List<Release> decided = new ArrayList<>();
    List<Weighed> weighings = accounts.stream().map(valuation::weigh).toList();
    for (Weighed weighed : ranking.order(weighings)) {
      Release release = mayRelease(weighed) ? decide(weighed) : null;
      if (release != null) {
        decided.add(release);
      }
    }
    for (Release release : decided) {
      // others may have taken what there was to lend
      Release still = decide(valuation.weigh(release.weighed.account()));
      if (still != null) {
        execute(run, still);
      }
    }
  }

  private boolean mayRelease(Weighed weighed) {
    AuditAccount account = weighed.account();
    ReleasePolicy policy = account.rulebook.inForce().release();
    boolean ready =
        weighed.zone() == Zone.EXCESS
            && account.isTrader()
            && account.auction == null
            && policy.automatic()
            && !book.isDegraded(account);
    return ready && (weighed.flat() || (account.hasBands() && hasCooledDown(account, policy)));
  }

  private boolean hasCooledDown(AuditAccount account, ReleasePolicy policy) {
    Long last = account.lastReleaseNs;
    return last == null || book.nowNs >= Exact.later(last, policy.coolDownNs());
  }

  private @Nullable Release decide(Weighed weighed) {
    AuditAccount account = weighed.account();
    Excess excess = Excess.of(valuation, weighed);
    BigInteger before = excess.left();
    Release release =
        new Release(
            weighed,
            weighed.flat() ? weighed.equity() : before,
            new ArrayList<>(),
            new ArrayList<>());
    for (AuditAsset asset : releaseOrder(book, account)) {
      BigInteger balance = account.balance(asset);
      BigInteger amount = excess.releasable(asset, balance);
      LentAsset lent = asset.lent;
      if (lent != null && !lent.covers(amount)) {
        amount = lent.liquidity();
      }
      if (amount.signum() > 0) {
        excess.take(asset, balance, amount);
        release.assets.add(asset);
        release.amounts.add(amount);
      }
    }
    BigInteger minimum = Exact.of(account.rulebook.inForce().release().minimumE6());
    boolean tooSmall = !weighed.flat() && before.subtract(excess.left()).compareTo(minimum) < 0;
    return release.assets.isEmpty() || tooSmall ? null : release;
  }

  /// Assets of an account in the order in which it parts with them: what is not in the schedule
  /// first, then by rising initial weight.
  static List<AuditAsset> releaseOrder(AuditBook book, AuditAccount account) {
    List<AuditAsset> schedule = account.rulebook.schedule();
    List<AuditAsset> order =
        new ArrayList<>(
            account.posted().keySet().stream()
                .map(book.assets::get)
                .filter(asset -> !schedule.contains(asset))
                .toList());
    List<AuditAsset> scheduled = new ArrayList<>(schedule);
    scheduled.sort(
        Comparator.comparing(asset -> account.rulebook.terms(asset).initial(asset), BY_SIZE));
    order.addAll(scheduled);
    return order;
  }

  private static final Comparator<Ratio> BY_SIZE =
      (left, right) ->
          left.numerator()
              .multiply(right.denominator())
              .compareTo(right.numerator().multiply(left.denominator()));

  private void execute(CycleRun run, Release release) {
    AuditAccount account = release.weighed.account();
    List<SourcedAmount> amounts = new ArrayList<>();
    for (int i = 0; i < release.assets.size(); i++) {
      amounts.add(
          new SourcedAmount(
              Ledger.margin(account),
              Objects.requireNonNull(release.assets.get(i)).id(),
              release.amounts.get(i).longValueExact()));
    }
    journal.say(
        new Event.Released(
            account.id,
            release.excess.longValueExact(),
            amounts,
            release.weighed.evidence(run.trigger)));
    for (int i = 0; i < release.assets.size(); i++) {
      ledger.post(
          release.assets.get(i),
          Ledger.margin(account),
          Ledger.wallet(account.party),
          release.amounts.get(i),
          MoneyReason.RELEASE);
    }
    account.lastReleaseNs = book.nowNs;
  }
}
