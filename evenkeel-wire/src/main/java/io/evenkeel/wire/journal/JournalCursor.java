package io.evenkeel.wire.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.EventCodec;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.UndecodableMessage;
import io.evenkeel.wire.journal.JournalEntry.CommandAnswered;
import io.evenkeel.wire.journal.JournalEntry.CommandLogged;
import io.evenkeel.wire.journal.JournalEntry.EventRecorded;
import io.evenkeel.wire.journal.JournalEntry.SnapshotTaken;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a journal forward while it is being written. Not thread-safe; any number of cursors may
/// read the same journal.
///
/// A half-written last entry is nothing more yet. When the writer begins anew at an earlier
/// position (a restart), a cursor that had read further waits until the journal reaches its place
/// again, checks that the last entry it gave is there as it was, and goes on: the log tells the
/// same again, so nothing is missed or repeated.
public final class JournalCursor implements AutoCloseable {
  private final EntryWindow window;
  private final CommandCodec commands = new CommandCodec();
  private final EventCodec events = new EventCodec();
  private long position;
  private long lastEventNumber;

  private JournalCursor(Path folder, long position) {
    this.position = position;
    window = new EntryWindow(folder);
  }

  /// Hears where events lie that [#nextCommand] passes over.
  @FunctionalInterface
  public interface EventPlaces {
    /// @param number of the event
    /// @param position of the journal before it
    void passed(long number, long position);
  }

  /// A cursor at a position.
  ///
  /// @param position 0, or a position between two entries
  public static JournalCursor at(Path folder, long position) {
    return new JournalCursor(folder, position);
  }

  /// A cursor before the first event with this number or a later one: at its command or, when it is
  /// not written yet, at the end.
  ///
  /// @throws JournalException when the journal does not begin early enough, or is damaged on the
  ///   way
  public static JournalCursor atEvent(Path folder, long eventNumber) {
    return at(folder, EventSearch.commandOf(folder, eventNumber));
  }

  /// The next entry; null when nothing more is written yet.
  ///
  /// @throws JournalException when what is written there is damaged, naming the file and the byte
  public @Nullable JournalEntry next() {
    if (!window.load(position)) {
      return null;
    }
    JournalEntry entry = decode();
    pass();
    return entry;
  }

  /// The next entry that is not an event; null when nothing more is written yet. Events are passed
  /// over without being decoded.
  ///
  /// @throws JournalException as [#next()]
  public @Nullable JournalEntry nextCommand(EventPlaces places) {
    while (window.load(position)) {
      if (window.type() != EntryFormat.EVENT) {
        JournalEntry entry = decode();
        pass();
        return entry;
      }
      places.passed(window.bodyLong(0), position);
      pass();
    }
    return null;
  }

  /// The next event with this number or a later one; null when none is written yet. Everything else
  /// is passed over without being decoded.
  ///
  /// @throws JournalException as [#next()]
  public @Nullable RecordedEvent nextEvent(long fromNumber) {
    while (window.load(position)) {
      RecordedEvent event =
          window.type() == EntryFormat.EVENT && window.bodyLong(0) >= fromNumber
              ? decodeEvent()
              : null;
      pass();
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  /// Goes on elsewhere.
  ///
  /// @param target 0, or a position between two entries
  public void seek(long target) {
    position = target;
    window.moveTo(target);
  }

  /// Position before the next entry.
  public long position() {
    return position;
  }

  /// Number of the last event passed, 0 when none was.
  long lastEventNumber() {
    return lastEventNumber;
  }

  /// Passes over one entry of any kind; false when nothing more is written yet.
  boolean skip() {
    if (!window.load(position)) {
      return false;
    }
    pass();
    return true;
  }

  /// Number of the first event in the file at hand, or the next to come when it holds none.
  long firstEventOfFile(long otherwise) {
    return window.load(position) ? window.firstEventOfFile() : otherwise;
  }

  private void pass() {
    if (window.type() == EntryFormat.EVENT) {
      lastEventNumber = window.bodyLong(0);
    }
    position = window.passEntry();
  }

  private JournalEntry decode() {
    int type = window.type();
    if (type == EntryFormat.COMMAND) {
      return decodeCommand();
    }
    if (type == EntryFormat.EVENT) {
      return new EventRecorded(decodeEvent());
    }
    return type == EntryFormat.ANSWER ? decodeAnswer() : decodeSnapshot();
  }

  private CommandLogged decodeCommand() {
    int fields = EntryFormat.COMMAND_FIELDS;
    try {
      return new CommandLogged(
          window.bodyLong(0),
          window.bodyLong(8),
          window.bodyLong(16),
          window.bodyLong(24),
          commands.decode(window.bytes(), window.bodyAt() + fields, window.bodyBytes() - fields));
    } catch (UndecodableMessage e) {
      throw unreadable(e);
    }
  }

  private RecordedEvent decodeEvent() {
    int fields = EntryFormat.EVENT_FIELDS;
    try {
      return new RecordedEvent(
          window.bodyLong(0),
          window.bodyLong(8),
          window.bodyLong(16),
          events.decode(window.bytes(), window.bodyAt() + fields, window.bodyBytes() - fields));
    } catch (UndecodableMessage e) {
      throw unreadable(e);
    }
  }

  private CommandAnswered decodeAnswer() {
    int at = window.bodyAt();
    String name = text(at + 20, at + 24);
    try {
      return new CommandAnswered(
          window.bodyLong(0),
          new Outcome(
              RefusalReason.valueOf(name),
              window.bodyLong(8),
              window.bytes().getInt(at + 16, LITTLE_ENDIAN)));
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private SnapshotTaken decodeSnapshot() {
    int at = window.bodyAt();
    return new SnapshotTaken(window.bodyLong(0), window.bodyLong(8), text(at + 16, at + 20));
  }

  private String text(int lengthAt, int textAt) {
    int length = window.bytes().getInt(lengthAt, LITTLE_ENDIAN);
    return window.bytes().getStringWithoutLengthAscii(textAt, length);
  }

  private JournalException unreadable(RuntimeException cause) {
    return new JournalException(
        window.place(position)
            + " holds something this program cannot read ("
            + cause.getMessage()
            + "); a later version of it may have written it",
        cause);
  }

  @Override
  public void close() {
    window.close();
  }
}
