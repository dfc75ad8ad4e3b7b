package io.evenkeel.wire.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where a journal ends while it is being written. Not thread-safe.
public final class JournalEnd {
  private final Path folder;
  private long base;
  private Path file;

  /// Watches a journal, which need not be there yet.
  public JournalEnd(Path folder) {
    this.folder = folder;
    file = SegmentFile.path(folder, 0);
  }

  /// Position behind the last byte written, that of a half-written entry included; 0 when there is
  /// nothing yet. Goes back when the journal is opened for writing anew.
  ///
  /// @throws JournalException when the folder cannot be read
  public long position() {
    long size = size(file);
    if (size < 0) {
      long[] bases = SegmentFile.list(folder);
      moveTo(bases.length == 0 ? 0 : bases[bases.length - 1]);
      size = size(file);
    }
    long end = base + Math.max(0, size - SegmentFile.HEADER_BYTES);
    while (end > base && size(SegmentFile.path(folder, end)) >= SegmentFile.HEADER_BYTES) {
      moveTo(end);
      end = base + Math.max(0, size(file) - SegmentFile.HEADER_BYTES);
    }
    return end;
  }

  private void moveTo(long newBase) {
    base = newBase;
    file = SegmentFile.path(folder, newBase);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException _) {
      return -1;
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
