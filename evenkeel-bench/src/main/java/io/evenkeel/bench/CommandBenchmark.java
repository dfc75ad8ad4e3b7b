package io.evenkeel.bench;

import io.evenkeel.engine.Engine;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Single commands of a venue at work, spread over random accounts: the gate, the bookings, the
/// events and the cycle over whom the command concerns. Every command is accepted. The score is the
/// time of one command.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms4g", "-Xmx4g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up before anything else
public class CommandBenchmark {
  /// Number of trader accounts.
  @Param("100000")
  public int accounts;

  private Engine engine;
  private CommandPool pool;
  private long timeNs;

  private Command[] fills;
  private Command[] deposits;
  private Command[] orders;
  private Command[] withdrawals;
  private int next;
  private long refused;

  /// Made by JMH.
  public CommandBenchmark() {}

  /// Builds the venue and the commands.
  @Setup
  public void build() {
    QuietVenue venue = new QuietVenue(accounts, QuietVenue.Witness.NOBODY);
    engine = venue.engine();
    timeNs = venue.timeNs();
    pool = new CommandPool(venue);
    deposits = pool.deposits();
    withdrawals = pool.withdrawals();
    fills = pool.fills();
    orders = pool.orders();
  }

  /// Makes sure that no refusal was measured.
  @TearDown(Level.Iteration)
  public void check() {
    if (refused > 0) {
      throw new IllegalStateException(refused + " commands were refused");
    }
  }

  /// A trade between two holders, and later the opposite one.
  @Benchmark
  public Outcome fill() {
    return apply(fills);
  }

  /// Money into a wallet.
  @Benchmark
  public Outcome deposit() {
    return apply(deposits);
  }

  /// An order placed, and later withdrawn.
  @Benchmark
  public Outcome orderExposure() {
    return apply(orders);
  }

  /// Money out of a wallet.
  @Benchmark
  public Outcome withdraw() {
    return apply(withdrawals);
  }

  private Outcome apply(Command[] commands) {
    Command command = commands[next++ & (commands.length - 1)];
    Outcome outcome = engine.apply(timeNs, 0, 0, command);
    if (!outcome.isAccepted()) {
      refused++;
    }
    return outcome;
  }
}
