package io.evenkeel.wire;

import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.wire.sbe.EngineLimitsDecoder;
import io.evenkeel.wire.sbe.MessageHeaderEncoder;
import io.evenkeel.wire.sbe.SnapshotChunkDecoder;
import io.evenkeel.wire.sbe.SnapshotChunkEncoder;
import io.evenkeel.wire.sbe.SnapshotEndDecoder;
import io.evenkeel.wire.sbe.SnapshotEndEncoder;
import io.evenkeel.wire.sbe.SnapshotHeaderDecoder;
import io.evenkeel.wire.sbe.SnapshotHeaderEncoder;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/// A snapshot of the node as a row of SBE messages: one [Header], the engine's state in [Chunk]s in
/// order, one [End]. Message headers included. One instance per thread.
public final class SnapshotCodec {
  /// The most state bytes that one chunk may carry.
  public static final int MAXIMUM_CHUNK_BYTES = 1 << 20;

  /// How many bytes longer than its state bytes a chunk is.
  public static final int CHUNK_OVERHEAD_BYTES =
      Frame.HEADER_LENGTH
          + SnapshotChunkEncoder.BLOCK_LENGTH
          + SnapshotChunkEncoder.stateHeaderLength();

  private static final HexFormat HEX = HexFormat.of();

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SnapshotHeaderEncoder headerEncoder = new SnapshotHeaderEncoder();
  private final SnapshotHeaderDecoder headerDecoder = new SnapshotHeaderDecoder();
  private final SnapshotChunkEncoder chunkEncoder = new SnapshotChunkEncoder();
  private final SnapshotChunkDecoder chunkDecoder = new SnapshotChunkDecoder();
  private final SnapshotEndEncoder endEncoder = new SnapshotEndEncoder();
  private final SnapshotEndDecoder endDecoder = new SnapshotEndDecoder();
  private final byte[] hash = new byte[SnapshotEndEncoder.stateHashLength()];
  private final Frame frame = new Frame();

  /// One message of a snapshot.
  public sealed interface Part {}

  /// What the state belongs to. Comes first.
  ///
  /// @param journalPosition where the journal ended, in bytes, before the entry that states this
  ///   snapshot
  /// @param logPosition position in the log after the last command that the state contains
  /// @param logTimeNs time of the log there, nanoseconds since 1970-01-01T00:00Z
  /// @param lastEventNumber number of the last event; 0 when there was none
  /// @param limits of the engine
  public record Header(
      long journalPosition,
      long logPosition,
      long logTimeNs,
      long lastEventNumber,
      EngineLimits limits)
      implements Part {}

  /// The next bytes of the state. They stay in the buffer that was decoded.
  ///
  /// @param offset where they begin in that buffer
  /// @param length how many, 1 to [#MAXIMUM_CHUNK_BYTES]
  public record Chunk(int offset, int length) implements Part {}

  /// Closes a snapshot.
  ///
  /// @param totalBytes of state in all chunks together
  /// @param stateHash lower-case hexadecimal SHA-256 of those bytes
  public record End(long totalBytes, String stateHash) implements Part {}

  /// Writes the header.
  ///
  /// @param buffer expandable, or large enough
  /// @return bytes written
  public int encodeHeader(Header it, MutableDirectBuffer buffer, int offset) {
    SnapshotHeaderEncoder to =
        headerEncoder
            .wrapAndApplyHeader(buffer, offset, header)
            .journalPosition(it.journalPosition())
            .logPosition(it.logPosition())
            .logTimeNs(it.logTimeNs())
            .lastEventNumber(it.lastEventNumber());
    EngineLimits limits = it.limits();
    to.limits()
        .assets(limits.assets())
        .instruments(limits.instruments())
        .rulebooks(limits.rulebooks())
        .parties(limits.parties())
        .accounts(limits.accounts())
        .positionsPerAccount(limits.positionsPerAccount())
        .marksPerBatch(limits.marksPerBatch())
        .sessions(limits.sessions())
        .outcomesPerSession(limits.outcomesPerSession());
    return Frame.length(to);
  }

  /// Writes a chunk.
  ///
  /// @param state holds `length` bytes of state, 1 to [#MAXIMUM_CHUNK_BYTES], from `from` on
  /// @param buffer expandable, or large enough
  /// @return bytes written
  /// @throws IllegalArgumentException when there are no bytes or too many
  public int encodeChunk(
      byte[] state, int from, int length, MutableDirectBuffer buffer, int offset) {
    if (length < 1 || length > MAXIMUM_CHUNK_BYTES) {
      throw new IllegalArgumentException(
          "a chunk holds 1 to " + MAXIMUM_CHUNK_BYTES + " bytes, not " + length);
    }
    return Frame.length(
        chunkEncoder.wrapAndApplyHeader(buffer, offset, header).putState(state, from, length));
  }

  /// Writes the end.
  ///
  /// @param buffer expandable, or large enough
  /// @return bytes written
  /// @throws IllegalArgumentException when the hash is not 64 lower-case hexadecimal digits
  public int encodeEnd(End it, MutableDirectBuffer buffer, int offset) {
    byte[] digest = HEX.parseHex(it.stateHash());
    if (digest.length != hash.length || !HEX.formatHex(digest).equals(it.stateHash())) {
      throw new IllegalArgumentException(
          "a state hash has " + 2 * hash.length + " lower-case hexadecimal digits");
    }
    SnapshotEndEncoder to =
        endEncoder.wrapAndApplyHeader(buffer, offset, header).totalBytes(it.totalBytes());
    to.putStateHash(digest, 0, digest.length);
    return Frame.length(to);
  }

  /// Reads a part of a snapshot.
  ///
  /// @throws UndecodableMessage as [CommandCodec#decode]; also for every message that is no part of
  ///   a snapshot
  public Part decode(DirectBuffer buffer, int offset, int length) {
    return frame.read(
        buffer,
        offset,
        length,
        templateId ->
            switch (templateId) {
              case SnapshotHeaderDecoder.TEMPLATE_ID -> header();
              case SnapshotChunkDecoder.TEMPLATE_ID -> chunk(offset);
              case SnapshotEndDecoder.TEMPLATE_ID -> end();
              default -> throw frame.unexpected(templateId, "part of a snapshot");
            });
  }

  private Header header() {
    SnapshotHeaderDecoder from = frame.body(headerDecoder);
    EngineLimitsDecoder limits = from.limits();
    return new Header(
        from.journalPosition(),
        from.logPosition(),
        from.logTimeNs(),
        from.lastEventNumber(),
        new EngineLimits(
            limits.assets(),
            limits.instruments(),
            limits.rulebooks(),
            limits.parties(),
            limits.accounts(),
            limits.positionsPerAccount(),
            limits.marksPerBatch(),
            limits.sessions(),
            limits.outcomesPerSession()));
  }

  private Chunk chunk(int messageOffset) {
    SnapshotChunkDecoder from = frame.body(chunkDecoder);
    int length = from.stateLength();
    if (length < 1 || length > MAXIMUM_CHUNK_BYTES) {
      throw new InvalidParameter(
          "state", "must have 1 to " + MAXIMUM_CHUNK_BYTES + " bytes, not " + length);
    }
    from.skipState();
    return new Chunk(messageOffset + from.limit() - length, length);
  }

  private End end() {
    SnapshotEndDecoder from = frame.body(endDecoder);
    from.getStateHash(hash, 0, hash.length);
    return new End(from.totalBytes(), HEX.formatHex(hash));
  }
}
