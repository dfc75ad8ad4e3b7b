package io.evenkeel.engine.watch;

/// How an account's slack is shared out among its factors: by the two-thirds power of what each
/// usually moves it by, which makes the fewest accounts leave their bands when factors move
/// independently. What a share is worth is certified exactly elsewhere, so a few bits are enough
/// here.
final class Weights {
  /// The largest weight.
  static final int LARGEST = (1 << 14) - 1;

  private static final int FRACTION_BITS = 4;
  private static final int FRACTION = 1 << FRACTION_BITS;

  /// `LARGEST / 2^(i/16)`.
  private static final int[] ROOTS = {
    16383, 15688, 15023, 14386, 13776, 13192, 12633, 12097, 11585, 11093, 10623, 10173, 9741, 9328,
    8933, 8554
  };

  private Weights() {}

  /// Sixteen times the binary logarithm of a positive number, its fraction linear between powers of
  /// two.
  static int log(long value) {
    int leading = Long.numberOfLeadingZeros(value);
    int fraction = (int) ((value << leading) >>> (Long.SIZE - 1 - FRACTION_BITS)) & (FRACTION - 1);
    return (Long.SIZE - 1 - leading) * FRACTION + fraction;
  }

  /// Weights of factors by what they usually move an account by; 0 where they move it by nothing.
  ///
  /// @param logs of each factor what [#log] gives for it, negative for one that moves nothing;
  ///   replaced by its weight
  static void ofLogs(int[] logs, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, logs[i]);
    }
    for (int i = 0; i < count; i++) {
      if (logs[i] < 0) {
        logs[i] = 0;
      } else {
        int below = (most - logs[i]) * 2 / 3;
        logs[i] = Math.max(1, ROOTS[below % FRACTION] >> Math.min(below / FRACTION, Short.SIZE));
      }
    }
  }
}
