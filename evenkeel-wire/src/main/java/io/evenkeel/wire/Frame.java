package io.evenkeel.wire;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.wire.sbe.MessageHeaderDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.jspecify.annotations.Nullable;

/// One message while it is read: what its header says, and the checks that hold for all messages.
/// Whatever is wrong with the bytes comes out as an [UndecodableMessage].
final class Frame {
  /// The version that is written, and the latest that is understood.
  static final int LATEST_VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

  /// The earliest version that is understood. What a later version added to a message is missing
  /// from an earlier one: its blocks are shorter, and the decoders, which are told the version and
  /// the length, give what the schema says for a field that is not there.
  static final int OLDEST_VERSION = 1;

  static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  private final int oldestVersion;
  private final int latestVersion;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final UnsafeBuffer bytes = new UnsafeBuffer();
  private @Nullable MessageDecoderFlyweight message;
  private int version;
  private int blockLength;

  /// What reads the message with a template number: begins with [Frame#body].
  interface Body<T> {
    T read(int templateId);
  }

  /// Copies bytes of a text from the message.
  interface TextBytes {
    int copy(byte[] to, int at, int length);
  }

  Frame() {
    this(OLDEST_VERSION, LATEST_VERSION);
  }

  /// A frame that understands other versions, to try what a later schema will do.
  Frame(int oldestVersion, int latestVersion) {
    this.oldestVersion = oldestVersion;
    this.latestVersion = latestVersion;
    if (!DirectBuffer.SHOULD_BOUNDS_CHECK) {
      throw new IllegalStateException(
          "agrona.disable.bounds.checks is set; without these checks a damaged message would be"
              + " read past its end. Remove the property.");
    }
  }

  /// Bytes of a message that was written, its header included.
  static int length(MessageEncoderFlyweight written) {
    return HEADER_LENGTH + written.encodedLength();
  }

  /// Reads one message that must fill the range exactly.
  <T> T read(DirectBuffer buffer, int offset, int length, Body<T> body) {
    return read(buffer, offset, length, true, body);
  }

  /// Reads the message that a range begins with; what follows is somebody else's.
  <T> T readFirst(DirectBuffer buffer, int offset, int length, Body<T> body) {
    return read(buffer, offset, length, false, body);
  }

  private <T> T read(DirectBuffer buffer, int offset, int length, boolean isWhole, Body<T> body) {
    bytes.wrap(buffer, offset, length);
    message = null;
    try {
      T value = body.read(openHeader());
      if (isWhole) {
        requireEnd();
      }
      return value;
    } catch (IndexOutOfBoundsException e) {
      throw new UndecodableMessage(name() + ": is cut short, it has only " + length + " bytes");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UndecodableMessage(name() + ": " + e.getMessage());
    }
  }

  private int openHeader() {
    if (bytes.capacity() < HEADER_LENGTH) {
      throw new UndecodableMessage(
          "a message has at least " + HEADER_LENGTH + " bytes, not " + bytes.capacity());
    }
    header.wrap(bytes, 0);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
      throw new UndecodableMessage(
          "the message is of schema "
              + header.schemaId()
              + "; understood is "
              + MessageHeaderDecoder.SCHEMA_ID);
    }
    version = header.version();
    if (version < oldestVersion || version > latestVersion) {
      throw new UndecodableMessage(
          "the message is of version "
              + version
              + " of the schema; understood are versions "
              + oldestVersion
              + " to "
              + latestVersion);
    }
    blockLength = header.blockLength();
    return header.templateId();
  }

  /// Refuses a template that the caller does not read.
  UndecodableMessage unexpected(int templateId, String wanted) {
    return new UndecodableMessage(
        "template " + templateId + " of the schema is no " + wanted + " in version " + version);
  }

  /// Puts a decoder over the message.
  <D extends MessageDecoderFlyweight> D body(D decoder) {
    message = decoder;
    decoder.wrap(bytes, HEADER_LENGTH, blockLength, version);
    requireBlock("block", blockLength, decoder.sbeBlockLength());
    if (remaining() < 0) {
      throw new IndexOutOfBoundsException(blockLength);
    }
    return decoder;
  }

  /// Checks a repeating group before its entries are read.
  ///
  /// @param entryLength bytes per entry as the message says
  /// @param knownLength the same as the schema says
  /// @return `count`
  int entries(String group, int count, int entryLength, int knownLength) {
    requireBlock(group, entryLength, knownLength);
    if (count < 0) {
      throw new InvalidParameter(group, "has more entries than a message can hold");
    }
    requireRoom(group, (long) count * entryLength);
    return count;
  }

  /// Reads a repeating group.
  ///
  /// @param count entries, `entryLength` bytes per entry: as the message says
  /// @param knownLength bytes per entry as the schema says
  <G, T> List<T> list(
      String group,
      int count,
      int entryLength,
      int knownLength,
      Iterator<G> entries,
      Function<G, T> entry) {
    List<T> list = new ArrayList<>(entries(group, count, entryLength, knownLength));
    while (entries.hasNext()) {
      list.add(entry.apply(entries.next()));
    }
    return list;
  }

  /// Reads a text.
  ///
  /// @param length in bytes, as the message says
  String text(String field, int length, TextBytes from) {
    if (length < 0) {
      throw new InvalidParameter(field, "is longer than a message can be");
    }
    requireRoom(field, length);
    byte[] utf8 = new byte[length];
    from.copy(utf8, 0, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidParameter(field, "is not UTF-8");
    }
  }

  /// How many bytes the message has after what was read of it.
  int remaining() {
    return message == null ? bytes.capacity() : bytes.capacity() - message.limit();
  }

  private void requireBlock(String part, int length, int knownLength) {
    boolean fits = version == latestVersion ? length == knownLength : length <= knownLength;
    if (!fits) {
      throw new InvalidParameter(
          part, "has " + length + " bytes; version " + latestVersion + " has " + knownLength);
    }
  }

  private void requireRoom(String part, long length) {
    if (length > remaining()) {
      throw new InvalidParameter(
          part, "is cut short: of " + length + " bytes only " + remaining() + " are there");
    }
  }

  private void requireEnd() {
    if (remaining() != 0) {
      throw new UndecodableMessage(
          name() + ": goes on for " + remaining() + " bytes after its end");
    }
  }

  private String name() {
    return message == null
        ? "a message"
        : message.getClass().getSimpleName().replace("Decoder", "");
  }
}
