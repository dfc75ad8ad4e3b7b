package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.rulebook.CycleStep;
import java.util.Arrays;

/// What a party's own accounts hold above their initial level, while it is being shared out.
final class Donors {
  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final Collateral collateral;
  private final Weighing weighing = new Weighing();
  private int count;
  private int[] accounts = new int[4];
  private long[] excessE6 = new long[4];
  private boolean[] flat = new boolean[4];
  private boolean[] used = new boolean[4];
  private long[] takenMinor = new long[16];

  Donors(Book book, Valuation valuation, ExposureRules exposures, Collateral collateral) {
    this.book = book;
    this.valuation = valuation;
    this.exposures = exposures;
    this.collateral = collateral;
  }

  /// Finds the donors of a party among its accounts that are not needy, in account order, by the
  /// present state.
  void gather(int party, int[] needy, int[] needyPlaces, int placeCount) {
    count = 0;
    if (!book.parties.allowsSiblings(party)) {
      return;
    }
    for (int account = book.parties.firstAccount(party);
        account >= 0;
        account = book.accounts.nextOfParty(account)) {
      boolean isNeedy = false;
      for (int i = 0; i < placeCount; i++) {
        isNeedy |= needy[needyPlaces[i]] == account;
      }
      if (!isNeedy && mayGive(account)) {
        add(account);
      }
    }
  }

  private boolean mayGive(int account) {
    if (!book.accounts.isActive(account)
        || book.accounts.isIsolated(account)
        || book.accounts.isBackstop(account)
        || book.auctions.isLive(account)
        || exposures.isDegraded(account)
        || exposures.isSuspended(account, CycleStep.RELEASE)) {
      return false;
    }
    valuation.assess(account, weighing);
    return weighing.equityE6() >= weighing.initialE6();
  }

  private void add(int account) {
    int assets = book.assets.size();
    if (count == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * count);
      excessE6 = Arrays.copyOf(excessE6, 2 * count);
      flat = Arrays.copyOf(flat, 2 * count);
      used = Arrays.copyOf(used, 2 * count);
    }
    if (takenMinor.length < (count + 1) * assets) {
      takenMinor = Arrays.copyOf(takenMinor, 2 * (count + 1) * assets);
    }
    accounts[count] = account;
    excessE6[count] = collateral.excessE6(account, weighing);
    flat[count] = weighing.isFlat();
    used[count] = false;
    Arrays.fill(takenMinor, count * assets, (count + 1) * assets, 0);
    count++;
  }

  int count() {
    return count;
  }

  int account(int donor) {
    return accounts[donor];
  }

  /// What a donor can still give of an asset, by its own terms.
  long availableMinor(int donor, int asset) {
    int account = accounts[donor];
    long balance =
        book.ledger.marginBalance(account, asset) - takenMinor[donor * book.assets.size() + asset];
    if (balance <= 0) {
      return 0;
    }
    if (flat[donor]) {
      return balance;
    }
    if (collateral.isTried(account)) {
      return availableByTrialMinor(donor, asset, balance);
    }
    return excessE6[donor] < 0
        ? 0
        : collateral.releasableMinor(terms(account), asset, balance, 0, excessE6[donor]);
  }

  private long availableByTrialMinor(int donor, int asset, long balanceMinor) {
    int account = accounts[donor];
    CollateralTrial trial = collateral.trial();
    trial.begin(account);
    int base = donor * book.assets.size();
    for (int taken = 0; taken < book.assets.size(); taken++) {
      trial.change(taken, -takenMinor[base + taken]);
    }
    long most = collateral.releasableInTrialMinor(account, asset, balanceMinor);
    trial.end();
    return most;
  }

  /// Takes from a donor.
  void take(int donor, int asset, long amountMinor) {
    takenMinor[donor * book.assets.size() + asset] += amountMinor;
    if (!collateral.isTried(accounts[donor])) {
      excessE6[donor] -= collateral.costE6(terms(accounts[donor]), asset, amountMinor);
    }
    used[donor] |= amountMinor > 0;
  }

  /// Adds the donors that gave something.
  void addUsed(AccountSet touched) {
    for (int i = 0; i < count; i++) {
      if (used[i]) {
        touched.add(accounts[i]);
      }
    }
  }

  private RulebookTerms terms(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account));
  }
}
