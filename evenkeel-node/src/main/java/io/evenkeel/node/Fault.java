package io.evenkeel.node;

import io.aeron.archive.client.ArchiveException;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.StorageSpaceException;
import io.evenkeel.wire.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Why a node cannot go on. The first reason counts and stays; every part of the node looks here
/// before it tells anybody that something is done.
final class Fault {
  private static final System.Logger LOG = System.getLogger(Fault.class.getName());

  private final Path dataFolder;
  private final AtomicReference<@Nullable NodeException> first = new AtomicReference<>();
  private final CountDownLatch raised = new CountDownLatch(1);

  /// Set once the node is being closed on purpose: what breaks from then on breaks because of that.
  private volatile boolean closing;

  Fault(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /// Keeps the first fault.
  ///
  /// @param where what was being done, for the message
  void raise(String where, Throwable cause) {
    if (closing) {
      LOG.log(System.Logger.Level.DEBUG, "while closing: " + where, cause);
      return;
    }
    NodeException fault =
        cause instanceof NodeException already
            ? already
            : new NodeException(describe(where, cause), cause);
    if (first.compareAndSet(null, fault)) {
      String message = "The node stops: " + fault.getMessage();
      if (cause == fault || isDiskFull(cause)) {
        LOG.log(System.Logger.Level.ERROR, message); // where it was noticed helps nobody
      } else {
        LOG.log(System.Logger.Level.ERROR, message, cause);
      }
      raised.countDown();
    }
  }

  /// Takes what the parts of the log report. Warnings are not faults: a client that went away, a
  /// session that timed out.
  void report(String where, Throwable cause) {
    if (cause instanceof AeronException aeron && aeron.category() == AeronException.Category.WARN) {
      LOG.log(System.Logger.Level.DEBUG, where, cause);
    } else {
      raise(where, cause);
    }
  }

  boolean isRaised() {
    return first.get() != null;
  }

  @Nullable NodeException get() {
    return first.get();
  }

  /// The message of the fault; empty when there is none.
  String text() {
    NodeException fault = first.get();
    return fault == null ? "" : String.valueOf(fault.getMessage());
  }

  /// From here on nothing is a fault any more.
  void expectEnd() {
    closing = true;
  }

  /// Waits for a fault.
  ///
  /// @return whether there is one
  boolean await(long patienceMs) throws InterruptedException {
    return raised.await(patienceMs, TimeUnit.MILLISECONDS);
  }

  private String describe(String where, Throwable cause) {
    if (isDiskFull(cause)) {
      return "the disk that holds "
          + dataFolder
          + " is full ("
          + where
          + "): free space there and start again; nothing that was acknowledged is lost";
    }
    Throwable root = cause;
    while (root.getCause() != null && !(root instanceof JournalException)) {
      root = root.getCause();
    }
    String said = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    boolean isDamaged =
        said.contains("unexpected end of recording") || said.contains("checksum mismatch");
    return where
        + " failed in "
        + dataFolder
        + (isDamaged ? ": the log is damaged, restore the data folder from a backup: " : ": ")
        + said;
  }

  /// Whether a disk without room is behind a failure. A memory-mapped file on a full disk shows as
  /// an [InternalError] of the virtual machine.
  static boolean isDiskFull(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof StorageSpaceException) {
        return true;
      }
      if (at instanceof ArchiveException archive
          && archive.errorCode() == ArchiveException.STORAGE_SPACE) {
        return true;
      }
      String message = at.getMessage();
      if (message != null && saysFull(at, message)) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysFull(Throwable failure, String message) {
    return switch (failure) {
      case IOException _ ->
          message.contains("No space left")
              || message.contains("not enough space")
              || message.contains("Disk quota exceeded");
      case InternalError _ -> message.contains("memory access");
      default -> false;
    };
  }
}
