package io.evenkeel.lab.replay;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.population.AccountView;
import io.evenkeel.lab.population.Population;
import io.evenkeel.lab.population.PopulationFile;
import io.evenkeel.lab.population.PopulationParameters;
import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.population.SyntheticPopulation;
import io.evenkeel.lab.population.TraderParameters;
import io.evenkeel.lab.population.Traders;
import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Drives an engine through a plan: accounts are opened, funded and filled; then for each tick
/// whatever fell due is run, the marks are given as one batch, the money is counted, and the
/// traders act. One thread; runs once.
public final class Replay {
  private static final long FUNDING_INTERVAL_NS = 8L * 3_600 * 1_000_000_000L;
  private static final int COMMANDS_PER_NOTICE = 4_096;

  private final ReplayPlan plan;
  private final ReplayObserver observer;
  private final @Nullable GuardAllowance guardAllowance;
  private final Rulebook rulebook;
  private final Listing listing;
  private final Population population;
  private final @Nullable PriceImpact impact;
  private final @Nullable TwinCheck twin;
  private final CommandDriver driver;
  private final EngineView view;
  private final ConservationWatch conservation;
  private final Traders traders;
  private final Numeraire numeraire;
  private final ReplayTally setUpTally;
  private final ReplayTally tally;
  private volatile boolean stopAsked;
  private boolean settingUp = true;
  private long setUpCommands;
  private long ticks;
  private long marks;
  private long timeNs;
  private long beganNs;
  private long setUpNs;
  private long markApplyNs;
  private long slowestBatchNs;
  private long valuations;

  /// Loads what the plan names; nothing runs yet.
  ///
  /// @throws io.evenkeel.lab.population.PopulationException when the population file cannot be used
  /// @throws IllegalArgumentException when the rulebook and the source do not fit together
  public Replay(ReplayPlan plan, ReplayObserver observer) {
    this.plan = plan;
    this.observer = observer;
    guardAllowance = GuardAllowance.of(plan.source(), plan.rulebook(), plan.tickLimit());
    rulebook = guardAllowance == null ? plan.rulebook() : guardAllowance.raise(plan.rulebook());
    listing = Listing.of(plan.source().symbols(), rulebook);
    population =
        plan.populationFile() == null
            ? new SyntheticPopulation(
                PopulationParameters.standard(plan.seed(), plan.accounts()),
                listing,
                plan.sizedBy() == null ? rulebook : plan.sizedBy())
            : PopulationFile.read(plan.populationFile(), listing, rulebook);
    EngineLimits limits = EngineLimits.STANDARD;
    twin = plan.audited() ? new TwinCheck(limits) : null;
    driver = new CommandDriver(limits, twin, new Ears());
    view = driver.engine().view();
    conservation = new ConservationWatch(listing, view);
    numeraire = new Numeraire(listing, view);
    impact = plan.impact().isNone() ? null : new PriceImpact(plan.impact(), listing);
    setUpTally = new ReplayTally(numeraire);
    tally = new ReplayTally(numeraire);
    traders =
        new Traders(
            population,
            rulebook,
            TraderParameters.standard(plan.seed(), population.traderCount())
                .withPairing(plan.paired()),
            accountView(),
            driver);
    timeNs = plan.source().startTimeNs();
  }

  /// Runs the plan to its end, or until [#stop()].
  public ReplayReport run() {
    beganNs = System.nanoTime();
    SetUpReport setUp =
        population instanceof SyntheticPopulation synthetic
            ? synthetic.setUp(timeNs, rulebook, driver)
            : population.setUp(timeNs, driver);
    conservation.check(0);
    driver.resetCounts();
    settingUp = false;
    if (impact != null) {
      impact.measureDepth(view);
    }
    setUpNs = System.nanoTime() - beganNs;
    observer.onReady(this, setUp);
    Tick tick = new Tick();
    TickStream stream = plan.source().ticks();
    boolean atEnd = isLimitReached();
    while (!atEnd && !stopAsked) {
      atEnd = !stream.next(tick);
      if (!atEnd) {
        apply(tick);
        atEnd = isLimitReached();
      }
    }
    conservation.check(ticks);
    return report(setUp, !atEnd, System.nanoTime() - beganNs);
  }

  private boolean isLimitReached() {
    return plan.tickLimit() > 0 && ticks >= plan.tickLimit();
  }

  /// Ends the run after the tick at hand. May be called from any thread.
  public void stop() {
    stopAsked = true;
  }

  private void apply(Tick tick) {
    long previousNs = timeNs;
    timeNs = tick.timeNs();
    driver.submit(timeNs, new Command.AdvanceTime());
    if (plan.fundingRate().units() != 0
        && timeNs / FUNDING_INTERVAL_NS > previousNs / FUNDING_INTERVAL_NS) {
      applyFunding(plan.fundingRate());
    }
    MarkBatch batch = listing.marks(impact == null ? tick : impact.displaced(tick));
    long valuationsBefore = driver.engine().valuations();
    driver.submit(timeNs, new Command.MarkPrices(batch));
    markApplyNs += driver.lastApplyNs();
    slowestBatchNs = Math.max(slowestBatchNs, driver.lastApplyNs());
    valuations += driver.engine().valuations() - valuationsBefore;
    marks += batch.size();
    ticks++;
    conservation.check(ticks);
    traders.act(timeNs);
    observer.onTick(this);
  }

  private void applyFunding(Decimal rate) {
    for (LinearContract contract : listing.contracts()) {
      driver.submit(timeNs, new Command.ApplyFunding(contract.instrumentId(), rate));
    }
  }

  /// What the driver tells, passed on to everybody who counts or acts on it.
  private final class Ears implements CommandDriver.Listener {
    @Override
    public void onAccepted(Command command) {
      conservation.accepted(command);
      if (settingUp && ++setUpCommands % COMMANDS_PER_NOTICE == 0) {
        observer.onSetUp(setUpCommands);
      }
    }

    @Override
    public void onEvent(long eventTimeNs, Event event) {
      (settingUp ? setUpTally : tally).count(event);
      traders.onEvent(eventTimeNs, event);
      if (impact != null && !settingUp) {
        impact.onEvent(eventTimeNs, event);
      }
      observer.onEvent(eventTimeNs, event);
    }

    @Override
    public void onTold(long commandTimeNs, Command command) {
      observer.onCommand(commandTimeNs, command);
    }
  }

  private ReplayReport report(SetUpReport setUp, boolean stopped, long wallNs) {
    return new ReplayReport(
        rulebook.name() + " " + rulebook.version(),
        plan.seed(),
        population.traderCount(),
        listing.symbols().stream().map(QuotedSymbol::symbol).toList(),
        plan.source().startTimeNs(),
        timeNs,
        ticks,
        marks,
        stopped,
        setUp,
        setUpTally,
        tally,
        zoneMap(),
        driver.commands(),
        driver.refusals(),
        guardAllowance,
        conservation.checks(),
        conservation.firstBreach(),
        twin == null ? -1 : twin.equalCommands(),
        twin == null ? null : twin.difference(),
        Snapshots.stateHash(driver.engine()),
        new ReplaySpeed(
            setUpNs,
            wallNs,
            markApplyNs,
            conservation.checkNs(),
            marks,
            valuations,
            slowestBatchNs));
  }

  /// The engine itself, for tests that turn its watch off before the run.
  Engine engine() {
    return driver.engine();
  }

  /// The engine between two commands.
  public EngineView view() {
    return view;
  }

  /// The engine as traders see it.
  public AccountView accountView() {
    return new EngineAccountView(view);
  }

  /// What is traded.
  public Listing listing() {
    return listing;
  }

  /// Who trades.
  public Population population() {
    return population;
  }

  /// How closing flow moves the marks; null when it does not.
  public @Nullable PriceImpact impact() {
    return impact;
  }

  /// What happened since the first tick.
  public ReplayTally tally() {
    return tally;
  }

  /// How the guards were raised for this source; null when they were not.
  public @Nullable GuardAllowance guardAllowance() {
    return guardAllowance;
  }

  /// Instant of the tick at hand, nanoseconds since 1970-01-01T00:00Z.
  public long timeNs() {
    return timeNs;
  }

  /// Ticks applied so far.
  public long ticks() {
    return ticks;
  }

  /// Marks given so far, set-up not included.
  public long marks() {
    return marks;
  }

  /// Time spent inside the engine on batches of marks so far.
  public long markApplyNs() {
    return markApplyNs;
  }

  /// Whether money has added up so far.
  public boolean isConserved() {
    return conservation.firstBreach() == null;
  }

  /// Trader accounts per zone, by ordinal of [Zone]; the house's accounts are not counted.
  public long[] zoneCounts() {
    long[] counts = view.zoneCounts();
    counts[view.statedZone(population.backstopAccountId()).ordinal()]--;
    counts[view.statedZone(population.marketMakerAccountId()).ordinal()]--;
    return counts;
  }

  private Map<Zone, Long> zoneMap() {
    long[] counts = zoneCounts();
    EnumMap<Zone, Long> map = new EnumMap<>(Zone.class);
    for (Zone zone : Zone.values()) {
      map.put(zone, counts[zone.ordinal()]);
    }
    return map;
  }
}
