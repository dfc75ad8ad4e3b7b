package io.evenkeel.bench;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.audit.AuditResult;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The engine against its slow twin: the same accounts, led to the same state by the same commands,
/// and the same ticks. The score is marks per second. The twin also counts all money after every
/// command, as it always does.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up before anything else
public class TwinBenchmark {
  /// Number of trader accounts.
  @Param("1000")
  public int accounts;

  private QuietVenue venue;
  private AuditEngine twin;
  private QuietVenue.Pair every;
  private boolean isUp;

  /// Made by JMH.
  public TwinBenchmark() {}

  /// Builds the venue, and the twin beside it.
  @Setup
  public void build() {
    twin = new AuditEngine(EngineLimits.STANDARD);
    venue =
        new QuietVenue(
            accounts,
            (timeNs, command) -> {
              AuditResult _ = twin.apply(timeNs, 0, 0, command);
            });
    if (twin.lastEventNumber() != venue.engine().lastEventNumber()) {
      throw new IllegalStateException("engine and twin have not told the same number of events");
    }
    every = venue.everyContract();
  }

  /// The engine.
  @Benchmark
  @OperationsPerInvocation(ThirteenContracts.MARKS_PER_TICK)
  public Outcome engine() {
    isUp = !isUp;
    return venue.engine().apply(venue.timeNs(), 0, 0, isUp ? every.up() : every.down());
  }

  /// The twin.
  @Benchmark
  @OperationsPerInvocation(ThirteenContracts.MARKS_PER_TICK)
  public AuditResult twin() {
    isUp = !isUp;
    return twin.apply(venue.timeNs(), 0, 0, isUp ? every.up() : every.down());
  }
}
