package io.evenkeel.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.InvariantViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The watch against a look at every account on every tick: whoever has a negative slack, or a
/// factor outside its limits, is reported on that tick, and nobody else is.
class WatchTest {
  private static final int FACTORS = 12;
  private static final int ACCOUNTS = 300;
  private static final int TICKS = 6_000;

  /// How large the values are, and how far they move.
  enum Scale {
    SMALL(200, 3),
    USUAL(100_000_000L, 400_000),
    /// Beyond what an `int` holds, so that edges are cut down.
    LARGE(1L << 45, 1L << 37),
    /// Each tick may multiply a value.
    LEAPING(1_000, -1);

    private final long start;
    private final long step;

    Scale(long start, long step) {
      this.start = start;
      this.step = step;
    }
  }

  @ParameterizedTest
  @EnumSource(Scale.class)
  void shouldReportExactlyWhoAskedToBeLookedAt(Scale scale) {
    for (long seed = 1; seed <= 4; seed++) {
      new Run(scale, seed).play();
    }
  }

  /// One account as a person would write it down: `by[slack][factor]`.
  private record Holding(int[] factors, long[] constants, long[][] by, long[] low, long[] high) {
    boolean isDue(long[] values) {
      boolean isDue = false;
      for (int slack = 0; slack < constants.length; slack++) {
        long left = constants[slack];
        for (int i = 0; i < factors.length; i++) {
          left += by[slack][i] * values[factors[i]];
        }
        isDue |= left < 0;
      }
      for (int i = 0; i < factors.length; i++) {
        isDue |= values[factors[i]] < low[i] || values[factors[i]] > high[i];
      }
      return isDue;
    }

    boolean hasAny(boolean[] moved) {
      return Arrays.stream(factors).anyMatch(factor -> moved[factor]);
    }
  }

  private static final class Run {
    private final Scale scale;
    private final SplittableRandom random;
    private final String name;
    private final Watch watch = new Watch();
    private final AffineBounds bounds = new AffineBounds();
    private final long[] values = new long[FACTORS];
    private final Holding[] held = new Holding[ACCOUNTS];
    private final boolean[] always = new boolean[ACCOUNTS];
    private int reports;

    Run(Scale scale, long seed) {
      this.scale = scale;
      random = new SplittableRandom(seed);
      name = scale + " seed " + seed;
      for (int factor = 0; factor < FACTORS; factor++) {
        values[factor] = scale.start + random.nextLong(scale.start);
        watch.addFactor(values[factor], 1 + scale.start / 1_000);
      }
      for (int account = 0; account < ACCOUNTS; account++) {
        change(account);
      }
    }

    void play() {
      for (int tick = 0; tick < TICKS; tick++) {
        boolean[] moved = new boolean[FACTORS];
        int batch = random.nextInt(10) == 0 ? 1 + random.nextInt(FACTORS) : 1;
        for (int i = 0; i < batch; i++) {
          int factor = random.nextInt(FACTORS);
          values[factor] = next(values[factor]);
          watch.move(factor, values[factor]);
          moved[factor] = true;
        }
        check(tick, moved);
        for (int i = 0; i < watch.reportedCount(); i++) {
          certifyAnew(i);
        }
        if (random.nextInt(3) == 0) {
          change(random.nextInt(ACCOUNTS));
        }
      }
      assertThat(reports).as(name).isGreaterThan(100);
      assertThat(watch.evaluations()).as(name).isLessThan((long) TICKS * ACCOUNTS / 4);
    }

    private long next(long value) {
      if (scale == Scale.LEAPING) {
        return random.nextInt(4) == 0
            ? Math.clamp(value * (1 + random.nextInt(40)) / 7, 1, 1L << 40)
            : value + random.nextInt(-1, 2);
      }
      int jump = random.nextInt(200) == 0 ? 50 : 1;
      return Math.max(1, value + jump * random.nextLong(-scale.step, scale.step + 1));
    }

    private void check(int tick, boolean[] moved) {
      int count = watch.detect();
      TreeSet<Integer> reported = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        assertThat(reported.add(watch.reported(i))).as("%s: once", name).isTrue();
      }
      TreeSet<Integer> due = new TreeSet<>();
      for (int account = 0; account < ACCOUNTS; account++) {
        Holding holding = held[account];
        if (holding != null && (always[account] ? holding.hasAny(moved) : holding.isDue(values))) {
          due.add(account);
        }
      }
      if (scale == Scale.SMALL || scale == Scale.USUAL) {
        assertThat(reported).as("%s tick %d", name, tick).isEqualTo(due);
      } else {
        assertThat(reported).as("%s tick %d", name, tick).containsAll(due);
      }
      reports += count;
    }

    private void certifyAnew(int i) {
      int account = watch.reported(i);
      if (always[account]) {
        describe(held[account]);
        watch.watchAlways(account, bounds);
        return;
      }
      held[account] = drawn(held[account].factors());
      describe(held[account]);
      watch.certifyReported(i, bounds);
    }

    /// An account comes, changes what it holds, is watched always, or goes.
    private void change(int account) {
      if (held[account] != null && random.nextInt(8) == 0) {
        held[account] = null;
        watch.forget(account);
        return;
      }
      held[account] = drawn(drawnFactors());
      always[account] = random.nextInt(40) == 0;
      describe(held[account]);
      if (always[account]) {
        watch.watchAlways(account, bounds);
      } else {
        watch.certify(account, bounds);
      }
    }

    private int[] drawnFactors() {
      TreeSet<Integer> chosen = new TreeSet<>();
      int count = random.nextInt(6);
      while (chosen.size() < count) {
        chosen.add(random.nextInt(FACTORS));
      }
      return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /// A holding that is not due at the present values, with slacks of all sizes, down to nothing.
    private Holding drawn(int[] factors) {
      int count = factors.length;
      long[] constants = new long[random.nextInt(4)];
      long[][] by = new long[constants.length][count];
      long[] low = new long[count];
      long[] high = new long[count];
      boolean isLimited = random.nextInt(5) == 0;
      boolean isMirrored = random.nextBoolean();
      for (int slack = 0; slack < constants.length; slack++) {
        constants[slack] = slack();
        for (int i = 0; i < count; i++) {
          by[slack][i] =
              slack == 1 && isMirrored
                  ? -by[0][i]
                  : random.nextInt(8) == 0 ? 0 : random.nextInt(-50, 51);
          constants[slack] -= by[slack][i] * values[factors[i]];
        }
      }
      for (int i = 0; i < count; i++) {
        long value = values[factors[i]];
        low[i] = isLimited ? Math.max(0, value - random.nextLong(1 + value / 20)) : 0;
        high[i] = isLimited ? value + random.nextLong(1 + value / 20) : Long.MAX_VALUE;
      }
      return new Holding(factors, constants, by, low, high);
    }

    private long slack() {
      return random.nextInt(5) == 0
          ? random.nextInt(3)
          : random.nextLong(1 + (scale.start * 50 >> random.nextInt(12)));
    }

    private void describe(Holding holding) {
      bounds.start();
      for (long constant : holding.constants()) {
        bounds.addSlack(constant);
      }
      for (int i = 0; i < holding.factors().length; i++) {
        int place = bounds.addFactor(holding.factors()[i]);
        for (int slack = 0; slack < holding.constants().length; slack++) {
          bounds.add(place, slack, holding.by()[slack][i]);
        }
        bounds.limit(place, holding.low()[i], holding.high()[i]);
      }
    }
  }

  @Test
  void shouldFireAtTheVeryValueWhereTheSlackOfOneFactorEnds() {
    Watch watch = new Watch();
    watch.addFactor(1_000, 1);
    AffineBounds bounds = new AffineBounds();
    // 7 units long: the slack is 0 at 917 and -7 at 916; 3 short: it is 2 at 1079 and -1 at 1080
    describe(bounds, -917 * 7, 7);
    watch.certify(1, bounds);
    describe(bounds, 1_079 * 3 + 2, -3);
    watch.certify(2, bounds);
    assertThat(reportedAt(watch, 917)).isEmpty();
    assertThat(reportedAt(watch, 1_079)).isEmpty();
    assertThat(watch.evaluations()).isZero();
    assertThat(reportedAt(watch, 1_080)).containsExactly(2);
    watch.forget(2);
    assertThat(reportedAt(watch, 916)).containsExactly(1);
    assertThat(watch.evaluations()).isEqualTo(2);
  }

  @Test
  void shouldHoldAnAccountOfEveryContractOfALargeVenue() {
    Watch watch = new Watch();
    AffineBounds bounds = new AffineBounds();
    bounds.start();
    int slack = bounds.addSlack(-3_999);
    for (int i = 0; i < 4_000; i++) {
      watch.addFactor(100, 1);
      bounds.add(bounds.addFactor(i), slack, i == 7 ? 40 : 0);
    }
    watch.certify(3, bounds);
    assertThat(reportedAt(watch, 7, 101)).isEmpty();
    assertThat(reportedAt(watch, 7, 99)).containsExactly(3);
    watch.watchAlways(3, bounds);
    assertThat(reportedAt(watch, 3_999, 1)).containsExactly(3);
  }

  @Test
  void shouldGoOnReportingWhoWasNotCertifiedAnew() {
    Watch watch = new Watch();
    watch.addFactor(100, 1);
    AffineBounds bounds = new AffineBounds();
    describe(bounds, -90, 1);
    watch.certify(5, bounds);
    assertThat(reportedAt(watch, 89)).containsExactly(5);
    assertThat(reportedAt(watch, 95)).containsExactly(5);
    assertThat(reportedAt(watch, 95)).containsExactly(5);
    watch.certify(5, bounds);
    assertThat(reportedAt(watch, 96)).isEmpty();
  }

  @Test
  void shouldRefuseAChangeOfAccountsBetweenAMoveAndItsDetection() {
    Watch watch = new Watch();
    watch.addFactor(100, 1);
    AffineBounds bounds = new AffineBounds();
    describe(bounds, -90, 1);
    watch.certify(5, bounds);
    watch.move(0, 80);
    assertThatThrownBy(() -> watch.certify(5, bounds))
        .isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("detected before");
  }

  /// One slack and factor 0.
  private static void describe(AffineBounds bounds, long constant, long by) {
    bounds.start();
    int slack = bounds.addSlack(constant);
    bounds.add(bounds.addFactor(0), slack, by);
  }

  private static List<Integer> reportedAt(Watch watch, long value) {
    return reportedAt(watch, 0, value);
  }

  private static List<Integer> reportedAt(Watch watch, int factor, long value) {
    watch.move(factor, value);
    List<Integer> reported = new ArrayList<>();
    int count = watch.detect();
    for (int i = 0; i < count; i++) {
      reported.add(watch.reported(i));
    }
    return reported;
  }
}
