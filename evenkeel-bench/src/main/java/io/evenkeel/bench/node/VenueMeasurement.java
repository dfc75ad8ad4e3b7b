package io.evenkeel.bench.node;

import io.evenkeel.node.Node;
import io.evenkeel.node.SnapshotReport;
import io.evenkeel.reader.Reader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Node, reader and gateway with a number of accounts: marks to liquidations, lag, reads, snapshot,
/// restart and memory, in this order.
final class VenueMeasurement {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long HIGHEST_NS = 60_000_000_000L;
  private static final double LAG_SECONDS = 15;
  private static final double READ_SECONDS = 5;
  private static final double IDLE_SECONDS = 5;
  private static final int QUESTIONS_UNDER_WAY = 64;
  private static final int READERS = 2;

  /// A steady rate of marks is chosen so that valuing everybody takes about this share of a core.
  private static final double SHARE_OF_A_CORE = 0.3;

  private static final double NS_PER_ACCOUNT = 250;
  private static final double MOST_BATCHES_PER_SECOND = 200;
  private static final long SAMPLE_NS = 1_000_000;

  private final PrintStream out;
  private final Path folder;

  VenueMeasurement(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /// @param accounts trader accounts
  void run(int accounts) throws IOException, InterruptedException {
    out.printf(Locale.ROOT, "%n%,d accounts%n", accounts);
    long before = Figures.heapBytes();
    live(accounts);
    restart(accounts, before);
  }

  private void live(int accounts) throws IOException, InterruptedException {
    try (Host host = new Host(folder)) {
      NodeFeed feed = new NodeFeed(host.connection);
      long began = System.nanoTime();
      BenchVenue venue = new BenchVenue(accounts, feed);
      double seconds = since(began);
      out.printf(
          Locale.ROOT,
          "  set-up: %,d commands in %.1f s, %,.0f per second, %d refused%n",
          feed.sent(),
          seconds,
          feed.sent() / seconds,
          feed.refused());
      Host.awaitReader(host.reader);
      out.printf(Locale.ROOT, "  reader caught up %.1f s after the start%n", since(began));
      try (LiquidationWatch watch = new LiquidationWatch(host, venue, feed)) {
        out.println(
            "  mark to liquidation on a stream: " + watch.measure(LiquidationWatch.MOST_ROUNDS));
      }
      lag(host, venue, feed, accounts);
      reads(host, venue, accounts);
      out.printf(Locale.ROOT, "  at rest: %.1f %% of a core%n", idlePercent());
      SnapshotReport snapshot = host.node.takeSnapshot(PATIENCE);
      out.printf(
          Locale.ROOT,
          "  snapshot: pause %.1f ms, %.1f MiB, %.0f bytes per account%n",
          snapshot.pauseNs() / 1e6,
          Figures.mib(snapshot.bytes()),
          (double) snapshot.bytes() / accounts);
      began = System.nanoTime();
      Host.awaitReader(host.reader);
      out.printf(Locale.ROOT, "  reader past the snapshot %.2f s later%n", since(began));
    }
  }

  /// Processor time of this process while nobody asks for anything, share of one core.
  private static double idlePercent() {
    long before = processorNs();
    long began = System.nanoTime();
    while (since(began) < IDLE_SECONDS) {
      LockSupport.parkNanos((long) (IDLE_SECONDS * 1e9));
    }
    return 100.0 * (processorNs() - before) / (System.nanoTime() - began);
  }

  private static long processorNs() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static double since(long beganNs) {
    return (System.nanoTime() - beganNs) / 1e9;
  }

  private void lag(Host host, BenchVenue venue, NodeFeed feed, int accounts) {
    double perSecond =
        Math.min(MOST_BATCHES_PER_SECOND, SHARE_OF_A_CORE * 1e9 / NS_PER_ACCOUNT / accounts);
    Histogram behind = new Histogram(HIGHEST_NS, 3);
    long began = System.nanoTime();
    long batches = 0;
    long events = feed.events();
    while (since(began) < LAG_SECONDS) {
      if (since(began) >= batches / perSecond) {
        venue.send(venue.marks((int) (batches & 1), 0));
        batches++;
      }
      behind.recordValue(Math.clamp(host.reader.status().behindNs(), 0, HIGHEST_NS));
      LockSupport.parkNanos(SAMPLE_NS);
    }
    feed.drain();
    out.printf(
        Locale.ROOT,
        "  reader behind, %.1f batches of 16 marks per second, %.1f events each: %s%n",
        perSecond,
        (double) (feed.events() - events) / batches,
        Figures.latency(behind));
    Host.awaitReader(host.reader);
  }

  private void reads(Host host, BenchVenue venue, int accounts)
      throws IOException, InterruptedException {
    overHttp(host, venue, accounts);
    out.printf(
        Locale.ROOT, "  Reader.ask: %,.0f accounts per second%n", asked(host, venue, accounts));
  }

  private static double asked(Host host, BenchVenue venue, int accounts) {
    SplittableRandom random = new SplittableRandom(3);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    long done = 0;
    long began = System.nanoTime();
    while (since(began) < READ_SECONDS) {
      if (underWay.get() < QUESTIONS_UNDER_WAY) {
        long accountId = venue.accountId(random.nextInt(accounts));
        underWay.incrementAndGet();
        CompletableFuture<?> answer = host.reader.ask(it -> it.account(accountId));
        var _ =
            answer.whenComplete((_, failure) -> {
              failed.addAndGet(failure == null ? 0 : 1);
              underWay.decrementAndGet();
            });
        done++;
      } else {
        LockSupport.parkNanos(20_000);
      }
    }
    double perSecond = done / since(began);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " questions were not answered");
    }
    return perSecond;
  }

  private void overHttp(Host host, BenchVenue venue, int accounts)
      throws IOException, InterruptedException {
    Histogram[] found = new Histogram[READERS];
    Thread[] threads = new Thread[READERS];
    for (int i = 0; i < READERS; i++) {
      Histogram histogram = new Histogram(HIGHEST_NS, 3);
      found[i] = histogram;
      KeptAlive http = new KeptAlive(host.gateway.address());
      SplittableRandom random = new SplittableRandom(i);
      threads[i] = new Thread(() -> read(http, venue, accounts, random, histogram), "bench-reads");
      threads[i].start();
    }
    Histogram all = new Histogram(HIGHEST_NS, 3);
    for (int i = 0; i < READERS; i++) {
      threads[i].join();
      all.add(found[i]);
    }
    out.printf(
        Locale.ROOT,
        "  GET /v1/accounts/{id}, %d connections: %,.0f per second, %s%n",
        READERS,
        all.getTotalCount() / READ_SECONDS,
        Figures.latency(all));
  }

  private static void read(
      KeptAlive http, BenchVenue venue, int accounts, SplittableRandom random, Histogram into) {
    long began = System.nanoTime();
    try (http) {
      while (since(began) < 2 * READ_SECONDS) {
        byte[] request = http.get("/v1/accounts/" + venue.accountId(random.nextInt(accounts)));
        long at = System.nanoTime();
        byte[] _ = http.exchange(request);
        if (since(began) > READ_SECONDS) { // the first half warms up
          into.recordValue(System.nanoTime() - at);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a read failed", e);
    }
  }

  private void restart(int accounts, long heapBefore) throws IOException {
    long mappedBefore = Figures.mappedBytes();
    long began = System.nanoTime();
    Node node = Host.startNode(folder, true);
    @Nullable Reader reader = null;
    try {
      double nodeSeconds = since(began);
      long nodeHeap = Figures.heapBytes() - heapBefore;
      long nodeMapped = Figures.mappedBytes() - mappedBefore;
      began = System.nanoTime();
      reader = Host.startReader(node, folder);
      Host.awaitReader(reader);
      double readerSeconds = since(began);
      long bothHeap = Figures.heapBytes() - heapBefore;
      long bothMapped = Figures.mappedBytes() - mappedBefore;
      out.printf(
          Locale.ROOT,
          "  restart: node %.2f s, reader %.2f s more%n"
              + "  memory, bytes per account: node heap %,.0f and mapped %,.0f,"
              + " with the reader heap %,.0f and mapped %,.0f%n",
          nodeSeconds,
          readerSeconds,
          (double) nodeHeap / accounts,
          (double) nodeMapped / accounts,
          (double) bothHeap / accounts,
          (double) bothMapped / accounts);
    } finally {
      if (reader != null) {
        reader.close();
      }
      node.close();
      Reference.reachabilityFence(reader);
    }
  }
}
