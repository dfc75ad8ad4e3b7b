package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event.SourcedAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collateral to be pulled to one account: how much from where, and what it gains by the account's
/// own terms.
final class PullPlan {
  private record Source(LedgerAccount account, AuditAsset asset) {}

  private final Valuation valuation;
  private final AuditAccount account;
  private final Map<Source, BigInteger> amounts = new LinkedHashMap<>();
  private final Map<Integer, BigInteger> pulledByAsset = new HashMap<>();
  private BigInteger gained = BigInteger.ZERO;

  PullPlan(Valuation valuation, AuditAccount account) {
    this.valuation = valuation;
    this.account = account;
  }

  /// What all that was pulled adds towards initial, E6.
  BigInteger gained() {
    return gained;
  }

  boolean isEmpty() {
    return amounts.isEmpty();
  }

  /// Pulls as much of what is available as the gap needs, and tells how much: first against a debt,
  /// then as collateral.
  BigInteger pull(LedgerAccount source, AuditAsset asset, BigInteger gap, BigInteger available) {
    BigInteger taken =
        Trial.isNeeded(account) ? tried(asset, gap, available) : byTerms(asset, gap, available);
    if (taken.signum() > 0) {
      amounts.merge(new Source(source, asset), taken, BigInteger::add);
      pulledByAsset.merge(asset.index, taken, BigInteger::add);
    }
    return taken;
  }

  /// The least with which as much is gained as the gap asks for, or as all of it gains.
  private BigInteger tried(AuditAsset asset, BigInteger gap, BigInteger available) {
    Trial trial = new Trial(valuation, account);
    for (Map.Entry<Source, BigInteger> pulled : amounts.entrySet()) {
      trial.change(pulled.getKey().asset, pulled.getValue());
    }
    BigInteger before = room(trial.weigh());
    BigInteger all = room(trial.with(asset, available));
    if (all.compareTo(before) <= 0) {
      return BigInteger.ZERO;
    }
    BigInteger goal = all.min(before.add(gap));
    BigInteger taken =
        Trial.least(available, amount -> room(trial.with(asset, amount)).compareTo(goal) >= 0);
    gained = gained.add(room(trial.with(asset, taken)).subtract(before));
    return taken;
  }

  private static BigInteger room(Weighed weighed) {
    return weighed.equity().subtract(weighed.initial());
  }

  private BigInteger byTerms(AuditAsset asset, BigInteger gap, BigInteger available) {
    Terms terms = account.rulebook.terms(asset);
    BigInteger balance =
        account.balance(asset).add(pulledByAsset.getOrDefault(asset.index, BigInteger.ZERO));
    BigInteger againstDebt = BigInteger.ZERO;
    BigInteger gapLeft = gap;
    if (balance.signum() < 0) {
      againstDebt = least(asset, terms.debt(), gap, available.min(balance.negate()));
      BigInteger gain = terms.debt().floorTimes(asset.value(againstDebt));
      gained = gained.add(gain);
      gapLeft = gapLeft.subtract(gain);
    }
    BigInteger asCollateral = BigInteger.ZERO;
    Ratio weight = terms.initial(asset);
    if (gapLeft.signum() > 0 && !weight.isZero()) {
      BigInteger held = Exact.notBelowZero(balance.add(againstDebt));
      BigInteger room = Exact.notBelowZero(terms.cap().subtract(held));
      BigInteger rest = available.subtract(againstDebt);
      asCollateral = least(asset, weight, gapLeft, rest.min(room));
      gained = gained.add(weight.floorTimes(asset.value(asCollateral)));
    }
    return againstDebt.add(asCollateral);
  }

  /// The least amount that closes the gap at a weight, or all there is.
  private static BigInteger least(AuditAsset asset, Ratio weight, BigInteger gap, BigInteger most) {
    boolean enough = weight.floorTimes(asset.value(most)).compareTo(gap) >= 0;
    return enough ? most.min(asset.amountUp(weight.ceilUnder(gap))) : most;
  }

  /// The amounts for the record, in order of first use.
  List<SourcedAmount> sourcedAmounts() {
    List<SourcedAmount> list = new ArrayList<>();
    amounts.forEach((source, amount) ->
        list.add(new SourcedAmount(source.account, source.asset.id(), amount.longValueExact())));
    return list;
  }

  /// Moves what was planned.
  void post(Ledger ledger) {
    amounts.forEach((source, amount) ->
        ledger.post(
            source.asset, source.account, Ledger.margin(account), amount, MoneyReason.TOP_UP));
  }
}
