package io.evenkeel.lab.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickStream;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradersTest {
  private static final Rulebook RULEBOOK = TestRulebook.crossMargin(1);
  private static final long MINUTE_NS = 60_000_000_000L;

  @TempDir private Path folder;

  private final SyntheticMarket market =
      new SyntheticMarket(SyntheticMarket.Plan.standard(8, 1_200));
  private final Listing listing = Listing.of(market.symbols(), RULEBOOK);
  private final List<Command> given = new ArrayList<>();
  private SketchVenue venue = new SketchVenue();

  @Test
  void shouldMostlyAskForWhatIsAccepted() {
    for (long seed = 1; seed <= 3; seed++) {
      Traders traders = replay(seed, 1_200, 10);
      TraderCounts counts = traders.counts();
      assertThat(counts.submitted()).as("seed %d", seed).isGreaterThan(4_000);
      assertThat((double) counts.refused() / counts.submitted())
          .as("seed %d, refused: %s", seed, counts.refusals())
          .isLessThan(0.1);
      assertThat(counts.refusals().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(counts.refused());
    }
  }

  @Test
  void shouldDoEveryKindOfThing() {
    replay(5, 1_200, 10);
    Map<String, Integer> kinds = new TreeMap<>();
    for (Command command : given) {
      kinds.merge(command.getClass().getSimpleName(), 1, Integer::sum);
    }
    assertThat(kinds).containsKeys("Fill", "Deposit", "Withdraw", "SetOrderExposure");
    assertThat(kinds.values()).allMatch(count -> count > 100);
    assertThat(given)
        .anyMatch(command -> command instanceof Command.Fill fill && fill.buyerOrder())
        .anyMatch(command -> command instanceof Command.Fill fill && fill.sellerOrder())
        .anyMatch(command -> command instanceof Command.Fill fill && fill.buyerFeeMinor() > 0)
        .anyMatch(command ->
            command instanceof Command.SetOrderExposure set
                && set.buyUnits() + set.sellUnits() == 0);
  }

  @Test
  void shouldKeepLongsEqualToShorts() {
    replay(6, 400, 20);
    for (int instrumentId = 0; instrumentId < 6; instrumentId++) {
      long net = 0;
      for (long accountId : venue.accounts.keySet()) {
        net += venue.positionUnits(accountId, instrumentId);
      }
      assertThat(net).isZero();
    }
  }

  @Test
  void shouldDoTheSameForTheSameSeed() {
    replay(7, 200, 10);
    List<Command> first = List.copyOf(given);
    replay(7, 200, 10);
    assertThat(given).isEqualTo(first);
    replay(9, 200, 10);
    assertThat(given).isNotEqualTo(first);
  }

  @Test
  void shouldActNoMoreThanAllowed() {
    SyntheticPopulation population = setUp(1, 2_000);
    Traders quiet = traders(population, new TraderParameters(1, 0, 1, 0, 0, 0, 0));
    Tick tick = firstTick();
    quiet.act(tick.timeNs());
    assertThat(given).isEmpty();
    Traders lively = traders(population, new TraderParameters(1, 50, 1, 0, 0, 0, 0));
    lively.act(tick.timeNs());
    assertThat(given).hasSizeBetween(10, 50);
  }

  @Test
  void shouldScaleWithThePopulationUpToABound() {
    assertThat(TraderParameters.standard(1, 10).actionsPerTick()).isEqualTo(1);
    assertThat(TraderParameters.standard(1, 10_000).actionsPerTick()).isEqualTo(20);
    assertThat(TraderParameters.standard(1, 1_000_000).actionsPerTick()).isEqualTo(200);
  }

  @Test
  void shouldAnswerACallByADepositAfterADelay() {
    SyntheticPopulation population = setUp(1, 100);
    long nowNs = firstTick().timeNs();
    Traders traders =
        traders(population, new TraderParameters(3, 0, 1, 0, 5 * MINUTE_NS, 10 * MINUTE_NS, 0));
    call(traders, population.accountId(17), nowNs, 250_000_000);
    traders.act(nowNs + 4 * MINUTE_NS);
    assertThat(given).isEmpty();
    traders.act(nowNs + 10 * MINUTE_NS);
    assertThat(given).containsExactly(new Command.Deposit(population.partyId(17), 0, 275_000_000));
    traders.act(nowNs + 30 * MINUTE_NS);
    assertThat(given).hasSize(1);
  }

  @Test
  void shouldNotAnswerACallThatIsOver() {
    SyntheticPopulation population = setUp(1, 100);
    long nowNs = firstTick().timeNs();
    Traders traders = traders(population, new TraderParameters(3, 0, 1, 0, 0, 0, 0));
    call(traders, population.accountId(17), nowNs, 250_000_000);
    venue.calls.clear();
    traders.act(nowNs + MINUTE_NS);
    assertThat(given).isEmpty();
  }

  @Test
  void shouldIgnoreCallsByTemper() {
    SyntheticPopulation population = setUp(1, 1_000);
    long nowNs = firstTick().timeNs();
    Traders traders =
        traders(population, new TraderParameters(3, 1_000, 0.5, 0.25, 0, MINUTE_NS, 0));
    for (int trader = 0; trader < population.traderCount(); trader++) {
      call(traders, population.accountId(trader), nowNs, 1_000_000_000);
    }
    traders.act(nowNs + 2 * MINUTE_NS);
    long full = count(1_100_000_000, 1_100_000_000);
    long partial = count(300_000_000, 900_000_000);
    assertThat(full).isBetween(450L, 550L);
    assertThat(partial).isBetween(200L, 300L);
  }

  @Test
  void shouldSpreadAnswersThatComeDueTogether() {
    SyntheticPopulation population = setUp(1, 1_000);
    long nowNs = firstTick().timeNs();
    Traders traders = traders(population, new TraderParameters(3, 0, 1, 0, 0, 0, 0));
    for (int trader = 0; trader < 100; trader++) {
      call(traders, population.accountId(trader), nowNs, 1_000_000_000);
    }
    traders.act(nowNs);
    assertThat(given).hasSize(20);
    traders.act(nowNs);
    assertThat(given).hasSize(40);
  }

  @Test
  void shouldComeBackAfterATakeOver() {
    SyntheticPopulation population = setUp(1, 100);
    long nowNs = firstTick().timeNs();
    Traders traders =
        traders(population, new TraderParameters(3, 0, 1, 0, MINUTE_NS, 2 * MINUTE_NS, 1));
    traders.onEvent(
        nowNs, new Event.AccountTakenOver(population.accountId(5), 1, 0, 1_000_000, 0, 0));
    traders.act(nowNs + 2 * MINUTE_NS);
    assertThat(given).isEmpty();
    traders.act(nowNs + 6 * MINUTE_NS);
    assertThat(given)
        .singleElement()
        .matches(command ->
            command instanceof Command.Deposit deposit
                && deposit.partyId() == population.partyId(5));
  }

  @Test
  void shouldUnwindTheBackstopLittleByLittle() {
    SyntheticPopulation population = setUp(1, 200);
    long nowNs = firstTick().timeNs();
    venue.submit(nowNs, new Command.Deposit(1, 0, 1_000_000_000_000L));
    venue.submit(nowNs, new Command.Deposit(2, 0, 1_000_000_000_000L));
    int btc = listing.instrumentId("BTCUSDT");
    int eth = listing.instrumentId("ETHUSDT");
    long btcMark = venue.markUnits(btc);
    long ethMark = venue.markUnits(eth);
    accept(nowNs, new Command.Fill(btc, 1, 2, 500_000, btcMark, 0, 0, false, false));
    accept(nowNs, new Command.Fill(eth, 2, 1, 90_000, ethMark, 0, 0, false, false));
    Traders traders = traders(population, new TraderParameters(3, 0, 1, 0, 0, 0, 0));
    traders.act(nowNs);
    assertThat(venue.positionUnits(1, btc)).isEqualTo(480_000);
    assertThat(venue.positionUnits(1, eth)).isEqualTo(-86_400);
    traders.act(nowNs + MINUTE_NS / 60);
    assertThat(venue.positionUnits(1, btc)).as("at its own pace").isEqualTo(480_000);
    int steps = 0;
    while (venue.positionUnits(1, btc) != 0 || venue.positionUnits(1, eth) != 0) {
      long btcBefore = venue.positionUnits(1, btc);
      traders.act(nowNs + ++steps * MINUTE_NS);
      assertThat(venue.positionUnits(1, btc)).isBetween(0L, btcBefore);
      assertThat(steps).isLessThan(300);
    }
    assertThat(steps).isGreaterThan(50);
    assertThat(traders.counts().refused()).isZero();
  }

  @Test
  void shouldNotUnwindBeyondTheMarketMakersMargin() {
    SyntheticPopulation population = setUp(1, 200);
    long nowNs = firstTick().timeNs();
    venue.submit(nowNs, new Command.Deposit(1, 0, 100_000_000_000_000L));
    venue.submit(nowNs, new Command.Deposit(2, 0, 100_000_000_000_000L));
    int doge = listing.instrumentId("DOGEUSDT");
    long mark = venue.markUnits(doge);
    accept(nowNs, new Command.Fill(doge, 1, 2, 20_000_000, mark, 0, 0, false, false));
    // the market maker is as short as the backstop is long; now turn it flat and poor
    accept(nowNs, new Command.Fill(doge, 2, population.accountId(0), 1, mark, 0, 0, false, false));
    venue.account(2).row(doge).units = 0;
    venue.account(2).row(doge).cost = 0;
    venue.account(2).margin[0] = 1_000_000;
    venue.wallet(2)[0] = 0;
    Traders traders = traders(population, new TraderParameters(3, 0, 1, 0, 0, 0, 0));
    traders.act(nowNs);
    assertThat(venue.positionUnits(1, doge)).isEqualTo(20_000_000);
    assertThat(traders.counts().refused()).isZero();
  }

  @Test
  void shouldBringTheMarketMakersReserveInPartsUntilItEnds() {
    SyntheticPopulation population = setUp(1, 200);
    long nowNs = firstTick().timeNs();
    Traders traders = traders(population, new TraderParameters(3, 0, 1, 0, 0, 0, 0));
    traders.act(nowNs);
    assertThat(given).isEmpty();
    venue.account(2).margin[0] = -1_000_000_000_000_000L;
    venue.wallet(2)[0] = 0;
    for (int minute = 1; minute <= 60; minute++) {
      traders.act(nowNs + minute * MINUTE_NS);
    }
    assertThat(given).hasSize(8).allMatch(command -> command instanceof Command.Deposit);
    long week = 7 * 24 * 60 * MINUTE_NS;
    traders.act(nowNs + week);
    traders.act(nowNs + week + MINUTE_NS);
    assertThat(given).hasSize(9);
  }

  @Test
  void shouldTradeForARecordedPopulationToo() {
    SyntheticPopulation synthetic = setUp(2, 300);
    Path file = folder.resolve("population.csv");
    PopulationFile.write(file, synthetic, venue);
    RecordedPopulation recorded = PopulationFile.read(file, listing, RULEBOOK);
    venue = new SketchVenue();
    assertThat(recorded.setUp(market.startTimeNs(), venue).refusals()).isEmpty();
    Traders traders = traders(recorded, new TraderParameters(1, 20, 0.7, 0.1, 0, 1, 0.5));
    run(traders, 300);
    assertThat(traders.counts().submitted()).isGreaterThan(1_000);
    assertThat((double) traders.counts().refused() / traders.counts().submitted()).isLessThan(0.1);
  }

  @Test
  void shouldRefuseImpossibleParameters() {
    assertThatThrownBy(() -> new TraderParameters(1, -1, 0, 0, 0, 0, 0))
        .hasMessageContaining("actionsPerTick");
    assertThatThrownBy(() -> new TraderParameters(1, 1, 0.7, 0.4, 0, 0, 0))
        .hasMessageContaining("shares");
    assertThatThrownBy(() -> new TraderParameters(1, 1, 0.7, 0.1, 2, 1, 0))
        .hasMessageContaining("delays");
  }

  private Traders replay(long seed, int ticks, int actionsPerTick) {
    SyntheticPopulation population = setUp(seed, 500);
    Traders traders =
        traders(population, new TraderParameters(seed, actionsPerTick, 0.7, 0.1, 0, 1, 0.5));
    run(traders, ticks);
    return traders;
  }

  private void run(Traders traders, int ticks) {
    TickStream stream = market.ticks();
    Tick tick = new Tick();
    for (int i = 0; i < ticks && stream.next(tick); i++) {
      venue.submit(tick.timeNs(), new Command.MarkPrices(listing.marks(tick)));
      traders.act(tick.timeNs());
    }
  }

  private SyntheticPopulation setUp(long seed, int accounts) {
    venue = new SketchVenue();
    given.clear();
    SyntheticPopulation population =
        new SyntheticPopulation(PopulationParameters.standard(seed, accounts), listing, RULEBOOK);
    assertThat(population.setUp(market.startTimeNs(), venue).refusals()).isEmpty();
    return population;
  }

  /// Traders whose commands are noted, and who are told of orders as an engine would tell them.
  private Traders traders(Population population, TraderParameters parameters) {
    Traders[] traders = new Traders[1];
    traders[0] =
        new Traders(
            population,
            RULEBOOK,
            parameters,
            venue,
            (timeNs, command) -> {
              given.add(command);
              Outcome outcome = venue.submit(timeNs, command);
              if (command instanceof Command.SetOrderExposure set && outcome.isAccepted()) {
                traders[0].onEvent(
                    timeNs,
                    new Event.OrderExposureSet(
                        set.accountId(),
                        set.instrumentId(),
                        set.buyUnits(),
                        set.sellUnits(),
                        set.buyNotional(),
                        set.sellNotional(),
                        PositionSide.NET));
              }
              return outcome;
            });
    return traders[0];
  }

  private void call(Traders traders, long accountId, long nowNs, long amountE6) {
    venue.calls.put(accountId, new AccountView.OpenCall(amountE6, nowNs + 30 * MINUTE_NS, false));
    Assessment assessment =
        new Assessment(Zone.CALL, 0, 0, 0, 0, new MarginLevels(0, 0, amountE6, amountE6));
    traders.onEvent(
        nowNs,
        new Event.MarginCallIssued(
            accountId,
            1,
            amountE6,
            nowNs + 30 * MINUTE_NS,
            MINUTE_NS,
            new Evidence(Trigger.MARKS, 0, 1, assessment, List.of(), List.of())));
  }

  private long count(long leastMinor, long mostMinor) {
    return given.stream()
        .filter(command ->
            command instanceof Command.Deposit deposit
                && deposit.amountMinor() >= leastMinor
                && deposit.amountMinor() <= mostMinor)
        .count();
  }

  private void accept(long timeNs, Command command) {
    assertThat(venue.submit(timeNs, command).reason())
        .as(command.toString())
        .isEqualTo(RefusalReason.NONE);
  }

  private Tick firstTick() {
    Tick tick = new Tick();
    market.ticks().next(tick);
    return tick;
  }
}
