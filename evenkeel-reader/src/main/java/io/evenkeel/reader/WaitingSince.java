package io.evenkeel.reader;

/// Since when the oldest part of the journal that is not applied yet has been there, as far as the
/// reader saw. A ring of (end of the journal, when it was first seen).
final class WaitingSince {
  private static final int SAMPLES = 1024;
  private static final long SPACING_NS = 500_000;

  private final long[] ends = new long[SAMPLES];
  private final long[] seenNs = new long[SAMPLES];
  private int first;
  private int size;

  /// Notes where the journal ends now.
  void seen(long end, long nowNs) {
    int last = (first + size - 1) & (SAMPLES - 1);
    if (size > 0 && end < ends[last]) {
      size = 0; // the journal was begun anew at an earlier place
    }
    if (size > 0 && end == ends[last]) {
      return;
    }
    // what is so close together, or has no room, counts as having come with the last: never younger
    if (size == SAMPLES || (size > 0 && nowNs - seenNs[last] < SPACING_NS)) {
      ends[last] = end;
      return;
    }
    int at = (first + size++) & (SAMPLES - 1);
    ends[at] = end;
    seenNs[at] = nowNs;
  }

  /// Notes how far the journal was applied.
  void applied(long position) {
    while (size > 0 && ends[first] <= position) {
      first = (first + 1) & (SAMPLES - 1);
      size--;
    }
  }

  /// When the oldest part not applied was first seen; `Long.MIN_VALUE` when there is none.
  long oldestNs() {
    return size == 0 ? Long.MIN_VALUE : seenNs[first];
  }
}
