package io.evenkeel.node;

import io.aeron.archive.checksum.Checksum;
import io.aeron.cluster.RecordingLog;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/// Cuts what a crash left half-written off the end of the log, before anything reads it. What is
/// cut was never synced, so it was never acknowledged.
///
/// The log writes and syncs a block at a time, so only the last block can be torn. A damaged frame
/// with a sound one more than a block behind it is something else, damage to what was acknowledged,
/// and nothing is cut then.
final class LogTail {
  /// The most that the archive writes between two syncs.
  static final int BLOCK_BYTES = 1 << 20;

  private static final System.Logger LOG = System.getLogger(LogTail.class.getName());
  private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;
  private static final int ALIGNMENT = FrameDescriptor.FRAME_ALIGNMENT;

  private final Path segment;
  private final int termBytes;
  private final UnsafeBuffer bytes;
  private final int length;
  private final Checksum checksum = new FrameChecksum();
  private int firstTermId;
  private int streamId;

  private LogTail(Path segment, int termBytes, UnsafeBuffer bytes, int length) {
    this.segment = segment;
    this.termBytes = termBytes;
    this.bytes = bytes;
    this.length = length;
  }

  /// Name of an archive file.
  static String segmentName(long recordingId, long basePosition) {
    return recordingId + "-" + basePosition + ".rec";
  }

  /// Repairs the log of a data folder that no other process uses.
  ///
  /// @throws NodeException when the log is damaged before its last block
  static void repair(DataFolder folder, LogSettings settings) {
    if (!Files.exists(folder.cluster().resolve(RecordingLog.RECORDING_LOG_FILE_NAME))) {
      return;
    }
    try (RecordingLog terms = new RecordingLog(folder.cluster().toFile(), false)) {
      long recordingId = terms.findLastTermRecordingId();
      long base = newestSegment(folder.archive(), recordingId);
      if (base >= 0) {
        Path segment = folder.archive().resolve(segmentName(recordingId, base));
        repairSegment(segment, settings);
      }
    } catch (IOException e) {
      throw new NodeException("cannot read the log in " + folder.archive() + ": " + e, e);
    }
  }

  /// Position at which the newest file of a recording begins; -1 when there is none.
  static long newestSegment(Path archive, long recordingId) throws IOException {
    String prefix = recordingId + "-";
    long newest = -1;
    try (Stream<Path> files = Files.list(archive)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(".rec")) {
          String position = name.substring(prefix.length(), name.length() - ".rec".length());
          newest = Math.max(newest, Long.parseLong(position));
        }
      }
    }
    return newest;
  }

  private static void repairSegment(Path segment, LogSettings settings) throws IOException {
    try (FileChannel channel =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int length = (int) Math.min(channel.size(), settings.segmentBytes());
      ByteBuffer content = ByteBuffer.allocateDirect(BitUtil.align(length, ALIGNMENT) + HEADER);
      content.limit(length);
      int read = 0;
      while (read >= 0 && content.hasRemaining()) {
        read = channel.read(content, content.position());
      }
      LogTail tail =
          new LogTail(
              segment, settings.logTermBytes(), new UnsafeBuffer(content), content.position());
      int end = tail.soundBytes();
      tail.refuseDamage(end);
      if (tail.hasContentFrom(end)) {
        LOG.log(
            System.Logger.Level.INFO,
            "The last write to {0} was not finished; it is cut off at byte {1}.",
            segment,
            String.valueOf(end));
        channel.truncate(end);
        channel.write(ByteBuffer.allocate(1), settings.segmentBytes() - 1L);
        channel.force(true);
      }
    }
  }

  /// How far whole frames reach from the beginning of the file.
  private int soundBytes() {
    int offset = 0;
    while (offset + HEADER <= length && frameLength(offset) > 0) {
      if (offset == 0) {
        firstTermId = bytes.getInt(DataHeaderFlyweight.TERM_ID_FIELD_OFFSET);
        streamId = bytes.getInt(DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET);
      }
      if (!isSound(offset)) {
        return offset;
      }
      offset += BitUtil.align(frameLength(offset), ALIGNMENT);
    }
    return offset;
  }

  private int frameLength(int offset) {
    return bytes.getInt(offset);
  }

  private boolean isSound(int offset) {
    int frameLength = frameLength(offset);
    int aligned = BitUtil.align(frameLength, ALIGNMENT);
    int inTerm = offset & (termBytes - 1);
    if (frameLength < HEADER
        || inTerm + (long) aligned > termBytes
        || offset + (long) aligned > length
        || bytes.getByte(offset + DataHeaderFlyweight.VERSION_FIELD_OFFSET)
            != DataHeaderFlyweight.CURRENT_VERSION
        || bytes.getInt(offset + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) != inTerm
        || bytes.getInt(offset + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET)
            != firstTermId + offset / termBytes
        || bytes.getInt(offset + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) != streamId) {
      return false;
    }
    int type = FrameDescriptor.frameType(bytes, offset);
    if (type == DataHeaderFlyweight.HDR_TYPE_PAD) {
      return true;
    }
    // The archive keeps a frame's checksum where a frame on its way has its session.
    return type == DataHeaderFlyweight.HDR_TYPE_DATA
        && bytes.getInt(offset + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET)
            == checksum.compute(bytes.addressOffset(), offset + HEADER, aligned - HEADER);
  }

  private void refuseDamage(int end) {
    for (long offset = end + (long) BLOCK_BYTES; offset + HEADER <= length; offset += ALIGNMENT) {
      int at = (int) offset;
      boolean isData = FrameDescriptor.frameType(bytes, at) == DataHeaderFlyweight.HDR_TYPE_DATA;
      if (frameLength(at) > HEADER && isData && isSound(at)) {
        throw new NodeException(
            "the log is damaged: "
                + segment
                + " cannot be read at byte "
                + end
                + " but goes on at byte "
                + at
                + "; restore the data folder from a backup");
      }
    }
  }

  private boolean hasContentFrom(int end) {
    for (int offset = end; offset < length; offset += Long.BYTES) {
      if (bytes.getLong(offset) != 0) {
        return true;
      }
    }
    return false;
  }
}
