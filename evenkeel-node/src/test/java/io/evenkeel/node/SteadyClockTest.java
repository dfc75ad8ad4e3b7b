package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final AtomicLong wallNs = new AtomicLong(1_000);
  private final AtomicLong elapsedNs = new AtomicLong(-500);
  private final SteadyClock clock = new SteadyClock(wallNs::get, elapsedNs::get);

  private long after(long wallStepNs, long elapsedStepNs) {
    wallNs.addAndGet(wallStepNs);
    elapsedNs.addAndGet(elapsedStepNs);
    return clock.time();
  }

  @Test
  void shouldFollowTheWallClockForward() {
    assertThat(clock.time()).isEqualTo(1_000);
    assertThat(after(10, 10)).isEqualTo(1_010);
    assertThat(after(5_000, 10)).isEqualTo(6_010);
  }

  @Test
  void shouldGoOnAtHalfSpeedWhenTheWallClockIsSetBack() {
    assertThat(after(-100, 10)).isEqualTo(1_005);
    assertThat(after(1, 1)).isEqualTo(1_005);
    assertThat(after(1, 1)).isEqualTo(1_006);
    assertThat(after(40, 40)).isEqualTo(1_026);
    assertThat(after(1_000, 1_000)).as("caught up").isEqualTo(1_942);
  }
}
