package io.evenkeel.bench.watch;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/// `bench watch`: the watch and the incremental scan on the same ticks in one process, in turns of
/// a block of ticks, so that what else the machine does hits both. Every block must give the same
/// zone changes. CPU is that of the thread; percentiles are of wall time per tick.
public final class WatchMeasurement {
  private static final int BLOCKS = 20;
  private static final int UPDATES = 100_000;
  private static final int CRASH_PERCENT = -10;
  private static final long HIGHEST_NS = 60_000_000_000L;

  private final WatchOptions options;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Histogram watchNs = new Histogram(HIGHEST_NS, 3);
  private final Histogram bruteNs = new Histogram(HIGHEST_NS, 3);
  private final ZoneChanges watched = new ZoneChanges();
  private final ZoneChanges scanned = new ZoneChanges();

  WatchMeasurement(WatchOptions options) {
    this.options = options;
  }

  /// Measures what the arguments name and prints it.
  ///
  /// @return 0; 1 when watch and scan differ, 2 when the arguments are wrong
  public static int run(String[] args) {
    WatchOptions options;
    try {
      options = WatchOptions.of(args);
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      return 2;
    }
    WatchFigures figures = new WatchMeasurement(options).run();
    PrintStream out = System.out;
    out.println(options.json() ? figures.json() : figures.text());
    if (!figures.identical()) {
      System.err.println("watch and scan differ: seed " + options.seed());
      return 1;
    }
    return 0;
  }

  WatchFigures run() {
    LinearVenue venue = new LinearVenue(options.accounts(), options.population(), options.seed());
    IncrementalScan scan = new IncrementalScan(venue);
    Walk walk = new Walk(options.walk(), options.seed() + 1, venue.values);
    long began = cpuNs();
    WatchedVenue watch = new WatchedVenue(venue);
    long buildNs = cpuNs() - began;
    int perBlock = Math.max(1, options.ticks() / BLOCKS);
    // a first block warms both up and counts for nothing
    boolean identical = block(walk, watch, scan, perBlock, true).identical();
    watchNs.reset();
    bruteNs.reset();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(block(walk, watch, scan, perBlock, false));
      identical &= block(walk, watch, scan, Math.max(1, perBlock / 4), true).identical();
    }
    long updateNs = updates(venue, watch, scan);
    Crash crash = crash(walk, watch, scan);
    return new WatchFigures(
        options,
        venue,
        blocks,
        identical,
        watchNs,
        bruteNs,
        watch.watch().bytes(),
        buildNs,
        updateNs,
        crash);
  }

  /// What one block of ticks took.
  record Block(
      int ticks,
      long watchCpuNs,
      long bruteCpuNs,
      long evaluations,
      long touched,
      long changes,
      long allocated,
      boolean identical) {}

  /// What one tick that moves the factor most accounts hold took.
  record Crash(
      int holders, int changes, long detectNs, long totalNs, long bruteNs, boolean identical) {}

  /// @param timed times each tick by the clock on the wall, which costs about as much as a tick
  ///   that reaches nobody; so the CPU of such a block does not count
  private Block block(
      Walk walk, WatchedVenue watch, IncrementalScan scan, int ticks, boolean timed) {
    int[] factors = new int[ticks];
    long[] values = new long[ticks];
    int[] until = new int[ticks];
    for (int i = 0; i < ticks; i++) {
      walk.next();
      factors[i] = walk.factor();
      values[i] = walk.value();
    }
    watched.clear();
    scanned.clear();
    long evaluations = watch.watch().evaluations();
    long touched = scan.touched();
    long thread = Thread.currentThread().threadId();
    long allocated = threads.getThreadAllocatedBytes(thread);
    long began = cpuNs();
    for (int i = 0; i < ticks; i++) {
      long from = timed ? System.nanoTime() : 0;
      watch.detect(factors[i], values[i], watched);
      watch.recertify();
      if (timed) {
        watchNs.recordValue(System.nanoTime() - from);
      }
      until[i] = watched.size();
    }
    long watchCpuNs = cpuNs() - began;
    allocated = threads.getThreadAllocatedBytes(thread) - allocated;
    boolean identical = true;
    began = cpuNs();
    for (int i = 0; i < ticks; i++) {
      long from = timed ? System.nanoTime() : 0;
      scan.tick(factors[i], values[i], scanned);
      if (timed) {
        bruteNs.recordValue(System.nanoTime() - from);
      }
      identical &= until[i] == scanned.size();
    }
    long bruteCpuNs = cpuNs() - began;
    return new Block(
        ticks,
        watchCpuNs,
        bruteCpuNs,
        watch.watch().evaluations() - evaluations,
        scan.touched() - touched,
        watched.size(),
        allocated,
        identical && watched.isSameByTick(scanned, until));
  }

  /// CPU of one account's change with its new certificate.
  private long updates(LinearVenue venue, WatchedVenue watch, IncrementalScan scan) {
    SplittableRandom random = new SplittableRandom(options.seed() + 2);
    int[] accounts = new int[UPDATES];
    long[] amounts = new long[UPDATES];
    for (int i = 0; i < UPDATES; i++) {
      accounts[i] = random.nextInt(venue.accounts);
      amounts[i] = random.nextLong(-1_000_000_000L, 1_000_000_000L);
    }
    long began = cpuNs();
    for (int i = 0; i < UPDATES; i++) {
      watch.deposit(accounts[i], amounts[i]);
    }
    long ns = cpuNs() - began;
    for (int i = 0; i < UPDATES; i++) {
      scan.deposit(accounts[i], amounts[i]);
    }
    return ns / UPDATES;
  }

  private Crash crash(Walk walk, WatchedVenue watch, IncrementalScan scan) {
    watched.clear();
    scanned.clear();
    walk.jump(0, CRASH_PERCENT);
    long began = cpuNs();
    watch.detect(0, walk.value(), watched);
    long detectNs = cpuNs() - began;
    watch.recertify();
    long totalNs = cpuNs() - began;
    began = cpuNs();
    scan.tick(0, walk.value(), scanned);
    long bruteCpuNs = cpuNs() - began;
    return new Crash(
        scan.holders(0),
        watched.size(),
        detectNs,
        totalNs,
        bruteCpuNs,
        watched.isSameByTick(scanned, new int[] {watched.size()}));
  }

  private long cpuNs() {
    return threads.getCurrentThreadCpuTime();
  }

  /// The median of a figure over blocks.
  static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
