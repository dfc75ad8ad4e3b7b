package io.evenkeel.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A bounded number of places for connections that last. A place is reserved when a connection asks
/// and taken when it is open, both on its thread; of one that ends in between nothing is heard, so
/// a reservation lasts as long as its thread.
final class Places<T> {
  private final int most;
  private final Set<Thread> reserved = new HashSet<>();
  private final Set<T> taken = new HashSet<>();

  Places(int most) {
    this.most = most;
  }

  /// Whether one more would be too many.
  synchronized boolean isFull() {
    reserved.removeIf(thread -> !thread.isAlive());
    return taken.size() + reserved.size() >= most;
  }

  /// Keeps a place for the connection of the calling thread.
  ///
  /// @return false when there is none
  synchronized boolean reserve() {
    return !isFull() && reserved.add(Thread.currentThread());
  }

  /// Takes the place that was reserved by the calling thread.
  synchronized void take(T holder) {
    reserved.remove(Thread.currentThread());
    taken.add(holder);
  }

  synchronized void leave(T holder) {
    taken.remove(holder);
    notifyAll();
  }

  /// Waits until all have left, but not for ever.
  synchronized void awaitEmpty(Duration patience) {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    long leftNs = patience.toNanos();
    try {
      while (!taken.isEmpty() && leftNs > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        leftNs = deadlineNs - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized int count() {
    return taken.size();
  }

  synchronized List<T> holders() {
    return List.copyOf(taken);
  }
}
