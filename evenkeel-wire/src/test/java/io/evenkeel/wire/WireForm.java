package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/// The families of messages, each with the codec that writes and reads it. Messages are put
/// somewhere inside a buffer, so that what lies before and behind them is seen when it is touched.
enum WireForm {
  COMMAND {
    @Override
    int write(Object message, ExpandableArrayBuffer buffer, int offset) {
      return COMMANDS.encode((Command) message, buffer, offset);
    }

    @Override
    Object read(UnsafeBuffer buffer, int offset, int length) {
      return COMMANDS.decode(buffer, offset, length);
    }
  },
  EVENT {
    @Override
    int write(Object message, ExpandableArrayBuffer buffer, int offset) {
      return EVENTS.encode((Event) message, buffer, offset);
    }

    @Override
    Object read(UnsafeBuffer buffer, int offset, int length) {
      return EVENTS.decode(buffer, offset, length);
    }
  },
  SUBMISSION {
    @Override
    int write(Object message, ExpandableArrayBuffer buffer, int offset) {
      Submitted it = (Submitted) message;
      int at =
          Submission.encodeHeader(
              it.correlationId(), it.sessionId(), it.commandNumber(), buffer, offset);
      return at - offset + COMMANDS.encode(it.command(), buffer, at);
    }

    @Override
    Object read(UnsafeBuffer buffer, int offset, int length) {
      Submission it = Submission.decode(buffer, offset, length);
      return new Submitted(
          it.correlationId(),
          it.sessionId(),
          it.commandNumber(),
          COMMANDS.decode(buffer, it.commandOffset(), it.commandLength()));
    }
  },
  ANSWER {
    @Override
    int write(Object message, ExpandableArrayBuffer buffer, int offset) {
      return ((Answer) message).encode(buffer, offset);
    }

    @Override
    Object read(UnsafeBuffer buffer, int offset, int length) {
      return Answer.decode(buffer, offset, length);
    }
  },
  SNAPSHOT {
    @Override
    int write(Object message, ExpandableArrayBuffer buffer, int offset) {
      return switch (message) {
        case SnapshotCodec.Header header -> SNAPSHOTS.encodeHeader(header, buffer, offset);
        case SnapshotCodec.End end -> SNAPSHOTS.encodeEnd(end, buffer, offset);
        case State state -> {
          byte[] bytes = HexFormat.of().parseHex("77" + state.hex());
          yield SNAPSHOTS.encodeChunk(bytes, 1, bytes.length - 1, buffer, offset);
        }
        default -> throw new IllegalArgumentException(message.toString());
      };
    }

    @Override
    Object read(UnsafeBuffer buffer, int offset, int length) {
      return switch (SNAPSHOTS.decode(buffer, offset, length)) {
        case SnapshotCodec.Chunk chunk -> {
          byte[] state = new byte[chunk.length()];
          buffer.getBytes(chunk.offset(), state);
          yield new State(HexFormat.of().formatHex(state));
        }
        case SnapshotCodec.Part part -> part;
      };
    }
  };

  private static final CommandCodec COMMANDS = new CommandCodec();
  private static final EventCodec EVENTS = new EventCodec();
  private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec();
  private static final int OFFSET = 13;
  private static final byte UNTOUCHED = 0x5A;

  /// A submission with its command.
  record Submitted(long correlationId, long sessionId, long commandNumber, Command command) {}

  /// The bytes that a chunk of a snapshot carries.
  record State(String hex) {}

  abstract int write(Object message, ExpandableArrayBuffer buffer, int offset);

  abstract Object read(UnsafeBuffer buffer, int offset, int length);

  /// The message's bytes.
  byte[] encode(Object message) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16);
    buffer.setMemory(0, OFFSET, UNTOUCHED);
    int length = write(message, buffer, OFFSET);
    for (int i = 0; i < OFFSET; i++) {
      if (buffer.getByte(i) != UNTOUCHED) {
        throw new AssertionError("byte " + i + " before the message was written to");
      }
    }
    return Arrays.copyOfRange(buffer.byteArray(), OFFSET, OFFSET + length);
  }

  /// The message in these bytes.
  Object decode(byte[] bytes) {
    byte[] surrounded = new byte[bytes.length + 2 * OFFSET];
    Arrays.fill(surrounded, UNTOUCHED);
    System.arraycopy(bytes, 0, surrounded, OFFSET, bytes.length);
    return read(new UnsafeBuffer(surrounded), OFFSET, bytes.length);
  }
}
