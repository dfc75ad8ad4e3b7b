package io.evenkeel.audit;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The TOP_UP step: collateral comes from the wallet, then from the party's other accounts.
final class TopUps {
  private record Needy(Weighed weighed, PullPlan plan) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;
  private final Ranking ranking;

  TopUps(AuditBook book, Ledger ledger, Journal journal, Valuation valuation, Ranking ranking) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
    this.ranking = ranking;
  }

  void run(CycleRun run, List<AuditAccount> accounts) {
    List<Weighed> below =
        accounts.stream()
            .filter(AuditAccount::hasBands)
            .map(valuation::weigh)
            .filter(weighed -> weighed.isBelow(weighed.search()))
            .toList();
    List<Needy> needy = new ArrayList<>();
    Map<AuditParty, List<Needy>> byParty = new LinkedHashMap<>();
    for (Weighed weighed : ranking.order(below)) {
      Needy one = new Needy(weighed, new PullPlan(valuation, weighed.account()));
      needy.add(one);
      byParty.computeIfAbsent(weighed.account().party, _ -> new ArrayList<>()).add(one);
    }
    byParty.forEach((party, its) -> new PartyTopUp(run, party).plan(its));
    needy.forEach(one -> execute(run, one));
  }

  private void execute(CycleRun run, Needy one) {
    Weighed weighed = one.weighed;
    if (one.plan.isEmpty()) {
      return;
    }
    journal.say(
        new Event.ToppedUp(
            weighed.account().id,
            weighed.initial().subtract(weighed.equity()).longValueExact(),
            one.plan.sourcedAmounts(),
            weighed.evidence(run.trigger)));
    one.plan.post(ledger);
  }

  /// The sources of one party while its accounts draw on them.
  private final class PartyTopUp {
    private final CycleRun run;
    private final AuditParty party;
    private final Map<Integer, BigInteger> wallet;
    private final Map<AuditAccount, Donor> donors = new LinkedHashMap<>();

    PartyTopUp(CycleRun run, AuditParty party) {
      this.run = run;
      this.party = party;
      this.wallet = new HashMap<>(party.wallet);
      for (AuditAccount account : party.openAccounts()) {
        if (mayGive(account)) {
          donors.put(account, new Donor(valuation, account));
        }
      }
    }

    private boolean mayGive(AuditAccount account) {
      if (!account.isCross()
          || !account.isTrader()
          || account.auction != null
          || book.isDegraded(account)) {
        return false;
      }
      Weighed weighed = valuation.weigh(account);
      return !weighed.isBelow(weighed.initial()) && !book.isSuspended(account, CycleStep.RELEASE);
    }

    /// Every account to maintenance first, then to search, then to initial.
    void plan(List<Needy> needy) {
      if (needy.size() > 1) {
        planRound(needy, Weighed::maintenance);
        planRound(needy, Weighed::search);
      }
      planRound(needy, Weighed::initial);
    }

    private void planRound(List<Needy> needy, Function<Weighed, BigInteger> target) {
      for (Needy one : needy) {
        BigInteger whole = target.apply(one.weighed).subtract(one.weighed.equity());
        pullFromWallet(one, whole);
        AuditAccount account = one.weighed.account();
        boolean siblings = account.rulebook.inForce().topUp().siblingsAllowed();
        if (siblings && party.siblingTopUp && account.isCross()) {
          for (Donor donor : donors.values()) {
            if (donor.account != account) {
              pullFromDonor(one, whole, donor);
            }
          }
        }
      }
    }

    private void pullFromWallet(Needy one, BigInteger whole) {
      AuditAccount account = one.weighed.account();
      for (AuditAsset asset : account.rulebook.schedule()) {
        BigInteger gap = whole.subtract(one.plan.gained());
        BigInteger available = wallet.getOrDefault(asset.index, BigInteger.ZERO);
        if (gap.signum() > 0) {
          BigInteger taken = one.plan.pull(Ledger.wallet(party), asset, gap, available);
          wallet.put(asset.index, available.subtract(taken));
        }
      }
    }

    private void pullFromDonor(Needy one, BigInteger whole, Donor donor) {
      for (AuditAsset asset : one.weighed.account().rulebook.schedule()) {
        BigInteger gap = whole.subtract(one.plan.gained());
        if (gap.signum() > 0) {
          BigInteger taken =
              one.plan.pull(Ledger.margin(donor.account), asset, gap, donor.available(asset));
          if (taken.signum() > 0) {
            donor.give(asset, taken);
            run.touch(donor.account);
          }
        }
      }
    }
  }

  /// What another account of the party can still give.
  private static final class Donor {
    private final AuditAccount account;
    private final Excess excess;
    private final Map<Integer, BigInteger> given = new HashMap<>();

    Donor(Valuation valuation, AuditAccount account) {
      this.account = account;
      this.excess = Excess.ofDonor(valuation, valuation.weigh(account));
    }

    private BigInteger left(AuditAsset asset) {
      return account.balance(asset).subtract(given.getOrDefault(asset.index, BigInteger.ZERO));
    }

    BigInteger available(AuditAsset asset) {
      return excess.releasable(asset, left(asset));
    }

    void give(AuditAsset asset, BigInteger amount) {
      excess.take(asset, left(asset), amount);
      given.merge(asset.index, amount, BigInteger::add);
    }
  }
}
