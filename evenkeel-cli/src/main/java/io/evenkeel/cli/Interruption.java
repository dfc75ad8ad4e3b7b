package io.evenkeel.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C (or the end of the session, or `kill`) asks a verb to come to an end; the process waits
/// until it has. The JVM then exits with 130, or with 143 after `kill`.
final class Interruption implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean interrupted;

  /// Listens until closed.
  ///
  /// @param stop asks the verb to end; returns at once; called on another thread
  /// @param patienceSeconds how long the verb may take to end
  Interruption(Runnable stop, int patienceSeconds) {
    hook =
        new Thread(
            () -> {
              interrupted = true;
              stop.run();
              await(patienceSeconds);
            },
            "evenkeel-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await(int patienceSeconds) {
    try {
      if (!ended.await(patienceSeconds, TimeUnit.SECONDS)) {
        System.err.println("evenkeel: gave up waiting for a clean end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the end was asked for.
  boolean isInterrupted() {
    return interrupted;
  }

  /// Everything is done and printed.
  @Override
  public void close() {
    ended.countDown();
    if (!interrupted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // Ctrl-C came in this very moment; the hook ends by itself.
        interrupted = true;
      }
    }
  }
}
