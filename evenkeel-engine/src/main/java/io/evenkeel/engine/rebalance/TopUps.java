package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;
import java.util.Arrays;

/// Pulls collateral in for accounts below their search level. One party's scarce wallet is shared
/// in rounds: every account to maintenance first, then to search, then to initial.
final class TopUps {
  private static final int MAINTENANCE_ROUND = 0;
  private static final int SEARCH_ROUND = 1;
  private static final int INITIAL_ROUND = 2;

  private final Book book;
  private final Valuation valuation;
  private final EvidenceWriter evidence;
  private final ExposureRules exposures;
  private final Collateral collateral;
  private final Weighing weighing = new Weighing();
  private final Donors donors;

  /// By place in the execution order: the needy account, its gaps to the three targets, and its
  /// plan.
  private int[] needy = new int[16];

  private long[] gapsE6 = new long[48];
  private PullPlan[] plans = new PullPlan[0];
  private int[] placeOfAccount = new int[0];
  private long[] walletLeftMinor = new long[4];

  /// Places of the party at hand, in execution order.
  private int[] partyPlaces = new int[4];

  TopUps(
      Book book,
      Valuation valuation,
      EvidenceWriter evidence,
      ExposureRules exposures,
      Collateral collateral) {
    this.book = book;
    this.valuation = valuation;
    this.evidence = evidence;
    this.exposures = exposures;
    this.collateral = collateral;
    this.donors = new Donors(book, valuation, exposures, collateral);
  }

  /// Decides for all needy accounts (in execution order) from the present state, then executes one
  /// by one. Donors are added to `touched`.
  void run(Trigger trigger, AccountList accounts, AccountSet touched) {
    int count = accounts.size();
    prepare(accounts, count);
    for (int place = 0; place < count; place++) {
      if (placeOfAccount[needy[place]] == place) {
        decideForParty(book.accounts.party(needy[place]), touched);
      }
    }
    for (int place = 0; place < count; place++) {
      int account = needy[place];
      if (!plans[place].isEmpty()) {
        valuation.assess(account, weighing);
        book.events.emit(
            new Event.ToppedUp(
                book.accounts.idAt(account),
                weighing.initialE6() - weighing.equityE6(),
                plans[place].toAmounts(book),
                evidence.of(account, trigger, weighing)));
        plans[place].post(book, account);
      }
    }
  }

  private void prepare(AccountList accounts, int count) {
    if (needy.length < count) {
      needy = new int[2 * count];
      gapsE6 = new long[6 * count];
    }
    int old = plans.length;
    if (old < count) {
      plans = Arrays.copyOf(plans, 2 * count);
      for (int i = old; i < plans.length; i++) {
        plans[i] = new PullPlan();
      }
    }
    if (placeOfAccount.length < book.accounts.size()) {
      placeOfAccount = new int[book.accounts.size() + (book.accounts.size() >> 1)];
      Arrays.fill(placeOfAccount, -1);
    }
    if (walletLeftMinor.length < book.assets.size()) {
      walletLeftMinor = new long[book.assets.size()];
    }
    for (int place = 0; place < count; place++) {
      int account = accounts.get(place);
      needy[place] = account;
      placeOfAccount[account] = place;
      plans[place].clear();
      valuation.assess(account, weighing);
      gapsE6[3 * place + MAINTENANCE_ROUND] = weighing.maintenanceE6() - weighing.equityE6();
      gapsE6[3 * place + SEARCH_ROUND] = weighing.searchE6() - weighing.equityE6();
      gapsE6[3 * place + INITIAL_ROUND] = weighing.initialE6() - weighing.equityE6();
    }
  }

  private void decideForParty(int party, AccountSet touched) {
    int count = takePlaces(party);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      walletLeftMinor[asset] = book.ledger.walletBalance(party, asset);
    }
    donors.gather(party, needy, partyPlaces, count);
    int firstRound = count == 1 ? INITIAL_ROUND : MAINTENANCE_ROUND;
    for (int round = firstRound; round <= INITIAL_ROUND; round++) {
      for (int i = 0; i < count; i++) {
        int place = partyPlaces[i];
        pull(party, place, gapsE6[3 * place + round]);
      }
    }
    donors.addUsed(touched);
  }

  /// Lists the places of a party's needy accounts and returns how many; takes them off the map so
  /// that no party is seen twice.
  private int takePlaces(int party) {
    int count = 0;
    for (int account = book.parties.firstAccount(party);
        account >= 0;
        account = book.accounts.nextOfParty(account)) {
      int place = placeOfAccount[account];
      if (place >= 0) {
        placeOfAccount[account] = -1;
        if (count == partyPlaces.length) {
          partyPlaces = Arrays.copyOf(partyPlaces, 2 * count);
        }
        partyPlaces[count++] = place;
      }
    }
    Arrays.sort(partyPlaces, 0, count);
    return count;
  }

  private void pull(int party, int place, long targetGapE6) {
    int account = needy[place];
    PullPlan plan = plans[place];
    RulebookTerms terms = book.rulebooks.at(book.accounts.rulebook(account));
    for (int asset : terms.scheduleOrder()) {
      if (plan.gainedE6() >= targetGapE6) {
        return;
      }
      if (walletLeftMinor[asset] > 0) {
        long amount =
            collateral.pullMinor(
                account, plan, asset, walletLeftMinor[asset], targetGapE6 - plan.gainedE6());
        plan.add(Ledger.wallet(party), asset, amount, collateral.gainedE6());
        walletLeftMinor[asset] -= amount;
      }
    }
    if (terms.rulebook().topUp().siblingsAllowed()
        && book.parties.allowsSiblings(party)
        && !book.accounts.isIsolated(account)) {
      pullFromSiblings(account, plan, terms, targetGapE6);
    }
  }

  private void pullFromSiblings(int account, PullPlan plan, RulebookTerms terms, long targetGapE6) {
    for (int donor = 0; donor < donors.count(); donor++) {
      for (int asset : terms.scheduleOrder()) {
        if (plan.gainedE6() >= targetGapE6) {
          return;
        }
        long available = donors.availableMinor(donor, asset);
        if (available > 0) {
          long amount =
              collateral.pullMinor(account, plan, asset, available, targetGapE6 - plan.gainedE6());
          plan.add(Ledger.margin(donors.account(donor)), asset, amount, collateral.gainedE6());
          donors.take(donor, asset, amount);
        }
      }
    }
  }

  /// Forgets what a run that was cut short by a fault may have left on the map.
  void reset() {
    Arrays.fill(placeOfAccount, -1);
  }

  /// Whether the step may run for an account at all.
  boolean isPossible(int account) {
    return exposures.hasBands(account) && !exposures.isSuspended(account, CycleStep.TOP_UP);
  }
}
