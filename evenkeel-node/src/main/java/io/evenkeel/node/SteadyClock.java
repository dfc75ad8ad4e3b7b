package io.evenkeel.node;

import io.aeron.cluster.service.ClusterClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The clock of the log: the wall clock, but it never stands still and never goes back, because the
/// log's own duties wait for it. When the wall clock is set back this one goes on at half speed
/// until the wall clock has caught up.
final class SteadyClock implements ClusterClock {
  private final LongSupplier wallNs;
  private final LongSupplier elapsedNs;
  private long lastNs;
  private long lastElapsedNs;

  SteadyClock() {
    this(SteadyClock::epochNs, System::nanoTime);
  }

  /// @param wallNs nanoseconds since 1970-01-01T00:00Z, perhaps going back
  /// @param elapsedNs nanoseconds since whenever, never going back
  SteadyClock(LongSupplier wallNs, LongSupplier elapsedNs) {
    this.wallNs = wallNs;
    this.elapsedNs = elapsedNs;
    lastNs = wallNs.getAsLong();
    lastElapsedNs = elapsedNs.getAsLong();
  }

  private static long epochNs() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public TimeUnit timeUnit() {
    return TimeUnit.NANOSECONDS;
  }

  @Override
  public synchronized long time() {
    long wall = wallNs.getAsLong();
    long elapsed = elapsedNs.getAsLong();
    if (wall >= lastNs) {
      lastNs = wall;
      lastElapsedNs = elapsed;
    } else {
      long half = (elapsed - lastElapsedNs) / 2;
      lastNs += half;
      lastElapsedNs += 2 * half;
    }
    return lastNs;
  }
}
