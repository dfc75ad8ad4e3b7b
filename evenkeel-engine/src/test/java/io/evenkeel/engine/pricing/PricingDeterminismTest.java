package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The same bits interpreted, compiled quickly, and compiled by the optimising compiler.
class PricingDeterminismTest {
  private static final int VALUES = 250_000;

  /// Prints a hash of the raw bits of many values; the last of several rounds, so that by then the
  /// optimising compiler has replaced the interpreter where it may.
  public static final class Hashing {
    private Hashing() {}

    /// @param rounds how often the values are computed
    public static void main(String[] rounds) {
      long first = hash();
      for (int round = 1; round < Integer.parseInt(rounds[0]); round++) {
        if (hash() != first) {
          throw new IllegalStateException("round " + round + " gives other bits than the first");
        }
      }
      System.out.println(Long.toHexString(first));
    }

    private static long hash() {
      SplittableRandom random = new SplittableRandom(7);
      long hash = 17;
      for (int i = 0; i < VALUES; i++) {
        double forward = 1 + 100_000 * random.nextDouble();
        double strike = forward * (0.2 + 3 * random.nextDouble());
        double volatility = 4 * random.nextDouble();
        double years = 2 * random.nextDouble();
        double value = Black76.value(i % 2 == 0, forward, strike, volatility, years, 0.97);
        hash = 31 * hash + Double.doubleToRawLongBits(value);
        SviSlice slice =
            new SviSlice(0.01 * volatility, 0.1, -0.4, 0.02, 0.1, forward, years + 0.01);
        hash = 31 * hash + Double.doubleToRawLongBits(slice.volatility(strike));
        hash = 31 * hash + Double.doubleToRawLongBits(NormalDistribution.below(strike % 37 - 36));
      }
      return hash;
    }
  }

  @Test
  void shouldGiveTheSameBitsInEveryMode() throws IOException, InterruptedException {
    String interpreted = run("1", "-Xint");
    assertThat(interpreted).matches("[0-9a-f]{8,16}");
    assertThat(run("8", "-XX:TieredStopAtLevel=1")).isEqualTo(interpreted);
    assertThat(run("12")).isEqualTo(interpreted);
  }

  private static String run(String rounds, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Hashing.class.getName(), rounds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
