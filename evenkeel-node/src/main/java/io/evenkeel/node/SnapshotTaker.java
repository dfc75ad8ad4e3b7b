package io.evenkeel.node;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.evenkeel.engine.snapshot.StateOutput;
import io.evenkeel.wire.SnapshotCodec;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;

/// Writes the engine's state into a snapshot of the log, hashing on the way.
final class SnapshotTaker {
  private static final int CHUNKS_PER_BREATH = 64;

  private final ExclusivePublication publication;
  private final Runnable breath;
  private final Supplier<IdleStrategy> idle;
  private final SnapshotCodec codec = new SnapshotCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 17);
  private final MessageDigest digest = StateDigest.create();
  private long bytes;
  private long chunks;
  private String stateHash = "";

  /// @param breath keeps the service alive in the eyes of the driver; called now and then
  SnapshotTaker(ExclusivePublication publication, Runnable breath, Supplier<IdleStrategy> idle) {
    this.publication = publication;
    this.breath = breath;
    this.idle = idle;
  }

  /// @param state writes the state into the sink it is given
  void take(SnapshotCodec.Header header, Consumer<StateOutput.ByteSink> state) {
    offer(codec.encodeHeader(header, buffer, 0));
    state.accept(this::chunk);
    stateHash = HexFormat.of().formatHex(digest.digest());
    offer(codec.encodeEnd(new SnapshotCodec.End(bytes, stateHash), buffer, 0));
  }

  private void chunk(byte[] content, int length) {
    digest.update(content, 0, length);
    bytes += length;
    for (int from = 0; from < length; from += SnapshotCodec.MAXIMUM_CHUNK_BYTES) {
      int size = Math.min(length - from, SnapshotCodec.MAXIMUM_CHUNK_BYTES);
      offer(codec.encodeChunk(content, from, size, buffer, 0));
    }
    if (++chunks % CHUNKS_PER_BREATH == 0) {
      breath.run();
    }
  }

  private void offer(int length) {
    idle.get().reset();
    long result = publication.offer(buffer, 0, length);
    while (result <= 0) {
      if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
        throw new IllegalStateException(
            "the archive stopped recording the snapshot: " + Publication.errorString(result));
      }
      idle.get().idle();
      result = publication.offer(buffer, 0, length);
    }
  }

  /// Size of the state; valid after [#take].
  long bytes() {
    return bytes;
  }

  /// Lower-case hexadecimal SHA-256 of the state; valid after [#take].
  String stateHash() {
    return stateHash;
  }
}
