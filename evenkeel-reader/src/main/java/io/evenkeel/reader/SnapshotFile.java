package io.evenkeel.reader;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.engine.snapshot.StateInput;
import io.evenkeel.engine.snapshot.StateOutput;
import io.evenkeel.engine.snapshot.UnreadableState;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.wire.journal.JournalEntry.SnapshotTaken;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The form of a reader's snapshot file: a head that says where in the journal it belongs and where
/// recent decisions lie, its checksum, then the state of the engine, whose hash is in the head.
final class SnapshotFile {
  private static final long MAGIC = 0x5450_4E53_4B45_5645L; // "EVEKSNPT" as bytes
  private static final int VERSION = 1;
  private static final int MOST_HEAD_BYTES = 1 << 30;

  private SnapshotFile() {}

  /// Where a snapshot belongs.
  ///
  /// @param entryPosition of the journal before the entry that tells of the node's snapshot
  /// @param logPosition applied
  record Head(long entryPosition, long logPosition, long lastEventNumber, String stateHash) {}

  /// Writes the state into a file and hashes it in the same pass.
  ///
  /// @param file null hashes only
  /// @return the hash of the state
  static String write(
      VenueState state, long entryPosition, SnapshotTaken taken, @Nullable Path file)
      throws IOException {
    MessageDigest digest = sha256();
    if (file == null) {
      Snapshots.write(state.engine(), (buffer, length) -> digest.update(buffer, 0, length));
      return HexFormat.of().formatHex(digest.digest());
    }
    try (OutputStream raw = Files.newOutputStream(file);
        DataOutputStream out = new DataOutputStream(raw)) {
      byte[] head = head(state, entryPosition, taken);
      out.writeInt(head.length);
      out.write(head);
      out.writeInt(checksum(head));
      Snapshots.write(
          state.engine(),
          (buffer, length) -> {
            digest.update(buffer, 0, length);
            put(out, buffer, length);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] head(VenueState state, long entryPosition, SnapshotTaken taken) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateOutput out = new StateOutput((buffer, length) -> bytes.write(buffer, 0, length));
    out.putLong(MAGIC);
    out.putInt(VERSION);
    out.putLong(entryPosition);
    out.putLong(Math.max(state.logPosition(), taken.logPosition()));
    out.putLong(taken.lastEventNumber());
    out.putText(taken.stateHash());
    state.decisions().write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void put(OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads where a snapshot belongs, without its state.
  ///
  /// @throws UnreadableState when the file is damaged, cut short or of another version
  static Head readHead(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      return head(input(new ByteArrayInputStream(headBytes(in))));
    }
  }

  /// Reads the state.
  ///
  /// @throws UnreadableState when the file is damaged, cut short, of another version, or does not
  ///   fit the limits
  static VenueState read(
      Path file, EngineLimits limits, RecentDecisions decisions, EventTally tally)
      throws IOException {
    MessageDigest digest = sha256();
    try (DataInputStream in = open(file)) {
      StateInput headInput = input(new ByteArrayInputStream(headBytes(in)));
      Head head = head(headInput);
      decisions.read(headInput, limits.accounts());
      headInput.expectEnd();
      VenueState.Intake intake = new VenueState.Intake();
      Engine engine =
          Snapshots.read(
              buffer -> {
                int read = take(in, buffer);
                digest.update(buffer, 0, Math.max(0, read));
                return read;
              },
              limits,
              intake);
      if (!HexFormat.of().formatHex(digest.digest()).equals(head.stateHash)) {
        throw new UnreadableState("is damaged: its state is not the one its head names");
      }
      return new VenueState(engine, intake, decisions, tally, head.logPosition);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static byte[] headBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_HEAD_BYTES) {
      throw new UnreadableState("does not begin like one");
    }
    byte[] head = in.readNBytes(length);
    if (head.length < length || in.readInt() != checksum(head)) {
      throw new UnreadableState("has a damaged head");
    }
    return head;
  }

  private static Head head(StateInput in) {
    if (in.getLong() != MAGIC) {
      throw new UnreadableState("does not begin like one");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new UnreadableState("is of version " + version + "; this reader reads " + VERSION);
    }
    return new Head(in.getLong(), in.getLong(), in.getLong(), in.getText());
  }

  private static StateInput input(InputStream bytes) {
    return new StateInput(buffer -> take(bytes, buffer));
  }

  private static int take(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
