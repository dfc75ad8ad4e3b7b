package io.evenkeel.bench;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.population.Population;
import io.evenkeel.lab.population.PopulationParameters;
import io.evenkeel.lab.population.SyntheticPopulation;
import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.Set;
import java.util.TreeSet;

/// An engine with the usual crowd under the house rulebook, led to a state in which prices may go
/// one unit up and down again without any event: what is then measured is the watching alone, which
/// is what an engine does on nearly every tick.
///
/// Prices first walk for two days, so that equity is spread over the zones as it is in operation
/// (right after set-up most accounts hold exactly what they need). Then whoever would cross a level
/// with the next unit of price is given a little margin, until nobody does. Time stands still from
/// then on, so nothing falls due either.
final class QuietVenue {
  private static final long SEED = 1;
  private static final long STEP_NS = 3_600_000_000_000L;
  private static final double LARGEST_STEP = 0.007;
  private static final int STEPS = 48;
  private static final int MOST_ROUNDS = 200;
  private static final int SETTLEMENT_ASSET_ID = 0;
  private static final long ONE_USDT_MINOR = 1_000_000;

  private final Witness witness;
  private final Listing listing;
  private final Population population;
  private final Engine engine;
  private final Set<Long> restless = new TreeSet<>();
  private long timeNs;
  private long events;

  /// Sees every command in order, so that another machine can be led to the same state.
  @FunctionalInterface
  interface Witness {
    /// Looks away.
    Witness NOBODY = (_, _) -> {};

    /// @param timeNs time of the log
    void saw(long timeNs, Command command);
  }

  /// Prices of every contract, or of one, a unit apart: `up` and `down` in turn change the prices
  /// each time.
  record Pair(Command.MarkPrices up, Command.MarkPrices down) {}

  /// Builds the venue; takes seconds per 100,000 accounts.
  ///
  /// @param accounts number of trader accounts
  QuietVenue(int accounts, Witness witness) {
    this.witness = witness;
    ThirteenContracts source = new ThirteenContracts(SEED, STEP_NS, LARGEST_STEP);
    Rulebook rulebook =
        new GuardAllowance(STEP_NS, STEP_NS, 2 * STEP_NS)
            .raise(ShippedRulebooks.load(ShippedRulebooks.DEFAULT));
    listing = Listing.of(source.symbols(), rulebook);
    population =
        new SyntheticPopulation(PopulationParameters.standard(SEED, accounts), listing, rulebook);
    engine = new Engine(EngineLimits.STANDARD, (_, _, event) -> note(event));
    timeNs = source.startTimeNs();
    population.setUp(timeNs, (_, command) -> apply(command));
    Tick tick = new Tick();
    TickStream ticks = source.ticks();
    for (int step = 0; step < STEPS && ticks.next(tick); step++) {
      timeNs = tick.timeNs();
      apply(new Command.MarkPrices(listing.marks(tick)));
    }
    calmDown();
  }

  /// Applies a command now.
  Outcome apply(Command command) {
    witness.saw(timeNs, command);
    return engine.apply(timeNs, 0, 0, command);
  }

  private void note(Event event) {
    events++;
    switch (event) {
      case Event.ZoneChanged e -> restless.add(e.accountId());
      case Event.Released e -> restless.add(e.accountId());
      case Event.ToppedUp e -> restless.add(e.accountId());
      case Event.MarginCallUpdated e -> restless.add(e.accountId());
      default -> {}
    }
  }

  private void calmDown() {
    Pair all = everyContract();
    Pair one = oneContract();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      restless.clear();
      long before = events;
      apply(all.up());
      apply(all.down());
      apply(one.up());
      apply(one.down());
      if (events == before) {
        return;
      }
      for (long accountId : Set.copyOf(restless)) {
        strengthen(accountId);
      }
    }
    throw new IllegalStateException(
        restless.size()
            + " accounts still change with every tick after "
            + MOST_ROUNDS
            + " rounds");
  }

  private void strengthen(long accountId) {
    EngineView view = engine.view();
    if (accountId != population.backstopAccountId() && view.isOpen(accountId)) {
      long amount = ONE_USDT_MINOR + view.assess(accountId).levels().initialE6() / 50;
      apply(new Command.Deposit(view.partyOf(accountId), SETTLEMENT_ASSET_ID, amount));
      apply(
          new Command.Transfer(
              accountId, SETTLEMENT_ASSET_ID, amount, Command.Direction.TO_MARGIN));
    }
  }

  /// The pair that moves every contract and both coins.
  Pair everyContract() {
    return pair(0, ThirteenContracts.COUNT);
  }

  /// The pair that moves one contract, in which about a quarter of the accounts have a position.
  Pair oneContract() {
    int instrumentId = listing.instrumentId(ThirteenContracts.ONE_OF_THEM);
    return pair(instrumentId, instrumentId + 1);
  }

  private Pair pair(int from, int to) {
    Tick up = new Tick();
    Tick down = new Tick();
    up.start(timeNs);
    down.start(timeNs);
    for (int instrumentId = from; instrumentId < to; instrumentId++) {
      long markUnits = engine.view().markUnits(instrumentId);
      up.add(instrumentId, markUnits + 1);
      down.add(instrumentId, markUnits);
    }
    return new Pair(
        new Command.MarkPrices(listing.marks(up)), new Command.MarkPrices(listing.marks(down)));
  }

  /// The engine itself; commands are to be given at [#timeNs()].
  Engine engine() {
    return engine;
  }

  /// What is traded.
  Listing listing() {
    return listing;
  }

  /// Who trades.
  Population population() {
    return population;
  }

  /// The instant at which time stands still.
  long timeNs() {
    return timeNs;
  }

  /// Events so far.
  long events() {
    return events;
  }
}
