package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import java.util.Arrays;

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
  private int[] concerned = new int[64];
  private int[] selected = new int[64];
  private long[] scheduledCoolDown = new long[0];
  private long valuations;
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
    int drained = accounts.drain();
    int[] members = accounts.members();
    boolean backstopConcerned = false;
    int count = 0;
    for (int i = 0; i < drained; i++) {
      int account = members[i];
      if (book.accounts.isActive(account)) {
        backstopConcerned |= account == book.accounts.backstop();
        book.workOn(account, -1);
        valuation.assess(account, weighing);
        valuations++;
        if (isOfInterest(account)) {
          concerned = withRoom(concerned, count);
          concerned[count++] = account;
        }
      }
    }
    move(trigger, count, false);
    if (mayClose) {
      int due = selectDue(trigger, count, closer);
      boolean lookAtBackstop =
          backstopConcerned && policy(book.accounts.backstop(), trigger).runs(CycleStep.CLOSE);
      if (due > 0 || lookAtBackstop) {
        executionSort.sort(selected, due);
        closer.close(trigger, selected, due, lookAtBackstop, touched);
      }
    }
    if (anySecondPass(trigger)) {
      count = keepActive(members, drained);
      move(trigger, count, true);
    }
    touched.addAll(concerned, count);
    restateZones();
  }

  /// Whether anything could come of an account with this valuation: otherwise nothing needs a
  /// second look.
  private boolean isOfInterest(int account) {
    Zone zone = weighing.zone();
    return zone != book.accounts.statedZone(account)
        || zone == Zone.EXCESS
        || zone.ordinal() <= Zone.CALL.ordinal()
        || book.calls.exists(account);
  }

  /// RELEASE, TOP_UP and CALL over the first `count` concerned accounts.
  private void move(Trigger trigger, int count, boolean secondPass) {
    int chosen = 0;
    for (int i = 0; i < count; i++) {
      int account = concerned[i];
      if (runs(account, trigger, CycleStep.RELEASE, secondPass)) {
        valuation.assess(account, weighing);
        if (releases.isDue(account, weighing)
            && !exposures.isSuspended(account, CycleStep.RELEASE)) {
          chosen = select(account, chosen);
        }
      }
    }
    executionSort.sort(selected, chosen);
    for (int i = 0; i < chosen; i++) {
      book.workOn(selected[i], -1);
      releases.release(selected[i], trigger);
    }
    topUp(trigger, count, secondPass);
    chosen = 0;
    for (int i = 0; i < count; i++) {
      int account = concerned[i];
      if (runs(account, trigger, CycleStep.CALL, secondPass)) {
        valuation.assess(account, weighing);
        if (calls.isConcerned(account, weighing)) {
          chosen = select(account, chosen);
        }
      }
    }
    executionSort.sort(selected, chosen);
    for (int i = 0; i < chosen; i++) {
      book.workOn(selected[i], -1);
      calls.review(selected[i], trigger);
    }
  }

  private void topUp(Trigger trigger, int count, boolean secondPass) {
    int chosen = 0;
    for (int i = 0; i < count; i++) {
      int account = concerned[i];
      if (runs(account, trigger, CycleStep.TOP_UP, secondPass)) {
        valuation.assess(account, weighing);
        if (topUps.isNeedy(account, weighing)) {
          chosen = select(account, chosen);
        }
      }
    }
    if (chosen > 0) {
      executionSort.sort(selected, chosen);
      topUps.run(trigger, selected, chosen, touched);
    }
  }

  private int selectDue(Trigger trigger, int count, Closer closer) {
    int chosen = 0;
    for (int i = 0; i < count; i++) {
      int account = concerned[i];
      if (policy(account, trigger).runs(CycleStep.CLOSE)) {
        valuation.assess(account, weighing);
        if (closer.isDue(account, weighing)) {
          chosen = select(account, chosen);
        }
      }
    }
    return chosen;
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

  private int keepActive(int[] members, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (book.accounts.isActive(members[i])) {
        concerned = withRoom(concerned, kept);
        concerned[kept++] = members[i];
      }
    }
    return kept;
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
    if (end > commandBeganNs && end != Long.MAX_VALUE) {
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

  /// When an account may be released to again; `Long.MIN_VALUE` when it never was released to.
  public long coolDownEndNs(int account) {
    return releases.coolDownEndNs(account);
  }

  private int select(int account, int chosen) {
    selected = withRoom(selected, chosen);
    selected[chosen] = account;
    return chosen + 1;
  }

  private static int[] withRoom(int[] rows, int used) {
    return used == rows.length ? Arrays.copyOf(rows, 2 * used) : rows;
  }
}
