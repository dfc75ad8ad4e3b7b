package io.evenkeel.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/// The folder of the log's buffers in shared memory: of one process, worth nothing after it. A file
/// lock beside it says whether its process still lives, also across containers that share the
/// memory but not the process ids.
final class DriverFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DriverFolder.class.getName());
  private static final String PREFIX = "evenkeel-";
  private static final String LOCK = ".lock";
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /// What the buffers can grow to, twice over; containers often give shared memory 64 MiB only.
  private static final long ROOM_BYTES = 1L << 30;

  private static final AtomicLong COUNT = new AtomicLong();

  private final Path folder;
  private final Path lockFile;
  private final FileChannel channel;

  private DriverFolder(Path folder, Path lockFile, FileChannel channel) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /// Names a new folder, and removes those that dead processes left.
  static DriverFolder make() {
    Path parent = parent();
    removeLeftovers(parent);
    String name =
        PREFIX
            + ProcessHandle.current().pid()
            + "-"
            + COUNT.incrementAndGet()
            + "-"
            + Long.toHexString(System.nanoTime());
    Path lockFile = parent.resolve(name + LOCK);
    try {
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.lock();
      return new DriverFolder(parent.resolve(name), lockFile, channel);
    } catch (IOException e) {
      throw new NodeException(
          "cannot write "
              + lockFile
              + " ("
              + e.getMessage()
              + "): make it writable, or name another folder by -Djava.io.tmpdir",
          e);
    }
  }

  private static Path parent() {
    try {
      if (Files.isWritable(SHARED_MEMORY)
          && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= ROOM_BYTES) {
        return SHARED_MEMORY;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot measure " + SHARED_MEMORY, e);
    }
    return Path.of(System.getProperty("java.io.tmpdir", "."));
  }

  private static void removeLeftovers(Path parent) {
    String own = PREFIX + ProcessHandle.current().pid() + "-";
    try (Stream<Path> entries = Files.list(parent)) {
      List<Path> locks =
          entries.filter(path -> isForeignLock(path.getFileName().toString(), own)).toList();
      for (Path lock : locks) {
        removeIfDead(lock);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot look for leftovers in " + parent, e);
    }
  }

  /// Locks of this very process are left alone: to open and close one would give it up.
  private static boolean isForeignLock(String name, String own) {
    return name.startsWith(PREFIX) && name.endsWith(LOCK) && !name.startsWith(own);
  }

  private static void removeIfDead(Path lockFile) {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        String name = lockFile.getFileName().toString();
        Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        IoUtil.delete(folder.toFile(), true);
        Files.deleteIfExists(lockFile);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot remove " + lockFile, e);
    }
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() {
    IoUtil.delete(folder.toFile(), true);
    try {
      Files.deleteIfExists(lockFile);
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot remove " + lockFile, e);
    }
  }
}
