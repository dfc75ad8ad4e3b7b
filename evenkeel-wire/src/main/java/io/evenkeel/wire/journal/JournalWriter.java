package io.evenkeel.wire.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.EventCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/// Writes the journal. One thread; whoever reads does so through [JournalCursor], in this process
/// or another. Entries are buffered until [#flush()]; a flushed entry outlives the process, a
/// synced one the machine.
///
/// Positions are bytes from the beginning of the journal, counted through all its files without
/// their headers. The same commands give the same bytes, files and positions again.
///
/// The disk is touched by [#outcome], [#flush()] and [#sync()] only. Once one of them has failed,
/// everything fails: close the writer and open a new one from the last snapshot.
public final class JournalWriter implements AutoCloseable {
  static final int SEGMENT_BYTES = 64 << 20;

  private static final int SPILL_BYTES = 1 << 20;

  /// Where in the buffer a new file begins.
  private record Break(int bufferOffset, long base, long nextEventNumber) {}

  private final Path folder;
  private final SegmentOutput output;
  private final EventCodec events = new EventCodec();
  private final int segmentBytes;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2 * SPILL_BYTES);
  private final ArrayDeque<Break> breaks = new ArrayDeque<>();
  private final CRC32C crc = new CRC32C();
  private int buffered;
  private long position;
  private long segmentBase;
  private long nextEventNumber;
  private long commandPosition = -1;
  private long commandLogPosition;
  private @Nullable JournalException failure;

  private JournalWriter(Path folder, SegmentOutput output, int segmentBytes, long segmentBase) {
    this.folder = folder;
    this.output = output;
    this.segmentBytes = segmentBytes;
    this.segmentBase = segmentBase;
  }

  /// Opens the journal for writing after a position, and drops what is recorded behind it: the log
  /// tells that again.
  ///
  /// @param folder made when missing
  /// @param position where to go on; 0 begins anew
  /// @param nextEventNumber number of the next event at that position
  /// @throws JournalException when the folder cannot be written, when the journal ends before
  ///   `position` or is damaged before it, or when its events before `position` do not end with
  ///   `nextEventNumber - 1`
  public static JournalWriter open(Path folder, long position, long nextEventNumber) {
    return open(folder, position, nextEventNumber, SEGMENT_BYTES, FileChannel::write);
  }

  static JournalWriter open(
      Path folder, long position, long nextEventNumber, int segmentBytes, SegmentOutput.Disk disk) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new JournalException(
          "cannot make the journal folder "
              + folder
              + " ("
              + e
              + "); make its parent writable or name another folder",
          e);
    }
    long[] bases = SegmentFile.list(folder);
    long kept = position == 0 ? -1 : JournalCheck.segmentBefore(folder, bases, position);
    if (kept >= 0) {
      JournalCheck.check(folder, kept, position, nextEventNumber);
    }
    for (int i = bases.length - 1; i >= 0 && bases[i] > kept; i--) {
      SegmentOutput.delete(folder, bases[i]);
    }
    SegmentOutput output =
        kept < 0
            ? SegmentOutput.create(folder, disk, nextEventNumber)
            : SegmentOutput.reopen(folder, disk, kept, position);
    JournalWriter writer = new JournalWriter(folder, output, segmentBytes, Math.max(0, kept));
    writer.position = position;
    writer.nextEventNumber = nextEventNumber;
    return writer;
  }

  /// Position after the last entry, flushed or not.
  public long position() {
    return position;
  }

  /// Begins a command: `command` holds its encoded form and is copied.
  ///
  /// @param logPosition position in the log after the command; its events carry it
  /// @throws IllegalStateException when the command before was not ended by [#outcome]
  public void command(
      long logPosition,
      long logTimeNs,
      long sessionId,
      long commandNumber,
      DirectBuffer command,
      int offset,
      int length) {
    if (commandPosition >= 0) {
      throw new IllegalStateException("the command before has no outcome yet");
    }
    int body = beginEntry();
    buffer.putLong(body, logPosition, LITTLE_ENDIAN);
    buffer.putLong(body + 8, logTimeNs, LITTLE_ENDIAN);
    buffer.putLong(body + 16, sessionId, LITTLE_ENDIAN);
    buffer.putLong(body + 24, commandNumber, LITTLE_ENDIAN);
    buffer.putBytes(body + EntryFormat.COMMAND_FIELDS, command, offset, length);
    commandPosition = endEntry(EntryFormat.COMMAND, EntryFormat.COMMAND_FIELDS + length);
    commandLogPosition = logPosition;
  }

  /// Adds an event of the command begun last.
  ///
  /// @throws IllegalStateException when no command was begun
  /// @throws IllegalArgumentException when the number is not the next one
  public void event(long number, long timeNs, Event event) {
    mustBeInCommand();
    if (number != nextEventNumber) {
      throw new IllegalArgumentException(
          "event " + number + " where " + nextEventNumber + " is next");
    }
    int body = beginEntry();
    buffer.putLong(body, number, LITTLE_ENDIAN);
    buffer.putLong(body + 8, timeNs, LITTLE_ENDIAN);
    buffer.putLong(body + 16, commandLogPosition, LITTLE_ENDIAN);
    buffer.putLong(body + 24, commandPosition, LITTLE_ENDIAN);
    int length = events.encode(event, buffer, body + EntryFormat.EVENT_FIELDS);
    endEntry(EntryFormat.EVENT, EntryFormat.EVENT_FIELDS + length);
    nextEventNumber++;
  }

  /// Ends the command begun last.
  ///
  /// @throws IllegalStateException when no command was begun
  /// @throws JournalException as [#flush()]
  public void outcome(Outcome outcome) {
    mustBeInCommand();
    int body = beginEntry();
    buffer.putLong(body, commandLogPosition, LITTLE_ENDIAN);
    buffer.putLong(body + 8, outcome.firstEventNumber(), LITTLE_ENDIAN);
    buffer.putInt(body + 16, outcome.eventCount(), LITTLE_ENDIAN);
    int length = buffer.putStringWithoutLengthAscii(body + 24, outcome.reason().name());
    buffer.putInt(body + 20, length, LITTLE_ENDIAN);
    endEntry(EntryFormat.ANSWER, 24 + length);
    commandPosition = -1;
    if (buffered >= SPILL_BYTES) {
      flush();
    }
  }

  /// States that a snapshot was written here.
  ///
  /// @throws IllegalStateException when a command was begun and not ended
  public void snapshotTaken(long logPosition, long lastEventNumber, String stateHash) {
    if (commandPosition >= 0) {
      throw new IllegalStateException("a snapshot is taken between two commands");
    }
    int body = beginEntry();
    buffer.putLong(body, logPosition, LITTLE_ENDIAN);
    buffer.putLong(body + 8, lastEventNumber, LITTLE_ENDIAN);
    int length = buffer.putStringWithoutLengthAscii(body + 20, stateHash);
    buffer.putInt(body + 16, length, LITTLE_ENDIAN);
    endEntry(EntryFormat.SNAPSHOT, 20 + length);
  }

  /// Hands everything to the operating system, so that cursors see it. Cheap when nothing is
  /// buffered.
  ///
  /// @throws JournalException when the disk is full or fails; nothing may be acknowledged after
  ///   that
  public void flush() {
    mustBeSound();
    if (buffered == 0) {
      return;
    }
    try {
      byte[] bytes = buffer.byteArray();
      int written = 0;
      for (Break next = breaks.poll(); next != null; next = breaks.poll()) {
        output.write(ByteBuffer.wrap(bytes, written, next.bufferOffset - written));
        output.roll(next.base, next.nextEventNumber);
        written = next.bufferOffset;
      }
      output.write(ByteBuffer.wrap(bytes, written, buffered - written));
      buffered = 0;
    } catch (JournalException e) {
      failure = e;
      throw e;
    }
  }

  /// Flushes and waits until the disk holds everything.
  ///
  /// @throws JournalException as [#flush()]
  public void sync() {
    flush();
    try {
      output.sync();
    } catch (JournalException e) {
      failure = e;
      throw e;
    }
  }

  /// Flushes, unless writing has failed before, and closes. Does not sync.
  @Override
  public void close() {
    try {
      if (failure == null) {
        flush();
      }
    } finally {
      output.close();
    }
  }

  private void mustBeSound() {
    if (failure != null) {
      throw new JournalException(
          "the journal in " + folder + " failed before: " + failure.getMessage(), failure);
    }
  }

  private void mustBeInCommand() {
    if (commandPosition < 0) {
      throw new IllegalStateException("no command was begun");
    }
  }

  /// Where in the buffer the body of the next entry belongs.
  private int beginEntry() {
    return buffered + EntryFormat.HEADER_BYTES;
  }

  /// Completes the entry whose body was put where [#beginEntry()] said; returns its position.
  private long endEntry(int type, int bodyBytes) {
    if (bodyBytes > EntryFormat.MOST_BODY_BYTES) {
      throw new IllegalArgumentException("an entry of " + bodyBytes + " bytes is too large");
    }
    int entryBytes = EntryFormat.entryBytes(bodyBytes);
    int end = EntryFormat.HEADER_BYTES + bodyBytes;
    buffer.setMemory(buffered + end, entryBytes - end, (byte) 0);
    buffer.putInt(buffered + EntryFormat.LENGTH_AT, bodyBytes, LITTLE_ENDIAN);
    buffer.putInt(buffered + EntryFormat.TYPE_AT, type, LITTLE_ENDIAN);
    buffer.putInt(buffered + EntryFormat.PLACE_AT, EntryFormat.place(position), LITTLE_ENDIAN);
    int check = EntryFormat.checksum(crc, buffer.byteArray(), buffered, bodyBytes);
    buffer.putInt(buffered + EntryFormat.CHECK_AT, check, LITTLE_ENDIAN);
    if (position > segmentBase && position + entryBytes - segmentBase > segmentBytes) {
      breaks.add(new Break(buffered, position, nextEventNumber));
      segmentBase = position;
    }
    long begin = position;
    buffered += entryBytes;
    position += entryBytes;
    return begin;
  }
}
