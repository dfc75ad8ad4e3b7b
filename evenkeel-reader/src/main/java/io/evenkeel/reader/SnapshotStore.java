package io.evenkeel.reader;

import io.evenkeel.engine.snapshot.UnreadableState;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.wire.journal.JournalCursor;
import io.evenkeel.wire.journal.JournalEntry;
import io.evenkeel.wire.journal.JournalEntry.SnapshotTaken;
import io.evenkeel.wire.journal.JournalException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The reader's own snapshot files. They only save time: a reader without them reads the journal
/// from the beginning. So whatever goes wrong with them is noted and never stops the reader.
final class SnapshotStore {
  /// Files kept.
  static final int KEPT = 2;

  private static final String ENDING = ".eks";
  private static final String UNFINISHED = ".eks.tmp";
  private static final long PATIENCE_NS = 3_000_000_000L;

  private final Path folder;
  private final AtomicBoolean isFinishing = new AtomicBoolean();
  private volatile String startNote = "";
  private volatile String writeNote = "";
  private @Nullable Thread finisher;

  /// @throws JournalException when the folder cannot be made
  SnapshotStore(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      for (Path left : list(UNFINISHED)) {
        Files.deleteIfExists(left);
      }
    } catch (IOException e) {
      throw new JournalException(
          "cannot use the reader's snapshot folder "
              + folder
              + " ("
              + e
              + "); make it writable or name another",
          e);
    }
  }

  /// A state to start from, and the cursor that goes on there.
  record Start(VenueState state, JournalCursor cursor) {}

  /// What is not as it should be; empty when there is nothing to say.
  String note() {
    String atStart = startNote;
    String atWriting = writeNote;
    return atStart.isEmpty() || atWriting.isEmpty()
        ? atStart + atWriting
        : atStart + "; " + atWriting;
  }

  /// Loads the newest snapshot that can be read and that the journal still reaches; null when there
  /// is none.
  @Nullable Start load(
      Path journalFolder, EngineLimits limits, EventTally tally, BooleanSupplier isClosed) {
    List<Path> files;
    try {
      files = list(ENDING);
    } catch (IOException e) {
      startNote = "cannot list " + folder + ": " + e.getMessage();
      return null;
    }
    for (Path file : files) {
      RecentDecisions decisions = new RecentDecisions(journalFolder);
      JournalCursor cursor = null;
      try {
        cursor = reach(SnapshotFile.readHead(file), file, journalFolder, isClosed);
        if (cursor != null) {
          return new Start(SnapshotFile.read(file, limits, decisions, tally), cursor);
        }
      } catch (EOFException _) {
        startNote = "snapshot " + file + " was not used: it is cut short";
        close(cursor);
      } catch (UnreadableState e) {
        startNote = "snapshot " + file + " was not used: it " + e.getMessage();
        close(cursor);
      } catch (IOException | RuntimeException e) {
        // damaged state may end in anything before its hash is looked at
        startNote = "snapshot " + file + " was not used: it cannot be read (" + e + ")";
        close(cursor);
      }
      decisions.close();
    }
    return null;
  }

  private static void close(@Nullable JournalCursor cursor) {
    if (cursor != null) {
      cursor.close();
    }
  }

  /// A cursor behind the entry that tells of the node's snapshot; null when the journal does not
  /// have it, also not after a moment: a node that starts writes it again first.
  private @Nullable JournalCursor reach(
      SnapshotFile.Head head, Path file, Path journalFolder, BooleanSupplier isClosed) {
    JournalCursor cursor = JournalCursor.at(journalFolder, head.entryPosition());
    long deadline = System.nanoTime() + PATIENCE_NS;
    try {
      JournalEntry entry = cursor.next();
      while (entry == null && System.nanoTime() < deadline && !isClosed.getAsBoolean()) {
        LockSupport.parkNanos(5_000_000);
        entry = cursor.next();
      }
      if (entry instanceof SnapshotTaken taken && taken.stateHash().equals(head.stateHash())) {
        return cursor;
      }
      startNote =
          "snapshot "
              + file
              + " was not used: the journal "
              + (entry == null ? "ends before it" : "tells of another state there");
    } catch (JournalException e) {
      startNote = "snapshot " + file + " was not used: " + e.getMessage();
    }
    cursor.close();
    return null;
  }

  /// Hashes the state where the node took a snapshot and, unless the last file is still on its way
  /// to the disk, writes a file that becomes valid once it is wholly there.
  ///
  /// @param mayWrite false hashes only
  /// @return the hash of the state
  String take(VenueState state, long entryPosition, SnapshotTaken taken, boolean mayWrite) {
    String name = String.format("reader-%016x", entryPosition);
    Path unfinished = folder.resolve(name + UNFINISHED);
    if (mayWrite && isFinishing.compareAndSet(false, true)) {
      boolean isWritten = false;
      try {
        String hash = SnapshotFile.write(state, entryPosition, taken, unfinished);
        if (hash.equals(taken.stateHash())) {
          isWritten = true;
          finish(unfinished, folder.resolve(name + ENDING));
        } else {
          Files.deleteIfExists(unfinished);
        }
        return hash;
      } catch (IOException e) {
        writeNote = "cannot write a snapshot into " + folder + ": " + e.getMessage();
      } finally {
        if (!isWritten) {
          isFinishing.set(false);
        }
      }
    }
    try {
      return SnapshotFile.write(state, entryPosition, taken, null);
    } catch (IOException e) {
      throw new IllegalStateException("hashing writes no file", e);
    }
  }

  private void finish(Path unfinished, Path file) {
    finisher =
        Thread.ofPlatform()
            .daemon(true)
            .name("evenkeel-reader-snapshot")
            .start(() -> {
              try {
                sync(unfinished, StandardOpenOption.WRITE);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                sync(folder, StandardOpenOption.READ);
                List<Path> files = list(ENDING);
                for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
                  Files.deleteIfExists(old);
                }
                writeNote = "";
              } catch (IOException e) {
                writeNote = "cannot finish snapshot " + file + ": " + e.getMessage();
              } finally {
                isFinishing.set(false);
              }
            });
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /// Files with an ending, newest first.
  private List<Path> list(String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "reader-*" + ending)) {
      all.forEach(files::add);
    }
    files.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
    return files;
  }

  /// Waits until the last file is finished.
  void close() {
    Thread last = finisher;
    if (last != null) {
      try {
        last.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
