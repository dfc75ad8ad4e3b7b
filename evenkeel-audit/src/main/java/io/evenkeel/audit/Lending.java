package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LendingTerms.Deposits;
import io.evenkeel.model.rulebook.LendingTerms.Payee;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Interest on what is lent: section 8 of the rules.
final class Lending {
  private static final BigInteger SECOND_NS = BigInteger.TEN.pow(9);
  private static final BigInteger LARGEST_INDEX = LentAsset.ONE.multiply(Exact.of(4));
  private static final int RATE_PLACES = 12;

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;

  /// What is lent, in the order of the rulebook.
  private final List<AuditAsset> lent = new ArrayList<>();

  Lending(AuditBook book, Ledger ledger, Journal journal) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
  }

  /// Accrues what has not accrued for its interval.
  void advance() {
    for (AuditAsset asset : lent) {
      LentAsset loans = loans(asset);
      BigInteger due = Exact.of(loans.accruedUntilNs).add(Exact.of(loans.terms.intervalNs()));
      if (due.compareTo(Exact.of(book.nowNs)) <= 0) {
        accrue(asset);
      }
    }
  }

  /// Accrues everything: before the terms change.
  void accrueAll() {
    lent.forEach(this::accrue);
  }

  /// Begins and ends lending as the rulebook defined first, in force, says.
  void adopt() {
    List<AuditAsset> before = List.copyOf(lent);
    lent.clear();
    for (LendingTerms terms : Objects.requireNonNull(book.venue()).lending()) {
      lent.add(book.assetNamed(terms.asset()));
    }
    for (AuditAsset asset : book.assets) {
      if (before.contains(asset) && !lent.contains(asset)) {
        restart(asset);
        asset.lent = null;
      }
    }
    for (LendingTerms terms : book.venue().lending()) {
      AuditAsset asset = book.assetNamed(terms.asset());
      LentAsset loans = asset.lent;
      if (loans == null) {
        LentAsset fresh = new LentAsset(terms, book.nowNs);
        book.accounts.forEach(account -> fresh.count(account.balance(asset)));
        asset.lent = fresh;
      } else {
        loans.terms = terms;
      }
    }
  }

  private static LentAsset loans(AuditAsset asset) {
    return Objects.requireNonNull(asset.lent);
  }

  /// Accrues one asset up to now.
  void accrue(AuditAsset asset) {
    LentAsset loans = loans(asset);
    BigInteger left = Exact.of(book.nowNs).subtract(Exact.of(loans.accruedUntilNs));
    long seconds = left.divide(SECOND_NS).longValueExact();
    while (seconds > 0) {
      BigDecimal utilisation =
          Growth.utilisation(loans.owed, loans.held.add(unclaimed(asset).multiply(LentAsset.ONE)));
      BigDecimal rate = Growth.rate(loans.terms, utilisation);
      long taken =
          rate.signum() == 0
              ? seconds
              : Growth.longestSeconds(rate).min(Exact.of(seconds)).longValueExact();
      loans.accruedUntilNs += taken * SECOND_NS.longValueExact();
      if (loans.owed.signum() > 0) {
        grow(asset, utilisation, rate, taken);
      }
      seconds -= taken;
    }
  }

  /// Cash that closed positions left, minor units.
  private BigInteger unclaimed(AuditAsset asset) {
    BigInteger sum = BigInteger.ZERO;
    for (AuditInstrument instrument : book.instruments) {
      if (instrument.settlement == asset) {
        sum = sum.add(instrument.clearing);
      }
    }
    return Exact.notBelowZero(sum);
  }

  private void grow(AuditAsset asset, BigDecimal utilisation, BigDecimal rate, long seconds) {
    LentAsset loans = loans(asset);
    BigDecimal growth = Growth.of(loans.terms.compounding(), rate, seconds);
    BigInteger grown =
        new BigDecimal(loans.debtIndex)
            .multiply(growth)
            .setScale(0, RoundingMode.CEILING)
            .toBigIntegerExact();
    BigInteger rise = grown.subtract(loans.debtIndex);
    BigInteger interest = Exact.floorDiv(loans.owed.multiply(rise), loans.debtIndex);
    BigInteger paid = BigInteger.ZERO;
    if (loans.held.signum() > 0) {
      BigInteger most = Exact.floorDiv(loans.held.multiply(rise), loans.debtIndex);
      BigInteger due = due(loans, interest, utilisation, rate, seconds).min(most);
      BigInteger holdingRise =
          Exact.floorDiv(loans.holdingIndex.multiply(Exact.notBelowZero(due)), loans.held);
      paid = Exact.ceilDiv(loans.held.multiply(holdingRise), loans.holdingIndex);
      loans.holdingIndex = loans.holdingIndex.add(holdingRise);
    }
    loans.debtIndex = grown;
    loans.owed = loans.owed.add(interest);
    loans.held = loans.held.add(paid);
    BigInteger[] venue =
        Exact.floorAndRest(loans.venueRest.add(interest).subtract(paid), LentAsset.ONE);
    loans.venueRest = venue[1];
    book.stamp++;
    journal.say(
        new Event.InterestAccrued(
            asset.id(),
            seconds,
            rate.movePointRight(RATE_PLACES).setScale(0, RoundingMode.FLOOR).longValueExact(),
            loans.debtIndex.longValueExact(),
            loans.holdingIndex.longValueExact(),
            interest.divide(LentAsset.ONE).longValueExact(),
            venue[0].longValueExact()));
    ledger.post(
        asset, Ledger.house(HouseAccount.INTEREST), payee(loans), venue[0], MoneyReason.INTEREST);
    if (loans.debtIndex.compareTo(LARGEST_INDEX) > 0) {
      restart(asset);
    }
  }

  /// What holders are due of the interest, a last place less.
  private static BigInteger due(
      LentAsset loans, BigInteger interest, BigDecimal utilisation, BigDecimal rate, long seconds) {
    Ratio kept = Ratio.of(loans.terms.venueShare());
    BigInteger due = interest.subtract(kept.ceilTimes(interest));
    if (loans.terms.deposits() == Deposits.LINEAR) {
      BigDecimal left = BigDecimal.ONE.subtract(Growth.of(loans.terms.venueShare()));
      BigDecimal paid = Growth.times(Growth.times(rate, utilisation), left);
      BigDecimal grown = Growth.linear(paid, seconds).subtract(BigDecimal.ONE);
      BigDecimal linear = new BigDecimal(loans.held).multiply(grown);
      due = due.min(linear.setScale(0, RoundingMode.FLOOR).toBigIntegerExact());
    }
    return due.subtract(BigInteger.ONE);
  }

  private LedgerAccount payee(LentAsset loans) {
    AuditAccount backstop = book.findBackstop();
    return loans.terms.payee() == Payee.BACKSTOP && backstop != null
        ? Ledger.margin(backstop)
        : Ledger.house(HouseAccount.INSURANCE_FUND);
  }

  /// Posts all interest and begins the indexes anew.
  private void restart(AuditAsset asset) {
    LentAsset loans = loans(asset);
    book.accounts.forEach(account -> ledger.postInterest(asset, account));
    BigInteger left = asset.house(HouseAccount.INTEREST);
    ledger.post(
        asset,
        Ledger.house(HouseAccount.INTEREST),
        Ledger.house(HouseAccount.INSURANCE_FUND),
        left,
        MoneyReason.ROUNDING_REMAINDER);
    loans.debtIndex = LentAsset.ONE;
    loans.holdingIndex = LentAsset.ONE;
    loans.owed = BigInteger.ZERO;
    loans.held = BigInteger.ZERO;
    loans.venueRest = BigInteger.ZERO;
    for (AuditAccount account : book.accounts) {
      account.forgetIndex(asset);
      loans.count(account.balance(asset));
    }
    book.stamp++;
    journal.say(new Event.InterestIndexesRestarted(asset.id(), left.longValueExact()));
  }
}
