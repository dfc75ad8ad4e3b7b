package io.evenkeel.reader;

import io.evenkeel.wire.journal.JournalEnd;
import io.evenkeel.wire.journal.JournalException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// One thread that looks at the end of the journal on behalf of all event feeds that wait; it
/// sleeps while none does.
final class JournalWatch implements AutoCloseable {
  private static final long LOOK_NS = 1_000_000;
  private static final long LONGEST_WAIT_NS = 50_000_000;

  private final JournalEnd journal;
  private final Thread thread;
  private long end;
  private int waiting;
  private boolean isClosed;

  JournalWatch(Path journalFolder) {
    journal = new JournalEnd(journalFolder);
    thread = Thread.ofPlatform().daemon(true).name("evenkeel-journal-watch").start(this::watch);
  }

  private void watch() {
    while (!isClosed()) {
      if (isWanted()) {
        look();
        LockSupport.parkNanos(LOOK_NS);
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void look() {
    long now;
    try {
      now = journal.position();
    } catch (JournalException _) {
      return; // whoever reads there meets it too, and says so
    }
    synchronized (this) {
      if (now != end) {
        end = now;
        notifyAll();
      }
    }
  }

  private synchronized boolean isWanted() {
    return waiting > 0;
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  /// Where the journal ended when last looked at.
  synchronized long end() {
    return end;
  }

  /// Waits until the journal ends elsewhere than at `known`; not longer than `patienceNs`, nor than
  /// a moment after which it is worth looking oneself.
  void await(long known, long patienceNs) throws InterruptedException {
    long deadline = System.nanoTime() + Math.min(patienceNs, LONGEST_WAIT_NS);
    boolean isFirst;
    synchronized (this) {
      isFirst = waiting++ == 0;
    }
    if (isFirst) {
      LockSupport.unpark(thread);
    }
    synchronized (this) {
      try {
        long left = deadline - System.nanoTime();
        while (end == known && !isClosed && left > 0) {
          wait(left / 1_000_000, (int) (left % 1_000_000));
          left = deadline - System.nanoTime();
        }
      } finally {
        waiting--;
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    LockSupport.unpark(thread);
  }
}
