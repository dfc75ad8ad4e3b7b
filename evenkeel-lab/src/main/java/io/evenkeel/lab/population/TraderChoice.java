package io.evenkeel.lab.population;

import java.util.SplittableRandom;

/// Who acts next, and who is asked to take the other side of a trade. Whoever reads accounts from
/// afar lets only those act that it has just read.
@FunctionalInterface
public interface TraderChoice {
  /// Number of a trader, drawn from `random` and nothing else.
  int next(SplittableRandom random);
}
