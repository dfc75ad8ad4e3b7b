package io.evenkeel.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The folder that holds everything durable, held by this process. `docs/NODE.md` describes it.
final class DataFolder implements AutoCloseable {
  /// A start writes some small files before it can say anything else; with less room than this it
  /// is not tried.
  static final long LEAST_BYTES_TO_START = 8L << 20;

  private final Path root;
  private final FolderLock lock;

  private DataFolder(Path root, FolderLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /// Makes the folder when it is missing, takes its lock and checks that its history is one this
  /// configuration can go on with. Nothing else is started before.
  ///
  /// @throws NodeException naming the path and the remedy
  static DataFolder open(NodeConfig config, LogSettings settings) {
    Path root = make(config.dataFolder());
    FolderLock lock = FolderLock.take(root);
    try {
      DataFolder folder = new DataFolder(root, lock);
      folder.checkRoom();
      folder.checkVenue(config, settings);
      Files.createDirectories(folder.archive());
      Files.createDirectories(folder.cluster());
      Files.createDirectories(folder.journal());
      return folder;
    } catch (IOException e) {
      lock.close();
      String remedy =
          Fault.isDiskFull(e) ? ": free space there" : ": make it writable for this user";
      throw new NodeException("cannot write the data folder " + root + remedy, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Path make(Path wanted) {
    try {
      return Files.createDirectories(wanted).toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new NodeException(
          "cannot use "
              + e.getFile()
              + " as the data folder or a part of its path: it is a file; choose another path",
          e);
    } catch (IOException e) {
      throw new NodeException(
          "cannot make the data folder "
              + wanted.toAbsolutePath()
              + " ("
              + e.getMessage()
              + "): choose a path where this user may write",
          e);
    }
  }

  private void checkRoom() throws IOException {
    long free = freeBytes();
    if (free < LEAST_BYTES_TO_START) {
      throw new NodeException(
          "the disk of the data folder "
              + root
              + " is full: "
              + free
              + " bytes are left and a start needs "
              + LEAST_BYTES_TO_START
              + "; free space there and start again");
    }
  }

  private void checkVenue(NodeConfig config, LogSettings settings) throws IOException {
    if (VenueFile.isIn(root)) {
      VenueFile.check(root, config.limits(), settings);
      return;
    }
    if (hasFiles(archive()) || hasFiles(cluster())) {
      throw new NodeException(
          root
              + " holds a log but no file "
              + VenueFile.FILE
              + ": restore the whole folder from a backup, or choose another folder");
    }
    VenueFile.write(root, config.limits(), settings);
  }

  private static boolean hasFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  Path root() {
    return root;
  }

  Path archive() {
    return root.resolve("archive");
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path journal() {
    return root.resolve("journal");
  }

  /// Makes sure that this is still the folder that was opened.
  ///
  /// @throws NodeException when it was removed, moved or replaced
  void checkIntact() throws IOException {
    lock.checkIntact();
  }

  /// Space that is left for this user.
  long freeBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  @Override
  public void close() {
    lock.close();
  }
}
