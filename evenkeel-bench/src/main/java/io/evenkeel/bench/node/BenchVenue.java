package io.evenkeel.bench.node;

import io.evenkeel.bench.ThirteenContracts;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.population.PopulationParameters;
import io.evenkeel.lab.population.SyntheticPopulation;
import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// A population brought into a node without waiting for each answer: an engine beside it answers at
/// once what the node will answer a little later. Ends in a state in which prices may go a unit up
/// and down with hardly an event. A fourteenth contract is there for accounts that are to be
/// liquidated one at a time.
final class BenchVenue {
  /// The accounts that are to be liquidated are numbered from here.
  static final long FIRST_VICTIM = 5_000_000_000L;

  private static final long SEED = 1;
  private static final long STEP_NS = 3_600_000_000_000L;
  private static final int CALMING_ROUNDS = 40;
  private static final int MOST_DRAWS = 100_000;
  private static final int SETTLEMENT_ASSET_ID = 0;
  private static final long ONE_USDT_MINOR = 1_000_000;
  private static final String VICTIMS_CONTRACT = "DOTUSDT";
  private static final int RULEBOOK_ID = 0;

  private final NodeFeed feed;
  private final Listing listing;
  private final SyntheticPopulation population;
  private final LinearContract victimsContract;
  private final long victimsPriceUnits;
  private final Engine engine;
  private final EngineView view;
  private final Set<Long> restless = new TreeSet<>();
  private long events;

  BenchVenue(int accounts, NodeFeed feed) {
    this.feed = feed;
    ThirteenContracts source = new ThirteenContracts(SEED, STEP_NS, 0);
    Rulebook rulebook =
        new GuardAllowance(STEP_NS, STEP_NS, 2 * STEP_NS)
            .raise(ShippedRulebooks.load(ShippedRulebooks.DEFAULT));
    listing = Listing.of(source.symbols(), rulebook);
    population =
        new SyntheticPopulation(PopulationParameters.standard(SEED, accounts), listing, rulebook);
    int model = listing.instrumentId(ThirteenContracts.ONE_OF_THEM);
    victimsContract = renamed(listing.contract(model));
    victimsPriceUnits = source.symbols().get(model).firstPriceUnits();
    engine = new Engine(EngineLimits.STANDARD, (_, _, event) -> note(event));
    view = engine.view();
    population.setUp(nowNs(), (_, command) -> apply(command));
    require(new Command.DefineInstrument(victimsContract));
    calmDown();
    feed.drain();
  }

  private static LinearContract renamed(LinearContract it) {
    return new LinearContract(
        ThirteenContracts.COUNT,
        VICTIMS_CONTRACT,
        it.kind(),
        it.settlementAssetId(),
        it.variation(),
        it.contractSize(),
        it.priceScale(),
        it.quantityScale(),
        it.lotSize(),
        it.maximumPriceUnits(),
        it.maximumPositionUnits(),
        it.maximumOpenInterestUnits());
  }

  /// Nanoseconds since 1970.
  static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private Outcome apply(Command command) {
    feed.send(command);
    return engine.apply(nowNs(), 0, 0, command);
  }

  private void require(Command command) {
    Outcome outcome = apply(command);
    if (!outcome.isAccepted()) {
      throw new IllegalStateException(command + " was refused: " + outcome.reason());
    }
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

  /// Gives a little margin to whoever crosses a level with one unit of price, until nobody does.
  private void calmDown() {
    for (int round = 0; round < CALMING_ROUNDS; round++) {
      restless.clear();
      long before = events;
      apply(marks(1, 0));
      apply(marks(0, 0));
      if (events == before) {
        return;
      }
      for (long accountId : Set.copyOf(restless)) {
        strengthen(accountId);
      }
    }
  }

  private void strengthen(long accountId) {
    if (accountId != population.backstopAccountId() && view.isOpen(accountId)) {
      long amount = ONE_USDT_MINOR + view.assess(accountId).levels().initialE6() / 50;
      fund(accountId, view.partyOf(accountId), amount);
    }
  }

  private void fund(long accountId, long partyId, long amountMinor) {
    apply(new Command.Deposit(partyId, SETTLEMENT_ASSET_ID, amountMinor));
    apply(
        new Command.Transfer(
            accountId, SETTLEMENT_ASSET_ID, amountMinor, Command.Direction.TO_MARGIN));
  }

  /// Marks of the thirteen contracts and two coins, now.
  ///
  /// @param units how many units above their first prices
  /// @param victimsDropE4 how far the fourteenth contract is below its first price, in
  ///   ten-thousandths; 0 leaves it out before it is defined
  Command.MarkPrices marks(int units, int victimsDropE4) {
    return marks(units, victimsDropE4, nowNs());
  }

  /// Two batches that change every price each time they come in turn. Both are of one instant: an
  /// older mark than the last one changes nothing.
  Command[] quietPair() {
    long timeNs = nowNs();
    return new Command[] {marks(1, 0, timeNs), marks(0, 0, timeNs)};
  }

  private Command.MarkPrices marks(int units, int victimsDropE4, long timeNs) {
    Tick tick = new Tick();
    tick.start(timeNs);
    for (int i = 0; i < ThirteenContracts.COUNT; i++) {
      tick.add(i, listing.symbols().get(i).firstPriceUnits() + units);
    }
    MarkBatch batch = listing.marks(tick);
    MarkBatch.Builder all = MarkBatch.builder();
    for (int i = 0; i < batch.size(); i++) {
      all.add(batch.target(i), batch.id(i), batch.priceUnits(i), batch.timeNs(i));
    }
    long price = victimsPriceUnits * (10_000 - victimsDropE4) / 10_000;
    all.add(MarkBatch.Target.INSTRUMENT, ThirteenContracts.COUNT, price, tick.timeNs());
    return new Command.MarkPrices(all.build());
  }

  /// Opens an account that is liquidated when the fourteenth contract falls by 2 %.
  ///
  /// @return its number
  long openVictim(int number) {
    long accountId = FIRST_VICTIM + number;
    require(
        new Command.OpenAccount(
            accountId, accountId, RULEBOOK_ID, AccountMode.CROSS, -1, AccountRole.TRADER));
    long notionalE6 = 10_000 * ONE_USDT_MINOR;
    fund(accountId, accountId, notionalE6 * 21 / 1_000);
    int model = listing.instrumentId(ThirteenContracts.ONE_OF_THEM);
    long units = listing.unitsFor(model, notionalE6, victimsPriceUnits);
    require(
        new Command.Fill(
            victimsContract.instrumentId(),
            accountId,
            population.marketMakerAccountId(),
            units,
            victimsPriceUnits,
            0,
            0,
            false,
            false));
    return accountId;
  }

  /// Sends a command that the node must see as the engine beside it does.
  void send(Command command) {
    apply(command);
  }

  /// Names and scales, with the fourteenth contract.
  Catalogue catalogue() {
    List<LinearContract> contracts = new ArrayList<>(listing.contracts());
    contracts.add(victimsContract);
    return new Catalogue(listing.assets(), contracts);
  }

  /// Account of a trader.
  long accountId(int trader) {
    return population.accountId(trader);
  }

  /// A small deposit to a trader.
  Command deposit(int trader) {
    return new Command.Deposit(population.partyId(trader), SETTLEMENT_ASSET_ID, 100);
  }

  /// Trades of one unit at the mark between holders with room above their initial level; the second
  /// half undoes the first.
  Command[] fills(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    Command[] fills = new Command[count];
    for (int i = 0; i < count / 2; i++) {
      long buyer = draw(random, -1, -1);
      List<EngineView.Position> held = view.positions(buyer);
      int instrumentId = held.get(random.nextInt(held.size())).instrumentId();
      long seller = draw(random, buyer, instrumentId);
      long price = view.markUnits(instrumentId);
      fills[i] = new Command.Fill(instrumentId, buyer, seller, 1, price, 0, 0, false, false);
      fills[count / 2 + i] =
          new Command.Fill(instrumentId, seller, buyer, 1, price, 0, 0, false, false);
    }
    return fills;
  }

  private long draw(SplittableRandom random, long otherThan, int instrumentId) {
    for (int draws = 0; draws < MOST_DRAWS; draws++) {
      int trader = random.nextInt(population.traderCount());
      long accountId = population.accountId(trader);
      if (accountId != otherThan
          && view.isOpen(accountId)
          && population.isolatedInstrumentId(trader) < 0
          && !view.positions(accountId).isEmpty()
          && (instrumentId < 0 || view.quantityUnits(accountId, instrumentId) != 0)
          && hasRoom(view.assess(accountId))) {
        return accountId;
      }
    }
    throw new IllegalStateException("too few accounts have positions and room above initial");
  }

  private static boolean hasRoom(Assessment assessment) {
    long initialE6 = assessment.levels().initialE6();
    return assessment.equityE6() > initialE6 + initialE6 / 100 + ONE_USDT_MINOR;
  }
}
