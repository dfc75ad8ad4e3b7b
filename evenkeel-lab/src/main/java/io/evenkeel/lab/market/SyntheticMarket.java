package io.evenkeel.lab.market;

import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.lab.tape.TickStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A market without a file: six perpetuals whose logarithmic prices share a common factor, jump now
/// and then, and go through one crash per episode ([CrashCourse]). Every symbol ticks at every
/// step. The same plan gives the same ticks on every machine: all elementary functions are
/// StrictMath's.
public final class SyntheticMarket implements TickSource {
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double COMMON_DAILY_SIGMA = 0.028;
  private static final double COMMON_JUMP_CHANCE = 1.0 / 1_500;
  private static final double COMMON_JUMP_SIGMA = 0.006;
  private static final double OWN_JUMP_CHANCE = 1.0 / 4_000;
  private static final double OWN_JUMP_SIGMA = 0.012;

  /// Share of its distance from the start that a noise term gives back per step.
  private static final double REVERSION = 2e-5;

  /// No price rises above this multiple of its first, nor falls below this share of it.
  private static final long HIGHEST_MULTIPLE = 2;

  private static final long LOWEST_DIVISOR = 20;

  private static final List<Profile> PROFILES =
      List.of(
          new Profile("BTCUSDT", 1, 1_124_000, 1.00, 0.010),
          new Profile("DOGEUSDT", 5, 24_870, 1.75, 0.040),
          new Profile("ETHUSDT", 2, 412_350, 1.30, 0.018),
          new Profile("LINKUSDT", 3, 21_940, 1.60, 0.032),
          new Profile("SOLUSDT", 2, 21_275, 1.50, 0.028),
          new Profile("XRPUSDT", 4, 28_120, 1.40, 0.026));

  private final Plan plan;
  private final List<QuotedSymbol> symbols;

  /// @param plan how long, from when and from which seed
  public SyntheticMarket(Plan plan) {
    this.plan = plan;
    List<QuotedSymbol> quoted = new ArrayList<>();
    for (Profile profile : PROFILES) {
      quoted.add(
          new QuotedSymbol(
              profile.symbol,
              profile.priceScale,
              profile.firstUnits,
              profile.firstUnits / LOWEST_DIVISOR,
              profile.firstUnits * HIGHEST_MULTIPLE));
    }
    symbols = List.copyOf(quoted);
  }

  /// How a synthetic market runs.
  ///
  /// @param seed all prices follow from it
  /// @param tickCount number of ticks; 0 = endless
  /// @param episodeTicks ticks from one crash to the next
  /// @param stepNs time between two ticks, nanoseconds, greater than 0
  /// @param startTimeNs instant of the first tick, nanoseconds since 1970-01-01T00:00Z
  public record Plan(long seed, long tickCount, long episodeTicks, long stepNs, long startTimeNs) {
    /// 1 January 2026, 00:00 UTC.
    public static final long STANDARD_START_NS = 1_767_225_600L * 1_000_000_000L;

    /// Ten seconds.
    public static final long STANDARD_STEP_NS = 10L * 1_000_000_000L;

    /// Length of an episode of an endless market, ticks: a bit more than two days at the standard
    /// step.
    private static final long ENDLESS_EPISODE_TICKS = 20_000;

    /// Refuses what cannot be walked.
    ///
    /// @throws IllegalArgumentException naming the figure
    public Plan {
      if (tickCount < 0 || episodeTicks <= 0 || stepNs <= 0 || startTimeNs <= 0) {
        throw new IllegalArgumentException(
            "a synthetic market needs tickCount >= 0, episodeTicks > 0, stepNs > 0, startTimeNs > 0, not %d, %d, %d, %d"
                .formatted(tickCount, episodeTicks, stepNs, startTimeNs));
      }
    }

    /// A market that is one episode, or goes on for ever with an episode every
    /// [#ENDLESS_EPISODE_TICKS] ticks.
    ///
    /// @param tickCount number of ticks; 0 = endless
    public Plan(long seed, long tickCount, long stepNs, long startTimeNs) {
      this(
          seed, tickCount, tickCount == 0 ? ENDLESS_EPISODE_TICKS : tickCount, stepNs, startTimeNs);
    }

    /// A market that goes on for ever.
    ///
    /// @param episodeTicks ticks from one crash to the next
    public static Plan endless(long seed, long episodeTicks) {
      return new Plan(seed, 0, episodeTicks, STANDARD_STEP_NS, STANDARD_START_NS);
    }

    /// A market of that many ticks (0 = endless), ten seconds apart, from 1 January 2026.
    public static Plan standard(long seed, long tickCount) {
      return new Plan(seed, tickCount, STANDARD_STEP_NS, STANDARD_START_NS);
    }
  }

  /// @param beta how strongly it follows the common factor
  /// @param ownDailySigma standard deviation of a day's own relative move
  private record Profile(
      String symbol, int priceScale, long firstUnits, double beta, double ownDailySigma) {}

  @Override
  public List<QuotedSymbol> symbols() {
    return symbols;
  }

  @Override
  public long startTimeNs() {
    return plan.startTimeNs;
  }

  @Override
  public TickStream ticks() {
    return new Walk(plan, symbols);
  }

  private static final class Walk implements TickStream {
    private final Plan plan;
    private final List<QuotedSymbol> symbols;
    private final double stepSigmaFactor;
    private final SplittableRandom commonRandom;
    private final SplittableRandom[] ownRandom = new SplittableRandom[PROFILES.size()];
    private final double[] ownLog = new double[PROFILES.size()];
    private double commonLog;
    private long tickNumber;
    private CrashCourse course;

    Walk(Plan plan, List<QuotedSymbol> symbols) {
      this.plan = plan;
      this.symbols = symbols;
      stepSigmaFactor = StrictMath.sqrt(plan.stepNs / 1e9 / SECONDS_PER_DAY);
      commonRandom = RandomStreams.named(plan.seed, "market");
      for (int i = 0; i < PROFILES.size(); i++) {
        ownRandom[i] = RandomStreams.named(plan.seed, "market/" + PROFILES.get(i).symbol);
      }
      course = CrashCourse.of(plan.seed, 0, plan.episodeTicks(), 0);
    }

    @Override
    public boolean next(Tick into) {
      if (plan.tickCount > 0 && tickNumber == plan.tickCount) {
        return false;
      }
      long withinEpisode = tickNumber % plan.episodeTicks();
      if (withinEpisode == 0 && tickNumber > 0) {
        course =
            CrashCourse.of(
                plan.seed, tickNumber / plan.episodeTicks(), plan.episodeTicks(), course.endLog());
      }
      double turbulence = course.turbulence(withinEpisode);
      if (tickNumber > 0) {
        commonLog = step(commonRandom, commonLog, COMMON_DAILY_SIGMA * turbulence, true);
      }
      double factorLog = course.log(withinEpisode) + commonLog;
      into.start(plan.startTimeNs + tickNumber * plan.stepNs);
      for (int i = 0; i < PROFILES.size(); i++) {
        Profile profile = PROFILES.get(i);
        if (tickNumber > 0) {
          ownLog[i] = step(ownRandom[i], ownLog[i], profile.ownDailySigma * turbulence, false);
        }
        into.add(i, price(symbols.get(i), profile.beta * factorLog + ownLog[i]));
      }
      tickNumber++;
      return true;
    }

    private double step(SplittableRandom random, double log, double dailySigma, boolean common) {
      double moved =
          log * (1 - REVERSION) + RandomStreams.gaussian(random) * dailySigma * stepSigmaFactor;
      if (random.nextDouble() < (common ? COMMON_JUMP_CHANCE : OWN_JUMP_CHANCE)) {
        moved += RandomStreams.gaussian(random) * (common ? COMMON_JUMP_SIGMA : OWN_JUMP_SIGMA);
      }
      return moved;
    }

    private static long price(QuotedSymbol symbol, double log) {
      double units = symbol.firstPriceUnits() * StrictMath.exp(log);
      return Math.clamp(
          (long) StrictMath.rint(units), symbol.lowestPriceUnits(), symbol.highestPriceUnits());
    }
  }
}
