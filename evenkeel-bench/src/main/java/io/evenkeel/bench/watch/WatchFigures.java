package io.evenkeel.bench.watch;

import io.evenkeel.bench.watch.WatchMeasurement.Block;
import io.evenkeel.bench.watch.WatchMeasurement.Crash;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// What a run found. CPU figures are medians over blocks of ticks.
record WatchFigures(
    WatchOptions options,
    LinearVenue venue,
    List<Block> blocks,
    boolean timedIdentical,
    Histogram watchNs,
    Histogram bruteNs,
    long watchBytes,
    long buildNs,
    long updateNs,
    Crash crash) {
  private static final double NS_PER_MICRO = 1e3;
  private static final double NS_PER_MILLI = 1e6;

  boolean identical() {
    return timedIdentical && crash.identical() && blocks.stream().allMatch(Block::identical);
  }

  private double median(ToDoubleFunction<Block> figure) {
    return WatchMeasurement.median(blocks.stream().mapToDouble(figure).toArray());
  }

  private double mean(ToDoubleFunction<Block> figure) {
    return sum(figure) / sum(Block::ticks);
  }

  private double sum(ToDoubleFunction<Block> figure) {
    return blocks.stream().mapToDouble(figure).sum();
  }

  private double watchMicros() {
    return median(block -> block.watchCpuNs() / NS_PER_MICRO / block.ticks());
  }

  private double bruteMicros() {
    return median(block -> block.bruteCpuNs() / NS_PER_MICRO / block.ticks());
  }

  private static double micros(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / NS_PER_MICRO;
  }

  private double evaluationsPerChange() {
    return sum(Block::evaluations) / Math.max(1, sum(Block::changes));
  }

  String json() {
    return String.format(
        Locale.ROOT,
        """
        {"accounts":%d,"population":"%s","walk":"%s","seed":%d,"factorsPerAccount":%.3f,"ticks":%.0f,\
        "zoneChanges":%.0f,"identical":%b,\
        "watch":{"cpuMicrosPerTick":%.4f,"p50Micros":%.3f,"p99Micros":%.3f,"evaluationsPerTick":%.3f,\
        "bytesPerAccount":%.1f},\
        "brute":{"cpuMicrosPerTick":%.4f,"p50Micros":%.3f,"p99Micros":%.3f,"evaluationsPerTick":%.1f,\
        "nanosPerHolder":%.2f},\
        "ratioMean":%.2f,"ratioP50":%.2f,"evaluationsPerZoneChange":%.3f,"allocatedBytesPerTick":%.1f,\
        "buildMillis":%.1f,"updateNanos":%d,\
        "crash":{"holders":%d,"zoneChanges":%d,"detectMillis":%.3f,"totalMillis":%.3f,"bruteMillis":%.3f}}\
        """,
        options.accounts(),
        WatchOptions.word(options.population()),
        WatchOptions.word(options.walk()),
        options.seed(),
        (double) venue.terms() / venue.accounts,
        sum(Block::ticks),
        sum(Block::changes),
        identical(),
        watchMicros(),
        micros(watchNs, 50),
        micros(watchNs, 99),
        mean(Block::evaluations),
        (double) watchBytes / venue.accounts,
        bruteMicros(),
        micros(bruteNs, 50),
        micros(bruteNs, 99),
        mean(Block::touched),
        NS_PER_MICRO * bruteMicros() / mean(Block::touched),
        bruteMicros() / watchMicros(),
        micros(bruteNs, 50) / micros(watchNs, 50),
        evaluationsPerChange(),
        mean(Block::allocated),
        buildNs / NS_PER_MILLI,
        updateNs,
        crash.holders(),
        crash.changes(),
        crash.detectNs() / NS_PER_MILLI,
        crash.totalNs() / NS_PER_MILLI,
        crash.bruteNs() / NS_PER_MILLI);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        %,d accounts (%s), %.2f factors each, %s walk, seed %d: %,.0f ticks, %,.0f zone changes, %s

                          CPU us/tick      p50 us      p99 us   evaluated/tick
        watch            %12.3f%12.3f%12.3f%17.2f
        incremental scan %12.3f%12.3f%12.3f%17.2f   %.1f ns per holder
        ratio            %12.1f%12.1f%12.1f%17.0f

        evaluations per zone change %.2f, bytes per account %.1f, bytes allocated per tick %.1f
        all certificates made in %.0f ms, one account's change in %d ns
        crash of 10 %% in a factor that %,d hold: %,d zone changes, detected in %.2f ms,
        all certified anew after %.2f ms, by scan %.2f ms\
        """,
        options.accounts(),
        WatchOptions.word(options.population()),
        (double) venue.terms() / venue.accounts,
        WatchOptions.word(options.walk()),
        options.seed(),
        sum(Block::ticks),
        sum(Block::changes),
        identical() ? "identical" : "DIFFERENT",
        watchMicros(),
        micros(watchNs, 50),
        micros(watchNs, 99),
        mean(Block::evaluations),
        bruteMicros(),
        micros(bruteNs, 50),
        micros(bruteNs, 99),
        mean(Block::touched),
        NS_PER_MICRO * bruteMicros() / mean(Block::touched),
        bruteMicros() / watchMicros(),
        micros(bruteNs, 50) / micros(watchNs, 50),
        micros(bruteNs, 99) / micros(watchNs, 99),
        mean(Block::touched) / mean(Block::evaluations),
        evaluationsPerChange(),
        (double) watchBytes / venue.accounts,
        mean(Block::allocated),
        buildNs / NS_PER_MILLI,
        updateNs,
        crash.holders(),
        crash.changes(),
        crash.detectNs() / NS_PER_MILLI,
        crash.totalNs() / NS_PER_MILLI,
        crash.bruteNs() / NS_PER_MILLI);
  }
}
