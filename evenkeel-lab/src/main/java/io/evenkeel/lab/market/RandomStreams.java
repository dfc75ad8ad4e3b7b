package io.evenkeel.lab.market;

import java.util.SplittableRandom;

/// Independent streams of random numbers derived from one seed. Each use has a name of its own, so
/// that drawing more in one place (more accounts, say) changes nothing in another (prices).
public final class RandomStreams {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RandomStreams() {}

  /// The stream of a name.
  public static SplittableRandom named(long seed, String name) {
    return new SplittableRandom(mix(seed + GOLDEN * hash(name)));
  }

  /// The stream of one of many things that share a name, e.g. one account.
  public static SplittableRandom numbered(long seed, String name, long number) {
    return new SplittableRandom(mix(mix(seed + GOLDEN * hash(name)) + GOLDEN * (number + 1)));
  }

  /// A value between the bounds whose logarithm is uniform: as many between 1 and 10 as between 10
  /// and 100.
  ///
  /// @param low greater than 0
  /// @param high at least `low`
  public static double logUniform(SplittableRandom random, double low, double high) {
    return low * StrictMath.exp(random.nextDouble() * StrictMath.log(high / low));
  }

  /// A standard normal deviate, by the Box-Muller transform over StrictMath: the same on every
  /// machine.
  public static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
