package io.evenkeel.bench;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.util.Locale;

/// How much memory an account takes: heap in use after a collection, with everything a replay holds
/// and with the engine alone, less what was in use before, divided by the accounts. A few ticks are
/// replayed first, so that the columns that grow with use are there. Run it with one collector that
/// compacts (`-XX:+UseSerialGC`) and a heap of at least 4 GiB per million accounts.
public final class FootprintMeasurement {
  private static final long SEED = 1;
  private static final long STEP_NS = 10_000_000_000L;
  private static final double LARGEST_STEP = 0.001;
  private static final int TICKS = 20;
  private static final int WARM_UP_ACCOUNTS = 2_000;

  /// The serial collector leaves some garbage where it lies, except in every fourth full
  /// collection.
  private static final int COLLECTIONS = 4;

  private FootprintMeasurement() {}

  /// One measurement.
  ///
  /// @param accounts trader accounts
  /// @param rows positions with their orders, of all accounts together
  /// @param replayBytes heap that engine, population, traders and tallies take
  /// @param engineBytes heap that the engine alone takes
  record Footprint(int accounts, long rows, long replayBytes, long engineBytes) {}

  /// Prints one line per number of accounts.
  ///
  /// @param args numbers of trader accounts; 100000 and 1000000 without any
  public static void main(String[] args) {
    int[] sizes = {100_000, 1_000_000};
    if (args.length > 0) {
      sizes = new int[args.length];
      for (int i = 0; i < args.length; i++) {
        sizes[i] = Integer.parseInt(args[i]);
      }
    }
    // the first one loads classes and tables that are no account's
    Footprint _ = measure(WARM_UP_ACCOUNTS);
    PrintStream out = System.out;
    out.println("  accounts  rows/account  bytes/account: replay  engine alone    engine MiB");
    for (int accounts : sizes) {
      Footprint it = measure(accounts);
      out.printf(
          Locale.ROOT,
          "%10d  %12.2f  %21.0f  %12.0f  %12.1f%n",
          it.accounts,
          (double) it.rows / it.accounts,
          (double) it.replayBytes / it.accounts,
          (double) it.engineBytes / it.accounts,
          it.engineBytes / 1048576.0);
    }
  }

  static Footprint measure(int accounts) {
    ThirteenContracts source = new ThirteenContracts(SEED, STEP_NS, LARGEST_STEP);
    ReplayPlan plan =
        ReplayPlan.of(source, ShippedRulebooks.load(ShippedRulebooks.DEFAULT), accounts, SEED)
            .withTickLimit(TICKS);
    long before = usedBytes();
    Replay replay = new Replay(plan, ReplayObserver.NOBODY);
    EngineView view;
    long withReplay;
    try {
      view = run(replay);
      withReplay = usedBytes() - before;
    } finally {
      Reference.reachabilityFence(replay);
    }
    replay = null;
    long withEngine = usedBytes() - before;
    return new Footprint(accounts, rows(view), withReplay, withEngine);
  }

  private static EngineView run(Replay replay) {
    if (!replay.run().isSound()) {
      throw new IllegalStateException("the replay that was to be measured is not sound");
    }
    return replay.view();
  }

  private static long rows(EngineView view) {
    long rows = 0;
    for (int account = 0; account < view.accountCount(); account++) {
      rows += view.positions(view.accountIdAt(account)).size();
    }
    return rows;
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
