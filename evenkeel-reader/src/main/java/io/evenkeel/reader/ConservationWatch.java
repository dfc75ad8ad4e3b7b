package io.evenkeel.reader;

import io.evenkeel.reader.VenueTotals.Conservation;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks now and then that money is conserved. A check scans everything, so the next one waits
/// twenty times as long as it took, and two seconds at least.
final class ConservationWatch {
  private static final long SHORTEST_PAUSE_NS = 2_000_000_000L;
  private static final long PAUSE_PER_COST = 20;

  private final LongSupplier lastEventNumber;
  private final LongSupplier engineTimeNs;
  private final Supplier<List<String>> breaches;
  private @Nullable Conservation last;
  private long dueNs;

  ConservationWatch(VenueState state) {
    this(state.engine()::lastEventNumber, state.view()::nowNs, state.view()::conservationBreaches);
  }

  ConservationWatch(
      LongSupplier lastEventNumber, LongSupplier engineTimeNs, Supplier<List<String>> breaches) {
    this.lastEventNumber = lastEventNumber;
    this.engineTimeNs = engineTimeNs;
    this.breaches = breaches;
  }

  /// Checks if that is due and something has happened since the last check.
  void work(long nowNs) {
    Conservation known = last;
    if (known == null
        || (nowNs - dueNs >= 0
            && (known.checkedEventNumber() != lastEventNumber.getAsLong()
                || known.checkedTimeNs() != engineTimeNs.getAsLong()))) {
      check();
    }
  }

  /// The last check; the first is made when it is asked for.
  Conservation last() {
    Conservation known = last;
    return known == null ? check() : known;
  }

  private Conservation check() {
    long beganNs = System.nanoTime();
    List<String> found;
    try {
      found = breaches.get();
    } catch (ArithmeticException e) {
      found = List.of("balances do not fit 64 bits: " + e.getMessage());
    }
    long endedNs = System.nanoTime();
    dueNs = endedNs + Math.max(SHORTEST_PAUSE_NS, PAUSE_PER_COST * (endedNs - beganNs));
    Conservation checked =
        new Conservation(lastEventNumber.getAsLong(), engineTimeNs.getAsLong(), found);
    last = checked;
    return checked;
  }
}
