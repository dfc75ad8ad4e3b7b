package io.evenkeel.wire.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The files a journal writer writes: one at a time, each synced in the background once it is full,
/// so that [#sync()] has little left to do.
final class SegmentOutput implements AutoCloseable {
  private static final Executor SYNC_THREADS =
      task -> Thread.ofPlatform().daemon(true).name("evenkeel-journal-sync").start(task);

  private final Path folder;
  private final Disk disk;
  private final List<CompletableFuture<Void>> syncing = new ArrayList<>();
  private FileChannel channel;
  private long offset;
  private boolean newFiles;

  /// Writes bytes to a file; a test puts a full disk here.
  @FunctionalInterface
  interface Disk {
    int write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException;
  }

  private SegmentOutput(Path folder, Disk disk, FileChannel channel, long offset) {
    this.folder = folder;
    this.disk = disk;
    this.channel = channel;
    this.offset = offset;
  }

  /// Begins the first file of a journal.
  static SegmentOutput create(Path folder, Disk disk, long nextEventNumber) {
    try {
      SegmentOutput output = new SegmentOutput(folder, disk, newFile(folder, 0), 0);
      output.newFiles = true;
      output.write(SegmentFile.header(0, nextEventNumber));
      return output;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /// Goes on in the file with a base, behind a position; what lies behind it is cut off.
  static SegmentOutput reopen(Path folder, Disk disk, long base, long position) {
    try {
      FileChannel channel =
          FileChannel.open(SegmentFile.path(folder, base), StandardOpenOption.WRITE);
      long offset = position - base + SegmentFile.HEADER_BYTES;
      channel.truncate(offset);
      return new SegmentOutput(folder, disk, channel, offset);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static FileChannel newFile(Path folder, long base) throws IOException {
    return FileChannel.open(
        SegmentFile.path(folder, base), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /// Appends to the file at hand.
  void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        offset += disk.write(channel, bytes, offset);
      }
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /// Ends the file at hand and begins the next.
  void roll(long base, long nextEventNumber) {
    FileChannel full = channel;
    syncing.removeIf(SegmentOutput::isSynced);
    try {
      channel = newFile(folder, base);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    syncing.add(CompletableFuture.runAsync(() -> syncAndClose(full), SYNC_THREADS));
    offset = 0;
    newFiles = true;
    write(SegmentFile.header(base, nextEventNumber));
  }

  private static boolean isSynced(CompletableFuture<Void> file) {
    return file.isDone() && !file.isCompletedExceptionally();
  }

  private void syncAndClose(FileChannel full) {
    try (full) {
      full.force(false);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /// Waits until the disk holds everything written.
  void sync() {
    try {
      for (CompletableFuture<Void> file : syncing) {
        file.join();
      }
      syncing.clear();
      channel.force(false);
      if (newFiles) {
        syncFolder(folder);
        newFiles = false;
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof JournalException cause ? cause : cannotWrite(folder, e);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  static void syncFolder(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  static JournalException cannotWrite(Path folder, Exception cause) {
    return new JournalException(
        "cannot write the journal in "
            + folder
            + ": "
            + (cause.getMessage() == null ? cause : cause.getMessage())
            + "; free space there or make it writable, then start again: the log holds everything"
            + " acknowledged",
        cause);
  }

  /// Deletes a file of a journal.
  static void delete(Path folder, long base) {
    try {
      Files.deleteIfExists(SegmentFile.path(folder, base));
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      for (CompletableFuture<Void> file : syncing) {
        file.join();
      }
      channel.close();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JournalException cause ? cause : cannotWrite(folder, e);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }
}
