package io.evenkeel.lab.live;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.RandomStreams;
import io.evenkeel.lab.population.PopulationParameters;
import io.evenkeel.lab.population.SyntheticPopulation;
import io.evenkeel.lab.population.TraderParameters;
import io.evenkeel.lab.population.Traders;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.rulebook.Rulebook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// A crowd of traders and a market on a running venue. First [#setUp()], then a [#tick()] as often
/// as wanted: marks go in, and a few traders act. All on one thread; only [#onEvent] and [#stop()]
/// may be called from others.
///
/// Setting up is a fixed sequence of numbered commands in a session of its own: broken off anywhere
/// and begun again, it does what is left and nothing twice. Later sessions number their commands by
/// the clock, so that every run continues above the one before.
public final class LiveVenue {
  /// The events that the crowd must hear of, as a filter of the stream.
  public static final String EVENT_FILTER =
      "type=marginCallIssued,marginCallUpdated,marginCallEnded,accountTakenOver,orderExposureSet,"
          + "ordersCancelled,liquidationStarted";

  private static final long SET_UP_SESSION = 1;
  private static final long TRADING_SESSION = 2;
  private static final int SET_UP_BATCH = 500;
  private static final int TRADING_BATCH = 1_000;
  private static final int SAMPLE_PER_ACTION = 3;
  private static final int PAGE = 1_000;
  private static final long NANOSECONDS = 1_000_000_000L;

  private final VenueAccess venue;
  private final Listing listing;
  private final Catalogue catalogue;
  private final SyntheticPopulation population;
  private final CommandFlow setUpFlow;
  private final CommandFlow flow;
  private final TraderParameters parameters;
  private final Rulebook rulebook;
  private final SplittableRandom random;
  private final Queue<JsonNode> news = new ConcurrentLinkedQueue<>();
  private LiveMarket market;
  private LiveAccounts accounts;
  private Traders traders;
  private int[] sample = new int[0];
  private long ticks;
  private final AtomicLong liquidations = new AtomicLong();

  /// @param accounts number of traders
  /// @param seed all traders and prices follow from it; what is made of it depends on the clock too
  public LiveVenue(VenueAccess venue, int accounts, long seed) {
    this.venue = venue;
    rulebook = LiveRules.rulebook();
    listing = LiveMarket.listing(rulebook);
    catalogue = new Catalogue(listing.assets(), listing.contracts());
    population =
        new SyntheticPopulation(PopulationParameters.standard(seed, accounts), listing, rulebook);
    parameters = TraderParameters.standard(seed, accounts);
    String yaml = LiveRules.yaml();
    setUpFlow = new CommandFlow(venue, catalogue, yaml, SET_UP_SESSION, 1, SET_UP_BATCH);
    long microseconds = nowNs() / 1_000;
    flow = new CommandFlow(venue, catalogue, yaml, TRADING_SESSION, microseconds, TRADING_BATCH);
    random = RandomStreams.numbered(seed, "live", microseconds);
    begin(LiveMarket.firstUnits(listing));
  }

  private void begin(long[] startUnits) {
    market = new LiveMarket(random.nextLong(), listing, startUnits);
    accounts = new LiveAccounts(venue, listing, market);
    traders =
        new Traders(
            population,
            rulebook,
            parameters,
            accounts,
            (timeNs, command) -> {
              noteFill(command);
              return flow.submit(timeNs, command);
            },
            draw -> sample[draw.nextInt(sample.length)]);
  }

  private void noteFill(Command command) {
    if (command instanceof Command.Fill fill && (fill.buyerOrder() || fill.sellerOrder())) {
      accounts.onOrderFilled(
          fill.buyerOrder() ? fill.buyerAccountId() : fill.sellerAccountId(), fill.instrumentId());
    }
  }

  /// Defines what is traded, opens, funds and fills every account; what an earlier attempt did is
  /// not done again.
  public void setUp() {
    population.setUp(nowNs(), setUpFlow);
    setUpFlow.flush(true);
  }

  /// Goes on with a venue that was set up before: prices continue from the last marks, and traders
  /// with an open margin call answer it in their time.
  public void resume() {
    long[] startUnits = LiveMarket.firstUnits(listing);
    for (JsonNode price : venue.get("/v1/prices").path("prices")) {
      int id = listing.instrumentId(price.path("instrument").asString(""));
      if (id >= 0 && !price.path("price").asString("").isEmpty()) {
        startUnits[id] = LiveReading.units(price.path("price"), listing.contract(id).priceScale());
      }
    }
    begin(startUnits);
    List<Long> called = new ArrayList<>();
    String from = "0";
    while (!from.isEmpty()) {
      JsonNode page = venue.get("/v1/accounts?zone=CALL&limit=" + PAGE + "&from=" + from);
      for (JsonNode line : page.path("accounts")) {
        called.add(Long.parseLong(line.path("account").asString("-1")));
      }
      from = page.path("next").asString("");
    }
    accounts.readAhead(called);
    for (long accountId : called) {
      if (accounts.call(accountId) != null) {
        traders.onCall(market.storyTimeNs(), accountId);
      }
    }
  }

  /// One step of the market, and what a few traders make of it. Returns when the venue has answered
  /// all of it.
  ///
  /// @throws CommandFlow.FlowStopped after [#stop()]
  public void tick() {
    long nowNs = nowNs();
    flow.submit(nowNs, new Command.MarkPrices(market.next(nowNs)));
    flow.flush(true);
    takeNews();
    drawSample();
    traders.act(market.storyTimeNs());
    flow.flush(false);
    accounts.forgetOld();
    ticks++;
  }

  private void takeNews() {
    for (JsonNode event = news.poll(); event != null; event = news.poll()) {
      accounts.onEvent(event);
      long accountId = Long.parseLong(event.path("account").asString("-1"));
      switch (event.path("type").asString("")) {
        case "marginCallIssued" -> traders.onCall(market.storyTimeNs(), accountId);
        case "accountTakenOver" -> traders.onTakeOver(market.storyTimeNs(), accountId);
        case "orderExposureSet" -> noteOrders(accountId, event);
        case "liquidationStarted" -> liquidations.incrementAndGet();
        default -> {}
      }
    }
  }

  private void noteOrders(long accountId, JsonNode event) {
    int instrumentId = listing.instrumentId(event.path("instrument").asString(""));
    if (instrumentId >= 0 && !accounts.openOrders(accountId, instrumentId).isEmpty()) {
      traders.onOrders(accountId, instrumentId);
    }
  }

  /// Those who may act in this tick are read in one request, with the house's two accounts.
  private void drawSample() {
    int size = Math.min(population.traderCount(), SAMPLE_PER_ACTION * parameters.actionsPerTick());
    sample = new int[size];
    Arrays.setAll(sample, _ -> random.nextInt(population.traderCount()));
    List<Long> wanted = new ArrayList<>();
    wanted.add(population.backstopAccountId());
    wanted.add(population.marketMakerAccountId());
    for (int trader : sample) {
      wanted.add(population.accountId(trader));
    }
    accounts.readAhead(wanted);
  }

  /// Hears an event of the stream, filtered by [#EVENT_FILTER]. From any thread.
  public void onEvent(JsonNode event) {
    news.add(event);
  }

  /// The venue stops: what is on its way is given up. From any thread.
  public void stop() {
    setUpFlow.stop();
    flow.stop();
  }

  /// Commands of the set-up answered so far. From any thread.
  public long setUpCommands() {
    return setUpFlow.answered();
  }

  /// Commands of trading answered so far, marks included. From any thread.
  public long tradingCommands() {
    return flow.answered();
  }

  /// What was refused of setting up, by reason. `NUMBER_TOO_OLD` is what an earlier attempt did.
  public Map<String, Long> setUpRefusals() {
    return setUpFlow.refusals();
  }

  /// What was refused of trading, by reason.
  public Map<String, Long> tradingRefusals() {
    return flow.refusals();
  }

  /// Ticks so far.
  public long ticks() {
    return ticks;
  }

  /// Liquidations heard of so far. From any thread.
  public long liquidations() {
    return liquidations.get();
  }

  /// Requests made to read accounts and wallets so far.
  public long readRequests() {
    return accounts.requests();
  }

  /// Number of trader accounts.
  public int traderCount() {
    return population.traderCount();
  }

  /// Who they are, in words.
  public String describe() {
    return population.describe();
  }

  /// The market maker's account; it takes the other side of what traders want.
  public long marketMakerAccountId() {
    return population.marketMakerAccountId();
  }

  private static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOSECONDS + now.getNano();
  }
}
