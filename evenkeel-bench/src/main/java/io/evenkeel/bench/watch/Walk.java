package io.evenkeel.bench.watch;

import java.util.SplittableRandom;

/// Made-up ticks, the same for the same seed: each moves one factor, all equally often.
final class Walk {
  /// How factors move.
  enum Kind {
    /// Each by itself by 1 to 5 basis points; every thousandth tick jumps 50 to 300.
    INDEPENDENT,
    /// As one market that moves by up to half a basis point with each tick of any factor: a factor
    /// catches up with 0.85 of what the market did since its last tick, and adds up to 2 of its
    /// own.
    CORRELATED,
    /// Each by itself by 0.05 to 0.25 basis points, as marks ten times a second do.
    TINY,
    /// Each by itself by 0.2 to 1 basis point.
    SMALL
  }

  private static final double BASIS_POINT = 1e-4;

  private final Kind kind;
  private final SplittableRandom random;
  private final long[] values;
  private final double[] marketThen = new double[LinearVenue.FACTORS];
  private double market;
  private int factor;

  Walk(Kind kind, long seed, long[] values) {
    this.kind = kind;
    this.random = new SplittableRandom(seed);
    this.values = values.clone();
  }

  /// Goes on by one tick.
  void next() {
    factor = random.nextInt(values.length);
    double move =
        switch (kind) {
          case INDEPENDENT -> random.nextInt(1000) == 0 ? signed(50, 300) : signed(1, 5);
          case TINY -> signed(0.05, 0.25);
          case SMALL -> signed(0.2, 1);
          case CORRELATED -> correlated();
        };
    long moved = Math.round(values[factor] * (1 + move * BASIS_POINT));
    values[factor] = Math.max(1, moved);
  }

  private double correlated() {
    market += signed(0, 0.5);
    double move = 0.85 * (market - marketThen[factor]) + signed(0, 2);
    marketThen[factor] = market;
    return move;
  }

  private double signed(double least, double most) {
    double size = least + (most - least) * random.nextDouble();
    return random.nextBoolean() ? size : -size;
  }

  /// The factor that moved.
  int factor() {
    return factor;
  }

  /// Where it moved to.
  long value() {
    return values[factor];
  }

  /// Moves one factor by a ratio, in percent.
  void jump(int moved, int percent) {
    factor = moved;
    values[moved] = values[moved] * (100 + percent) / 100;
  }
}
