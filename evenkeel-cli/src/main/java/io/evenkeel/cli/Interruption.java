package io.evenkeel.cli;

import io.evenkeel.lab.replay.Replay;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C ends a replay after the tick at hand; what it came to until then is still reported. The
/// JVM then exits with 130.
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean interrupted;

  /// Listens for Ctrl-C until closed.
  Interruption(Replay replay) {
    hook =
        new Thread(
            () -> {
              interrupted = true;
              replay.stop();
              awaitReport();
            },
            "evenkeel-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitReport() {
    try {
      if (!reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("evenkeel: gave up waiting for the tick at hand; no report");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether Ctrl-C was pressed.
  boolean isInterrupted() {
    return interrupted;
  }

  /// Everything has been printed.
  @Override
  public void close() {
    reported.countDown();
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
