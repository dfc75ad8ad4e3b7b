package io.evenkeel.audit;

import java.math.BigInteger;
import java.util.function.Predicate;

/// A copy of an account whose balances are changed to see what that brings, where no weight alone
/// tells it: the trials of section 2.W of the rules.
final class Trial {
  private final Valuation valuation;
  private final AuditAccount copy;

  Trial(Valuation valuation, AuditAccount account) {
    this.valuation = valuation;
    this.copy = account.copy();
  }

  /// Whether amounts of an account must be found by trying them.
  static boolean isNeeded(AuditAccount account) {
    return account.rulebook.weighsBalances();
  }

  /// Whether anything may leave the account as it is supposed to be.
  boolean letsOut() {
    return valuation.letsOut(copy);
  }

  /// Supposes that an amount comes in, or leaves when negative.
  void change(AuditAsset asset, BigInteger amount) {
    copy.addBalance(asset, amount);
  }

  /// The account as it is supposed to be.
  Weighed weigh() {
    return valuation.weigh(copy);
  }

  /// The account with one more change, which is taken back.
  Weighed with(AuditAsset asset, BigInteger amount) {
    change(asset, amount);
    Weighed weighed = weigh();
    change(asset, amount.negate());
    return weighed;
  }

  /// The least amount from 0 to `most` that is enough, given that `most` is.
  static BigInteger least(BigInteger most, Predicate<BigInteger> enough) {
    if (enough.test(BigInteger.ZERO)) {
      return BigInteger.ZERO;
    }
    BigInteger low = BigInteger.ZERO;
    BigInteger high = most;
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (enough.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
