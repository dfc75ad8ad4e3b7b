package io.evenkeel.bench.watch;

import io.evenkeel.engine.watch.AffineBounds;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Accounts whose equity and maintenance margin are linear in their factors. What an account holds
/// lies in one row: its cash, then for each factor its number, what equity gains when it rises by
/// one and what margin does. Money is in units of 1e-10 of the numeraire; a factor's value starts
/// near 10^8.
///
/// Levels are those of the house rulebook where the initial rate is twice the maintenance rate:
/// search 1.5, initial 2 and release 2.5 times maintenance.
final class LinearVenue {
  static final int FACTORS = 200;
  static final int COLLATERAL_FACTORS = 2;

  /// Levels in halves of the maintenance margin, from the lowest up.
  private static final int[] LEVELS = {2, 3, 4, 5};

  static final int ZONES = LEVELS.length + 1;
  private static final double START = 1e8;
  private static final double MONEY = 1e10;
  private static final double[] RATES = {0.03, 0.05, 0.06};
  private static final double HAIRCUT = 0.07;
  private static final double MEDIAN_POSITION = 1e3;
  private static final double LARGEST_POSITION = 1e6;
  private static final int MOST_POSITIONS = 8;
  private static final int MOST_TERMS = MOST_POSITIONS + COLLATERAL_FACTORS;

  /// Longs of a factor in an account's row.
  private static final int TERM = 3;

  final int accounts;
  final long[] values = new long[FACTORS];

  /// Where each account's row starts in `cells`, and where the last one ends.
  private final int[] rows;

  private final long[] cells;

  /// How populations differ.
  enum Population {
    /// Leverage of 1.7 in the median, of 5 at the ninth decile; 1 to 8 positions, up to two coins
    /// as collateral.
    REALISTIC(28, 1.2, false),
    /// Leverage of 4 in the median: one account in seven below the highest level.
    DENSE(5, 0.65, false),
    /// One position each and nothing else.
    ONE_FACTOR(12.5, 0.8, true);

    private final double medianRatio;
    private final double spread;
    private final boolean oneFactor;

    Population(double medianRatio, double spread, boolean oneFactor) {
      this.medianRatio = medianRatio;
      this.spread = spread;
      this.oneFactor = oneFactor;
    }
  }

  LinearVenue(int accounts, Population population, long seed) {
    this.accounts = accounts;
    rows = new int[accounts + 1];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < FACTORS; i++) {
      values[i] = Math.round(START * Math.exp(0.5 * (random.nextDouble() - 0.5)));
    }
    long[] drawn = new long[accounts * (1 + TERM * MOST_TERMS)];
    Draft draft = new Draft(population, random, popularity());
    int used = 0;
    for (int account = 0; account < accounts; account++) {
      rows[account] = used;
      draft.open();
      used = draft.write(drawn, used);
    }
    rows[accounts] = used;
    cells = Arrays.copyOf(drawn, used);
  }

  /// Cumulated shares of instruments by Zipf's law with exponent 1.
  private static double[] popularity() {
    double[] cumulated = new double[FACTORS];
    double sum = 0;
    for (int i = 0; i < FACTORS; i++) {
      sum += 1.0 / (i + 1);
      cumulated[i] = sum;
    }
    for (int i = 0; i < FACTORS; i++) {
      cumulated[i] /= sum;
    }
    return cumulated;
  }

  /// One account as it is drawn.
  private final class Draft {
    private final Population population;
    private final SplittableRandom random;
    private final double[] popularity;
    private final int[] factors = new int[MOST_TERMS];
    private final long[] equityBy = new long[MOST_TERMS];
    private final long[] marginBy = new long[MOST_TERMS];
    private int count;
    private long cash;

    Draft(Population population, SplittableRandom random, double[] popularity) {
      this.population = population;
      this.random = random;
      this.popularity = popularity;
    }

    void open() {
      count = 0;
      int positions = population.oneFactor ? 1 : 1 + random.nextInt(MOST_POSITIONS);
      int coins = population.oneFactor || random.nextInt(10) >= 4 ? 0 : 1 + random.nextInt(2);
      double size = MEDIAN_POSITION * Math.exp(1.5 * random.nextGaussian());
      for (int i = 0; i < positions; i++) {
        int factor = drawn();
        int at = place(factor);
        double notional = Math.min(LARGEST_POSITION, size * (0.2 + random.nextDouble()));
        long quantity = Math.max(1, Math.round(notional * MONEY / values[factor]));
        equityBy[at] += random.nextBoolean() ? quantity : -quantity;
        marginBy[at] = Math.round(Math.abs(equityBy[at]) * RATES[factor % RATES.length]) + 1;
      }
      long required = 0;
      for (int i = 0; i < count; i++) {
        required += marginBy[i] * values[factors[i]];
      }
      double ratio = population.medianRatio * Math.exp(population.spread * random.nextGaussian());
      long target = Math.round(required * Math.clamp(ratio, 1.05, 100));
      for (int coin = 0; coin < coins; coin++) {
        double worth = target * 0.3 * random.nextDouble();
        equityBy[place(coin)] += Math.round(worth * (1 - HAIRCUT) / values[coin]);
      }
      cash = target;
      for (int i = 0; i < count; i++) {
        cash -= equityBy[i] * values[factors[i]];
      }
    }

    private int drawn() {
      int found = Arrays.binarySearch(popularity, random.nextDouble());
      return Math.min(FACTORS - 1, found < 0 ? ~found : found);
    }

    private int place(int factor) {
      int at = 0;
      while (at < count && factors[at] != factor) {
        at++;
      }
      if (at == count) {
        count++;
        factors[at] = factor;
        equityBy[at] = 0;
        marginBy[at] = 0;
      }
      return at;
    }

    int write(long[] to, int from) {
      int at = from;
      to[at++] = cash;
      for (int i = 0; i < count; i++) {
        to[at++] = factors[i];
        to[at++] = equityBy[i];
        to[at++] = marginBy[i];
      }
      return at;
    }
  }

  /// Equity of an account at the present values.
  long equity(int account) {
    int end = rows[account + 1];
    int at = rows[account];
    long sum = cells[at];
    for (at++; at < end; at += TERM) {
      sum += cells[at + 1] * values[(int) cells[at]];
    }
    return sum;
  }

  /// Maintenance margin of an account at the present values.
  long margin(int account) {
    int end = rows[account + 1];
    long sum = 0;
    for (int at = rows[account] + 1; at < end; at += TERM) {
      sum += cells[at + 2] * values[(int) cells[at]];
    }
    return sum;
  }

  /// How many factors an account has.
  int terms(int account) {
    return (rows[account + 1] - rows[account]) / TERM;
  }

  /// The number of an account's factor.
  int factor(int account, int term) {
    return (int) cells[rows[account] + 1 + TERM * term];
  }

  /// What an account's equity gains when a factor rises by one.
  long equityBy(int account, int term) {
    return cells[rows[account] + 2 + TERM * term];
  }

  /// What an account's margin gains when a factor rises by one.
  long marginBy(int account, int term) {
    return cells[rows[account] + 3 + TERM * term];
  }

  /// Reads an account's row, so that the memory behind those of many is fetched side by side.
  long touch(int account) {
    int at = rows[account];
    return cells[at] ^ cells[(at + rows[account + 1]) >> 1] ^ cells[rows[account + 1] - 1];
  }

  /// An account pays in, or out.
  void deposit(int account, long amount) {
    cells[rows[account]] += amount;
  }

  /// Factors of all accounts together.
  long terms() {
    return (rows[accounts] - (long) accounts) / TERM;
  }

  /// The zone of an equity and a margin: how many levels the equity reaches.
  static int zone(long equity, long margin) {
    int zone = 0;
    while (zone < LEVELS.length && 2 * equity >= LEVELS[zone] * margin) {
      zone++;
    }
    return zone;
  }

  /// Whether a zone still is the zone of an equity and a margin.
  static boolean isIn(int zone, long equity, long margin) {
    return (zone == 0 || 2 * equity >= LEVELS[zone - 1] * margin)
        && (zone == LEVELS.length || 2 * equity < LEVELS[zone] * margin);
  }

  /// What holds of an account as long as it stays in a zone.
  void describe(int account, int zone, AffineBounds bounds) {
    int low = zone == 0 ? 0 : LEVELS[zone - 1];
    int high = zone == LEVELS.length ? 0 : LEVELS[zone];
    int end = rows[account + 1];
    int at = rows[account];
    long cash = cells[at];
    bounds.start();
    int below = zone == 0 ? -1 : bounds.addSlack(2 * cash);
    int above = zone == LEVELS.length ? -1 : bounds.addSlack(-2 * cash - 1);
    for (at++; at < end; at += TERM) {
      long gain = 2 * cells[at + 1];
      long required = cells[at + 2];
      int place = bounds.addFactor((int) cells[at]);
      if (below >= 0) {
        bounds.add(place, below, gain - low * required);
      }
      if (above >= 0) {
        bounds.add(place, above, high * required - gain);
      }
    }
  }
}
