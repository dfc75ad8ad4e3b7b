package io.evenkeel.audit;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What an account could give away, asset by asset, without falling below initial. It shrinks with
/// everything taken.
final class Excess {
  private final AuditAccount account;
  private final boolean flat;
  private final boolean capless;
  private final @Nullable Trial trial;
  private BigInteger left;

  private Excess(Valuation valuation, Weighed weighed, boolean capless) {
    this.account = weighed.account();
    this.flat = weighed.flat();
    this.capless = capless;
    this.left = value(weighed);
    this.trial = Trial.isNeeded(account) ? new Trial(valuation, account) : null;
  }

  /// The excess an account may be given back.
  static Excess of(Valuation valuation, Weighed weighed) {
    return new Excess(valuation, weighed, false);
  }

  /// The excess a donor may give to another account: what lies above a cap counts like the rest.
  static Excess ofDonor(Valuation valuation, Weighed weighed) {
    return new Excess(valuation, weighed, true);
  }

  /// `equity - initial`, less the unrealised profit that may not be released against; E6.
  private static BigInteger value(Weighed weighed) {
    Ratio withheld =
        Ratio.of(weighed.account().rulebook.inForce().release().profitAllowance()).complement();
    return weighed
        .equity()
        .subtract(weighed.initial())
        .subtract(withheld.ceilTimes(Exact.notBelowZero(weighed.profitValue())));
  }

  /// What is left of it, E6.
  BigInteger left() {
    return left;
  }

  /// How much of a positive balance may go, minor units.
  BigInteger releasable(AuditAsset asset, BigInteger balance) {
    if (balance.signum() <= 0 || (!flat && left.signum() < 0)) {
      return BigInteger.ZERO;
    }
    if (!flat && trial != null) {
      return releasable(trial, asset, balance);
    }
    Ratio weight = account.rulebook.terms(asset).initial(asset);
    if (flat || weight.isZero()) {
      return balance;
    }
    BigInteger free = free(asset, balance);
    if (weight.ceilTimes(asset.valueUp(balance.subtract(free))).compareTo(left) <= 0) {
      return balance;
    }
    BigInteger counted =
        left.signum() > 0 ? asset.amount(weight.floorUnder(left)) : BigInteger.ZERO;
    return free.add(counted);
  }

  /// The least must stay that leaves an excess.
  private static BigInteger releasable(Trial trial, AuditAsset asset, BigInteger most) {
    if (!trial.letsOut()) {
      return BigInteger.ZERO;
    }
    BigInteger kept =
        Trial.least(
            most,
            stays -> {
              BigInteger taken = most.subtract(stays);
              return taken.signum() == 0 || value(trial.with(asset, taken.negate())).signum() >= 0;
            });
    return most.subtract(kept);
  }

  /// Notes that `amount` is taken out of `balance`.
  void take(AuditAsset asset, BigInteger balance, BigInteger amount) {
    if (trial != null) {
      trial.change(asset, amount.negate());
      left = value(trial.weigh());
      return;
    }
    Ratio weight = account.rulebook.terms(asset).initial(asset);
    BigInteger counted = Exact.notBelowZero(amount.subtract(free(asset, balance)));
    left = left.subtract(weight.ceilTimes(asset.valueUp(counted)));
  }

  /// The part of a balance above the cap, which counts nothing.
  private BigInteger free(AuditAsset asset, BigInteger balance) {
    return capless
        ? BigInteger.ZERO
        : Exact.notBelowZero(balance.subtract(account.rulebook.terms(asset).cap()));
  }
}
