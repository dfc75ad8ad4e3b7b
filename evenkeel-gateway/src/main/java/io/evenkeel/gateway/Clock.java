package io.evenkeel.gateway;

import java.time.Instant;

/// The wall clock, nanoseconds since 1970-01-01T00:00Z.
final class Clock {
  private Clock() {}

  static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
