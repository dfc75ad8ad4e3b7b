package io.evenkeel.gateway;

import java.time.Duration;

/// When a stream's consumer is too slow. Events wait in the journal, not in memory, so a slow one
/// costs a thread and a place, and nobody else's time.
///
/// @param streams most open streams
/// @param backlog events a consumer that had caught up may be behind
/// @param patience for how long it may be further behind than that
/// @param stall how long one message may wait for the consumer to read
/// @param grace how much longer, so that it can still hear why it is dropped
record StreamLimits(int streams, long backlog, Duration patience, Duration stall, Duration grace) {
  static StreamLimits of(GatewayConfig config) {
    return new StreamLimits(
        config.maximumStreams(),
        config.streamBacklog(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }
}
