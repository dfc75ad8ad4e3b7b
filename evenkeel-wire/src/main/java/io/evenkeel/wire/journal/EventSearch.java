package io.evenkeel.wire.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds the command that caused an event: the file by the headers, the place in it by halving.
final class EventSearch {
  /// What is left is read through.
  private static final int READ_THROUGH_BYTES = 128 << 10;

  private EventSearch() {}

  /// Position of the command of the first event with this number or a later one, or of the end.
  static long commandOf(Path folder, long eventNumber) {
    long[] bases = SegmentFile.list(folder);
    try (SegmentFile segment = holding(folder, bases, eventNumber);
        EntryWindow window = new EntryWindow(folder)) {
      if (segment == null) {
        return 0;
      }
      if (segment.nextEventNumber() > eventNumber && segment.base() > 0) {
        throw new JournalException(
            "the journal in "
                + folder
                + " begins with event "
                + segment.nextEventNumber()
                + ", after "
                + eventNumber
                + "; restore its earlier files from a copy");
      }
      long before = segment.base();
      long behind = segment.end();
      while (behind - before > READ_THROUGH_BYTES) {
        long middle = before + (behind - before) / 2 & ~7L;
        long event = nextEvent(window, EntryScan.firstWhole(folder, middle, behind), behind);
        if (event < 0 || window.bodyLong(0) >= eventNumber) {
          behind = middle;
        } else {
          before = event;
        }
      }
      return readThrough(window, before, eventNumber);
    }
  }

  /// The last file that begins with this event or an earlier one.
  private static @Nullable SegmentFile holding(Path folder, long[] bases, long eventNumber) {
    int first = 0;
    int last = bases.length - 1;
    SegmentFile found = null;
    while (first <= last) {
      int middle = (first + last) >>> 1;
      SegmentFile segment = SegmentFile.open(folder, bases[middle]);
      if (segment != null && (segment.nextEventNumber() <= eventNumber || middle == 0)) {
        if (found != null) {
          found.close();
        }
        found = segment;
        first = middle + 1;
      } else {
        if (segment != null) {
          segment.close();
        }
        last = middle - 1;
      }
    }
    return found;
  }

  /// Position of the first event from a whole entry on, made available; -1 when there is none.
  private static long nextEvent(EntryWindow window, long from, long end) {
    long position = from;
    while (position >= 0 && position < end && window.load(position)) {
      if (window.type() == EntryFormat.EVENT) {
        return position;
      }
      position = window.passEntry();
    }
    return -1;
  }

  private static long readThrough(EntryWindow window, long from, long eventNumber) {
    long position = from;
    while (window.load(position)) {
      if (window.type() == EntryFormat.EVENT && window.bodyLong(0) >= eventNumber) {
        return window.bodyLong(24);
      }
      position = window.passEntry();
    }
    return position;
  }
}
