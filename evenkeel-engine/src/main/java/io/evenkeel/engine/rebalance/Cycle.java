package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rebalancing cycle over exactly the accounts concerned (`docs/RULES.md`, section 6). One
/// sweep values them all; only those of which something could come are looked at again, so a quiet
/// tick costs one valuation an account and no memory.
public final class Cycle {
  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final ExecutionSort executionSort;
  private final Releases releases;
  private final TopUps topUps;
  private final Calls calls;
  private final DueHeap coolDowns;
  private final Weighing weighing = new Weighing();
  private final AccountSet touched = new AccountSet();

  /// Found by the last sweep: who is released to, who is below search, and of whom a call or a
  /// closing could come.
  private final AccountList excess = new AccountList();

  private final AccountList needy = new AccountList();
  private final AccountList watched = new AccountList();
  private final AccountList selected = new AccountList();
  private long[] scheduledCoolDown = new long[0];
  private long valuations;
  private boolean hasActed;

  /// Keeps the reads that only fetch memory from being optimised away; means nothing.
  @SuppressWarnings("UnusedVariable")
  private long fetched;

  private long commandBeganNs = Long.MIN_VALUE;

  /// Reads and writes the book.
  public Cycle(
      Book book,
      Valuation valuation,
      EvidenceWriter evidence,
      ExposureRules exposures,
      Collateral collateral,
      DueHeap deadlines,
      DueHeap coolDowns) {
    this.book = book;
    this.valuation = valuation;
    this.exposures = exposures;
    this.coolDowns = coolDowns;
    executionSort = new ExecutionSort(book, valuation);
    releases = new Releases(book, valuation, evidence, exposures, collateral);
    topUps = new TopUps(book, valuation, evidence, exposures, collateral);
    calls = new Calls(book, valuation, evidence, exposures, deadlines);
  }

  /// Forgets what a run that was cut short by a fault may have left behind.
  public void reset() {
    touched.clear();
    topUps.reset();
  }

  /// Notes engine time as it was before the command at hand: only later instants can still fall
  /// due.
  public void begin(long nowNs) {
    commandBeganNs = nowNs;
  }

  /// The life of margin calls, which liquidation and closing an account end too.
  public Calls calls() {
    return calls;
  }

  /// How many accounts the first sweeps have valued so far; not state.
  public long valuations() {
    return valuations;
  }

  /// Runs the steps the rulebooks name for `trigger` over a set of accounts, and empties the set.
  ///
  /// @param mayClose false keeps the CLOSE step from running
  public void run(Trigger trigger, AccountSet accounts, boolean mayClose, Closer closer) {
    int count = accounts.drain();
    int[] members = accounts.members();
    hasActed = false;
    boolean backstopConcerned = sweep(trigger, members, count, false);
    move(trigger, false, null);
    boolean closed = mayClose && close(trigger, backstopConcerned, closer);
    if (anySecondPass(trigger)) {
      sweep(trigger, members, count, true);
      move(trigger, true, closed ? closer : null);
    }
    if (hasActed && anyDependsOnOthers()) {
      touched.addAll(members, count);
    }
    restateZones();
  }

  /// Values every active account once and sorts out those of which something could come; true when
  /// the backstop is among the accounts.
  private boolean sweep(Trigger trigger, int[] members, int count, boolean secondPass) {
    excess.clear();
    needy.clear();
    watched.clear();
    boolean backstopConcerned = false;
    for (int i = 0; i < count; i++) {
      int account = members[i];
      if (i % Positions.TOUCH_BLOCK == 0) {
        int end = Math.min(count, i + Positions.TOUCH_BLOCK);
        fetched ^= book.positions.touch(members, i, end);
      }
      if (book.accounts.isActive(account)) {
        backstopConcerned |= account == book.accounts.backstop();
        book.workOn(account, -1);
        valuation.assess(account, weighing);
        valuations++;
        sortOut(account, trigger, secondPass);
      }
    }
    return backstopConcerned;
  }

  private void sortOut(int account, Trigger trigger, boolean secondPass) {
    Zone zone = weighing.zone();
    if (zone != book.accounts.statedZone(account)) {
      touched.add(account);
    }
    if (zone == Zone.EXCESS) {
      if (runs(account, trigger, CycleStep.RELEASE, secondPass)
          && releases.isDue(account, weighing)
          && !exposures.isSuspended(account, CycleStep.RELEASE)
          && releases.plan(account, weighing)) {
        excess.add(account);
      }
      scheduleCoolDown(account);
    } else if (weighing.equityE6() < weighing.searchE6()
        && runs(account, trigger, CycleStep.TOP_UP, secondPass)
        && topUps.isPossible(account)) {
      needy.add(account);
    }
    if (zone.compareTo(Zone.CALL) <= 0
        || book.calls.exists(account)
        || book.accounts.isClosing(account)
        || book.auctions.isLive(account)) {
      watched.add(account);
    }
  }

  /// RELEASE, TOP_UP and CALL. The sweep's findings hold through RELEASE, which only changes whom
  /// it releases to.
  ///
  /// @param closed who closed accounts in this cycle, if any were; whom they left in need is not
  ///   called anew
  private void move(Trigger trigger, boolean secondPass, @Nullable Closer closed) {
    hasActed |= excess.size() > 0 || needy.size() > 0;
    executionSort.sort(excess);
    for (int i = 0; i < excess.size(); i++) {
      book.workOn(excess.get(i), -1);
      releases.release(excess.get(i), trigger);
      touched.add(excess.get(i));
    }
    if (needy.size() > 0) {
      executionSort.sort(needy);
      topUps.run(trigger, needy, touched);
      touched.addAll(needy.accounts(), needy.size());
    }
    selected.clear();
    for (int i = 0; i < watched.size(); i++) {
      int account = watched.get(i);
      boolean left = closed != null && closed.isLeftInNeed(account);
      if (!left && runs(account, trigger, CycleStep.CALL, secondPass)) {
        valuation.assess(account, weighing);
        if (calls.isConcerned(account, weighing)) {
          selected.add(account);
        }
      }
    }
    executionSort.sort(selected);
    for (int i = 0; i < selected.size(); i++) {
      book.workOn(selected.get(i), -1);
      calls.review(selected.get(i), trigger);
    }
  }

  /// True when anything was closed or looked at.
  private boolean close(Trigger trigger, boolean backstopConcerned, Closer closer) {
    selected.clear();
    for (int i = 0; i < watched.size(); i++) {
      int account = watched.get(i);
      if (policy(account, trigger).runs(CycleStep.CLOSE)) {
        valuation.assess(account, weighing);
        if (closer.isDue(account, weighing)) {
          selected.add(account);
        }
      }
    }
    boolean lookAtBackstop =
        backstopConcerned && policy(book.accounts.backstop(), trigger).runs(CycleStep.CLOSE);
    if (selected.size() > 0 || lookAtBackstop) {
      hasActed = true;
      executionSort.sort(selected);
      touched.addAll(selected.accounts(), selected.size());
      closer.close(trigger, selected, lookAtBackstop, touched);
      return true;
    }
    return false;
  }

  private boolean runs(int account, Trigger trigger, CycleStep step, boolean secondPass) {
    TriggerPolicy policy = policy(account, trigger);
    return policy.runs(step) && (!secondPass || policy.secondPass());
  }

  private TriggerPolicy policy(int account, Trigger trigger) {
    return book.rulebooks.at(book.accounts.rulebook(account)).rulebook().onTrigger(trigger);
  }

  private boolean anySecondPass(Trigger trigger) {
    for (int i = 0; i < book.rulebooks.size(); i++) {
      if (book.rulebooks.at(i).rulebook().onTrigger(trigger).secondPass()) {
        return true;
      }
    }
    return false;
  }

  /// Whether what is done to one account can change the figures of another: by tiered rates on
  /// fixed weights it cannot, but requirements and weights may follow totals of the venue.
  private boolean anyDependsOnOthers() {
    for (int i = 0; i < book.rulebooks.size(); i++) {
      Rulebook rulebook = book.rulebooks.at(i).rulebook();
      if (!(rulebook.requirement() instanceof TieredRates)) {
        return true;
      }
      for (int place = 0; place < rulebook.collateral().size(); place++) {
        if (!rulebook.collateral().get(place).scaling().rules().isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private void restateZones() {
    int count = touched.drain();
    int[] accounts = touched.members();
    for (int i = 0; i < count; i++) {
      int account = accounts[i];
      if (!book.accounts.isActive(account)) {
        continue;
      }
      book.workOn(account, -1);
      valuation.assess(account, weighing);
      Zone before = book.accounts.statedZone(account);
      if (weighing.zone() != before) {
        book.accounts.stateZone(account, weighing.zone());
        book.events.emit(
            new Event.ZoneChanged(
                book.accounts.idAt(account), before, weighing.zone(), weighing.toAssessment()));
      }
      scheduleCoolDown(account);
    }
  }

  /// Leaves a hint when an account with excess has to wait for the end of its cool-down.
  public void scheduleCoolDown(int account) {
    if (book.accounts.statedZone(account) != Zone.EXCESS) {
      return;
    }
    long end = coolDownEndNs(account);
    if (isStillToCome(end) && end != Long.MAX_VALUE) {
      if (scheduledCoolDown.length <= account) {
        scheduledCoolDown =
            Arrays.copyOf(scheduledCoolDown, book.accounts.size() + (account >> 1) + 1);
      }
      if (scheduledCoolDown[account] != end) {
        scheduledCoolDown[account] = end;
        coolDowns.add(end, account);
      }
    }
  }

  /// Whether an instant can still fall due: it is later than engine time was before the command at
  /// hand.
  public boolean isStillToCome(long timeNs) {
    return timeNs > commandBeganNs;
  }

  /// Forgets that a hint was left for an account, so that it can be left again.
  public void forgetCoolDown(int account) {
    scheduledCoolDown[account] = 0;
  }

  /// When an account may be released to again; `Long.MIN_VALUE` when it never was released to.
  public long coolDownEndNs(int account) {
    return releases.coolDownEndNs(account);
  }
}
