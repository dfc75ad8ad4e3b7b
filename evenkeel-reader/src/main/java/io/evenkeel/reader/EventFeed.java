package io.evenkeel.reader;

import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalCursor;
import io.evenkeel.wire.journal.JournalException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Events in order from a number on: without gaps, without duplicates, also over a restart of the
/// node that writes them. Not thread-safe.
public final class EventFeed implements AutoCloseable {
  private final Path journalFolder;
  private final JournalWatch watch;
  private @Nullable JournalCursor cursor;
  private long nextNumber;

  EventFeed(Path journalFolder, JournalWatch watch, long fromEventNumber) {
    this.journalFolder = journalFolder;
    this.watch = watch;
    nextNumber = fromEventNumber;
  }

  /// The next event; null when none came in time. Patience zero does not wait.
  ///
  /// @throws InterruptedException when the thread is interrupted; the feed is of no use then
  /// @throws ReaderStopped when the reader was closed
  /// @throws JournalException when the journal is damaged there, or does not go back as far
  public @Nullable RecordedEvent next(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    JournalCursor events = cursor();
    while (true) {
      if (watch.isClosed()) {
        throw new ReaderStopped("the reader was closed");
      }
      long end = watch.end();
      RecordedEvent event = read(events);
      if (event != null) {
        nextNumber = event.number() + 1;
        return event;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return null;
      }
      watch.await(end, left);
    }
  }

  private @Nullable RecordedEvent read(JournalCursor events) throws InterruptedException {
    try {
      return events.nextEvent(nextNumber);
    } catch (JournalException e) {
      if (Thread.interrupted()) { // an interrupt closes the file being read
        throw new InterruptedException();
      }
      throw e;
    }
  }

  private JournalCursor cursor() {
    JournalCursor open = cursor;
    if (open == null) {
      open = JournalCursor.atEvent(journalFolder, nextNumber);
      cursor = open;
    }
    return open;
  }

  @Override
  public void close() {
    JournalCursor open = cursor;
    if (open != null) {
      open.close();
    }
  }
}
