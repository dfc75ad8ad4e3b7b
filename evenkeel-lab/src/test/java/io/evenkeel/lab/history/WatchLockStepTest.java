package io.evenkeel.lab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The engine with its watch against the same engine without it, which looks at everybody exposed
/// to a batch of marks: outcomes, events and state are the same after every command of random
/// histories. More of them: `-Devenkeel.watch.commands=10000000`; from another seed on:
/// `-Devenkeel.watch.seed=12345`. Every failure names its seed.
class WatchLockStepTest {
  private static final int COMMANDS_PER_SEED = 2_500;
  private static final int COMMANDS = Integer.getInteger("evenkeel.watch.commands", 150_000);
  private static final int RESTING_SEEDS = 20;
  private static final long FIRST_SEED = Long.getLong("evenkeel.watch.seed", 1);

  /// Accounts looked at by batches of marks, in histories where the watch is on at all. Whether
  /// rulebooks run a second pass after marks.
  private boolean secondPass;

  private long valuations;

  private long scanned;
  private long certificates;
  private long rebuilds;

  @Test
  void shouldSayTheSameAsALookAtEverybody() {
    int commands = 0;
    for (long seed = FIRST_SEED; commands < COMMANDS; seed++) {
      compare(seed, WatchUse.ALWAYS);
      commands += COMMANDS_PER_SEED;
    }
    assertThat(certificates).as("certificates").isGreaterThan(COMMANDS / 2);
    assertThat(rebuilds).as("rebuilds").isLessThan(COMMANDS / 4);
    // accounts in calls and in auctions are looked at each time, and linger in these histories
    assertThat(valuations).as("looked at, of %d", scanned).isLessThan(scanned * 19 / 20);
  }

  @Test
  void shouldSayTheSameWhenItRestsAndComesBack() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RESTING_SEEDS; seed++) {
      compare(seed, WatchUse.WHERE_QUICKER);
    }
    assertThat(certificates).as("certificates").isPositive();
  }

  /// In a second pass whoever shared a loss is looked at again: nobody can be left out before.
  @Test
  void shouldNotWatchWhereASecondPassFollowsOnMarks() {
    secondPass = true;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 5; seed++) {
      compare(seed, WatchUse.ALWAYS);
    }
    assertThat(certificates).as("certificates").isZero();
  }

  private void compare(long seed, WatchUse use) {
    RandomHistory history = new RandomHistory(seed);
    List<Event> said = new ArrayList<>();
    List<Event> saidByScan = new ArrayList<>();
    Engine engine = new Engine(history.limits(), (_, _, event) -> said.add(event));
    Engine scan = new Engine(history.limits(), (_, _, event) -> saidByScan.add(event));
    engine.use(use);
    scan.use(WatchUse.OFF);
    QuietMarks quiet = new QuietMarks(seed);
    for (int i = 0; i < COMMANDS_PER_SEED; i++) {
      Step step = history.next();
      Command command = quiet.of(watchable(step.command()));
      said.clear();
      saidByScan.clear();
      long before = engine.valuations();
      long scannedBefore = scan.valuations();
      Outcome outcome = apply(engine, step, command);
      Outcome byScan = apply(scan, step, command);
      if (command instanceof MarkPrices && engine.certificates() > 0) {
        valuations += engine.valuations() - before;
        scanned += scan.valuations() - scannedBefore;
      }
      assertThat(firstDifference(said, saidByScan))
          .as("seed %d, command %d: %s", seed, i, command)
          .isEmpty();
      assertThat(outcome).as("seed %d, command %d: %s", seed, i, command).isEqualTo(byScan);
      history.observe(outcome, said);
      if (i % 500 == 499) {
        assertThat(Snapshots.stateHash(engine)).isEqualTo(Snapshots.stateHash(scan));
      }
    }
    certificates += engine.certificates();
    rebuilds += engine.watchRebuilds();
    assertThat(scan.certificates()).isZero();
  }

  /// The first event that only one of the two told, or that they told differently; empty for none.
  private static String firstDifference(List<Event> said, List<Event> saidByScan) {
    for (int i = 0; i < Math.max(said.size(), saidByScan.size()); i++) {
      Event event = i < said.size() ? said.get(i) : null;
      Event byScan = i < saidByScan.size() ? saidByScan.get(i) : null;
      if (!Objects.equals(event, byScan)) {
        return "event " + i + ": watched " + event + ", scanned " + byScan;
      }
    }
    return "";
  }

  private static Outcome apply(Engine engine, Step step, Command command) {
    return engine.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), command);
  }

  /// Takes most of the restlessness out of a history's marks, where nothing would stay in its band
  /// for long: moves are a part of what they were, by seed, and the prices of assets in which
  /// contracts settle stay, but for one batch in thirty.
  private static final class QuietMarks {
    private final int divisor;
    private final Set<Integer> settlementAssets = new HashSet<>();
    private final Map<Long, Long> last = new HashMap<>();
    private int batches;

    QuietMarks(long seed) {
      divisor = List.of(1, 10, 100, 1000).get((int) (seed % 4));
    }

    Command of(Command command) {
      if (command instanceof Command.DefineInstrument(LinearContract contract)) {
        settlementAssets.add(contract.settlementAssetId());
      }
      return command instanceof MarkPrices mark ? new MarkPrices(quiet(mark.batch())) : command;
    }

    private MarkBatch quiet(MarkBatch batch) {
      batches++;
      MarkBatch.Builder builder = MarkBatch.builder();
      for (int i = 0; i < batch.size(); i++) {
        boolean isAsset = batch.target(i) == Target.ASSET;
        if (isAsset && settlementAssets.contains(batch.id(i)) && batches % 30 != 0) {
          continue;
        }
        builder.add(
            batch.target(i),
            batch.id(i),
            price((isAsset ? 1L << 32 : 0) | batch.id(i), batch.priceUnits(i)),
            batch.timeNs(i),
            batch.uncertaintyE6(i));
      }
      return builder.build();
    }

    private long price(long target, long priceUnits) {
      Long before = last.get(target);
      boolean isOdd = priceUnits <= 0 || priceUnits > Long.MAX_VALUE / 2;
      if (before == null || isOdd) {
        if (!isOdd) {
          last.put(target, priceUnits);
        }
        return priceUnits;
      }
      long moved = before + (priceUnits - before) / divisor;
      last.put(target, moved);
      return moved;
    }
  }

  /// The same command at a venue where the watch is on.
  private Command watchable(Command command) {
    return switch (command) {
      case Command.DefineRulebook define ->
          new Command.DefineRulebook(
              define.rulebookId(), watchable(define.rulebook()), define.effectiveTimeNs());
      case Command.DefineInstrument(LinearContract contract) ->
          new Command.DefineInstrument(
              new LinearContract(
                  contract.instrumentId(),
                  contract.symbol(),
                  contract.kind(),
                  contract.settlementAssetId(),
                  Variation.UNREALISED_UNTIL_CLOSED,
                  contract.contractSize(),
                  contract.priceScale(),
                  contract.quantityScale(),
                  contract.lotSize(),
                  contract.minimumPriceUnits(),
                  contract.maximumPriceUnits(),
                  contract.maximumPositionUnits(),
                  contract.maximumOpenInterestUnits(),
                  contract.terms()));
      default -> command;
    };
  }

  private Rulebook watchable(Rulebook book) {
    return new Rulebook(
        book.name(),
        book.version(),
        book.cashAsset(),
        book.collateral(),
        watchable(book.requirement()),
        book.crossLevels(),
        book.isolatedLevels(),
        triggers(book),
        book.topUp(),
        book.release(),
        book.call(),
        book.lossSources(),
        book.liquidation(),
        book.venue());
  }

  private Map<Trigger, TriggerPolicy> triggers(Rulebook book) {
    Map<Trigger, TriggerPolicy> triggers = new EnumMap<>(Trigger.class);
    triggers.putAll(book.triggers());
    triggers.put(
        Trigger.MARKS, new TriggerPolicy(book.onTrigger(Trigger.MARKS).steps(), secondPass));
    return triggers;
  }

  private static RequirementModel watchable(RequirementModel model) {
    return model instanceof TieredRates tiered
        ? new TieredRates(
            tiered.tables(),
            tiered.tableOfInstrument(),
            tiered.defaultTable(),
            tiered.ordersInMaintenance(),
            tiered.profitInitialWeight(),
            RateScaling.NONE)
        : new TieredRates(
            Map.of(
                "all",
                new BracketTable(
                    List.of(
                        new Bracket(0, Decimal.parse("0.01"), Decimal.parse("0.05")),
                        new Bracket(5_000_000_000L, Decimal.parse("0.03"), Decimal.parse("0.08"))),
                    Decimal.parse("0.045"),
                    1_000_000_000_000L)),
            Map.of(),
            "all",
            true,
            Decimal.parse("0.5"),
            RateScaling.NONE);
  }
}
