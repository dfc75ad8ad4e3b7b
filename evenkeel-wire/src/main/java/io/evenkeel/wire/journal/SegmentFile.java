package io.evenkeel.wire.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the journal, open for reading. It is named by the position at which its first entry
/// lies and begins with a header; the header does not count in positions.
final class SegmentFile implements AutoCloseable {
  static final int HEADER_BYTES = 64;

  private static final long MAGIC = 0x4C4E_524A_4B45_5645L; // "EVEKJRNL" as bytes
  private static final int VERSION = 1;
  private static final int VERSION_AT = 8;
  private static final int BASE_AT = 16;
  private static final int NEXT_EVENT_AT = 24;
  private static final int CHECK_AT = HEADER_BYTES - 8;
  private static final Pattern NAME = Pattern.compile("journal-([0-9a-f]{16})\\.ekj");

  private final Path file;
  private final FileChannel channel;
  private final @Nullable Object key;
  private final long base;
  private final long nextEventNumber;

  private SegmentFile(Path file, FileChannel channel, ByteBuffer header) throws IOException {
    this.file = file;
    this.channel = channel;
    key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    base = header.getLong(BASE_AT);
    nextEventNumber = header.getLong(NEXT_EVENT_AT);
  }

  static Path path(Path folder, long base) {
    return folder.resolve(String.format("journal-%016x.ekj", base));
  }

  /// Bases of all files of a journal, rising; empty when the folder does not exist yet.
  static long[] list(Path folder) {
    long[] bases = new long[16];
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          if (count == bases.length) {
            bases = Arrays.copyOf(bases, 2 * count);
          }
          bases[count++] = Long.parseUnsignedLong(name.group(1), 16);
        }
      }
    } catch (NoSuchFileException _) {
      return new long[0];
    } catch (NotDirectoryException e) {
      throw new JournalException(folder + " is not a folder; name another for the journal", e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new JournalException(
          "cannot list the journal folder " + folder + ": " + e.getMessage(), e);
    }
    bases = Arrays.copyOf(bases, count);
    Arrays.sort(bases);
    return bases;
  }

  /// The header of a new file.
  static ByteBuffer header(long base, long nextEventNumber) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(0, MAGIC);
    header.putInt(VERSION_AT, VERSION);
    header.putInt(VERSION_AT + Integer.BYTES, HEADER_BYTES);
    header.putLong(BASE_AT, base);
    header.putLong(NEXT_EVENT_AT, nextEventNumber);
    header.putInt(CHECK_AT, headerChecksum(header));
    return header;
  }

  private static int headerChecksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, CHECK_AT));
    return (int) crc.getValue();
  }

  /// Opens the file that begins at a position; null when it is not there or its header is not
  /// written yet.
  ///
  /// @throws JournalException when the header is damaged or of another version
  static @Nullable SegmentFile open(Path folder, long base) {
    Path file = path(folder, base);
    FileChannel channel = null;
    SegmentFile opened = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (header.hasRemaining() && channel.read(header, header.position()) >= 0) {}
      if (!header.hasRemaining()) {
        check(file, header, base);
        opened = new SegmentFile(file, channel, header);
      }
      return opened;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    } finally {
      if (opened == null && channel != null) {
        close(channel);
      }
    }
  }

  private static void check(Path file, ByteBuffer header, long base) {
    if (header.getLong(0) != MAGIC) {
      throw new JournalException(file + " is not a journal file (byte 0)");
    }
    int version = header.getInt(VERSION_AT);
    if (version != VERSION) {
      throw new JournalException(
          file
              + " is of journal version "
              + version
              + " (byte "
              + VERSION_AT
              + "); this program reads "
              + VERSION);
    }
    if (header.getInt(CHECK_AT) != headerChecksum(header) || header.getLong(BASE_AT) != base) {
      throw new JournalException(
          file + " has a damaged header (bytes 0 to " + HEADER_BYTES + "); " + DamageRemedy.TEXT);
    }
  }

  /// Reads from a position on until the target is full or the file ends.
  void read(long position, ByteBuffer target) {
    try {
      long offset = offsetOf(position);
      for (int read = 0; target.hasRemaining() && read >= 0; offset += read) {
        read = channel.read(target, offset);
      }
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// Position behind the last byte written by now; before the base of an emptied file.
  long end() {
    try {
      return base + channel.size() - HEADER_BYTES;
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// Whether the name stands for another file than this by now, or for none: then the journal was
  /// opened for writing anew at an earlier position.
  boolean isReplaced() {
    try {
      Object keyNow = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key != null && !key.equals(keyNow);
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  Path file() {
    return file;
  }

  long base() {
    return base;
  }

  /// Number of the first event in this file, or the next to come when it holds none.
  long nextEventNumber() {
    return nextEventNumber;
  }

  /// The byte of the file at which a position lies.
  long offsetOf(long position) {
    return position - base + HEADER_BYTES;
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("cannot close a journal file: " + e.getMessage(), e);
    }
  }
}
