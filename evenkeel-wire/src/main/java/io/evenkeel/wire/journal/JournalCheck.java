package io.evenkeel.wire.journal;

import java.nio.file.Path;

/// Whether a journal can be gone on with at a position; reads the file it lies in up to there.
final class JournalCheck {
  private JournalCheck() {}

  /// Base of the file in which the last entry before a position lies.
  static long segmentBefore(Path folder, long[] bases, long position) {
    for (int i = bases.length - 1; i >= 0; i--) {
      if (bases[i] < position) {
        return bases[i];
      }
    }
    throw endsBefore(folder, 0, position);
  }

  /// Refuses a position that is not between two entries or not between two event numbers.
  static void check(Path folder, long base, long position, long nextEventNumber) {
    try (JournalCursor cursor = JournalCursor.at(folder, base)) {
      long next = cursor.firstEventOfFile(nextEventNumber);
      while (cursor.position() < position && cursor.skip()) {
        next = Math.max(next, cursor.lastEventNumber() + 1);
      }
      if (cursor.position() < position) {
        throw endsBefore(folder, cursor.position(), position);
      }
      if (cursor.position() > position) {
        throw new JournalException(
            "position "
                + position
                + " of the journal in "
                + folder
                + " lies inside an entry; the snapshot that names it is of another journal");
      }
      if (next != nextEventNumber) {
        throw new JournalException(
            "the journal in "
                + folder
                + " has event "
                + next
                + " next at position "
                + position
                + ", not "
                + nextEventNumber
                + "; the snapshot that says so is of another journal");
      }
    }
  }

  private static JournalException endsBefore(Path folder, long end, long position) {
    return new JournalException(
        "the journal in "
            + folder
            + " ends at position "
            + end
            + ", before "
            + position
            + "; restore its files from a copy, or start the node without snapshots so that it"
            + " writes the journal again from its log");
  }
}
