package io.evenkeel.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to use a data folder: a lock of the operating system on `node.lock`, which ends with
/// the process however that ends. The file holds the process id, for messages only.
final class FolderLock implements AutoCloseable {
  static final String FILE = "node.lock";

  /// Folders this process holds. To open a file again that this process has locked, and to close
  /// it, would give the lock up; so the file is not even opened for a folder in here.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  /// Which file was locked; null where the file system does not tell files apart.
  private final @Nullable Object fileKey;

  private FolderLock(Path folder, FileChannel channel) throws IOException {
    this.folder = folder;
    this.channel = channel;
    this.fileKey = fileKey(folder);
  }

  private static @Nullable Object fileKey(Path folder) throws IOException {
    return Files.readAttributes(folder.resolve(FILE), BasicFileAttributes.class).fileKey();
  }

  /// Makes sure that the file locked is still the one at its place. When it is not, the folder was
  /// removed, moved or replaced: what is written may go to files that nobody will find again, and a
  /// second node could begin there.
  ///
  /// @throws NodeException when it is another file, or none
  /// @throws IOException when it cannot be found out
  void checkIntact() throws IOException {
    boolean isIntact;
    try {
      isIntact = Objects.equals(fileKey, fileKey(folder));
    } catch (NoSuchFileException e) {
      isIntact = false;
    }
    if (!isIntact) {
      throw new NodeException(
          "the data folder "
              + folder
              + " was removed, moved or replaced while the node ran ("
              + FILE
              + " is not the file it locked): bring the folder back and start again");
    }
  }

  /// Takes the lock.
  ///
  /// @param folder an existing folder, by its real path
  /// @throws NodeException when another node holds it, naming its process
  static FolderLock take(Path folder) {
    if (!HELD.add(folder)) {
      throw inUse(folder, "this process (" + ProcessHandle.current().pid() + ")");
    }
    try {
      FileChannel channel = lock(folder);
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      HELD.remove(folder);
      throw new NodeException(
          "cannot write " + folder.resolve(FILE) + ": make the folder writable for this user", e);
    } catch (NodeException e) {
      HELD.remove(folder);
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        String holder = Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8).strip();
        throw inUse(folder, holder.isEmpty() ? "another process" : "process " + holder);
      }
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(pid), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static NodeException inUse(Path folder, String holder) {
    return new NodeException(
        "the data folder "
            + folder
            + " is in use by "
            + holder
            + ": stop that node first, or choose another folder");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new NodeException("cannot give up the lock on " + folder, e);
    } finally {
      HELD.remove(folder);
    }
  }
}
