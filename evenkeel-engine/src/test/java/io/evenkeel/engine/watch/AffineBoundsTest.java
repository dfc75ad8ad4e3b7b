package io.evenkeel.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AffineBoundsTest {
  @Test
  void shouldNeverClaimMoreThanItWasToldAfterHalving() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 5_000; round++) {
      int count = 1 + random.nextInt(6);
      long[] ceilings = new long[count];
      long[] by = new long[count];
      AffineBounds bounds = new AffineBounds();
      long constant = random.nextLong() >> random.nextInt(60);
      bounds.start();
      bounds.addSlack(constant);
      for (int i = 0; i < count; i++) {
        ceilings[i] = 1 + random.nextLong(AffineBounds.HIGHEST_VALUE >> random.nextInt(45));
        by[i] = random.nextLong() >> random.nextInt(62);
        bounds.add(bounds.addFactor(i), 0, by[i]);
      }
      bounds.fit(ceilings);
      BigInteger fitted = BigInteger.valueOf(bounds.constants[0]);
      BigInteger told = BigInteger.valueOf(constant);
      BigInteger largest = fitted.abs();
      for (int i = 0; i < count; i++) {
        BigInteger value = BigInteger.valueOf(random.nextLong(ceilings[i]));
        fitted = fitted.add(value.multiply(BigInteger.valueOf(bounds.by(i, 0))));
        told = told.add(value.multiply(BigInteger.valueOf(by[i])));
        BigInteger most = BigInteger.valueOf(ceilings[i]);
        largest = largest.add(most.multiply(BigInteger.valueOf(bounds.by(i, 0)).abs()));
      }
      assertThat(fitted.signum() < 0 || told.signum() >= 0).as("round %d", round).isTrue();
      assertThat(largest).isLessThanOrEqualTo(BigInteger.valueOf(AffineBounds.LARGEST));
    }
  }

  @Test
  void shouldLeaveWhatFitsAsItIs() {
    AffineBounds bounds = new AffineBounds();
    bounds.start();
    bounds.addSlack(-1_001);
    bounds.addSlack(2_002);
    int place = bounds.addFactor(0);
    bounds.add(place, 0, 333);
    bounds.add(place, 1, -777);
    bounds.fit(new long[] {1_000_000_000});
    assertThat(bounds.constants).startsWith(-1_001, 2_002);
    assertThat(bounds.by(0, 0)).isEqualTo(333);
    assertThat(bounds.by(0, 1)).isEqualTo(-777);
  }

  @Test
  void shouldOrderAccountsByThePartOfTheirExposureThatTheirSlackIs() {
    assertThat(closeness(1_000)).isLessThan(closeness(10_000)).isGreaterThan(closeness(100));
  }

  /// Of a slack that is so many units at the value 100, of which each costs 5.
  private static int closeness(long slack) {
    AffineBounds bounds = new AffineBounds();
    bounds.start();
    bounds.addSlack(slack - 500);
    bounds.add(bounds.addFactor(0), 0, 5);
    return bounds.closeness(new long[] {100});
  }
}
