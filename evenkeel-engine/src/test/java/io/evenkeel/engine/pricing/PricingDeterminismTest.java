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
  private static final int BLOCK = 50;

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
      Black76Batch batch = new Black76Batch(BLOCK);
      boolean[] areCalls = new boolean[BLOCK];
      double[] strikes = new double[BLOCK];
      double[] volatilities = new double[BLOCK];
      double[] values = new double[BLOCK];
      long hash = 17;
      for (int block = 0; block < VALUES / BLOCK; block++) {
        double forward = Exponential.of(random.nextDouble(-10, 13));
        double years = Exponential.of(random.nextDouble(-10, 2));
        for (int i = 0; i < BLOCK; i++) {
          areCalls[i] = random.nextBoolean();
          strikes[i] = forward * Exponential.of(random.nextDouble(-3, 3));
          volatilities[i] = Exponential.of(random.nextDouble(-4, 3));
        }
        batch.values(BLOCK, areCalls, forward, strikes, volatilities, years, 0.97, values);
        for (int i = 0; i < BLOCK; i++) {
          hash = with(hash, values[i]);
        }
        hash = single(hash, areCalls[0], forward, strikes[0], volatilities[0], years);
        hash = single(hash, areCalls[1], forward, strikes[1], volatilities[1], years);
      }
      return hash;
    }

    private static long single(
        long before,
        boolean isCall,
        double forward,
        double strike,
        double volatility,
        double years) {
      double value = Black76.value(isCall, forward, strike, volatility, years, 0.97);
      long hash = with(before, value);
      hash = with(hash, ImpliedVolatility.of(isCall, value, forward, strike, years, 0.97));
      Black76.Sensitivities it =
          Black76.sensitivities(isCall, forward, strike, volatility, years, 0.97);
      hash = with(hash, it.delta());
      hash = with(hash, it.gamma());
      hash = with(hash, it.vega());
      hash = with(hash, it.thetaPerDay());
      hash = with(hash, SviSlice.volatility(0.02, 0.1, -0.4, 0.02, 0.1, forward, years, strike));
      return with(hash, NormalDistribution.below(Logarithm.of(strike) * volatility));
    }

    private static long with(long hash, double value) {
      return 31 * hash + Double.doubleToRawLongBits(value);
    }
  }

  @Test
  void shouldGiveTheSameBitsInEveryMode() throws IOException, InterruptedException {
    String interpreted = run("1", "-Xint");
    assertThat(interpreted).matches("[0-9a-f]{8,16}");
    assertThat(run("8", "-XX:TieredStopAtLevel=1")).isEqualTo(interpreted);
    assertThat(run("12")).isEqualTo(interpreted);
    assertThat(run("12", "-XX:-UseSuperWord")).as("without vectors").isEqualTo(interpreted);
    assertThat(run("12", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=1"))
        .as("narrow vectors")
        .isEqualTo(interpreted);
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
