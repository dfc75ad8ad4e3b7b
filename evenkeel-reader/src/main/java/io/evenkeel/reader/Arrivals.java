package io.evenkeel.reader;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Those who wait until the reader has applied the log up to a position.
final class Arrivals {
  private record Waiter(long logPosition, CompletableFuture<Boolean> told) {}

  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::logPosition));
  private long reached = -1;
  private boolean isStopped;

  /// Completes with true when the position is reached, with false when patience runs out or the
  /// reader stops.
  CompletableFuture<Boolean> await(long logPosition, Duration patience) {
    Waiter waiter = new Waiter(logPosition, new CompletableFuture<>());
    synchronized (this) {
      if (reached >= logPosition || isStopped) {
        return CompletableFuture.completedFuture(reached >= logPosition);
      }
      waiters.add(waiter);
    }
    waiter.told.completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS);
    var _ = waiter.told.whenComplete((_, _) -> remove(waiter));
    return waiter.told;
  }

  private synchronized void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /// Tells those who waited for this position or an earlier one.
  void reached(long logPosition) {
    Waiter waiter = poll(logPosition);
    while (waiter != null) {
      waiter.told.complete(true);
      waiter = poll(logPosition);
    }
  }

  private synchronized @Nullable Waiter poll(long logPosition) {
    reached = Math.max(reached, logPosition);
    Waiter first = waiters.peek();
    return first != null && first.logPosition <= reached ? waiters.poll() : null;
  }

  /// Tells everybody that it will not come.
  void stop() {
    Waiter waiter = pollStopped();
    while (waiter != null) {
      waiter.told.complete(false);
      waiter = pollStopped();
    }
  }

  private synchronized @Nullable Waiter pollStopped() {
    isStopped = true;
    return waiters.poll();
  }
}
