package io.evenkeel.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The execution order: in which order the decisions of one step are executed.
final class Ranking {
  private final AuditBook book;

  Ranking(AuditBook book) {
    this.book = book;
  }

  /// Sorts weighings, all of one state, into the venue's execution order.
  List<Weighed> order(Collection<Weighed> weighings) {
    List<Weighed> ordered = new ArrayList<>(weighings);
    Comparator<Weighed> byIndex = Comparator.comparingInt(weighed -> weighed.account().index);
    Comparator<Weighed> order =
        switch (book.executionOrder()) {
          case INDEX -> byIndex;
          case ARRIVAL ->
              Comparator.comparing((Weighed weighed) -> weighed.account().rows().isEmpty())
                  .thenComparingLong(weighed ->
                      weighed.account().rows().isEmpty() ? 0L : weighed.account().arrival)
                  .thenComparing(byIndex);
          case HEALTH_RATIO -> ((Comparator<Weighed>) Ranking::byHealth).thenComparing(byIndex);
        };
    ordered.sort(order);
    return ordered;
  }

  /// Compares `equity / maintenance`; without maintenance, or with one below zero, a negative equity is the lowest, any
  /// other the highest.
  private static int byHealth(Weighed left, Weighed right) {
    int byExtreme = Integer.compare(extreme(left), extreme(right));
    if (byExtreme != 0 || left.maintenance().signum() <= 0) {
      return byExtreme;
    }
    BigInteger leftCross = left.equity().multiply(right.maintenance());
    return leftCross.compareTo(right.equity().multiply(left.maintenance()));
  }

  private static int extreme(Weighed weighed) {
    if (weighed.maintenance().signum() > 0) {
      return 0;
    }
    return weighed.equity().signum() < 0 ? -1 : 1;
  }
}
