package io.evenkeel.wire.journal;

import java.util.zip.CRC32C;

/// How one entry lies in a journal file; `docs/JOURNAL.md` describes it. Every number is little
/// endian, every entry begins at a position that 8 divides.
final class EntryFormat {
  /// CRC-32C of everything behind it in the entry, padding excluded.
  static final int CHECK_AT = 0;

  /// Bytes of the body, without this header and without padding.
  static final int LENGTH_AT = 4;

  /// One of the types below.
  static final int TYPE_AT = 8;

  /// The entry's position divided by 8, low half: bytes that were moved are not an entry.
  static final int PLACE_AT = 12;

  static final int HEADER_BYTES = 16;

  static final int COMMAND = 1;
  static final int EVENT = 2;
  static final int ANSWER = 3;
  static final int SNAPSHOT = 4;

  /// Log position, log time, session, command number; then the encoded command.
  static final int COMMAND_FIELDS = 32;

  /// Event number, time, log position of the command, journal position of the command; then the
  /// encoded event.
  static final int EVENT_FIELDS = 32;

  /// Largest body there can be; far above what the engine's limits allow.
  static final int MOST_BODY_BYTES = 1 << 28;

  private EntryFormat() {}

  /// Bytes from the beginning of an entry to the next.
  static int entryBytes(int bodyBytes) {
    return (HEADER_BYTES + bodyBytes + 7) & ~7;
  }

  static int place(long position) {
    return (int) (position >>> 3);
  }

  static boolean isPlausible(int bodyBytes, int type, int place, long position) {
    return bodyBytes >= 0
        && bodyBytes <= MOST_BODY_BYTES
        && type >= COMMAND
        && type <= SNAPSHOT
        && place == place(position);
  }

  static int checksum(CRC32C crc, byte[] bytes, int entryAt, int bodyBytes) {
    crc.reset();
    crc.update(bytes, entryAt + LENGTH_AT, HEADER_BYTES - LENGTH_AT + bodyBytes);
    return (int) crc.getValue();
  }
}
