package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.lending.Lending;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a version of a rulebook in force on the real book, runs the real cycle, adds up its events
/// and takes everything back: there is no second formula that could disagree with what happens once
/// the version is in force.
///
/// Hints of what falls due that the cycle left behind stay; each is looked at against the book when
/// its instant comes and forgotten, as after a command that was undone.
final class PreviewRun {
  private final Machine machine;
  private final Book book;
  private final int rulebook;
  private final Rulebook version;
  private final int limit;
  private final Weighing weighing = new Weighing();
  private final Zone[] zones = Zone.values();

  /// By account index; null for accounts that the rulebook does not govern.
  private final @Nullable Assessment[] before;

  private final @Nullable Assessment[] after;
  private final int[] moves = new int[zones.length * zones.length];

  private PreviewRun(Machine machine, int rulebook, Rulebook version, int limit) {
    this.machine = machine;
    book = machine.book;
    this.rulebook = rulebook;
    this.version = version;
    this.limit = limit;
    before = new Assessment[book.accounts.size()];
    after = new Assessment[book.accounts.size()];
  }

  /// What [EngineView#preview] answers.
  static RulebookPreview of(Machine machine, int rulebookId, Rulebook version, int limit) {
    Book book = machine.book;
    int rulebook = book.rulebooks.find(rulebookId);
    if (rulebook == IdIndex.ABSENT) {
      throw new IllegalArgumentException("no rulebook " + rulebookId);
    }
    if (!RulebookTerms.namesOnlyDefined(version, book.assets)
        || !Lending.lendsOnlyDefined(version.venue().lending(), book)) {
      throw new IllegalArgumentException("the rulebook names an asset that is not defined");
    }
    if (machine.referenceDesk.unmarginedHoldings(rulebook, version) != RefusalReason.NONE) {
      throw new IllegalArgumentException(
          "accounts hold options or inverse futures that the margin model of this version does not"
              + " know; it would be refused");
    }
    book.reserve();
    int savepoint = book.undo.savepoint();
    boolean isDone = false;
    try {
      RulebookPreview preview = new PreviewRun(machine, rulebook, version, limit).run();
      isDone = true;
      return preview;
    } finally {
      if (!isDone) {
        machine.reset();
      }
      book.undo.rollbackTo(savepoint);
      book.events.truncate(0);
      machine.valuation.reset();
    }
  }

  private RulebookPreview run() {
    int accounts = 0;
    for (int account = 0; account < before.length; account++) {
      if (book.accounts.rulebook(account) == rulebook && book.accounts.isActive(account)) {
        before[account] = assess(account);
        accounts++;
      }
    }
    machine.referenceDesk.enforce(rulebook, version);
    for (int account = 0; account < before.length; account++) {
      Assessment was = before[account];
      if (was != null) {
        Assessment is = assess(account);
        after[account] = is;
        moves[was.zone().ordinal() * zones.length + is.zone().ordinal()]++;
      }
    }
    book.events.truncate(0); // what comes into force is known
    AccountSet concerned = new AccountSet();
    machine.addAccountsOf(rulebook, concerned);
    machine.cycle.run(Trigger.PARAMETER_CHANGE, concerned, true, machine.liquidation);
    PreviewEffects effects = new PreviewEffects(machine);
    effects.addAll();
    List<RulebookPreview.AccountChange> changed = new ArrayList<>();
    int changedCount = listChanges(effects, changed);
    return new RulebookPreview(
        book.rulebooks.idAt(rulebook),
        version.version(),
        accounts,
        sum(before),
        sum(after),
        zoneMoves(),
        effects.total(),
        changedCount,
        changed);
  }

  private Assessment assess(int account) {
    machine.valuation.assess(account, weighing);
    return weighing.toAssessment();
  }

  private int listChanges(PreviewEffects effects, List<RulebookPreview.AccountChange> changed) {
    int count = 0;
    for (Zone zone : zones) {
      for (int account = 0; account < before.length; account++) {
        Assessment was = before[account];
        Assessment is = after[account];
        if (was != null
            && is != null
            && is.zone() == zone
            && (was.zone() != zone || effects.isConcerned[account])) {
          count++;
          if (changed.size() < limit) {
            changed.add(change(account, was, is, effects));
          }
        }
      }
    }
    return count;
  }

  private RulebookPreview.AccountChange change(
      int account, Assessment was, Assessment is, PreviewEffects effects) {
    return new RulebookPreview.AccountChange(
        book.accounts.idAt(account),
        was,
        is,
        assess(account).zone(),
        effects.toppedUpE6[account],
        effects.releasedE6[account],
        effects.calledE6[account],
        effects.closedE6[account],
        effects.isLiquidated[account]);
  }

  private static RulebookPreview.Requirements sum(@Nullable Assessment[] assessments) {
    long maintenanceE6 = 0;
    long initialE6 = 0;
    for (@Nullable Assessment assessment : assessments) {
      if (assessment != null) {
        maintenanceE6 = Math.addExact(maintenanceE6, assessment.maintenanceMarginE6());
        initialE6 = Math.addExact(initialE6, assessment.initialMarginE6());
      }
    }
    return new RulebookPreview.Requirements(maintenanceE6, initialE6);
  }

  private List<RulebookPreview.ZoneMove> zoneMoves() {
    List<RulebookPreview.ZoneMove> listed = new ArrayList<>();
    for (Zone from : zones) {
      for (Zone to : zones) {
        int count = moves[from.ordinal() * zones.length + to.ordinal()];
        if (from != to && count > 0) {
          listed.add(new RulebookPreview.ZoneMove(from, to, count));
        }
      }
    }
    return listed;
  }
}
