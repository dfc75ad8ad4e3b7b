package io.evenkeel.lab.tape;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Candle files of several symbols, merged by time. Each bar becomes four points (see
/// [Candles#walkUnits]); all points of one instant form one tick. Symbols are in alphabetical
/// order, whatever the order of the files, so that a replay does not depend on how a shell lists a
/// folder.
public final class Tape implements TickSource {
  private final List<Candles> candles;
  private final List<QuotedSymbol> symbols;

  private Tape(List<Candles> candles) {
    this.candles = List.copyOf(candles);
    this.symbols = this.candles.stream().map(Candles::symbol).toList();
  }

  /// Reads one file per symbol.
  ///
  /// @throws TapeException when there is no file, a file cannot be used, or two files hold the same
  ///   symbol
  public static Tape load(List<Path> files) {
    if (files.isEmpty()) {
      throw TapeException.ofFile(Path.of("tape"), "no candle file given", "name at least one");
    }
    Map<String, Path> fileOfSymbol = new LinkedHashMap<>();
    List<Candles> loaded = new ArrayList<>();
    for (Path file : files) {
      CandleFileName name = CandleFileName.of(file);
      Path other = fileOfSymbol.putIfAbsent(name.symbol(), file);
      if (other != null) {
        throw TapeException.ofFile(
            file, "holds " + name.symbol() + ", as " + other + " does", "give one file per symbol");
      }
      loaded.add(CandleFile.read(file));
    }
    loaded.sort(Comparator.comparing(each -> each.symbol().symbol()));
    return new Tape(loaded);
  }

  /// The bars of each symbol, in the order of [#symbols()].
  public List<Candles> candles() {
    return candles;
  }

  @Override
  public List<QuotedSymbol> symbols() {
    return symbols;
  }

  @Override
  public long startTimeNs() {
    long earliest = Long.MAX_VALUE;
    for (Candles each : candles) {
      earliest = Math.min(earliest, each.openTimeNs(0));
    }
    return earliest;
  }

  /// Instant of the last tick, nanoseconds since 1970-01-01T00:00Z.
  public long endTimeNs() {
    long latest = Long.MIN_VALUE;
    for (Candles each : candles) {
      latest = Math.max(latest, each.walkTimeNs(each.size() - 1, 3));
    }
    return latest;
  }

  /// In how many places bars are missing, all symbols together.
  public int gapCount() {
    int count = 0;
    for (Candles each : candles) {
      count += each.gapCount();
    }
    return count;
  }

  /// How many prices were rounded, all symbols together.
  public int roundedPrices() {
    int count = 0;
    for (Candles each : candles) {
      count += each.roundedPrices();
    }
    return count;
  }

  /// One line per symbol: bars, step, from when to when, decimals, and what is not quite right with
  /// it.
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Candles each : candles) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %d bars of %d s, %s to %s, %d decimals, "
                  + "%d bars missing in %d gaps, %d prices rounded\n",
              each.symbol().symbol(),
              each.size(),
              each.stepNs() / 1_000_000_000L,
              instant(each.openTimeNs(0)),
              instant(each.openTimeNs(each.size() - 1)),
              each.symbol().priceScale(),
              each.missingBars(),
              each.gapCount(),
              each.roundedPrices()));
    }
    return text.toString();
  }

  private static Instant instant(long timeNs) {
    return Instant.ofEpochSecond(timeNs / 1_000_000_000L, timeNs % 1_000_000_000L);
  }

  @Override
  public TickStream ticks() {
    return new Walk(candles);
  }

  /// Merges the points of all symbols. With few symbols, most of which tick together, looking at
  /// each one's next point costs no more than a heap would.
  private static final class Walk implements TickStream {
    private final Candles[] candles;
    private final int[] bar;
    private final int[] point;
    private final long[] nextTimeNs;

    Walk(List<Candles> all) {
      candles = all.toArray(Candles[]::new);
      bar = new int[candles.length];
      point = new int[candles.length];
      nextTimeNs = new long[candles.length];
      for (int symbol = 0; symbol < candles.length; symbol++) {
        nextTimeNs[symbol] = candles[symbol].walkTimeNs(0, 0);
      }
    }

    @Override
    public boolean next(Tick into) {
      long earliest = Long.MAX_VALUE;
      for (long timeNs : nextTimeNs) {
        earliest = Math.min(earliest, timeNs);
      }
      if (earliest == Long.MAX_VALUE) {
        return false;
      }
      into.start(earliest);
      for (int symbol = 0; symbol < candles.length; symbol++) {
        if (nextTimeNs[symbol] == earliest) {
          into.add(symbol, candles[symbol].walkUnits(bar[symbol], point[symbol]));
          advance(symbol);
        }
      }
      return true;
    }

    private void advance(int symbol) {
      point[symbol] = (point[symbol] + 1) & 3;
      if (point[symbol] == 0) {
        bar[symbol]++;
      }
      nextTimeNs[symbol] =
          bar[symbol] < candles[symbol].size()
              ? candles[symbol].walkTimeNs(bar[symbol], point[symbol])
              : Long.MAX_VALUE;
    }
  }
}
