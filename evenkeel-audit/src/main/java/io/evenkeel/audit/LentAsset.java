package io.evenkeel.audit;

import io.evenkeel.model.rulebook.LendingTerms;
import java.math.BigInteger;

/// What is kept of an asset while it is lent: indexes and totals of section 8 of the rules, all
/// with 18 decimal places.
final class LentAsset {
  static final BigInteger ONE = BigInteger.TEN.pow(18);

  LendingTerms terms;
  BigInteger debtIndex = ONE;
  BigInteger holdingIndex = ONE;
  BigInteger owed = BigInteger.ZERO;
  BigInteger held = BigInteger.ZERO;

  /// What the venue earned and was not paid yet, below one minor unit.
  BigInteger venueRest = BigInteger.ZERO;

  long accruedUntilNs;

  LentAsset(LendingTerms terms, long nowNs) {
    this.terms = terms;
    this.accruedUntilNs = nowNs;
  }

  /// The index of the side a balance is on.
  BigInteger index(BigInteger balance) {
    return switch (balance.signum()) {
      case 1 -> holdingIndex;
      case -1 -> debtIndex;
      default -> ONE;
    };
  }

  /// Counts a balance, minor units.
  void count(BigInteger balance) {
    if (balance.signum() > 0) {
      held = held.add(balance.multiply(ONE));
    } else {
      owed = owed.subtract(balance.multiply(ONE));
    }
  }

  /// Counts a balance that has changed.
  void changed(BigInteger before, BigInteger after) {
    count(after);
    held = held.subtract(Exact.notBelowZero(before).multiply(ONE));
    owed = Exact.notBelowZero(owed.add(before.min(BigInteger.ZERO).multiply(ONE)));
  }

  /// What may leave margin accounts, minor units.
  boolean covers(BigInteger amount) {
    return terms.minted() || amount.compareTo(liquidity()) <= 0;
  }

  /// What is held and not owed, whole minor units.
  BigInteger liquidity() {
    return Exact.notBelowZero(held.divide(ONE).subtract(owed.divide(ONE)));
  }
}
