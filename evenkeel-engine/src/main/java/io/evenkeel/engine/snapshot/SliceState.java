package io.evenkeel.engine.snapshot;

import io.evenkeel.engine.book.Book;

/// What was closed of each instrument by slices as bytes, in instrument order, oldest first.
final class SliceState {
  private static final int MOST = 1 << 24;

  private SliceState() {}

  static void write(Book book, StateOutput out) {
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      out.putInt(book.closedSlices.count(instrument));
      book.closedSlices.forEach(
          instrument,
          (timeNs, units) -> {
            out.putLong(timeNs);
            out.putLong(units);
          });
    }
  }

  static void read(Book book, StateInput in) {
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      long last = Long.MIN_VALUE;
      for (int left = in.getCount(MOST, "instants of slices"); left > 0; left--) {
        long timeNs = in.getLong();
        long units = in.getLong();
        if (timeNs <= last || timeNs > book.nowNs.get() || units <= 0) {
          throw new UnreadableState("holds slices out of order");
        }
        last = timeNs;
        book.closedSlices.add(instrument, timeNs, units);
        book.undo.commit();
      }
    }
  }
}
