package io.evenkeel.bench;

import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import java.math.BigInteger;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// `a * b / divisor`, rounded down, by [Fixed#mulDiv] and by BigInteger: once where the product
/// fits a long, as in almost every valuation, and once where it does not. The score is the time of
/// one such division.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the set-up before anything else
public class ArithmeticBenchmark {
  static final int COUNT = 1_024;

  private static final long SEED = 1;

  private Operands narrow;
  private Operands wide;

  /// Made by JMH.
  public ArithmeticBenchmark() {}

  /// Factors and divisors as columns.
  static final class Operands {
    private final long[] a = new long[COUNT];
    private final long[] b = new long[COUNT];
    private final long[] divisor = new long[COUNT];

    /// @param bits size of each factor; two of up to 31 bits have a product that fits a long
    Operands(int bits) {
      SplittableRandom random = new SplittableRandom(SEED + bits);
      for (int i = 0; i < COUNT; i++) {
        long sign = random.nextBoolean() ? 1 : -1;
        a[i] = sign * random.nextLong(1L << (bits - 1), 1L << bits);
        b[i] = random.nextLong(1L << (bits - 1), 1L << bits);
        divisor[i] = random.nextLong(1L << (bits - 1), 1L << bits);
      }
    }

    boolean isWide(int i) {
      return Math.multiplyHigh(a[i], b[i]) != (a[i] * b[i]) >> 63;
    }

    long byLong(int i) {
      return Fixed.mulDiv(a[i], b[i], divisor[i], Rounding.FLOOR);
    }

    long byBigInteger(int i) {
      BigInteger[] parts =
          BigInteger.valueOf(a[i])
              .multiply(BigInteger.valueOf(b[i]))
              .divideAndRemainder(BigInteger.valueOf(divisor[i]));
      BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
      return floor.longValueExact();
    }
  }

  /// Draws the operands.
  @Setup
  public void draw() {
    narrow = new Operands(30);
    wide = new Operands(50);
  }

  /// The fast path: the product fits a long.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long narrowByLong() {
    return sumByLong(narrow);
  }

  /// The same by BigInteger.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long narrowByBigInteger() {
    return sumByBigInteger(narrow);
  }

  /// The long way: the product needs 128 bits.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long wideByLong() {
    return sumByLong(wide);
  }

  /// The same by BigInteger.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long wideByBigInteger() {
    return sumByBigInteger(wide);
  }

  private static long sumByLong(Operands operands) {
    long sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += operands.byLong(i);
    }
    return sum;
  }

  private static long sumByBigInteger(Operands operands) {
    long sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += operands.byBigInteger(i);
    }
    return sum;
  }
}
