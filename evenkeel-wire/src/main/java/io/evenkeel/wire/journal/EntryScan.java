package io.evenkeel.wire.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds entries from a place that need not be the beginning of one.
final class EntryScan {
  private static final int READ_BYTES = 64 << 10;

  private EntryScan() {}

  /// Position of the first whole and sound entry in one file.
  ///
  /// @param from first position looked at, within the file; 8 divides it
  /// @param end position behind the last byte looked at, in the same file
  /// @return -1 when there is none
  static long firstWhole(Path folder, long from, long end) {
    SegmentFile segment = from < end ? openBefore(folder, from) : null;
    if (segment == null) {
      return -1;
    }
    ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (segment;
        EntryWindow window = new EntryWindow(folder)) {
      long position = from;
      while (position + EntryFormat.HEADER_BYTES <= end) {
        bytes.clear();
        segment.read(position, bytes);
        int last = bytes.position() - EntryFormat.HEADER_BYTES;
        if (last < 0) {
          return -1;
        }
        for (int at = 0; at <= last; at += 8) {
          if (mayBegin(bytes, at, position + at) && window.probe(position + at)) {
            return position + at;
          }
        }
        position += (last & ~7) + 8;
      }
      return -1;
    }
  }

  private static boolean mayBegin(ByteBuffer bytes, int at, long position) {
    return EntryFormat.isPlausible(
        bytes.getInt(at + EntryFormat.LENGTH_AT),
        bytes.getInt(at + EntryFormat.TYPE_AT),
        bytes.getInt(at + EntryFormat.PLACE_AT),
        position);
  }

  private static @Nullable SegmentFile openBefore(Path folder, long position) {
    long[] bases = SegmentFile.list(folder);
    int found = Arrays.binarySearch(bases, position);
    int at = found >= 0 ? found : -found - 2;
    return at < 0 ? null : SegmentFile.open(folder, bases[at]);
  }
}
