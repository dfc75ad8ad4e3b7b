package io.evenkeel.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.evenkeel.engine.pricing.Black76;
import io.evenkeel.engine.pricing.Black76Batch;
import io.evenkeel.engine.pricing.ImpliedVolatility;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Fifty options of one expiry under forty scenarios of forward and volatility, by our batch, by
/// our single values, by the textbook formula over `StrictMath`, and by OpenGamma Strata. The score
/// is the time of one option in one scenario; [#impliedVolatility] that of one search.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
public class OptionValueBenchmark {
  static final int OPTIONS = 50;
  static final int SCENARIOS = 40;

  private static final long SEED = 1;
  private static final double SPOT = 100_000;
  private static final double YEARS = 30.0 / 365;
  private static final int VALUES = OPTIONS * SCENARIOS;

  final boolean[] areCalls = new boolean[OPTIONS];
  final double[] strikes = new double[OPTIONS];
  final double[] forwards = new double[SCENARIOS];
  final double[][] volatilities = new double[SCENARIOS][OPTIONS];
  final double[] values = new double[VALUES];

  private final double[] row = new double[OPTIONS];
  private final Black76Batch batch = new Black76Batch(OPTIONS);

  /// Made by JMH; the same portfolio every time.
  public OptionValueBenchmark() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] own = new double[OPTIONS];
    for (int i = 0; i < OPTIONS; i++) {
      areCalls[i] = random.nextBoolean();
      strikes[i] = 1_000 * Math.rint(random.nextDouble(60, 150));
      own[i] = random.nextDouble(0.4, 0.9);
    }
    double[] moves = {1, 1.5, 0.7};
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      forwards[scenario] = SPOT * (0.8 + 0.4 * scenario / (SCENARIOS - 1));
      for (int i = 0; i < OPTIONS; i++) {
        volatilities[scenario][i] = own[i] * moves[scenario % moves.length];
      }
    }
  }

  /// One call for each scenario.
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double[] batch() {
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      batch.values(
          OPTIONS, areCalls, forwards[scenario], strikes, volatilities[scenario], YEARS, 1, row);
      System.arraycopy(row, 0, values, scenario * OPTIONS, OPTIONS);
    }
    return values;
  }

  /// One call for each value.
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double[] single() {
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      for (int i = 0; i < OPTIONS; i++) {
        values[scenario * OPTIONS + i] =
            Black76.value(
                areCalls[i], forwards[scenario], strikes[i], volatilities[scenario][i], YEARS, 1);
      }
    }
    return values;
  }

  /// The textbook formula over `StrictMath`; see [StrictBlack76].
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double[] strictMath() {
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      for (int i = 0; i < OPTIONS; i++) {
        values[scenario * OPTIONS + i] =
            StrictBlack76.value(
                areCalls[i], forwards[scenario], strikes[i], volatilities[scenario][i], YEARS);
      }
    }
    return values;
  }

  /// OpenGamma Strata.
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double[] strata() {
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      for (int i = 0; i < OPTIONS; i++) {
        values[scenario * OPTIONS + i] =
            BlackFormulaRepository.price(
                forwards[scenario], strikes[i], YEARS, volatilities[scenario][i], areCalls[i]);
      }
    }
    return values;
  }

  /// One search for the volatility of each option at spot.
  @Benchmark
  @OperationsPerInvocation(OPTIONS)
  public double[] impliedVolatility() {
    for (int i = 0; i < OPTIONS; i++) {
      double price = Black76.value(areCalls[i], SPOT, strikes[i], volatilities[0][i], YEARS, 1);
      row[i] = ImpliedVolatility.of(areCalls[i], price, SPOT, strikes[i], YEARS, 1);
    }
    return row;
  }
}
