package io.evenkeel.bench;

import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.lab.tape.TickStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Thirteen perpetuals with the decimals and the price levels of large ones in October 2025, each
/// walking up and down on its own. Endless; the same seed gives the same ticks. It stands in for a
/// recorded tape so that measurements need no file.
public final class ThirteenContracts implements TickSource {
  /// Number of contracts.
  public static final int COUNT = 13;

  /// Marks in one tick: all contracts, and the coins BTC and ETH.
  static final int MARKS_PER_TICK = COUNT + 2;

  /// A contract whose ticks mark no coin, so that they concern its holders only.
  public static final String ONE_OF_THEM = "SOLUSDT";

  private static final long START_NS = 1_759_968_000_000_000_000L;
  private static final long ROOM = 20;

  private final long seed;
  private final long stepNs;
  private final double largestStep;
  private final List<QuotedSymbol> symbols = new ArrayList<>();

  /// @param seed of the walk
  /// @param stepNs time between two ticks, nanoseconds
  /// @param largestStep largest relative move of a price from one tick to the next
  public ThirteenContracts(long seed, long stepNs, double largestStep) {
    this.seed = seed;
    this.stepNs = stepNs;
    this.largestStep = largestStep;
    add("ADAUSDT", 4, 8_384);
    add("ASTERUSDT", 4, 19_291);
    add("AVAXUSDT", 3, 28_804);
    add("BNBUSDT", 2, 130_684);
    add("BTCUSDT", 1, 1_232_374);
    add("DOGEUSDT", 5, 25_557);
    add("ENAUSDT", 4, 5_768);
    add("ETHUSDT", 2, 452_366);
    add("HYPEUSDT", 3, 46_645);
    add("LINKUSDT", 3, 22_625);
    add("SOLUSDT", 2, 22_896);
    add("SUIUSDT", 4, 35_339);
    add("XRPUSDT", 4, 28_786);
  }

  private void add(String symbol, int priceScale, long firstUnits) {
    symbols.add(
        new QuotedSymbol(symbol, priceScale, firstUnits, firstUnits / ROOM, firstUnits * ROOM));
  }

  @Override
  public List<QuotedSymbol> symbols() {
    return List.copyOf(symbols);
  }

  @Override
  public long startTimeNs() {
    return START_NS;
  }

  @Override
  public TickStream ticks() {
    return new Walk();
  }

  private final class Walk implements TickStream {
    private final SplittableRandom random = new SplittableRandom(seed);
    private final long[] priceUnits = new long[COUNT];
    private long nextNs = START_NS;

    Walk() {
      for (int i = 0; i < COUNT; i++) {
        priceUnits[i] = symbols.get(i).firstPriceUnits();
      }
    }

    @Override
    public boolean next(Tick into) {
      into.start(nextNs);
      for (int i = 0; i < COUNT; i++) {
        QuotedSymbol symbol = symbols.get(i);
        if (nextNs > START_NS) {
          double moved = priceUnits[i] * (1 + largestStep * (2 * random.nextDouble() - 1));
          priceUnits[i] =
              Math.clamp(
                  Math.round(moved), symbol.lowestPriceUnits(), symbol.highestPriceUnits() - 1);
        }
        into.add(i, priceUnits[i]);
      }
      nextNs += stepNs;
      return true;
    }
  }
}
