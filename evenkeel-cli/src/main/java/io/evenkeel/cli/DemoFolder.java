package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the demo keeps its venue, with a note of who trades on it, so that a later start goes on
/// with the same crowd.
final class DemoFolder {
  private static final String NOTE = "demo.properties";
  private static final String LOCK = "node.lock";
  private static final int STANDARD_ACCOUNTS = 10_000;
  private static final long STANDARD_SEED = 1;

  private final Path folder;
  private final boolean isNew;
  private final int accounts;
  private final long seed;
  private boolean isSetUp;

  private DemoFolder(Path folder, boolean isNew, int accounts, long seed, boolean isSetUp) {
    this.folder = folder;
    this.isNew = isNew;
    this.accounts = accounts;
    this.seed = seed;
    this.isSetUp = isSetUp;
  }

  /// The folder that is meant when none is named: the user's own, by the XDG convention.
  static Path standard() {
    String data = System.getenv("XDG_DATA_HOME");
    Path home =
        data != null && !data.isEmpty()
            ? Path.of(data)
            : Path.of(System.getProperty("user.home", "."), ".local", "share");
    return home.resolve("evenkeel").resolve("demo");
  }

  /// Opens or makes the folder.
  ///
  /// @param accounts null for those it has, or the usual number
  /// @param seed null for the one it has, or the usual one
  /// @throws Failure when it holds something else, or a demo with other accounts
  static DemoFolder open(
      Path folder, boolean fresh, @Nullable Integer accounts, @Nullable Long seed) {
    try {
      Path note = folder.resolve(NOTE);
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new Failure(folder + ": is not a folder; name another with --data");
      }
      if (!Files.exists(note) && Files.isDirectory(folder) && !isEmpty(folder)) {
        throw new Failure(
            folder + ": is not empty and holds no demo; name another folder with --data");
      }
      if (fresh && Files.exists(note)) {
        clear(folder);
      }
      if (Files.exists(note)) {
        return known(folder, read(note), accounts, seed);
      }
      Files.createDirectories(folder);
      DemoFolder made =
          new DemoFolder(
              folder,
              true,
              accounts == null ? STANDARD_ACCOUNTS : accounts,
              seed == null ? STANDARD_SEED : seed,
              false);
      made.write();
      return made;
    } catch (IOException e) {
      throw new Failure(folder + ": cannot be used (" + e + "); name another with --data");
    }
  }

  private static DemoFolder known(
      Path folder, Properties note, @Nullable Integer accounts, @Nullable Long seed) {
    try {
      int hasAccounts = Integer.parseInt(note.getProperty("accounts", ""));
      long hasSeed = Long.parseLong(note.getProperty("seed", ""));
      if ((accounts != null && accounts != hasAccounts) || (seed != null && seed != hasSeed)) {
        throw new Failure(
            "%s: holds a demo of %d accounts with seed %d; leave --accounts and --seed out to go on with it, or start over with --fresh"
                .formatted(folder, hasAccounts, hasSeed));
      }
      boolean isSetUp = Boolean.parseBoolean(note.getProperty("setUp", "false"));
      return new DemoFolder(folder, false, hasAccounts, hasSeed, isSetUp);
    } catch (NumberFormatException e) {
      throw new Failure(folder.resolve(NOTE) + ": is damaged; start over with --fresh");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /// Deletes the demo's folder, unless a running demo holds it.
  private static void clear(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (Files.exists(lock)) {
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock held = channel.tryLock()) {
        if (held == null) {
          throw inUse(folder);
        }
      } catch (OverlappingFileLockException e) {
        throw inUse(folder);
      }
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            // The note goes last: with it gone the folder would no longer be known as a demo's.
            if (!file.equals(folder.resolve(NOTE))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!visited.equals(folder)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(folder.resolve(NOTE));
  }

  private static Failure inUse(Path folder) {
    return new Failure(folder + ": a demo is running on it; stop it first");
  }

  private static Properties read(Path note) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(note)) {
      properties.load(reader);
    }
    return properties;
  }

  private void write() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("accounts", Integer.toString(accounts));
    properties.setProperty("seed", Long.toString(seed));
    properties.setProperty("setUp", Boolean.toString(isSetUp));
    Path next = folder.resolve(NOTE + ".new");
    try (Writer writer = Files.newBufferedWriter(next)) {
      properties.store(writer, "Evenkeel demo");
    }
    Files.move(
        next,
        folder.resolve(NOTE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path folder() {
    return folder;
  }

  /// Whether nothing was there before.
  boolean isNew() {
    return isNew;
  }

  /// Number of trader accounts.
  int accounts() {
    return accounts;
  }

  /// Seed of traders and prices.
  long seed() {
    return seed;
  }

  /// Whether all accounts have been opened and funded.
  boolean isSetUp() {
    return isSetUp;
  }

  /// Notes that they have been.
  void noteSetUp() {
    isSetUp = true;
    try {
      write();
    } catch (IOException e) {
      throw new Failure(folder + ": cannot be written (" + e + "); check space and permissions");
    }
  }
}
