package io.evenkeel.gateway;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at everything that is under way, several times a second, and ends what takes too long: a
/// client that sends half a request, or does not read its answer, must not hold a thread and a
/// place for ever. Interrupting a virtual thread in a socket closes that socket.
final class Watch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Set<Ward> wards = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean isClosed;

  Watch() {
    thread = Thread.ofPlatform().daemon().name("gateway-watch").start(this::run);
  }

  /// Something under way.
  interface Ward {
    /// Looks whether it takes too long. Must be quick and must not throw.
    void check(long nowNs);
  }

  void add(Ward ward) {
    wards.add(ward);
  }

  void remove(Ward ward) {
    wards.remove(ward);
  }

  /// Interrupts the calling thread when it does not close what this returns in time.
  Deadline within(Duration patience) {
    Deadline deadline =
        new Deadline(this, Thread.currentThread(), System.nanoTime() + patience.toNanos());
    add(deadline);
    return deadline;
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void run() {
    while (!isClosed) {
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException e) {
        return;
      }
      long nowNs = System.nanoTime();
      for (Ward ward : wards) {
        ward.check(nowNs);
      }
    }
  }

  /// The time one thread has.
  static final class Deadline implements Ward, AutoCloseable {
    private final Watch watch;
    private final Thread thread;
    private final long deadlineNs;
    private boolean isDone;
    private boolean hasPassed;

    private Deadline(Watch watch, Thread thread, long deadlineNs) {
      this.watch = watch;
      this.thread = thread;
      this.deadlineNs = deadlineNs;
    }

    @Override
    public synchronized void check(long nowNs) {
      if (!isDone && !hasPassed && nowNs - deadlineNs > 0) {
        hasPassed = true;
        thread.interrupt();
      }
    }

    /// Whether time ran out; the thread was interrupted then.
    synchronized boolean hasPassed() {
      return hasPassed;
    }

    /// In time; or too late, and then the interrupt is taken back.
    @Override
    public void close() {
      watch.remove(this);
      synchronized (this) {
        isDone = true;
        if (hasPassed && Thread.currentThread().equals(thread)) {
          Thread.interrupted();
        }
      }
    }
  }
}
