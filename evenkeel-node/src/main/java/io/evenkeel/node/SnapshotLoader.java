package io.evenkeel.node;

import io.aeron.Image;
import io.aeron.ImageFragmentAssembler;
import io.aeron.logbuffer.Header;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EventSink;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.engine.snapshot.StateInput;
import io.evenkeel.engine.snapshot.UnreadableState;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.wire.SnapshotCodec;
import io.evenkeel.wire.UndecodableMessage;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/// Reads the engine's state from a snapshot of the log and refuses every state that is not, byte
/// for byte, the one that was written.
final class SnapshotLoader implements StateInput.ByteSource {
  private static final int CHUNKS_PER_BREATH = 64;

  private final Image image;
  private final Runnable breath;
  private final Supplier<IdleStrategy> idle;
  private final SnapshotCodec codec = new SnapshotCodec();
  private final ImageFragmentAssembler assembler = new ImageFragmentAssembler(this::onMessage);
  private final MessageDigest digest = StateDigest.create();
  private SnapshotCodec.@Nullable Header header;
  private SnapshotCodec.@Nullable End end;
  private byte[] chunk = new byte[0];
  private int chunkBytes;
  private int given;
  private long bytes;
  private long chunks;
  private String stateHash = "";

  /// @param breath keeps the service alive in the eyes of the driver; called now and then
  SnapshotLoader(Image image, Runnable breath, Supplier<IdleStrategy> idle) {
    this.image = image;
    this.breath = breath;
    this.idle = idle;
  }

  /// Reads the state.
  ///
  /// @throws NodeException when it is damaged, cut short, or belongs to other limits
  Engine load(EngineLimits limits, EventSink sink) {
    try {
      while (header == null) {
        poll();
      }
      if (!header().limits().equals(limits)) {
        throw damaged("was taken under other limits: " + header().limits());
      }
      Engine engine = Snapshots.read(this, limits, sink);
      SnapshotCodec.End stated = Objects.requireNonNull(end, "read to its end");
      stateHash = HexFormat.of().formatHex(digest.digest());
      if (stated.totalBytes() != bytes || !stated.stateHash().equals(stateHash)) {
        throw damaged(
            "has "
                + bytes
                + " bytes with hash "
                + stateHash
                + " where "
                + stated.totalBytes()
                + " with hash "
                + stated.stateHash()
                + " were written");
      }
      return engine;
    } catch (UnreadableState | UndecodableMessage e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private NodeException damaged(String reason) {
    String where = header == null ? "" : " at log position " + header.logPosition();
    return new NodeException(
        "the newest snapshot"
            + where
            + " cannot be used, it "
            + reason
            + ": restore the data folder from a backup, or go back to the snapshot before it as"
            + " docs/NODE.md describes");
  }

  @Override
  public int give(byte[] buffer) {
    while (given == chunkBytes) {
      if (end != null) {
        return -1;
      }
      poll();
    }
    int size = Math.min(buffer.length, chunkBytes - given);
    System.arraycopy(chunk, given, buffer, 0, size);
    given += size;
    return size;
  }

  private void poll() {
    int fragments = image.poll(assembler, 1);
    if (fragments == 0) {
      if (image.isClosed() || image.isEndOfStream()) {
        throw damaged("ends after " + bytes + " bytes of state");
      }
      idle.get().idle();
    }
  }

  private void onMessage(DirectBuffer buffer, int offset, int length, Header ignored) {
    switch (codec.decode(buffer, offset, length)) {
      case SnapshotCodec.Header first -> header = first;
      case SnapshotCodec.End last -> end = last;
      case SnapshotCodec.Chunk next -> {
        if (chunk.length < next.length()) {
          chunk = new byte[next.length()];
        }
        buffer.getBytes(next.offset(), chunk, 0, next.length());
        chunkBytes = next.length();
        given = 0;
        bytes += chunkBytes;
        digest.update(chunk, 0, chunkBytes);
        if (++chunks % CHUNKS_PER_BREATH == 0) {
          breath.run();
        }
      }
    }
  }

  /// What the state belongs to; valid after [#load].
  SnapshotCodec.Header header() {
    return Objects.requireNonNull(header, "load comes first");
  }

  /// Lower-case hexadecimal SHA-256 of the state; valid after [#load].
  String stateHash() {
    return stateHash;
  }
}
