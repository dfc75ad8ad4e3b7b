package io.evenkeel.engine.watch;

/// How an account's record is laid out: the meta long, the constants of the slacks; then for each
/// factor its link long, what each slack changes by when it rises by one, and its limits where any
/// are kept. With one slack it is two longs and two more for each factor, side by side.
final class RecordLayout {
  static final int META = 0;

  static final int CONSTANTS = 1;
  static final int LINK = 0;
  static final int BY = 1;

  /// In the meta long, from the lowest bit: account, flags, number of slacks, of factors.
  static final int COUNT_SHIFT = 48;

  static final int SLACKS_SHIFT = 45;
  static final int SLACKS_MASK = 7;

  /// In the link long, from the lowest bit: slot, weight, flags, factor.
  static final int WEIGHT_SHIFT = 32;

  static final int FACTOR_SHIFT = 48;

  /// Flags in the meta long: a factor's limits are kept; two slacks fall to the same side of a
  /// factor; every tick reaches the account; its bounds say nothing; it is reported and not yet
  /// certified anew.
  static final long LIMITED = 1L << 40;

  static final long ONE_SIDED = 1L << 41;
  static final long ALWAYS = 1L << 42;
  static final long UNBOUNDED = 1L << 43;
  static final long REPORTED = 1L << 44;

  /// Flags in the link long: an edge may be set on this side.
  static final long HAS_LOWEST = 1L << 46;

  static final long HAS_HIGHEST = 1L << 47;

  private RecordLayout() {}

  static int count(long meta) {
    return (int) (meta >>> COUNT_SHIFT) & AffineBounds.MOST_FACTORS;
  }

  static int slacks(long meta) {
    return (int) (meta >>> SLACKS_SHIFT) & SLACKS_MASK;
  }

  static int header(long meta) {
    return CONSTANTS + slacks(meta);
  }

  static int stride(long meta) {
    return BY + slacks(meta) + ((meta & LIMITED) == 0 ? 0 : 2);
  }

  static int factor(long link) {
    return (int) (link >>> FACTOR_SHIFT);
  }

  static int weight(long link) {
    return (int) (link >>> WEIGHT_SHIFT) & Weights.LARGEST;
  }
}
