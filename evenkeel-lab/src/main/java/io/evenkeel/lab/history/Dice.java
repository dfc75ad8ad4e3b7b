package io.evenkeel.lab.history;

import io.evenkeel.model.number.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// All random choices of a history, drawn from one seed.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// A number from `low` to `high`, both included.
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /// A share from 0 to below 1.
  double share() {
    return random.nextDouble();
  }

  /// A number from `low` to `high` whose order of magnitude is as likely as any other.
  double magnitude(double low, double high) {
    return StrictMath.exp(StrictMath.log(low) + random.nextDouble() * StrictMath.log(high / low));
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /// One of several decimals, written out.
  Decimal decimal(String... texts) {
    return Decimal.parse(oneOf(texts));
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    for (int i = copy.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T held = copy.get(i);
      copy.set(i, copy.get(j));
      copy.set(j, held);
    }
    return copy;
  }
}
