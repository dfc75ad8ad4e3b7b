package io.evenkeel.wire.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/// A piece of the journal in memory, with one whole entry made available at a time. Reads files
/// only; decodes nothing.
final class EntryWindow implements AutoCloseable {
  private static final int FIRST_READ_BYTES = 8 << 10;
  private static final int MOST_READ_BYTES = 256 << 10;

  private final Path folder;
  private final CRC32C crc = new CRC32C();
  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[FIRST_READ_BYTES]);
  private @Nullable SegmentFile segment;
  private long from;
  private long to;
  private int entryAt;
  private long given = -1;
  private int givenCheck;
  private boolean rewound;
  private long examinedPosition = -1;
  private long examinedEnd;

  EntryWindow(Path folder) {
    this.folder = folder;
  }

  /// Makes the entry at a position available; false when it is not there yet, or not wholly.
  ///
  /// @throws JournalException when it is damaged
  boolean load(long position) {
    if (isWhole(position)) {
      return true;
    }
    while (segment != null || openFor(position)) {
      if (fetch(position)) {
        checkRewound();
        return true;
      }
      boolean again = to > position ? examine(position) : follow(position);
      if (!again) {
        return false;
      }
    }
    return false;
  }

  /// Makes the entry at a position available if it is whole, without asking why it is not; for
  /// places that need not be the beginning of an entry.
  boolean probe(long position) {
    return isWhole(position) || ((segment != null || openFor(position)) && fetch(position));
  }

  int type() {
    return bytes.getInt(entryAt + EntryFormat.TYPE_AT, LITTLE_ENDIAN);
  }

  int bodyBytes() {
    return bytes.getInt(entryAt + EntryFormat.LENGTH_AT, LITTLE_ENDIAN);
  }

  int bodyAt() {
    return entryAt + EntryFormat.HEADER_BYTES;
  }

  long bodyLong(int offset) {
    return bytes.getLong(bodyAt() + offset, LITTLE_ENDIAN);
  }

  UnsafeBuffer bytes() {
    return bytes;
  }

  long firstEventOfFile() {
    return segment == null ? 0 : segment.nextEventNumber();
  }

  /// Notes that the entry made available was given; returns the position behind it.
  long passEntry() {
    given = from + entryAt;
    givenCheck = bytes.getInt(entryAt + EntryFormat.CHECK_AT, LITTLE_ENDIAN);
    return given + EntryFormat.entryBytes(bodyBytes());
  }

  /// Forgets what was given last, to go on at another position.
  void moveTo(long position) {
    SegmentFile current = segment;
    if (current != null && (position < current.base() || position >= current.end())) {
      current.close();
      segment = null;
      from = 0;
      to = 0;
    }
    given = -1;
    rewound = false;
    examinedPosition = -1;
  }

  /// File and byte of a position, for messages.
  String place(long position) {
    return segment == null
        ? folder + " at position " + position
        : segment.file() + " at byte " + segment.offsetOf(position);
  }

  /// Position behind the last byte of the file at hand.
  long end() {
    return segment == null ? 0 : segment.end();
  }

  /// Whether a whole and sound entry at a position is in memory.
  private boolean isWhole(long position) {
    if (position < from || to - position < EntryFormat.HEADER_BYTES) {
      return false;
    }
    int at = (int) (position - from);
    int length = bytes.getInt(at + EntryFormat.LENGTH_AT, LITTLE_ENDIAN);
    int check = bytes.getInt(at + EntryFormat.CHECK_AT, LITTLE_ENDIAN);
    if (!isPlausible(at, position)
        || to - position < EntryFormat.entryBytes(length)
        || check != EntryFormat.checksum(crc, bytes.byteArray(), at, length)) {
      return false;
    }
    entryAt = at;
    return true;
  }

  private boolean isPlausible(int at, long position) {
    return EntryFormat.isPlausible(
        bytes.getInt(at + EntryFormat.LENGTH_AT, LITTLE_ENDIAN),
        bytes.getInt(at + EntryFormat.TYPE_AT, LITTLE_ENDIAN),
        bytes.getInt(at + EntryFormat.PLACE_AT, LITTLE_ENDIAN),
        position);
  }

  /// Reads from a position on; true when a whole entry is there.
  private boolean fetch(long position) {
    boolean sequential = position > from && position <= to && to > from;
    if (sequential && bytes.capacity() < MOST_READ_BYTES) {
      bytes.wrap(new byte[4 * bytes.capacity()]);
    }
    fill(position);
    if (to - position >= EntryFormat.HEADER_BYTES && isPlausible(0, position)) {
      int entryBytes = EntryFormat.entryBytes(bytes.getInt(EntryFormat.LENGTH_AT, LITTLE_ENDIAN));
      if (entryBytes > bytes.capacity() && end() - position >= entryBytes) {
        bytes.wrap(new byte[entryBytes]);
        fill(position);
      }
    }
    return isWhole(position);
  }

  private void fill(long position) {
    ByteBuffer target = ByteBuffer.wrap(bytes.byteArray());
    if (segment != null) {
      segment.read(position, target);
    }
    from = position;
    to = position + target.position();
  }

  private boolean openFor(long position) {
    long[] bases = SegmentFile.list(folder);
    int found = Arrays.binarySearch(bases, position);
    int at = found >= 0 ? found : -found - 2;
    if (at < 0) {
      if (bases.length > 0) {
        throw new JournalException(
            "the journal in "
                + folder
                + " begins at position "
                + bases[0]
                + ", after "
                + position
                + "; restore its earlier files from a copy");
      }
      return false;
    }
    segment = SegmentFile.open(folder, bases[at]);
    return segment != null;
  }

  /// At the end of the file at hand: goes to the next file if there is one, and notices when the
  /// journal was opened for writing anew. True when it is worth trying again at once.
  private boolean follow(long position) {
    SegmentFile current = segment;
    if (current == null) {
      return false;
    }
    long end = current.end();
    if (end < position || current.isReplaced()) {
      rewound = true;
      current.close();
      segment = null;
      return false;
    }
    if (end > position) {
      return true;
    }
    SegmentFile next = position > current.base() ? SegmentFile.open(folder, position) : null;
    if (next == null) {
      return false;
    }
    if (current.end() > position) {
      next.close();
      return true;
    }
    current.close();
    segment = next;
    return true;
  }

  /// Bytes that are not a whole entry lie at the position: true when they have become one by now,
  /// false when they are the end of what is written.
  ///
  /// @throws JournalException when something whole lies behind them
  private boolean examine(long position) {
    SegmentFile current = segment;
    if (current == null) {
      return false;
    }
    if (current.isReplaced()) {
      rewound = true;
      current.close();
      segment = null;
      return false;
    }
    long end = current.end();
    if (position == examinedPosition && end == examinedEnd) {
      return false;
    }
    long[] bases = SegmentFile.list(folder);
    boolean goesOn = bases.length > 0 && bases[bases.length - 1] > position;
    if (goesOn || EntryScan.firstWhole(folder, position + 8, end) >= 0) {
      fill(position);
      if (isWhole(position) || fetch(position)) {
        return true;
      }
      throw new JournalException(place(position) + " is damaged; " + DamageRemedy.TEXT);
    }
    examinedPosition = position;
    examinedEnd = end;
    return false;
  }

  /// After the journal was opened for writing anew: what was given last must be there as it was.
  private void checkRewound() {
    if (!rewound || given < 0) {
      rewound = false;
      return;
    }
    try (EntryWindow again = new EntryWindow(folder)) {
      if (!again.load(given)
          || again.bytes.getInt(again.entryAt + EntryFormat.CHECK_AT, LITTLE_ENDIAN)
              != givenCheck) {
        throw new JournalException(
            place(given)
                + " is not what it was: the journal was written anew from another log; start"
                + " reading again from the beginning");
      }
    }
    rewound = false;
  }

  @Override
  public void close() {
    if (segment != null) {
      segment.close();
    }
  }
}
