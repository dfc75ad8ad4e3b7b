package io.evenkeel.bench;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.rebalance.WatchUse;
import io.evenkeel.model.command.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A batch of marks that acts on nobody: without the watch every account exposed is valued and
/// compared with its levels, with it only those whose certificate breaks, and that is all. The
/// score is the time of one batch; the counter `accountsValued` is the time per account valued.
/// With `-prof gc` it shows that nothing is allocated.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms4g", "-Xmx4g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up before anything else
public class RevaluationBenchmark {
  /// Number of trader accounts.
  @Param({"1000", "10000", "100000"})
  public int accounts;

  /// Whether the watch says whom a batch concerns.
  @Param({"OFF", "WHERE_QUICKER"})
  public WatchUse use;

  private QuietVenue venue;
  private Engine engine;
  private QuietVenue.Pair every;
  private QuietVenue.Pair one;
  private long timeNs;
  private long eventsBefore;
  private boolean isUp;

  /// Accounts valued in an iteration.
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    /// By all batches of the iteration together.
    public long accountsValued;
  }

  /// Made by JMH.
  public RevaluationBenchmark() {}

  /// Builds the venue.
  @Setup
  public void build() {
    venue = new QuietVenue(accounts, QuietVenue.Witness.NOBODY);
    engine = venue.engine();
    engine.use(use);
    every = venue.everyContract();
    one = venue.oneContract();
    timeNs = venue.timeNs();
    eventsBefore = venue.events();
  }

  /// Makes sure that what was measured is what is claimed.
  @TearDown
  public void check() {
    if (venue.events() != eventsBefore) {
      throw new IllegalStateException(
          (venue.events() - eventsBefore) + " events in batches that should act on nobody");
    }
  }

  /// All thirteen contracts and both coins tick.
  @Benchmark
  public Outcome everyContract(Work work) {
    return apply(every, work);
  }

  /// One contract ticks.
  @Benchmark
  public Outcome oneContract(Work work) {
    return apply(one, work);
  }

  private Outcome apply(QuietVenue.Pair pair, Work work) {
    isUp = !isUp;
    long before = engine.valuations();
    Outcome outcome = engine.apply(timeNs, 0, 0, isUp ? pair.up() : pair.down());
    work.accountsValued += engine.valuations() - before;
    return outcome;
  }
}
