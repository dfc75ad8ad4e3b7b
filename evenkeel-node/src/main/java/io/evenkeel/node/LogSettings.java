package io.evenkeel.node;

import io.aeron.cluster.service.ClusterClock;
import java.util.concurrent.TimeUnit;

/// Sizes and clock of the log. A folder keeps the sizes of term and segment it began with.
///
/// @param logTermBytes term of the log: an eighth of it is the longest message
/// @param segmentBytes size of the archive's files, a multiple of the term; they are sparse, and
///   what lies before the last two snapshots is deleted a whole file at a time
/// @param ingressTermBytes term of the way in: an eighth of it is the longest message
/// @param clock gives every entry of the log its time, in nanoseconds since 1970-01-01T00:00Z
/// @param sessionTimeoutNs after how long without a sign of life a connection is ended
record LogSettings(
    int logTermBytes,
    int segmentBytes,
    int ingressTermBytes,
    ClusterClock clock,
    long sessionTimeoutNs) {
  /// Bytes that the log puts before what it is given, and some to spare.
  private static final int ENVELOPE_BYTES = 256;

  /// What a venue runs with: room for commands of two mebibytes.
  static LogSettings standard() {
    return new LogSettings(
        64 << 20, 64 << 20, 16 << 20, new SteadyClock(), TimeUnit.SECONDS.toNanos(60));
  }

  /// The longest submission that fits, header included.
  int longestSubmissionBytes() {
    return Math.min(logTermBytes, ingressTermBytes) / 8 - ENVELOPE_BYTES;
  }
}
