package io.evenkeel.audit;

import io.evenkeel.model.command.MarkBatch;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What is known of the price of one instrument or asset.
final class PriceState {
  final MarkBatch.Target target;
  final int id;
  final BigInteger minimum;
  final BigInteger maximum;

  /// Null for an instrument that was never marked; an asset starts with its initial price.
  @Nullable BigInteger last;

  /// As told with the last good price, millionths of it.
  int uncertaintyE6;

  boolean fed;
  long timeNs;
  @Nullable BigInteger candidate;
  boolean degraded;
  long degradedSinceNs;
  boolean lost;

  PriceState(
      MarkBatch.Target target, int id, long minimum, long maximum, @Nullable BigInteger initial) {
    this.minimum = Exact.of(minimum);
    this.target = target;
    this.id = id;
    this.maximum = Exact.of(maximum);
    this.last = initial;
  }
}
