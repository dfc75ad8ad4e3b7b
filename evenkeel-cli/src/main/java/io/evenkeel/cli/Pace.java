package io.evenkeel.cli;

import io.evenkeel.lab.replay.Replay;
import java.util.concurrent.TimeUnit;

/// Keeps ticks from coming faster than somebody can watch. Time lost by a slow tick is not made up
/// for.
final class Pace {
  private static final double NANOSECONDS = 1e9;

  private final long intervalNs;
  private long nextNs;

  /// @param ticksPerSecond 0 = as fast as it goes
  Pace(double ticksPerSecond) {
    intervalNs = ticksPerSecond <= 0 ? 0 : (long) (NANOSECONDS / ticksPerSecond);
  }

  /// Waits until the next tick may come. A thread that is interrupted stops the replay.
  void await(Replay replay) {
    long nowNs = System.nanoTime();
    if (intervalNs > 0 && nowNs < nextNs) {
      try {
        TimeUnit.NANOSECONDS.sleep(nextNs - nowNs);
      } catch (InterruptedException e) {
        replay.stop();
        Thread.currentThread().interrupt();
      }
    }
    nextNs = Math.max(nowNs, nextNs) + intervalNs;
  }
}
