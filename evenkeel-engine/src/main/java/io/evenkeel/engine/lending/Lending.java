package io.evenkeel.engine.lending;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.ledger.Accruals;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.LongCell;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.LendingTerms;
import java.math.BigInteger;

/// Lets interest accrue on what accounts owe and hold of lent assets (`docs/RULES.md`, section 8).
/// Accrual moves two indexes per asset, whatever the number of accounts; an account's interest is
/// posted when its balance is next touched.
public final class Lending {
  private static final BigInteger E18 = BigInteger.valueOf(Accruals.ONE);
  private static final BigInteger RATE_STEP = BigInteger.TEN.pow(Ray.SCALE - 12);
  private static final long SECOND_NS = 1_000_000_000L;

  /// Indexes above this begin again at one, so that they and one more accrual always fit a long.
  private static final long LARGEST_INDEX_E18 = 4 * Accruals.ONE;

  private static final long INTEREST = Ledger.house(HouseAccount.INTEREST);
  private static final long INSURANCE = Ledger.house(HouseAccount.INSURANCE_FUND);

  private final Book book;
  private final Accruals accruals;
  private final LongCell earliestDueNs;

  /// Reads and writes the book.
  public Lending(Book book) {
    this.book = book;
    this.accruals = book.ledger.accruals();
    earliestDueNs = new LongCell(book.undo, Long.MAX_VALUE);
  }

  /// Accrues every asset whose interval is over.
  public void advance() {
    long now = book.nowNs.get();
    if (now < earliestDueNs.get()) {
      return;
    }
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      int asset = book.assets.findSymbol(terms.asset());
      if (now >= dueNs(asset, terms)) {
        accrue(asset, terms);
      }
    }
    findEarliest();
  }

  private long dueNs(int asset, LendingTerms terms) {
    long due = accruals.accruedUntilNs(asset) + terms.intervalNs();
    return due < 0 ? Long.MAX_VALUE : due;
  }

  /// Finds again when the next interval is over; it is not state.
  public void findEarliest() {
    long earliest = Long.MAX_VALUE;
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      earliest = Math.min(earliest, dueNs(book.assets.findSymbol(terms.asset()), terms));
    }
    earliestDueNs.set(earliest);
  }

  /// Accrues one asset now, interval or not.
  public void accrue(int asset) {
    accrue(asset, terms(asset));
    findEarliest();
  }

  /// The terms of an asset that is lent.
  public LendingTerms terms(int asset) {
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      if (book.assets.at(asset).symbol().equals(terms.asset())) {
        return terms;
      }
    }
    throw new InvariantViolation("every lent asset has terms");
  }

  /// Accrues every lent asset now: before the terms of lending change.
  public void accrueAll() {
    if (accruals.lentAssets() == 0) {
      return;
    }
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      accrue(book.assets.findSymbol(terms.asset()), terms);
    }
  }

  /// Begins and ends lending as the rulebook in force says. Call [#accrueAll] before it comes into
  /// force.
  public void adopt() {
    long wanted = 0;
    long minted = 0;
    for (LendingTerms terms : book.rulebooks.venue().lending()) {
      long bit = 1L << book.assets.findSymbol(terms.asset());
      wanted |= bit;
      minted |= terms.minted() ? bit : 0;
    }
    accruals.setMinted(minted);
    long changing = wanted ^ accruals.lentAssets();
    for (long left = changing; left != 0; left &= left - 1) {
      int asset = Long.numberOfTrailingZeros(left);
      boolean lends = (wanted >>> asset & 1) != 0;
      if (!lends) {
        restart(asset);
      }
      book.ledger.setLent(asset, lends, book.accounts.size());
      accruals.setAccruedUntilNs(asset, lends ? book.nowNs.get() : 0);
    }
    findEarliest();
  }

  /// Utilisation of a lent asset, 27 decimal places: what is owed of what is held and of the cash
  /// that closed positions left and nobody was paid yet.
  public BigInteger utilisation(int asset) {
    return RateCurve.utilisation(
        fine(accruals.owedMinor(asset), accruals.owedRestE18(asset)),
        fine(accruals.heldMinor(asset), accruals.heldRestE18(asset))
            .add(fine(unclaimedMinor(asset), 0)));
  }

  private void accrue(int asset, LendingTerms terms) {
    book.workOn(-1, -1);
    long elapsed = (book.nowNs.get() - accruals.accruedUntilNs(asset)) / SECOND_NS;
    while (elapsed > 0) {
      BigInteger owed = fine(accruals.owedMinor(asset), accruals.owedRestE18(asset));
      BigInteger held = fine(accruals.heldMinor(asset), accruals.heldRestE18(asset));
      BigInteger utilisation = utilisation(asset);
      BigInteger rate = RateCurve.rate(terms, utilisation);
      long seconds = Math.min(elapsed, longestSeconds(rate));
      if (owed.signum() > 0) {
        grow(asset, terms, new Step(owed, held, utilisation, rate, seconds));
      }
      accruals.setAccruedUntilNs(asset, accruals.accruedUntilNs(asset) + seconds * SECOND_NS);
      elapsed -= seconds;
    }
  }

  /// One accrual: totals in units of `10^-18` minor units, rates with 27 decimal places.
  private record Step(
      BigInteger owed, BigInteger held, BigInteger utilisation, BigInteger rate, long seconds) {}

  /// Seconds in which an index grows by less than a factor of two.
  private static long longestSeconds(BigInteger rate) {
    if (rate.signum() == 0) {
      return Long.MAX_VALUE;
    }
    BigInteger half = Ray.ONE.shiftRight(1).multiply(InterestFactor.SECONDS_PER_YEAR);
    // a pool that is hardly used has a rate next to nothing
    return half.divide(rate)
        .max(BigInteger.ONE)
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /// Cash that closed positions left and nobody has been paid: whoever it comes to will hold it.
  private long unclaimedMinor(int asset) {
    long sum = 0;
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (book.instruments.settlementAsset(instrument) == asset) {
        sum = Math.addExact(sum, book.ledger.clearingBalance(instrument));
      }
    }
    return Math.max(0, sum);
  }

  private void grow(int asset, LendingTerms terms, Step step) {
    BigInteger debtIndex = BigInteger.valueOf(accruals.debtIndexE18(asset));
    BigInteger grown =
        ceilDivide(
            debtIndex.multiply(RateCurve.growth(terms, step.rate(), step.seconds())), Ray.ONE);
    BigInteger rise = grown.subtract(debtIndex);
    BigInteger interest = step.owed().multiply(rise).divide(debtIndex);
    BigInteger holdingIndex = BigInteger.valueOf(accruals.holdingIndexE18(asset));
    BigInteger holdingRise = BigInteger.ZERO;
    BigInteger paid = BigInteger.ZERO;
    if (step.held().signum() > 0) {
      BigInteger most = step.held().multiply(rise).divide(debtIndex);
      BigInteger due = dueToHolders(terms, step, interest).min(most).max(BigInteger.ZERO);
      holdingRise = holdingIndex.multiply(due).divide(step.held());
      paid = ceilDivide(step.held().multiply(holdingRise), holdingIndex);
    }
    BigInteger venue =
        interest.subtract(paid).add(BigInteger.valueOf(accruals.venueRestE18(asset)));
    BigInteger owed = step.owed().add(interest);
    BigInteger held = step.held().add(paid);
    accruals.setIndexes(
        asset, grown.longValueExact(), holdingIndex.add(holdingRise).longValueExact());
    accruals.setTotals(
        asset,
        owed.divide(E18).longValueExact(),
        owed.mod(E18).longValueExact(),
        held.divide(E18).longValueExact(),
        held.mod(E18).longValueExact());
    accruals.setVenueRestE18(asset, venue.mod(E18).longValueExact());
    long venueMinor = venue.divide(E18).longValueExact();
    book.events.emit(
        new Event.InterestAccrued(
            book.assets.idAt(asset),
            step.seconds(),
            step.rate().divide(RATE_STEP).longValueExact(),
            accruals.debtIndexE18(asset),
            accruals.holdingIndexE18(asset),
            interest.divide(E18).longValueExact(),
            venueMinor));
    book.ledger.post(asset, INTEREST, payee(terms), venueMinor, MoneyReason.INTEREST);
    if (accruals.debtIndexE18(asset) > LARGEST_INDEX_E18) {
      restart(asset);
    }
  }

  /// What holders are due of the interest, one unit of `10^-18` less so that rounding up what they
  /// were credited never exceeds it.
  private static BigInteger dueToHolders(LendingTerms terms, Step step, BigInteger interest) {
    BigInteger kept = Ray.of(terms.venueShare());
    BigInteger share = interest.subtract(ceilDivide(interest.multiply(kept), Ray.ONE));
    BigInteger due =
        switch (terms.deposits()) {
          case SHARE -> share;
          case LINEAR -> {
            BigInteger rate =
                Ray.multiply(Ray.multiply(step.rate(), step.utilisation()), Ray.ONE.subtract(kept));
            BigInteger growth = InterestFactor.linear(rate, step.seconds()).subtract(Ray.ONE);
            yield step.held().multiply(growth).divide(Ray.ONE).min(share);
          }
        };
    return due.subtract(BigInteger.ONE);
  }

  private long payee(LendingTerms terms) {
    int backstop = book.accounts.backstop();
    return terms.payee() == LendingTerms.Payee.BACKSTOP && backstop >= 0
        ? Ledger.margin(backstop)
        : INSURANCE;
  }

  /// Posts all interest on an asset, gives what rounding left to the insurance fund, and begins the
  /// indexes anew.
  private void restart(int asset) {
    for (int account = 0; account < book.accounts.size(); account++) {
      book.ledger.postInterest(account, asset);
    }
    long remainder = book.ledger.houseBalance(HouseAccount.INTEREST, asset);
    book.ledger.post(asset, INTEREST, INSURANCE, remainder, MoneyReason.ROUNDING_REMAINDER);
    book.ledger.restartIndexes(asset, book.accounts.size());
    book.events.emit(new Event.InterestIndexesRestarted(book.assets.idAt(asset), remainder));
  }

  private static BigInteger fine(long whole, long restE18) {
    return BigInteger.valueOf(whole).multiply(E18).add(BigInteger.valueOf(restE18));
  }

  private static BigInteger ceilDivide(BigInteger value, BigInteger divisor) {
    BigInteger[] parts = value.divideAndRemainder(divisor);
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /// Whether a rulebook lends only assets that are defined.
  public static boolean lendsOnlyDefined(Iterable<LendingTerms> lending, Book book) {
    for (LendingTerms terms : lending) {
      if (book.assets.findSymbol(terms.asset()) == IdIndex.ABSENT) {
        return false;
      }
    }
    return true;
  }
}
